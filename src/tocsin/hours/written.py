"""Moments, shifts and entries as a person writes them in a calendar file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tocsin.hours.calendars import DAY, Bound, Days, Entry, Exact, Recurring, Shift, Wall, When

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def clock(second: int) -> str:
    """A second of the day: `08:00`, `24:00`, with seconds only where there are any."""
    minutes, seconds = divmod(second, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def shift_text(shift: Shift) -> str:
    """`08:00-12:00`; over midnight `22:00-06:00`."""
    end = shift.end - DAY if shift.end > DAY else shift.end
    return f"{clock(shift.start)}-{clock(end)}"


def shifts_text(shifts: tuple[Shift, ...]) -> str:
    return ", ".join(shift_text(shift) for shift in shifts)


def wall_text(wall: int) -> str:
    """Wall seconds as `2024-06-01 22:00`."""
    days, second = divmod(wall, DAY)
    return f"{(_EPOCH + timedelta(days=days)).date().isoformat()} {clock(second)}"


def instant_text(epoch: int) -> str:
    """An instant as `2024-06-01 22:00Z`."""
    return f"{wall_text(epoch)}Z"


def bound_text(bound: Bound) -> str:
    return instant_text(bound) if isinstance(bound, int) else bound.isoformat()


def when_text(when: When) -> str:
    """When an entry holds, on one line."""
    match when:
        case Days(first, last, shifts):
            days = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
            return f"{days} {shifts_text(shifts)}" if shifts else days
        case Wall(start, end):
            return f"{wall_text(start)} to {wall_text(end)}"
        case Exact(start, end):
            return f"{instant_text(start)} to {instant_text(end)}"
        case Recurring(rule):
            return rule.text


def entry_name(entry: Entry) -> str:
    """What messages call an entry: its reason, else when it holds."""
    return entry.reason or when_text(entry.when)


def entry_place(entry: Entry) -> str:
    """Where an entry is written: `line 14`, or `company.ics line 14`; "" where no file holds it."""
    if not entry.line:
        return ""
    return f"{entry.file} line {entry.line}" if entry.file else f"line {entry.line}"
