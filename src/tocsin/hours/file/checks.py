"""Rules that cannot work: those that an earlier one leaves nothing for, and those that contradict one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.assignment import accounts_of
from tocsin.hours.calendars import FOREVER, Calendar, Validity
from tocsin.hours.file.reading import Reading
from tocsin.hours.file.rules_part import Placed
from tocsin.hours.glob import covers, is_literal
from tocsin.hours.rules import Condition, Rule, fold, rule_label

Conditions = tuple[Condition, ...]

MAX_PATTERN_RULES = 300
"""Earlier rules with patterns that each rule is compared with; those with plain texts are found by index."""


def check_rules(
    reading: Reading,
    placed: Sequence[Placed],
    calendars: Mapping[str, Calendar],
    units: Mapping[str, tuple[str, ...]],
) -> None:
    """Warns of each rule that can never match, or that contradicts an earlier one, with both places."""
    known = [tuple(_folded(accounts_of(each, units)) for each in one.rule.conditions) for one in placed]
    index = _Index(known)
    for number, one in enumerate(placed):
        for earlier in index.earlier(number):
            other = placed[earlier]
            label = rule_label(other.rule, earlier + 1)
            problem = _problem(one, other, known[number], known[earlier], calendars, (label, reading.place(other.span)))
            if problem is not None:
                reading.report(problem)
                break


class _Index:
    """Finds the earlier rules that could cover a rule: by a text they share, and those with patterns."""

    def __init__(self, known: list[Conditions]) -> None:
        self._known = known
        self._by_text: dict[tuple[str, str], list[int]] = {}
        self._patterns: list[int] = []
        for number, conditions in enumerate(known):
            if any(not is_literal(glob) for condition in conditions for glob in condition.globs):
                self._patterns.append(number)
            for key in _first_texts(conditions):
                self._by_text.setdefault(key, []).append(number)

    def earlier(self, number: int) -> Iterator[int]:
        near = set(self._patterns[:MAX_PATTERN_RULES])
        for condition in self._known[number]:
            near.update(*(self._by_text.get((condition.field, glob), ())[:100] for glob in condition.globs[:100]))
        return iter(sorted(each for each in near if each < number))


def _first_texts(conditions: Conditions) -> Iterator[tuple[str, str]]:
    for condition in conditions[:1]:
        for glob in condition.globs:
            yield condition.field, glob


def _problem(
    one: Placed,
    other: Placed,
    narrow: Conditions,
    wide: Conditions,
    calendars: Mapping[str, Calendar],
    earlier: tuple[str, str],
) -> Diagnostic | None:
    if not _all_covered(wide, narrow):
        return None
    same = _all_covered(narrow, wide)
    differs = (one.rule.calendar, one.rule.robot) != (other.rule.calendar, other.rule.robot)
    ours, theirs = (_validities(each.rule, calendars) for each in (one, other))
    always = all(each == FOREVER for each in theirs)
    if same and differs and (always or (any(each != FOREVER for each in ours) and not _apart(ours, theirs))):
        return catalogue.contradictory_rules(*earlier, one.span)
    return catalogue.unreachable_rule(*earlier, one.span) if always else None


def _folded(condition: Condition) -> Condition:
    return Condition(condition.field, tuple(fold(condition.field, glob) for glob in condition.globs))


def _all_covered(wide: Conditions, narrow: Conditions) -> bool:
    """Whether whoever meets all of `narrow` meets all of `wide`."""
    return all(any(_covered(each, other) for other in narrow) for each in wide)


def _covered(wide: Condition, narrow: Condition) -> bool:
    if wide.field != narrow.field:
        return False
    texts = frozenset(wide.globs)
    patterns = [glob for glob in wide.globs if not is_literal(glob)]
    return all(glob in texts or any(covers(pattern, glob) for pattern in patterns) for glob in narrow.globs)


def _validities(rule: Rule, calendars: Mapping[str, Calendar]) -> tuple[Validity, ...]:
    calendar = calendars.get(rule.calendar)
    return (rule.validity, calendar.validity if calendar else FOREVER)


def _apart(ours: tuple[Validity, ...], theirs: tuple[Validity, ...]) -> bool:
    """Whether one ends before the other begins; ends of two kinds, a day and an instant, count as apart."""
    return any(_before(a, b) or _before(b, a) for a in ours for b in theirs)


def _before(first: Validity, second: Validity) -> bool:
    until, since = first.until, second.since
    if until is None or since is None:
        return False
    if isinstance(until, int) or isinstance(since, int):
        return not (isinstance(until, int) and isinstance(since, int)) or until <= since
    return until < since
