"""Which rules a subject can fall under, found without trying every rule on every subject."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from tocsin.hours.glob import compile_glob, is_literal
from tocsin.hours.rules import FIELDS, UNIT, Condition, Hours, Rule, Subject, fold

_START = 64


class _Test(Struct, frozen=True):
    """A condition ready to be asked: texts that match as they are, and patterns."""

    field: str
    literals: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    starts: tuple[str, ...]
    """What each pattern's matches begin with; "" for a pattern that begins with a wildcard."""

    def holds(self, values: Mapping[str, str]) -> bool:
        value = values[self.field]
        if not value:
            return False
        return value in self.literals or any(pattern.match(value) for pattern in self.patterns)


class Assignment:
    """The rules of an hours file, indexed by the texts that they ask for, and by how their globs begin."""

    def __init__(self, hours: Hours) -> None:
        self._tests = [_tests(rule, hours.units) for rule in hours.rules]
        self._by_text: dict[tuple[str, str], list[int]] = {}
        self._by_start: dict[tuple[str, str], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._others: list[int] = []
        for number, tests in enumerate(self._tests):
            self._place(number, tests)

    def matching(self, subject: Subject) -> list[int]:
        """The numbers, from 0, of the rules whose conditions the subject meets, in the file's order."""
        values = {name: fold(name, getattr(subject, name)) for name in FIELDS}
        near = set(self._others)
        for name, value in values.items():
            near.update(self._by_text.get((name, value), ()))
            for length in self._lengths.get(name, ()):
                near.update(self._by_start.get((name, value[:length]), ()))
        return [number for number in sorted(near) if all(test.holds(values) for test in self._tests[number])]

    def _place(self, number: int, tests: tuple[_Test, ...]) -> None:
        """Under the first test that every matching value must begin with something known."""
        test = next((test for test in tests if all(test.starts)), None)
        if test is None:
            self._others.append(number)
            return
        for text in test.literals:
            self._by_text.setdefault((test.field, text), []).append(number)
        for start in test.starts:
            self._by_start.setdefault((test.field, start), []).append(number)
            self._lengths.setdefault(test.field, set()).add(len(start))


def accounts_of(condition: Condition, units: Mapping[str, tuple[str, ...]]) -> Condition:
    """A condition on units as one on accounts; any other as it is. An unknown unit has no accounts."""
    if condition.field != UNIT:
        return condition
    return Condition("account", tuple(account for name in condition.globs for account in units.get(name, ())))


def _tests(rule: Rule, units: Mapping[str, tuple[str, ...]]) -> tuple[_Test, ...]:
    return tuple(_test(accounts_of(condition, units)) for condition in rule.conditions)


def _test(condition: Condition) -> _Test:
    globs = [fold(condition.field, glob) for glob in condition.globs]
    patterns = [glob for glob in globs if not is_literal(glob)]
    return _Test(
        condition.field,
        frozenset(glob for glob in globs if is_literal(glob)),
        tuple(compile_glob(glob) for glob in patterns),
        tuple(re.split("[*?]", glob, maxsplit=1)[0][:_START] for glob in patterns),
    )
