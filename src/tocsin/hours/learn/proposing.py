"""From lessons to a calendar file: calendars, rules, the evidence as comments, and what a person must look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.calendars import ALWAYS, Calendar
from tocsin.hours.file.dump import Comments, dump, text
from tocsin.hours.learn.assigning import Assigned, Naming, assign
from tocsin.hours.learn.changes import Change, Comparison, compare
from tocsin.hours.learn.clusters import Cluster, calendar_names, calendar_of, clusters
from tocsin.hours.learn.evidence import evidence
from tocsin.hours.learn.fitting import fitting
from tocsin.hours.learn.learn import Learned
from tocsin.hours.learn.lesson import ADOPTED, Lesson
from tocsin.hours.learn.numbers import counted, folded
from tocsin.hours.learn.principals import Principal
from tocsin.hours.learn.review import review_text
from tocsin.hours.rules import Hours
from tocsin.hours.zones import day_of

MOST_LINES = 200  # of evidence above one rule


class Proposal(Struct, frozen=True):
    """A calendar file to read and edit: `text`, the `hours` it holds, and what differs from the last file.

    `adopted` are principals whose rules are new, `unnamed` those that no rule can name. `compared` says that there
    was a last file, `decided` whose rules in it open what is held back of them.
    """

    text: str
    hours: Hours
    changes: tuple[Change, ...]
    adopted: tuple[Lesson, ...]
    unnamed: tuple[Lesson, ...]
    compared: bool
    decided: frozenset[Principal] = frozenset()


def propose(learned: Learned, last: Hours | None = None, adopt: frozenset[str] = frozenset()) -> Proposal:
    """The file that the lessons propose.

    No default is set: whoever nothing is known of stays unknown.
    With `last`, the last file stays as it is: its calendars, its rules, its default. Only whoever none of its rules
    takes is added, and those in `adopt` are changed; other differences are told, and nothing else.
    """
    compared = compare(learned, last, adopt) if last is not None else Comparison.of_none(learned)
    naming = Naming(lesson.principal for lesson in learned.lessons)
    new = [each for each in compared.new if naming.of(each)]
    base = compared.kept
    made = _calendars(new, base, learned)
    ahead, behind = _rules(new, made, naming, {change.lesson.principal for change in compared.changes})
    rules = (*(each.rule for each in ahead), *base.rules, *(each.rule for each in behind))
    calendars = {**base.calendars, **{each.name: each for each in made.calendars}}
    hours = replace(base, calendars=calendars, rules=rules)
    comments = _comments(learned, compared, hours, made, ahead, behind)
    unnamed = tuple(each for each in compared.new if not naming.of(each))
    suggested = "" if base.default else made.default
    written = dump(hours, comments) + _default_text(suggested) + review_text(learned, compared, unnamed)
    return Proposal(written, hours, compared.changes, tuple(new), unnamed, last is not None, compared.decided)


class _Made(Struct, frozen=True):
    """New calendars, who keeps which calendar (new or not), and the calendar of the most people."""

    calendars: tuple[Calendar, ...]
    groups: tuple[tuple[str, tuple[Lesson, ...]], ...]
    clusters: tuple[Cluster, ...]
    default: str


def _calendars(new: Sequence[Lesson], base: Hours, learned: Learned) -> _Made:
    fits: dict[str, list[Lesson]] = {}
    rest: list[Lesson] = []
    for lesson in new:
        name = ALWAYS if lesson.always else fitting(lesson, base, learned.until, learned.limits)
        (fits.setdefault(name, []) if name else rest).append(lesson)
    found = clusters(rest, learned.limits)
    names = calendar_names(found, (*base.calendars, ALWAYS, "none"))
    groups = [(name, each.lessons) for name, each in zip(names, found, strict=True)]
    groups.extend((name, tuple(lessons)) for name, lessons in sorted(fits.items()))
    default = _default(found, names)
    made = tuple(calendar_of(each, name) for each, name in zip(found, names, strict=True))
    return _Made(made, tuple(groups), tuple(found), default)


def _default_text(name: str) -> str:
    if not name:
        return ""
    why = "Whoever no rule matches is unknown. This would judge them by the hours of most people:"
    return f"# {why}\n# default: {text(name)}\n"


def _default(found: Sequence[Cluster], names: Sequence[str]) -> str:
    """The biggest calendar of the zone that most people live by; "" without people."""
    people = [(each, name) for each, name in zip(found, names, strict=True) if not each.robot]
    zones: Counter[str] = Counter()
    for each, _ in people:
        zones[each.zone] += len(each.lessons)
    home = max(sorted(zones), key=lambda zone: zones[zone]) if zones else ""
    return next((name for each, name in people if each.zone == home), "")


def _rules(
    new: Sequence[Lesson], made: _Made, naming: Naming, changed: Iterable[object]
) -> tuple[list[Assigned], list[Assigned]]:
    """Rules for principals that the last file has other rules for come before those, all others after; people first."""
    before = set(changed)
    ahead: list[Assigned] = []
    behind: list[Assigned] = []
    for name, lessons in made.groups:
        for which, found in ((True, ahead), (False, behind)):
            part = [each for each in lessons if (each.principal in before) is which]
            found.extend(assign(part, name, _label(name, part), naming))
    for each in (ahead, behind):
        each.sort(key=lambda one: one.rule.robot)
    return ahead, behind


def _label(calendar: str, lessons: Sequence[Lesson]) -> str:
    robots = bool(lessons) and lessons[0].robot
    if robots:
        return "robots at all times" if calendar == ALWAYS else f"robots of {calendar.removeprefix('robots-')}"
    return f"people of {calendar}"


def _comments(
    learned: Learned,
    compared: Comparison,
    hours: Hours,
    made: _Made,
    ahead: Sequence[Assigned],
    behind: Sequence[Assigned],
) -> Comments:
    rules: dict[int, Sequence[str]] = {}
    kept = len(hours.rules) - len(ahead) - len(behind)
    for number, each in enumerate(ahead):
        rules[number] = _lines(each.lessons, learned)
    for number, lines in compared.remarks.items():
        rules[len(ahead) + number] = [part for line in lines for part in folded(line)]
    for number, each in enumerate(behind):
        rules[len(ahead) + kept + number] = _lines(each.lessons, learned)
    calendars = {
        calendar.name: [_about(cluster)] for calendar, cluster in zip(made.calendars, made.clusters, strict=True)
    }
    return Comments(_head(learned, compared), calendars, rules)


def _lines(lessons: Sequence[Lesson], learned: Learned) -> list[str]:
    lines = [line for each in lessons[:MOST_LINES] for line in folded(evidence(each, learned.limits))]
    return lines + ([f"and {len(lessons) - MOST_LINES:,} more"] if len(lessons) > MOST_LINES else [])


def _about(cluster: Cluster) -> str:
    return counted(len(cluster.lessons), *(("robot",) if cluster.robot else ("person", "people")))


def _head(learned: Learned, compared: Comparison) -> list[str]:
    states = [each.status for each in learned.lessons]
    seen = counted(len(states), "principal")
    lines = ["Business hours, learned from history: read, correct, and keep."]
    if learned.until:
        first, last = day_of(learned.since // 86_400), day_of(learned.until // 86_400 - 1)
        lines.append(f"From {first.isoformat()} to {last.isoformat()} (UTC): {seen}, {states.count(ADOPTED)} believed.")
    if compared.changes:
        lines.append("Differences from the last file that were not adopted stand above their rules.")
    lines.append("Above each rule stands what it was learned from; at the end, whom to look at.")
    return lines
