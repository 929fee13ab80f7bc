"""What of a principal's hours may be believed where not all of it is: the stretch of the day that is plainly work.

A day in two stretches may be two people, one of them uninvited; so may one that is too long, if it has a hole. The
second stretch is for a person to judge. The first, if it is by far the more frequent one and lies in the working
day, is not in doubt because of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tocsin.hours.calendars import Shift
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.numbers import counted
from tocsin.hours.learn.open_hours import HALF, WeekHours, week_hours
from tocsin.hours.learn.working_day import HALVES
from tocsin.hours.written import shift_text

CLEARLY = 2 / 3  # of the days: any other stretch has no more
_EARLIEST, _LATEST = 12, 42  # half hours: 06:00 to 21:00 is work, early or late, and no night

Block = tuple[int, int]


def main_stretch(halves: Sequence[int], hours: WeekHours, limits: Limits) -> WeekHours:
    """The hours of the main stretch alone; `hours` as they are if none is plainly it.

    `halves` are active half hours of the wall clock, in order.
    """
    stretches = apart(halves, hours, limits)
    alone = _main(halves, stretches, limits) if len(stretches.blocks) > 1 else stretches
    return alone if len(stretches.blocks) > 1 and len(alone.blocks) == 1 else hours


def in_doubt(hours: WeekHours, limits: Limits) -> bool:
    """Whether there may be a part that is believed: several stretches, or one that is too long."""
    return len(hours.blocks) > 1 or hours.hours_a_day > limits.most_hours_a_day


def apart(halves: Sequence[int], hours: WeekHours, limits: Limits) -> WeekHours:
    """The hours, and if that is too long a day for one person, without its holes closed."""
    if len(hours.blocks) != 1 or hours.hours_a_day <= limits.most_hours_a_day:
        return hours
    return week_hours(halves, replace(limits, fill=0))


def _main(halves: Sequence[int], hours: WeekHours, limits: Limits) -> WeekHours:
    days = _days(halves, hours.blocks)
    main = max(hours.blocks, key=lambda block: (len(days[block]), -block[0]))
    if main[0] + limits.reach < _EARLIEST or main[1] - limits.reach > _LATEST:
        return hours
    if any(len(days[each]) > CLEARLY * len(days[main]) for each in hours.blocks if each != main):
        return hours
    return week_hours([half for half in halves if _within(half, main)], limits)


def held_back(halves: Sequence[int], hours: WeekHours, believed: WeekHours, zone: str) -> tuple[str, ...]:
    """Words for each stretch that is not believed."""
    days = _days(halves, hours.blocks)
    most = max((len(each) for each in days.values()), default=0)
    return tuple(
        f"{shift_text(Shift(begin * HALF, end * HALF))} {zone}, on {counted(len(days[begin, end]), 'day')} "
        f"beside {most:,} of the main stretch: more than one person?"
        for begin, end in hours.blocks
        if not any(begin < last and first < end for first, last in believed.blocks)
    )


def _days(halves: Sequence[int], blocks: Sequence[Block]) -> dict[Block, set[int]]:
    return {block: {(half - block[0]) // HALVES for half in halves if _within(half, block)} for block in blocks}


def _within(half: int, block: Block) -> bool:
    return (half - block[0]) % HALVES < block[1] - block[0]
