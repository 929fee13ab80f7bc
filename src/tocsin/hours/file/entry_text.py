"""One entry on one line: `2024-12-24 to 2024-12-31 12:00-24:00 company party`."""

from __future__ import annotations

import re
from functools import partial

from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import Days, Exact, Shift, Wall, When
from tocsin.hours.file.reading import BadTextError
from tocsin.hours.file.times import CLOCK, DATE, OFFSET, Stamp, read_shifts, read_stamp

_MOMENT = rf"{DATE}(?:T|\s+){CLOCK}\s*(?:{OFFSET})?"
_SHIFT = rf"{CLOCK}\s*[-–]\s*{CLOCK}"
_REASON = r"(?:(?:\s+-)?\s+(?P<reason>\S.*))?"
_MOMENTS = re.compile(rf"(?P<first>{_MOMENT})\s+to\s+(?P<last>{_MOMENT}|{DATE}){_REASON}", re.DOTALL)
_DAYS = re.compile(
    rf"(?P<first>{DATE})(?:\s+to\s+(?P<last>{DATE}))?(?:\s+(?P<hours>{_SHIFT}(?:\s*,\s*{_SHIFT})*))?{_REASON}",
    re.DOTALL,
)
_NO_REASON = re.compile(r"(?:to|until|till|from|and)\b|[^\w(\"'«“]|[0-9]", re.IGNORECASE)


def read_entry(text: str) -> tuple[When, str]:
    """When the entry holds, and its reason or "". Raises BadTextError."""
    lead = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    read = _MOMENTS.fullmatch(text, lead, end) or _DAYS.fullmatch(text, lead, end)
    if not read:
        first = text[lead:end].partition(" ")[0]
        raise BadTextError(partial(catalogue.bad_date, first), lead, lead + max(1, len(first)))
    found = read.groupdict()
    reason = " ".join((found["reason"] or "").split())
    if reason and _NO_REASON.match(reason):
        raise BadTextError(partial(catalogue.bad_entry, reason), read.start("reason"), end)
    begin = read_stamp(found["first"], read.start("first"))
    last = read_stamp(found["last"], read.start("last")) if found["last"] else begin
    shifts = read_shifts(found["hours"], read.start("hours")) if found.get("hours") else ()
    return between(begin, last, shifts, (lead, read.end("last") if found["last"] else read.end("first"))), reason


def between(first: Stamp, last: Stamp, shifts: tuple[Shift, ...], place: tuple[int, int]) -> When:
    """From one end to the other: two days, both inside, or two moments. Raises BadTextError at `place`."""
    if (first.second is None) != (last.second is None) or (shifts and last.second is not None):
        raise BadTextError(catalogue.mixed_ends, *place)
    if (first.offset is None) != (last.offset is None):
        raise BadTextError(catalogue.mixed_zones, *place)
    if first.second is None:
        if last.day < first.day:
            raise BadTextError(catalogue.reversed_range, *place)
        return Days(first.day, last.day, shifts)
    low, high = first.wall - (first.offset or 0), last.wall - (last.offset or 0)
    if high <= low:
        raise BadTextError(catalogue.reversed_range, *place)
    return Wall(low, high) if first.offset is None else Exact(low, high)
