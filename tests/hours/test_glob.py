"""Globs: what they match, which covers which, and that no pattern is slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.hours.glob import compile_glob, covers

letters = st.text("ab*?", max_size=6)


def matches(glob: str, text: str) -> bool:
    """By definition: a star takes no character, or one and stays."""
    if not glob:
        return not text
    if glob[0] == "*":
        return matches(glob[1:], text) or (bool(text) and matches(glob, text[1:]))
    return bool(text) and glob[0] in ("?", text[0]) and matches(glob[1:], text[1:])


@given(letters, st.text("ab", max_size=8))
def test_a_glob_matches_by_its_definition(glob: str, text: str) -> None:
    assert (compile_glob(glob).match(text) is not None) == matches(glob, text)


@settings(max_examples=300)
@given(letters, letters, st.text("ab", max_size=7))
def test_what_a_covered_glob_matches_is_matched_by_the_cover(wide: str, narrow: str, text: str) -> None:
    if covers(wide, narrow) and matches(narrow, text):
        assert matches(wide, text)


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("*", "anything*", True),
        ("ci-*", "ci-build-*", True),
        ("ci-*", "ci-runner", True),
        ("ci-?", "ci-*", False),
        ("ci-build-*", "ci-*", False),
        ("a?c", "a?c", True),
        ("a.c", "abc", False),
        ("[ab]", "a", False),
        ("*", "line\nbreak", True),
    ],
)
def test_covers(wide: str, narrow: str, expected: bool) -> None:
    assert covers(wide, narrow) is expected


def test_a_hostile_glob_takes_no_longer_than_its_size_allows() -> None:
    began = time.perf_counter()
    assert compile_glob("*a" * 200 + "b").match("a" * 20_000) is None
    assert covers("*a" * 200 + "b", "a?" * 200) is False
    assert time.perf_counter() - began < 2
