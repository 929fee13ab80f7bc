"""Random calendars and days for property tests: odd zones, shifts over midnight, every kind of entry."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

from hypothesis import strategies as st

from tests.hours.plain import Clock, Dates, Every, Instants, Plain, Span, Thing

ODD_ZONES = (
    "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Los_Angeles", "America/St_Johns",
    "America/Sao_Paulo", "America/Havana", "America/Caracas", "America/Santiago", "America/Godthab",
    "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
    "Pacific/Kwajalein", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Gaza", "Asia/Tehran", "Asia/Jerusalem",
    "Africa/Casablanca", "Africa/Monrovia", "Antarctica/Troll", "Europe/Istanbul", "Europe/Moscow",
)  # fmt: skip
ODD_DAYS = (
    date(2024, 3, 10), date(2024, 11, 3), date(2024, 3, 31), date(2024, 10, 27), date(2024, 4, 6), date(2024, 10, 5),
    date(2018, 11, 4), date(2019, 2, 17), date(2011, 12, 30), date(2011, 12, 29), date(2024, 4, 14), date(2024, 2, 29),
    date(2000, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(1972, 1, 7), date(2016, 9, 7), date(2015, 8, 14),
    date(1993, 8, 20), date(2100, 2, 28), date(2011, 11, 6), date(2024, 3, 30), date(2037, 10, 25),
)  # fmt: skip
RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE,FR;INTERVAL=2",
    "FREQ=WEEKLY;BYDAY=SU;WKST=SU;INTERVAL=2", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=-1,15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;COUNT=40", "FREQ=DAILY;UNTIL=20240601", "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=SU",
)  # fmt: skip

zones = st.one_of(st.sampled_from(ODD_ZONES), st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})))
days = st.one_of(st.sampled_from(ODD_DAYS), st.dates(date(1971, 1, 2), date(2099, 12, 30)))
minutes = st.one_of(st.integers(0, 1439), st.sampled_from((0, 60, 120, 150, 180, 360, 480, 1200, 1320, 1380)))


@st.composite
def spans(draw: st.DrawFn, most: int = 3) -> tuple[Span, ...]:
    """Up to three spans that do not overlap, the last perhaps over midnight."""
    edges = sorted(draw(st.sets(minutes, max_size=most * 2)))
    pairs = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    past_midnight: bool = draw(st.booleans())
    if pairs and past_midnight:
        ends = (1440, edges[0] - 1 if edges[0] else 1440)
        pairs[-1] = Span(pairs[-1].start, draw(st.sampled_from(ends)))
    return tuple(pairs)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Span, ...], ...]:
    """Seven days without overlaps: a span over midnight is cut off where the next day's first begins."""
    week = [draw(spans()) for _ in range(7)]
    for day, mine in enumerate(week):
        following = week[(day + 1) % 7]
        if mine and mine[-1].end <= mine[-1].start and following and following[0].start < mine[-1].end:
            week[day] = (*mine[:-1], Span(mine[-1].start, following[0].start or 1440))
    return tuple(week)


@st.composite
def things(draw: st.DrawFn, near: date, *, with_hours: bool = False) -> Thing:
    first = near + timedelta(days=draw(st.integers(-3, 2)))
    hours = draw(spans(1)) or ((Span(480, 1200),) if with_hours else ())
    match draw(st.sampled_from(("dates", "clock", "instants", "every"))):
        case "dates":
            return Dates(first, first + timedelta(days=draw(st.integers(0, 3))), hours)
        case "every":
            start = near - timedelta(days=draw(st.integers(-1, 800)))
            return Every(draw(st.sampled_from(RULES)), start, hours)
        case kind:
            start_at = datetime(first.year, first.month, first.day) + timedelta(minutes=draw(minutes))  # noqa: DTZ001
            end_at = start_at + timedelta(minutes=draw(st.integers(1, 4000)))
            if kind == "clock":
                return Clock(start_at, end_at)
            return Instants(start_at.replace(tzinfo=UTC), end_at.replace(tzinfo=UTC))


@st.composite
def calendars(draw: st.DrawFn, near: date) -> Plain:
    lists = {
        key: draw(st.lists(things(near, with_hours=key == "open"), max_size=2))
        for key in ("closed", "open", "freezes", "maintenance")
    }
    kept = {key: found for key, found in lists.items() if found}
    return Plain(draw(zones), draw(weeks()), draw(st.sampled_from(("", "DE", "US", "JP"))), kept)
