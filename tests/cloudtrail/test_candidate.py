"""What only the engine can decide stays; what cannot be true goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cloudtrail.scanning import both, either, equal, negation, record, run, text, want, write
from tocsin.plan.expr import Apply, Column, Constant, Expr

UNKNOWN = Apply("unknown", ())
RECORDS = [
    record(1),
    record(2, eventName="GetObject", errorCode="AccessDenied"),
    record(3, eventName="getobject", errorCode=""),
    record(4, eventName="Zoë"),
]


def word(function: str, value: str) -> Expr:
    return Apply(function, (Column("_raw"), Constant(value)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (UNKNOWN, "1234"),
        (negation(UNKNOWN), "1234"),
        (both(UNKNOWN, equal("eventName", "GetObject")), "23"),
        (both(UNKNOWN, negation(equal("eventName", "GetObject"))), "14"),
        (either(UNKNOWN, equal("eventName", "GetObject")), "1234"),
        (negation(either(UNKNOWN, equal("eventName", "GetObject"))), "14"),
        (Apply("exists", (Column("errorCode"),)), "23"),
        (negation(Apply("exists", (Column("errorCode"),))), "14"),
        (Apply("search_not_equal", (Column("errorCode"), Constant("accessdenied"))), "3"),
        (negation(equal("errorCode", "accessdenied")), "134"),
        (Apply("search_less", (Column("errorCode"), Constant("b"))), "23"),
        (negation(Apply("search_less", (Column("errorCode"), Constant("b")))), "1234"),
        (Apply("search_cidr", (Column("errorCode"), Constant("10.0.0.0/8"))), "23"),
        (equal("eventName", "zo*"), "4"),
        (equal("eventName", "ZOË"), "1234"),  # other letters than ASCII are the engine's
        (Apply("search_equal", (Column("eventName"), Column("errorCode"))), "1234"),
        (Apply("equal", (Column("eventName"), Constant("GetObject"))), "1234"),
        (Constant(True), "1234"),
        (Constant(False), ""),
        (Constant(None), ""),
        (negation(Constant(None)), ""),
        (word("term", "getobject"), "23"),
        (word("term", "*object*denied*"), "2"),
        (word("phrase", '"errorCode":"Access'), "2"),
        (negation(word("term", "getobject")), "1234"),
        (both(word("term", "getobject"), equal("errorCode", "")), "3"),
    ],
)
def test_candidates(tmp_path: Path, condition: Expr, expected: str) -> None:
    answer = run(write(tmp_path / "a", text(*RECORDS)), want(condition, paths=()), full_count=True)
    assert "".join(each.removeprefix("id-") for each in answer.ids) == expected


def test_any_value_of_many_counts(tmp_path: Path) -> None:
    records = [
        record(1, resources=[{"ARN": "a"}, {"ARN": "B"}]),
        record(2, resources=[{"ARN": "b"}]),
        record(3, resources=[]),
        record(4),
    ]
    path = write(tmp_path / "a", text(*records))

    def ids(function: str, *, negated: bool = False) -> list[str]:
        condition = Apply(function, (Column("resources{}.ARN"), Constant("b")))
        return run(path, want(negation(condition) if negated else condition, paths=())).ids

    assert ids("search_equal") == ["id-1", "id-2"]
    assert ids("search_not_equal") == ["id-1"]
    assert ids("search_equal", negated=True) == ["id-3", "id-4"]
    assert ids("search_not_equal", negated=True) == ["id-2", "id-3", "id-4"]
