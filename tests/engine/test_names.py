"""Identifiers for SPL's names."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine import names, result
from tocsin.engine.names import HIDDEN, identifier
from tocsin.engine.sql.functions import pattern, replacement


def test_the_examples_hold() -> None:
    for module in (names, result, pattern, replacement):
        found = doctest.testmod(module)
        assert found.attempted > 0
        assert found.failed == 0


@given(st.lists(st.text(max_size=8), unique=True, max_size=12))
def test_no_two_names_share_an_identifier(given_names: list[str]) -> None:
    taken: list[str] = []
    for name in given_names:
        taken.append(identifier(name, taken))
    assert len({each.casefold() for each in taken}) == len(given_names)
    assert all(each and each.isprintable() and not each.startswith(HIDDEN) for each in taken)
