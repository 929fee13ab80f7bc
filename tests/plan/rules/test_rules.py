from __future__ import annotations

import pytest

from tests.plan.searches import lines
from tocsin.plan.expr import NULL, TRUE, Apply, Column, Constant, Expr
from tocsin.plan.nodes import Extend, Filter, Rows, Scan, over
from tocsin.plan.rules import simplify
from tocsin.plan.rules.constants import fold

FALSE = Constant(False)
A, B = Apply("exists", (Column("a"),)), Apply("exists", (Column("b"),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Apply("and", (A, TRUE)), A),
        (Apply("and", (A, FALSE)), FALSE),
        (Apply("and", (TRUE, TRUE)), TRUE),
        (Apply("and", (A, NULL)), Apply("and", (A, NULL))),
        (Apply("or", (A, FALSE, B)), Apply("or", (A, B))),
        (Apply("or", (A, TRUE)), TRUE),
        (Apply("or", (FALSE, FALSE)), FALSE),
        (Apply("not", (FALSE,)), TRUE),
        (Apply("not", (Apply("and", (A, FALSE)),)), TRUE),
        (Apply("not", (NULL,)), Apply("not", (NULL,))),
        (A, A),
    ],
)
def test_constants_fold_in_conditions_and_null_stays(before: Expr, after: Expr) -> None:
    assert fold(before) == after


def test_a_filter_that_keeps_every_row_goes() -> None:
    assert simplify(Filter(Rows("t"), Apply("or", (A, TRUE)))) == Rows("t")
    assert lines("a=1 | head 1 | search *") == ["first    1"]


def test_a_filter_that_is_null_drops_every_row_and_stays() -> None:
    assert simplify(Filter(Rows("t"), NULL)) == Filter(Rows("t"), NULL)


def test_the_conditions_of_the_leaf_fold_too() -> None:
    assert simplify(Scan(Apply("and", (A, TRUE)))) == Scan(A)


@pytest.mark.parametrize(
    ("commands", "after"),
    [
        ("eval a=1 | eval b=2", ["compute  a := 1, b := 2"]),
        ("eval a=1 | eval b=a", ["compute  a := 1", "compute  b := a"]),
        ("eval a=1 | eval a=2", ["compute  a := 2"]),
        ("eval a=b | eval b=1", ["compute  a := b, b := 1"]),
        ("eval a=1 | head 1 | eval b=2", ["compute  a := 1", "first    1", "compute  b := 2"]),
    ],
)
def test_computations_merge_where_neither_reads_the_other(commands: str, after: list[str]) -> None:
    assert lines(f"x=1 | {commands}") == after


def test_what_a_macro_wrote_stays_apart() -> None:
    first = Extend(Rows("t"), (("a", Constant(1.0)),))
    assert simplify(Extend(first, (("b", Constant(2.0)),), macro="m")) == Extend(
        first, (("b", Constant(2.0)),), macro="m"
    )


def test_a_leaf_stays_over_anything() -> None:
    assert over(Rows("t"), Rows("u")) == Rows("t")
