from __future__ import annotations

import pytest

from tests.fields.conditions import condition
from tocsin.cloudtrail.fields import FieldOptions
from tocsin.cloudtrail.raw_condition import UNKNOWN, raw_condition
from tocsin.plan.expr import Apply, Column, Constant, Expr

STRICT = FieldOptions()
FALSE = Constant(False)


def compare(function: str, name: str, text: str) -> Expr:
    return Apply(function, (Column(name), Constant(text)))


def equal(name: str, text: str) -> Expr:
    return compare("search_equal", name, text)


FAILED_LOGIN = equal("responseElements.ConsoleLogin", "Failure")


@pytest.mark.parametrize(
    ("search", "raw"),
    [
        ("src_ip=198.51.100.7", equal("sourceIPAddress", "198.51.100.7")),
        ("requestParameters.acl=*", Apply("exists", (Column("requestParameters.acl"),))),
        ("result_id=AccessDenied", equal("errorCode", "AccessDenied")),
        ("*Delete*", compare("term", "_raw", "*Delete*")),
        ("user=anna", UNKNOWN),
        ("user=*", UNKNOWN),
        ("date_hour<8", UNKNOWN),
        ("_time>5", UNKNOWN),
        ("errorCode=success", UNKNOWN),
        ("errorCode=s*", UNKNOWN),
        (
            "errorCode!=success",
            Apply(
                "and",
                (
                    UNKNOWN,
                    Apply("or", (compare("search_not_equal", "errorCode", "success"), FAILED_LOGIN)),
                ),
            ),
        ),
        ("errorCode=failure", Apply("and", (UNKNOWN, Apply("or", (equal("errorCode", "failure"), FAILED_LOGIN))))),
        ("errorCode=AccessDenied", Apply("and", (UNKNOWN, equal("errorCode", "AccessDenied")))),
        (
            "NOT errorCode=AccessDenied",
            Apply("not", (Apply("and", (UNKNOWN, equal("errorCode", "AccessDenied"))),)),
        ),
        (
            "user_agent=aws*",
            Apply("and", (UNKNOWN, Apply("or", (equal("userAgent", "aws*"), equal("userAgent{}", "aws*"))))),
        ),
        ("action=failure", UNKNOWN),
        ("action=paid", FALSE),
        ("tag=change", UNKNOWN),
        ("errorCode=success OR src=a", Apply("or", (UNKNOWN, equal("sourceIPAddress", "a")))),
    ],
)
def test_a_condition_over_fields_becomes_one_over_paths(search: str, raw: Expr) -> None:
    assert raw_condition(condition(search), STRICT) == raw
