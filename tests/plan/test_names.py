from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.plan.names import captures, fill, matches, overlap, select


@pytest.mark.parametrize(
    ("pattern", "name", "stars"),
    [
        ("user", "user", ()),
        ("user", "User", None),
        ("r.*", "r.a.b", ("a.b",)),
        ("r.*", "r.", ("",)),
        ("*.*", "a.b.c", ("a", "b.c")),
        ("a*a", "a", None),
        ("*", "_time", None),
        ("_*", "_time", ("time",)),
        ("a.*", "axb", None),
        ("**", "ab", ("", "ab")),
    ],
)
def test_a_pattern_captures_the_text_of_its_stars(pattern: str, name: str, stars: tuple[str, ...] | None) -> None:
    assert captures(pattern, name) == stars


def test_stars_carry_their_text_to_the_new_name() -> None:
    assert fill("x.*.y.*", ("a", "b")) == "x.a.y.b"
    assert fill("*", ("a*b",)) == "a*b"


def test_select_keeps_the_order_of_the_names() -> None:
    assert select("*a*", ["ba", "c", "ab", "_a"]) == ["ba", "ab"]


@given(st.lists(st.text("ab.", max_size=3), min_size=1, max_size=4), st.lists(st.text("ab.", max_size=3), max_size=3))
def test_what_a_pattern_captures_fills_it_again(literals: list[str], texts: list[str]) -> None:
    pattern = "*".join(literals)
    name = fill(pattern, (*texts, *("" for _ in range(len(literals) - 1 - len(texts))))[: len(literals) - 1])
    stars = captures(pattern, name)
    assert stars is not None
    assert fill(pattern, stars) == name


@given(st.text("ab*", max_size=4), st.text("ab*", max_size=4), st.text("ab", max_size=6))
def test_patterns_that_match_one_name_overlap(one: str, other: str, name: str) -> None:
    if matches(one, name) and matches(other, name):
        assert overlap(one, other)
