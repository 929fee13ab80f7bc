"""One calendar made ready to be asked: every UTC day becomes a few segments in which nothing changes.

An instant is judged by the wall clock that the calendar's zone shows at it. Each list of the calendar paints
its ranges; of those that cover an instant, the first of this order is seen: freeze, maintenance, extra
opening, closure, holiday, weekly hours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from msgspec import Struct

from tocsin.hours.calendars import DAY, Calendar, Entry, Listed, entries_of
from tocsin.hours.layer import Layer
from tocsin.hours.public_holidays import holiday_name
from tocsin.hours.timeline import Painted, flatten
from tocsin.hours.weekly import weekly
from tocsin.hours.written import entry_name, entry_place
from tocsin.hours.zones import day_of, stretches, zone_named

OPEN = "open"
CLOSED = "closed"
_KEPT_DAYS = 20_000
_LAYERS = (("freeze", CLOSED), ("maintenance", OPEN), ("", OPEN), ("closure", CLOSED))
_HOLIDAY_RANK = len(_LAYERS)


class Look(Struct, frozen=True):
    """How a stretch of time looks: `open` or `closed`, the reason, and the place of the entry that says so."""

    state: str
    reason: str
    entry: str = ""


class Segment(Struct, frozen=True):
    """Epoch seconds with one offset from UTC (`ahead` in seconds, `offset` as text) and one look."""

    start: int
    end: int
    ahead: int
    offset: str
    look: Look


class Sheet(Struct, frozen=True):
    """The segments of one UTC day, without gaps."""

    starts: tuple[int, ...]
    segments: tuple[Segment, ...]


class Almanac:
    """A calendar, with the lists that hold for all calendars, as segments; days once made are kept, within a bound."""

    def __init__(self, calendar: Calendar, freezes: Listed = (), maintenance: Listed = ()) -> None:
        zone = zone_named(calendar.zone)
        assert zone is not None, f"an unknown zone {calendar.zone} came past the reader"
        self.calendar = calendar
        self._zone: ZoneInfo = zone
        listed = (calendar.freezes + freezes, calendar.maintenance + maintenance, calendar.opened, calendar.closed)
        self._layers = tuple(Layer(rank, entries_of(each)) for rank, each in enumerate(listed))
        self._looks: dict[tuple[int, int], Look] = {}
        self._sheets: dict[int, Sheet] = {}

    def segment(self, at: float) -> Segment:
        """The segment that holds the instant; it must lie in the years 1 to 9999 with days to spare."""
        day = int(at // DAY)
        sheet = self._sheets.get(day) or self._keep(day)
        return sheet.segments[bisect_right(sheet.starts, at) - 1]

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """The segments from one instant to another, cut to that window."""
        for day in range(start // DAY, (end - 1) // DAY + 1):
            sheet = self._sheets.get(day) or self._keep(day)
            for each in sheet.segments:
                if each.end > start and each.start < end:
                    low, high = max(each.start, start), min(each.end, end)
                    yield Segment(low, high, each.ahead, each.offset, each.look)

    def _keep(self, day: int) -> Sheet:
        if len(self._sheets) >= _KEPT_DAYS:
            self._sheets.clear()
        made = tuple(self._make(day * DAY, day * DAY + DAY))
        self._sheets[day] = sheet = Sheet(tuple(each.start for each in made), made)
        return sheet

    def _make(self, start: int, end: int) -> Iterator[Segment]:
        for low, high, ahead in stretches(self._zone, start, end):
            text = offset_text(ahead)
            for each in flatten(self._painted(low, high, ahead)):
                yield Segment(each.start, each.end, ahead, text, each.what)

    def _painted(self, start: int, end: int, ahead: int) -> Iterator[Painted[Look]]:
        for each in self._base(start + ahead, end + ahead):
            yield Painted(max(start, each.start - ahead), min(end, each.end - ahead), each.rank, each.what)
        for layer in self._layers:
            for found in layer.within(start, end, ahead):
                yield Painted(found.start, found.end, found.rank, self._look(found))

    def _base(self, start: int, end: int) -> Iterator[Painted[Look]]:
        """Weekly hours and holidays, in wall seconds."""
        for each in weekly(self.calendar.week, start, end):
            state = OPEN if each.what == OPEN else CLOSED
            yield Painted(each.start, each.end, (_HOLIDAY_RANK + 1, each.rank[1]), Look(state, each.what))
        for day in range(start // DAY, (end - 1) // DAY + 1):
            name = holiday_name(self.calendar.holidays, day_of(day))
            if name:
                yield Painted(day * DAY, day * DAY + DAY, (_HOLIDAY_RANK, 0), Look(CLOSED, f"holiday: {name}"))

    def _look(self, found: Painted[Entry]) -> Look:
        look = self._looks.get(found.rank)
        if look is None:
            word, state = _LAYERS[found.rank[0]]
            reason = f"{word}: {entry_name(found.what)}" if word else OPEN
            self._looks[found.rank] = look = Look(state, reason, entry_place(found.what))
        return look


def offset_text(ahead: int) -> str:
    """An offset as ISO 8601 writes it, with seconds only where there are any."""
    sign = "-" if ahead < 0 else "+"
    minutes, seconds = divmod(abs(ahead), 60)
    text = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
