"""Which rules a subject can fall under, found without trying every rule on every subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.hours.glob import compile_glob, is_literal
from tocsin.hours.rules import FIELDS, UNIT, Condition, Hours, Rule, Subject, fold


@dataclass(frozen=True, slots=True)
class _Test:
    """A condition ready to be asked: texts that match as they are, and patterns."""

    field: str
    literals: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def holds(self, values: Mapping[str, str]) -> bool:
        value = values[self.field]
        if not value:
            return False
        return value in self.literals or any(pattern.match(value) for pattern in self.patterns)


class Assignment:
    """The rules of an hours file, indexed by the literal texts that they ask for."""

    def __init__(self, hours: Hours) -> None:
        self._tests = [_tests(rule, hours.units) for rule in hours.rules]
        self._by_literal: dict[tuple[str, str], list[int]] = {}
        self._by_pattern: list[int] = []
        for number, tests in enumerate(self._tests):
            self._place(number, tests)

    def matching(self, subject: Subject) -> list[int]:
        """The numbers, from 0, of the rules whose conditions the subject meets, in the file's order."""
        values = {name: fold(name, getattr(subject, name)) for name in FIELDS}
        near = set(self._by_pattern)
        for key in values.items():
            near.update(self._by_literal.get(key, ()))
        return [number for number in sorted(near) if all(test.holds(values) for test in self._tests[number])]

    def _place(self, number: int, tests: tuple[_Test, ...]) -> None:
        for test in tests:
            if not test.patterns:
                for text in test.literals:
                    self._by_literal.setdefault((test.field, text), []).append(number)
                return
        self._by_pattern.append(number)


def accounts_of(condition: Condition, units: Mapping[str, tuple[str, ...]]) -> Condition:
    """A condition on units as one on accounts; any other as it is. An unknown unit has no accounts."""
    if condition.field != UNIT:
        return condition
    return Condition("account", tuple(account for name in condition.globs for account in units.get(name, ())))


def _tests(rule: Rule, units: Mapping[str, tuple[str, ...]]) -> tuple[_Test, ...]:
    return tuple(_test(accounts_of(condition, units)) for condition in rule.conditions)


def _test(condition: Condition) -> _Test:
    globs = [fold(condition.field, glob) for glob in condition.globs]
    literals = frozenset(glob for glob in globs if is_literal(glob))
    return _Test(condition.field, literals, tuple(compile_glob(glob) for glob in globs if not is_literal(glob)))
