from __future__ import annotations

import pytest

from tests.fields.conditions import condition
from tocsin.cloudtrail.record_keys import case_warnings, meant
from tocsin.source import Composed, Source


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
    text = "eventname=a OR eventname=b NOT region=x"
    search = Composed.whole(Source("<search>", f"{text} | stats values(x.username) dc(username)"))
    first, second = case_warnings(condition(text), ["username", "eventname"], search)
    assert first.span is not None and (first.span.start, first.span.text) == (0, "eventname")
    assert second.span is not None and (second.span.start, second.span.text) == (70, "username")
    assert (second.name, second.help) == ("other-case", "did you mean `userName`?")


def test_a_name_that_a_wildcard_made_has_no_place() -> None:
    (found,) = case_warnings(condition("a=b"), ["username"], Composed.whole(Source("<search>", "a=b | rename * AS *")))
    assert found.span is None
