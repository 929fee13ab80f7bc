from __future__ import annotations

import pytest

from tests.fields.conditions import condition
from tocsin.cloudtrail.record_keys import case_warnings, meant


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("eventname", "eventName"),
        ("UserName", "userName"),
        ("SRC_IP", "src_ip"),
        ("useridentity.arn", "userIdentity.arn"),
        ("requestparameters.bucketName", "requestParameters.bucketName"),
        ("Resources{}.ARN", "resources{}.ARN"),
    ],
)
def test_a_name_in_another_case_has_one_that_is_meant(name: str, known: str) -> None:
    assert meant(name) == known


@pytest.mark.parametrize(
    "name", ["eventName", "user", "userIdentity.ARN", "requestParameters.x.y", "resources{}.type", "colour", "a.b"]
)
def test_a_right_name_and_one_like_no_other_are_left_alone(name: str) -> None:
    assert meant(name) == ""


def test_each_name_is_warned_about_once_and_at_its_place() -> None:
    first, second = case_warnings(condition("eventname=a OR eventname=b NOT region=x"), ["username", "eventname"])
    assert first.span is not None and (first.span.start, first.span.text) == (0, "eventname")
    assert (second.name, second.help, second.span) == ("other-case", "did you mean `userName`?", None)
