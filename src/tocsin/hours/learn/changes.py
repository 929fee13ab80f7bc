"""What history says otherwise than the last file: told, and adopted only where a person says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.assignment import Assignment
from tocsin.hours.judge import judge_of
from tocsin.hours.learn.doubts import named
from tocsin.hours.learn.evidence import evidence, proposal
from tocsin.hours.learn.fitting import beyond, calendar_week, lesson_week
from tocsin.hours.learn.learn import Learned
from tocsin.hours.learn.lesson import ADOPTED, COLD, Lesson
from tocsin.hours.learn.principals import Principal
from tocsin.hours.rules import Condition, Hours, Rule, rule_label
from tocsin.hours.zones import offset_of, zone_named

MOST_REMARKS = 200  # lines above one rule of the last file
OTHER_ZONE = 2  # hours between clocks from which a change is called one of zone


class Change(Struct, frozen=True):
    """One principal that history sees otherwise than a rule of the last file.

    `what` is `zone`, `wider`, `narrower`, `robot` (the file says person) or `person` (the file says robot). `before`
    and `after` are words; `adopted` says that the new file has it as history sees it.
    """

    lesson: Lesson
    what: str
    before: str
    after: str
    adopted: bool

    @property
    def words(self) -> str:
        say = {
            "zone": "another zone",
            "wider": "wider hours",
            "narrower": "narrower hours",
            "robot": "a person turned robot",
            "person": "a robot turned person",
        }
        return f"{self.lesson.shown}: {say[self.what]}: {self.before} -> {self.after}"


class Comparison(Struct, frozen=True):
    """The last file as it stays (`kept`), the lessons that become new rules, and the differences.

    `remarks` are comments by number of a kept rule. `decided` are principals whose rule opens more than is believed of
    them while a part is held back: a person has answered that already.
    """

    kept: Hours
    new: tuple[Lesson, ...]
    changes: tuple[Change, ...]
    remarks: Mapping[int, Sequence[str]]
    decided: frozenset[Principal] = frozenset()

    @staticmethod
    def of_none(learned: Learned) -> Comparison:
        """The comparison where there is no last file: all that is believed is new."""
        return Comparison(Hours({}), tuple(each for each in learned.lessons if each.status == ADOPTED), (), {})


def compare(learned: Learned, last: Hours, adopt: frozenset[str]) -> Comparison:
    """Hold every lesson against the rule of the last file that takes its principal."""
    assignment, names = Assignment(last), {name.lower() for name in adopt}
    new: list[Lesson] = []
    changes: list[Change] = []
    remarks: dict[int, list[str]] = {}
    decided: set[Principal] = set()
    rules = list(last.rules)
    for lesson in learned.lessons:
        number = _deciding(lesson, last, assignment, learned.until)
        if number is None:
            new.extend([lesson] if lesson.status == ADOPTED else [])
            continue
        if lesson.held_back and _beyond_belief(lesson, last, number, learned):
            decided.add(lesson.principal)
        change = _change(lesson, last, number, learned, named(lesson, names))
        remarks.setdefault(number, []).append(evidence(lesson, learned.limits))
        if change is None:
            continue
        changes.append(change)
        if change.adopted:
            new.append(lesson)
            rules[number] = _without(rules[number], lesson)
        else:
            remarks[number].append(f"  not adopted: {change.words}")
    kept = [number for number, rule in enumerate(rules) if all(each.globs for each in rule.conditions)]
    placed = {at: _cut(remarks[number]) for at, number in enumerate(kept) if number in remarks}
    return Comparison(
        replace(last, rules=tuple(rules[at] for at in kept)), tuple(new), tuple(changes), placed, frozenset(decided)
    )


def _deciding(lesson: Lesson, last: Hours, assignment: Assignment, at: int) -> int | None:
    """The number of the rule that takes the principal at the end of the history; None if only the default does."""
    found = judge_of(last).verdict(float(at), lesson.subject)
    for number in assignment.matching(lesson.subject):
        if rule_label(last.rules[number], number + 1) == found.rule:
            return number
    return None


def _change(lesson: Lesson, last: Hours, number: int, learned: Learned, adopt: bool) -> Change | None:
    rule = last.rules[number]
    what = "" if lesson.status == COLD or lesson.lent else _what(lesson, last, rule, learned)
    if not what:
        return None
    return Change(lesson, what, _words(last, rule), _proposed(lesson), adopt)


def _what(lesson: Lesson, last: Hours, rule: Rule, learned: Learned) -> str:
    if lesson.nature.kind != "unclear" and lesson.robot != rule.robot:
        return "robot" if lesson.robot else "person"
    own = lesson_week(lesson, learned.until)
    theirs = calendar_week(last, rule.calendar, learned.until)
    if not own:
        return ""
    slack = learned.limits.merge
    if beyond(own, theirs, slack):
        return "zone" if _other_clock(lesson, last, rule, learned.until) else "wider"
    return "narrower" if beyond(theirs, own, slack) and not rule.robot and not lesson.held_back else ""


def _beyond_belief(lesson: Lesson, last: Hours, number: int, learned: Learned) -> bool:
    """Whether the rule opens more than what is believed of the principal."""
    theirs = calendar_week(last, last.rules[number].calendar, learned.until)
    return bool(beyond(theirs, lesson_week(lesson, learned.until), learned.limits.merge))


def _other_clock(lesson: Lesson, last: Hours, rule: Rule, at: int) -> bool:
    calendar = last.calendars.get(rule.calendar)
    ours, theirs = zone_named(lesson.zone), zone_named(calendar.zone if calendar else last.zone)
    if ours is None or theirs is None or calendar is None:
        return False
    return abs(offset_of(ours, at) - offset_of(theirs, at)) >= OTHER_ZONE * 3_600


def _words(last: Hours, rule: Rule) -> str:
    calendar = last.calendars.get(rule.calendar)
    zone = f" ({calendar.zone})" if calendar else ""
    return ("robot, " if rule.robot else "") + rule.calendar + zone


def _proposed(lesson: Lesson) -> str:
    return ("robot, " if lesson.robot else "") + proposal(lesson)


def _without(rule: Rule, lesson: Lesson) -> Rule:
    """The rule without the principal's name where it stands there in so many words."""
    names = {lesson.shown.lower(), lesson.principal.name.lower()}
    asked = tuple(
        Condition(each.field, tuple(glob for glob in each.globs if glob.lower() not in names))
        if each.field == lesson.principal.kind
        else each
        for each in rule.conditions
    )
    return replace(rule, conditions=asked)


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_REMARKS:
        return lines
    kept = [line for line in lines if line.startswith("  ")][:MOST_REMARKS]
    return [*lines[: MOST_REMARKS - len(kept)], *kept, f"and {len(lines) - MOST_REMARKS:,} lines more"]
