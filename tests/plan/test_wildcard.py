"""Texts with stars as regular expressions."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.plan.wildcard import expression

letters = st.text("ab.\n", max_size=8)


def matches(pattern: str, text: str) -> bool:
    return re.compile(expression(pattern), re.DOTALL).fullmatch(text) is not None


@pytest.mark.property
@given(pattern=st.text("ab.\n*", max_size=8), text=letters)
def test_a_star_is_any_text_and_all_else_is_itself(pattern: str, text: str) -> None:
    assert matches(pattern, text) == fnmatchcase(text, pattern)


@pytest.mark.property
@given(parts=st.lists(letters, min_size=1, max_size=5), between=st.lists(letters, min_size=4, max_size=4))
def test_what_is_put_in_the_place_of_stars_does_not_matter(parts: list[str], between: list[str]) -> None:
    text = "".join(part + other for part, other in zip(parts, [*between[: len(parts) - 1], ""], strict=False))
    assert matches("*".join(parts), text)


def test_many_stars_end() -> None:
    assert not matches("*a" * 30 + "*b", "a" * 20_000)
