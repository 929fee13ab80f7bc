"""Reasons not to believe a lesson: each is a question that a person has to answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from msgspec import Struct

from tocsin.hours.calendars import DAY, Shift
from tocsin.hours.learn.evidence import days_words
from tocsin.hours.learn.hints import Hints
from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.numbers import counted, percent
from tocsin.hours.learn.open_hours import HALF
from tocsin.hours.learn.places import region_confirms
from tocsin.hours.learn.principals import OTHER, ROOT
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.working_day import HALVES
from tocsin.hours.written import shift_text
from tocsin.hours.zones import day_of


class Doubts(Struct, frozen=True):
    """What lessons are held against. `lived_in` maps zones to how many people seem to live by them."""

    AT_NIGHT: ClassVar[float] = 3.0  # hours later or earlier than most: such a day is half evening or night
    UNSURE: ClassVar[float] = 0.5

    spans: Spans
    hints: Hints
    limits: Limits
    lived_in: Mapping[str, int]

    def too_little(self, lesson: Lesson) -> str:
        """Words for a cold start."""
        have = f"{counted(lesson.amount.days, 'day')} in {counted(lesson.amount.weeks, 'week')}"
        return f"too little history: {have}, of {self.limits.min_days} days and {self.limits.min_weeks} weeks needed"

    def half_known(self, lesson: Lesson) -> str:
        """Words for a week of which some days are known and others not yet: half of it would be taken for all."""
        dates = lesson.hours.dates
        known = lesson.hours.weekdays
        open_days = [day for day, count in dates.items() if day not in known and 2 * count >= max(dates.values())]
        unsettled = [day for day in open_days if 0 < dates[day] < self.limits.slot_days]
        if not known or not unsettled:
            return ""
        most = max(dates[day] for day in unsettled)
        return (
            f"too little history of {days_words(unsettled)}: {counted(most, 'date')} of {self.limits.slot_days} needed"
        )

    def about(self, lesson: Lesson, record: Record) -> tuple[str, ...]:
        """Every reason, gravest first; () if the lesson may be believed."""
        if lesson.principal.kind == ROOT:
            return ("the root user keeps no hours: every use of it deserves a look",)
        if lesson.principal.kind == OTHER:
            return ("an identity of a kind that no hours are learned for",)
        if lesson.nature.kind == "unclear":
            return (f"person or robot? {lesson.nature.words}",)
        reasons = (
            () if lesson.always else (*self._hours(lesson), *(() if lesson.robot else self._person(lesson, record)))
        )
        return (*reasons, *self._roles(lesson))

    def _roles(self, lesson: Lesson) -> tuple[str, ...]:
        if lesson.principal.kind == "session" and not lesson.roles:
            return (f"no role was used on {self.limits.slot_days} days, so there is no rule to write",)
        return ()

    def _hours(self, lesson: Lesson) -> tuple[str, ...]:
        if not lesson.hours.blocks or not lesson.hours.weekdays:
            need = f"{self.limits.slot_days} days in {self.limits.slot_weeks} weeks"
            return (f"no hours that repeat: none was seen on {need}, and often enough besides",)
        return ()

    def _person(self, lesson: Lesson, record: Record) -> tuple[str, ...]:
        checks = (
            self.moved(lesson) if lesson.move and lesson.move.settled else "",
            self._night(lesson, record),
            self._unsure(lesson),
            _torn(lesson),
            self._long(lesson),
        )
        return tuple(each for each in checks if each)

    def _night(self, lesson: Lesson, record: Record) -> str:
        """Somebody whose working day is night wherever he may plausibly be."""
        guess = lesson.guess
        if guess is None or not lesson.hours.blocks:
            return ""
        if abs(guess.late) >= self.AT_NIGHT:
            return f"works at night or in the evening on the clock of {lesson.zone}, where colleagues or regions are"
        if self._confirmed(lesson, record):
            return ""
        home = self._home()
        if not home:
            return f"nothing but the shape of the day speaks for {lesson.zone}: no colleagues, no region, no last file"
        there = self._there(lesson, home)
        return f"seen only at night or at odd hours where others work ({there} {home}), and alone in {lesson.zone}"

    def _confirmed(self, lesson: Lesson, record: Record) -> bool:
        """Whether anything but his own clock puts him there: the last file, the user, colleagues, a region."""
        near = self.limits.near_hours
        if any(self.spans.apart(zone, lesson.zone) <= near for zone in self.hints.zones):
            return True
        others = sum(count for zone, count in self.lived_in.items() if self.spans.apart(zone, lesson.zone) <= near)
        return others > self.limits.colleagues or region_confirms(record, self.spans, lesson.zone)

    def _home(self) -> str:
        known = {zone: float(count) for zone, count in self.lived_in.items() if count > 1}
        for zone, count in self.hints.zones.items():
            known[zone] = known.get(zone, 0.0) + count
        return max(sorted(known), key=lambda zone: known[zone]) if known else ""

    def _there(self, lesson: Lesson, home: str) -> str:
        """The hours on another zone's clock, as it is at the end of the history."""
        end = self.spans.until - 1
        shift = round((self.spans.ahead(home, end) - self.spans.ahead(lesson.zone, end)) / HALF)
        blocks = (((begin + shift) % HALVES, end - begin) for begin, end in lesson.hours.blocks)
        return ", ".join(shift_text(Shift(begin * HALF, (begin + length) * HALF)) for begin, length in blocks)

    def _unsure(self, lesson: Lesson) -> str:
        if lesson.guess is None or lesson.guess.sure >= self.UNSURE:
            return ""
        return (
            f"the zone is a guess: {lesson.zone} and those near it have a probability of {percent(lesson.guess.sure)}"
        )

    def _long(self, lesson: Lesson) -> str:
        hours = lesson.hours.hours_a_day
        week = hours * len(lesson.hours.weekdays)
        if hours <= self.limits.most_hours_a_day and week <= self.limits.most_hours_a_week:
            return ""
        return f"{hours:g} hours a day, {week:g} a week: more than one person works"

    def moved(self, lesson: Lesson) -> str:
        """Words for a move, "" if there was none."""
        move = lesson.move
        if move is None:
            return ""
        day = (move.at * HALF + self.spans.ahead(lesson.zone, move.at * HALF)) // DAY
        way = "later" if move.hours > 0 else "earlier"
        return f"since {day_of(day).isoformat()} the days are {abs(move.hours):.0f} hours {way}: moved, or away?"


def _torn(lesson: Lesson) -> str:
    """Two stretches a day may be two people, one of them uninvited."""
    if len(lesson.hours.blocks) < 2:
        return ""
    parts = ", ".join(shift_text(Shift(begin * HALF, end * HALF)) for begin, end in lesson.hours.blocks)
    return f"active in separate stretches of the day, {parts} {lesson.zone}: more than one person?"


def named(lesson: Lesson, names: Collection[str]) -> bool:
    """Whether one of the names, in lower case, is the principal's."""
    own = (lesson.shown.lower(), lesson.principal.name.lower(), str(lesson.principal).lower())
    return any(name in names for name in own)
