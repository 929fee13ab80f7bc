"""Values that are equal wherever they were written."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.plan.expr import Apply, Column, Constant
from tocsin.plan.nodes import Filter, Rows
from tocsin.source import Source, Span

HERE, THERE = (Span(Source("<search>", "a=1 a=1"), at, at + 3) for at in (0, 4))


def test_a_place_takes_no_part_in_equality_nor_in_the_hash() -> None:
    one, other = (Filter(Rows("r", span=span), Column("a", span=span), span=span) for span in (HERE, THERE))
    assert one == other
    assert (one != other) is False
    assert len({one, other}) == 1
    assert one.span != other.span


def test_what_is_said_does() -> None:
    assert Constant("a") != Constant("b")
    assert (Constant("a") == Constant("b")) is False
    assert Column("a") != Constant("a")
    assert Column("a") != "a"
    assert Apply("lower", (Column("a"),)) != Apply("lower", (Column("b"),))


def test_a_place_survives_a_change_and_stays_out_of_the_representation() -> None:
    moved = replace(Column("a", span=HERE), name="b")
    assert moved == Column("b")
    assert moved.span is HERE
    assert repr(moved) == "Column(name='b')"
