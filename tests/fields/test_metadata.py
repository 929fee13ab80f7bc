from __future__ import annotations

import pytest

from tests.fields.conditions import condition
from tocsin.cloudtrail.metadata import fold, impossible_warnings, index_warnings
from tocsin.diagnostics import Severity
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr

FALSE = Constant(False)


def equal(name: str, text: str) -> Expr:
    return Apply("search_equal", (Column(name), Constant(text)))


@pytest.mark.parametrize(
    ("search", "folded"),
    [
        ("sourcetype=aws:cloudtrail", TRUE),
        ('sourcetype="AWS:CloudTrail"', TRUE),
        ("sourcetype=aws:*", TRUE),
        ("sourcetype=aws:cloudtrail:lake", FALSE),
        ("NOT sourcetype=aws:cloudtrail:lake", TRUE),
        ("sourcetype!=aws:cloudtrail", FALSE),
        ("sourcetype=*", TRUE),
        ("NOT sourcetype=*", FALSE),
        ("sourcetype IN (aws:config, aws:cloudtrail)", TRUE),
        ("vendor_product=aws*", TRUE),
        ("sourcetype=aws:cloudtrail eventName=PutImage", equal("eventName", "PutImage")),
        ("sourcetype=aws:config eventName=PutImage", FALSE),
        ("sourcetype=aws:config OR eventName=PutImage", equal("eventName", "PutImage")),
        ("index=aws", TRUE),
        ("index=*", TRUE),
        ("index!=aws", TRUE),
        ("NOT index=aws", TRUE),
        ("NOT NOT index=aws", TRUE),
        ("NOT (index=aws sourcetype=aws:config)", TRUE),
        ("NOT (index=aws eventName=PutImage)", Apply("not", (equal("eventName", "PutImage"),))),
        ("NOT (index=aws OR eventName=PutImage)", Apply("not", (equal("eventName", "PutImage"),))),
        ("index=aws OR eventName=PutImage", TRUE),
        ("index=aws OR index=main", TRUE),
        ("index=aws eventName=PutImage", equal("eventName", "PutImage")),
        ("eventName=PutImage", equal("eventName", "PutImage")),
    ],
)
def test_what_is_known_beforehand_is_decided(search: str, folded: Expr) -> None:
    assert fold(condition(search)) == folded


def test_an_index_that_is_asked_for_is_warned_about_at_its_place() -> None:
    (warning,) = index_warnings(condition("eventName=PutImage NOT (index=aws OR index=*)"))
    assert (warning.name, warning.severity) == ("index-ignored", Severity.warning)
    assert warning.span is not None and warning.span.text == "index=aws"


def test_a_search_without_index_has_no_warning() -> None:
    assert index_warnings(condition("sourcetype=aws:cloudtrail indexed=yes")) == ()


@pytest.mark.parametrize(
    ("search", "culprits"),
    [
        ("sourcetype=aws:config eventName=PutImage", ["sourcetype=aws:config"]),
        ("sourcetype=aws:config OR sourcetype=aws:waf", ["sourcetype=aws:config", "sourcetype=aws:waf"]),
        ("NOT sourcetype=aws:cloudtrail", ["sourcetype=aws:cloudtrail"]),
        ("index=aws NOT sourcetype=*", ["sourcetype=*"]),
        ("sourcetype=aws:config OR eventName=PutImage", []),
        ("sourcetype=aws:cloudtrail", []),
    ],
)
def test_a_search_that_no_record_can_match_is_warned_about_at_its_place(search: str, culprits: list[str]) -> None:
    warnings = impossible_warnings(condition(search))
    assert {warning.name for warning in warnings} <= {"matches-nothing"}
    assert [warning.span.text for warning in warnings if warning.span] == culprits
