"""A surprise in words: how often on that weekday, how many calls that late or that early."""

from __future__ import annotations

from tocsin.hours.profile.local import LocalClock
from tocsin.hours.profile.profile import Profile

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SELDOM = 0.3  # of the weekdays of that name: less is worth saying


def cold_words(profile: Profile) -> str:
    """Why nothing can be said."""
    if profile.weeks > 1:
        return f"too little history: {_counted(profile.dates, 'day')} in {_counted(profile.weeks, 'week')}"
    return f"no history: {_counted(profile.dates, 'day')} only"


def words(profile: Profile, slot: int, until: int) -> str:
    """`0 of the last 12 Saturdays; 3 of 214 calls after 19:00`."""
    weekday, hour = divmod(slot, 24)
    name, there = WEEKDAYS[weekday], _weekdays_since(profile, weekday, until)
    active, all_of_them = profile.weekdays[weekday], f"the last {there} {name}s" if there > 1 else f"1 {name}"
    if active < SELDOM * there:
        first = f"{active} of {all_of_them}"
    else:
        first = f"at {hour:02d}:00 on {profile.days[slot]} of {all_of_them}"
    return f"{first}; {_tail(profile, hour)}"


def _weekdays_since(profile: Profile, weekday: int, until: int) -> int:
    """How many of that weekday there were from the first day seen to the end of the history."""
    clock = LocalClock(profile.zone)
    first, last = clock.hour(profile.first) // 24, clock.hour(until - 1) // 24
    count = sum((day + 3) % 7 == weekday for day in range(first, first + (last - first + 1) % 7))
    return max(count + (last - first + 1) // 7, profile.weekdays[weekday])


def _tail(profile: Profile, hour: int) -> str:
    """Calls as late as this or later, or as early or earlier, in the day that begins at the quietest time."""
    by_hour = [sum(profile.calls[hour::24]) for hour in range(24)]
    total = sum(by_hour)
    dawn = _dawn(by_hour)
    order = [(dawn + step) % 24 for step in range(24)]
    at = order.index(hour)
    earlier, later = sum(by_hour[each] for each in order[: at + 1]), sum(by_hour[each] for each in order[at:])
    begin, end = (hour, dawn) if later <= earlier else (dawn, (hour + 1) % 24)
    when = f"after {begin:02d}:00" if later <= earlier and begin >= 12 else ""
    when = when or (f"before {end:02d}:00" if later > earlier and 0 < end <= 12 else "")
    return f"{min(later, earlier):,} of {_counted(total, 'call')} {when or f'between {begin:02d}:00 and {end:02d}:00'}"


def _dawn(by_hour: list[int]) -> int:
    """The middle of the six hours with the fewest calls."""
    around = [sum(by_hour[(hour + step) % 24] for step in range(-3, 3)) for hour in range(24)]
    return min(range(24), key=lambda hour: (around[hour], (hour - 4) % 24))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
