"""Lessons in words: what was seen, what it means, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.hours.calendars import Shift
from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.numbers import counted, percent
from tocsin.hours.learn.open_hours import HALF, WeekHours, day_runs
from tocsin.hours.learn.working_day import HALVES
from tocsin.hours.written import shift_text

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALMOST = 100.0  # odds: beyond these there is no other zone worth naming


def evidence(lesson: Lesson, limits: Limits) -> str:
    """`anna: 38 days in 9 weeks, 214 calls, 97 % between 09:00 and 18:00 Europe/Berlin; ...`"""
    return f"{lesson.shown}: {'; '.join(_parts(lesson, limits))}"


def _parts(lesson: Lesson, limits: Limits) -> Iterator[str]:
    amount = lesson.amount
    seen = f"{counted(amount.days, 'day')} in {counted(amount.weeks, 'week')}, {counted(amount.calls, 'call')}"
    if lesson.lent:
        yield seen
        yield lesson.lent
        return
    core = [] if lesson.always else _core(lesson.hours, limits)
    if core:
        seen += f", {percent(lesson.within)} {' and '.join(core)} {lesson.zone}"
    yield seen
    if lesson.away:
        yield f"{counted(lesson.away, 'day')} left out that lie hours apart from the others: a trip"
    if lesson.move:
        side = "since" if lesson.move.settled else "before"
        yield f"learned from the days {side} they changed by {abs(lesson.move.hours):.0f} hours"
    if lesson.robot:
        yield f"robot: {lesson.nature.words}"
        return
    if lesson.places:
        yield lesson.places
    guess = lesson.guess
    if guess is not None:
        if guess.next_best and guess.odds < _ALMOST:
            yield f"next best {guess.next_best}, {_odds(guess.odds)}"
        yield f"sure: {lesson.sure} ({guess.sure:.2f})"
    yield f"person: {lesson.nature.words}"


def _core(hours: WeekHours, limits: Limits) -> list[str]:
    """The hours without the slack at both ends."""
    spans = []
    for begin, end in hours.blocks:
        first, last = (begin + limits.reach) % HALVES, (end - limits.reach) % HALVES
        spans.append(f"between {_clock(first)} and {_clock(last)}")
    return spans


def _clock(half: int) -> str:
    return f"{half // 2:02d}:{half % 2 * 30:02d}"


def _odds(odds: float) -> str:
    return "as likely" if odds < 1.5 else f"{odds:.0f} times less likely"


def proposal(lesson: Lesson) -> str:
    """The proposed hours on one line: `Europe/Berlin mon-fri 08:00-19:00`."""
    if lesson.always:
        return "at all times"
    return week_words(lesson.zone, lesson.hours) if lesson.hours.blocks and lesson.hours.weekdays else "no hours"


def week_words(zone: str, hours: WeekHours) -> str:
    """A zone and its hours as in a calendar file, on one line."""
    spans = ", ".join(shift_text(Shift(begin * HALF, end * HALF)) for begin, end in hours.blocks)
    return f"{zone} {days_words(hours.weekdays)} {spans}"


def days_words(weekdays: Sequence[int]) -> str:
    """`mon-fri`, `sun-thu`, `mon, wed`, `daily`."""
    if len(weekdays) == 7:
        return "daily"
    runs = day_runs(sorted(weekdays))
    return ", ".join(_NAMES[first] if first == last else f"{_NAMES[first]}-{_NAMES[last % 7]}" for first, last in runs)
