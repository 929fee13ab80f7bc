"""The second opinion must be right itself: small cases worked out by hand."""

import json
from typing import Any

import pytest

from tests.naive import naive_flagship
from tests.random_records import random_records, written


def push(time: str = "2026-03-07T11:00:00Z", **changes: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "userIdentity": {"type": "IAMUser", "userName": "maya"},
        "eventTime": time,
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "AWS Internal",
        "requestParameters": {"registryId": "1", "repositoryName": "web", "imageTag": "v1"},
    }
    return record | changes


def role(name: str) -> dict[str, Any]:
    return {"type": "AssumedRole", "sessionContext": {"sessionIssuer": {"userName": name}}}


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("2026-03-03T07:59:59Z", 1),
        ("2026-03-03T08:00:00Z", 0),
        ("2026-03-03T19:59:59.999Z", 0),
        ("2026-03-03T20:00:00Z", 1),
        ("2026-03-07T12:00:00Z", 1),
        ("2026-03-09T00:30:00+14:00", 1),
        ("2026-03-06T23:30:00-08:00", 1),
        ("2026-03-03T12:00:00-10:00", 0),
    ],
)
def test_hours_and_weekdays_are_read_from_the_events_own_text(time: str, found: int) -> None:
    assert len(naive_flagship([push(time)]).rows) == found


def test_a_role_is_found_under_its_own_name() -> None:
    (row,) = naive_flagship([push(userIdentity=role("deployer"))]).rows
    assert (row["user"], row["userName"]) == ("deployer", "deployer")


def test_a_role_that_spells_the_call_in_small_letters_has_no_user() -> None:
    answer = naive_flagship([push(userIdentity=role("deployer"), eventName="putimage")])
    assert (answer.rows, answer.lacking) == ([], {"user": 1})


def test_root_has_a_user_name_but_no_user() -> None:
    answer = naive_flagship([push(userIdentity={"type": "Root", "arn": "arn:aws:iam::1:root"})])
    assert (answer.matched, answer.dropped, answer.lacking) == (1, 1, {"user": 1})


def test_a_push_by_digest_is_dropped() -> None:
    answer = naive_flagship([push(requestParameters={"registryId": "1", "repositoryName": "web"})])
    assert (answer.dropped, answer.lacking) == (1, {"imageTag": 1})


def test_null_is_a_text() -> None:
    (row,) = naive_flagship([push(requestParameters={"registryId": 1, "repositoryName": "web", "imageTag": None})]).rows
    assert (row["imageTag"], row["registryId"]) == ("null", "1")


def test_one_group_has_its_first_and_last_time() -> None:
    (row,) = naive_flagship([push("2026-03-07T12:00:00.9Z"), push("2026-03-07T10:00:00+01:00")]).rows
    assert (row["firstTime"], row["lastTime"]) == ("2026-03-07T09:00:00", "2026-03-07T12:00:00")


def test_a_record_delivered_twice_counts_once() -> None:
    answer = naive_flagship([push(eventID="a"), push(eventID="a"), push(eventID=None), push(eventID=None)])
    assert (answer.matched, answer.duplicates, answer.records) == (3, 1, [[0, 2, 3]])


def test_one_colliding_parameter_takes_the_field_from_all() -> None:
    odd = {"registryId": "1", "repositoryName": "web", "imageTag": "v2", "userName": "x"}
    answer = naive_flagship([push(), push(requestParameters=odd)])
    assert [row["userName"] for row in answer.rows] == ["x"]
    assert answer.lacking == {"userName": 1}


def test_numbers_sort_before_text_and_by_value() -> None:
    def tagged(tag: str) -> dict[str, Any]:
        return push(requestParameters={"registryId": "1", "repositoryName": "web", "imageTag": tag})

    rows = naive_flagship([tagged(tag) for tag in ("b", "10", "9", "B")]).rows
    assert [row["imageTag"] for row in rows] == ["9", "10", "B", "b"]


def test_random_records_hold_every_oddity_and_come_from_their_seed() -> None:
    records = random_records(1, 3000)
    assert records == random_records(1, 3000)
    assert json.loads(written(records, 2))["Records"] == records
    answer = naive_flagship(records)
    assert set(answer.lacking) == {"user", "userName", "src_ip", "imageTag", "registryId", "repository", "awsRegion"}
    assert min(answer.matched, answer.duplicates, answer.dropped, len(answer.rows)) > 30
