"""From history to lessons: who keeps which hours, and what of it may be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from tocsin.hours.learn.clocks import CLOCKS, SATURDAY_SUNDAY
from tocsin.hours.learn.company import Guess, Signs, guesses
from tocsin.hours.learn.doubts import Doubts, named
from tocsin.hours.learn.gathering import History
from tocsin.hours.learn.hints import NO_HINTS, Hints
from tocsin.hours.learn.lending import lend
from tocsin.hours.learn.lesson import ADOPTED, COLD, NEVER, REVIEW, Lesson
from tocsin.hours.learn.limits import DEFAULTS, Limits
from tocsin.hours.learn.open_hours import week_hours
from tocsin.hours.learn.parts import apart, held_back, in_doubt, main_stretch
from tocsin.hours.learn.places import places
from tocsin.hours.learn.principals import SERVICE
from tocsin.hours.learn.spans import Spans, spans_of
from tocsin.hours.learn.study import Study, local_halves, seen_roles, share_within, study


class Learned(Struct, frozen=True):
    """The lessons in the order of their principals, and the window they come from.

    `left_out` counts calls that taught nothing, by why. `unknown_names` are names to adopt that nobody bears.
    """

    lessons: tuple[Lesson, ...]
    since: int
    until: int
    limits: Limits
    left_out: Mapping[str, int] = field(default_factory=dict)
    forgotten: int = 0
    unknown_names: tuple[str, ...] = ()


def learn(history: History, hints: Hints = NO_HINTS, limits: Limits = DEFAULTS) -> Learned:
    """What the history teaches. The same history always teaches the same, whatever order it was read in."""
    weekends = {clock.zone: clock.weekend for clock in CLOCKS}
    weekends.update({zone: SATURDAY_SUNDAY for zone in sorted(hints.zones) if zone not in weekends})
    spans = spans_of(history.since, history.until, weekends)
    studies = [study(who, record, spans, weekends, limits) for who, record in history.records.items()]
    found = _guesses(studies, spans, hints, limits)
    doubts = Doubts(spans, hints, limits, _lived_in(studies, found, limits))
    own = [_lesson(each, found.get(index), doubts) for index, each in enumerate(studies)]
    lessons = tuple(lend(own, {each.principal: each.record for each in studies}, spans, limits))
    unknown = sorted(name for name in hints.adopt if not any(named(each, {name.lower()}) for each in lessons))
    return Learned(lessons, history.since, history.until, limits, history.left_out, history.forgotten, tuple(unknown))


def _guesses(studies: Sequence[Study], spans: Spans, hints: Hints, limits: Limits) -> dict[int, Guess]:
    """By number of study. Only people with enough history count as anybody's colleagues."""
    zoned = [index for index, each in enumerate(studies) if each.scores]
    signs = [Signs(studies[at].scores, studies[at].record.regions, studies[at].record.countries) for at in zoned]
    voices = [studies[at].nature.kind == "person" and studies[at].enough(limits) for at in zoned]
    return dict(zip(zoned, guesses(signs, voices, spans, hints.zones, limits.near_hours), strict=True))


def _lived_in(studies: Sequence[Study], found: Mapping[int, Guess], limits: Limits) -> dict[str, int]:
    """How many people seem to live by each zone, in working days of their own."""
    lived: dict[str, int] = {}
    for index, guess in found.items():
        person = studies[index].nature.kind == "person" and studies[index].enough(limits)
        if person and abs(guess.late) < Doubts.AT_NIGHT and guess.sure >= Doubts.UNSURE:
            lived[guess.zone] = lived.get(guess.zone, 0) + 1
    return lived


def _lesson(each: Study, guess: Guess | None, doubts: Doubts) -> Lesson:
    lesson = _proposed(each, guess, doubts)
    if each.principal.kind == SERVICE:  # nobody else can act as one
        return replace(lesson, always=True)
    if not each.enough(doubts.limits):
        moved = (doubts.moved(lesson),) if each.move else ()  # neither side of it is enough
        return replace(lesson, status=COLD, reasons=(doubts.too_little(lesson), *moved))
    settled = each.move is not None and each.move.settled  # such a one is reviewed whatever else is known
    unsettled = "" if lesson.always or settled else doubts.half_known(lesson)
    if unsettled:
        return replace(lesson, status=COLD, reasons=(unsettled,))
    adopt = named(lesson, {name.lower() for name in doubts.hints.adopt}) and bool(
        lesson.always or lesson.hours.weekdays
    )
    if not adopt:
        lesson = _in_part(lesson, each, doubts)
    reasons = () if adopt else doubts.about(lesson, each.record)
    return replace(lesson, status=REVIEW if reasons else ADOPTED, reasons=reasons)


def _in_part(lesson: Lesson, each: Study, doubts: Doubts) -> Lesson:
    """The lesson with what can be believed of it, and what is held back."""
    if each.nature.kind != "person" or lesson.guess is None:
        return lesson
    if each.move is not None and not each.move.settled:
        lesson = replace(lesson, held_back=(doubts.moved(lesson),))
    if not in_doubt(lesson.hours, doubts.limits):
        return lesson
    spans, limits, zone = doubts.spans, doubts.limits, lesson.zone
    halves = local_halves(each.record, spans, zone)
    hours = main_stretch(halves, lesson.hours, limits)
    if hours == lesson.hours:
        return lesson
    held = held_back(halves, apart(halves, lesson.hours, limits), hours, zone)
    within = share_within(each.record, spans, zone, hours, limits.reach)
    return replace(lesson, hours=hours, within=within, held_back=(*lesson.held_back, *held))


def _proposed(each: Study, guess: Guess | None, doubts: Doubts) -> Lesson:
    limits, record = doubts.limits, each.record
    robot = each.nature.kind == "robot"
    zone = guess.zone if guess and (not robot or guess.sure >= Doubts.UNSURE) else "UTC"
    hours = week_hours(local_halves(record, doubts.spans, zone), limits) if record.days else NEVER
    return Lesson(
        principal=each.principal,
        shown=record.shown or each.principal.name,
        nature=each.nature,
        status=ADOPTED,
        reasons=(),
        zone=zone,
        hours=hours,
        amount=each.amount,
        guess=guess,
        always=robot and (hours.quiet <= 4 or not record.days),
        within=share_within(record, doubts.spans, zone, hours, limits.reach),
        roles=seen_roles(record, limits),
        places=places(record, zone),
        subject=record.subject,
        away=each.away,
        move=each.move,
    )
