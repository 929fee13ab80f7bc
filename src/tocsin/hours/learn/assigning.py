"""Rules that give principals their calendars: those that ask alike are written as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.principals import ROLE, SESSION, USER, Principal, conditions
from tocsin.hours.rules import Condition, Rule

MOST_TOGETHER = 200  # names in one rule: beyond that nobody reads it


class Assigned(Struct, frozen=True):
    """A rule, and the lessons of those it is for."""

    rule: Rule
    lessons: tuple[Lesson, ...]


class Naming:
    """How rules name principals: with the account where a name is used in several."""

    def __init__(self, principals: Iterable[Principal]) -> None:
        used = Counter((each.kind, each.name) for each in set(principals))
        self._shared = {key for key, count in used.items() if count > 1}

    def of(self, lesson: Lesson) -> tuple[Condition, ...]:
        """What a rule asks for to take this principal; () if no rule can name it."""
        who = lesson.principal
        shown = Principal(who.kind, lesson.shown, who.account) if who.kind in (USER, SESSION, ROLE) else who
        return conditions(shown, lesson.roles, with_account=(who.kind, who.name) in self._shared)


def assign(lessons: Iterable[Lesson], calendar: str, name: str, naming: Naming) -> Iterator[Assigned]:
    """Rules for all of the lessons that a rule can name."""
    alike: dict[tuple[bool, str, tuple[Condition, ...]], list[Lesson]] = {}
    for lesson in lessons:
        asked = naming.of(lesson)
        if asked:
            name_of, rest = _parts(asked)
            alike.setdefault((lesson.robot, name_of, rest), []).append(lesson)
    for (robot, field, rest), group in sorted(
        alike.items(), key=lambda each: (each[0][0], each[0][1], str(each[0][2]))
    ):
        for start in range(0, len(group), MOST_TOGETHER):
            part = group[start : start + MOST_TOGETHER]
            yield _assigned(part, field, rest, Rule((), calendar, robot, name), naming)


def _parts(asked: Sequence[Condition]) -> tuple[str, tuple[Condition, ...]]:
    """The field that names the principal, and what else is asked for."""
    own = next((each for each in asked if each.field in (USER, SESSION)), asked[-1] if len(asked) > 1 else asked[0])
    if asked[0].field == ROLE and own.field != SESSION:
        own = asked[0]
    return own.field, tuple(each for each in asked if each is not own)


def _assigned(group: Sequence[Lesson], field: str, rest: tuple[Condition, ...], rule: Rule, naming: Naming) -> Assigned:
    globs = dict.fromkeys(
        glob
        for lesson in group
        for condition in naming.of(lesson)
        if condition.field == field
        for glob in condition.globs
    )
    order = ("principal", "user", "role", "session", "account", "identity")
    asked = sorted((Condition(field, tuple(globs)), *rest), key=lambda each: order.index(each.field))
    return Assigned(Rule(tuple(asked), rule.calendar, rule.robot, rule.name), tuple(group))
