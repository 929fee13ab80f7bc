"""Calendars: one for each group of people, or of robots, with the same zone and week and nearly the same hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.calendars import Calendar
from tocsin.hours.learn.evidence import days_words
from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.open_hours import WeekHours
from tocsin.hours.learn.working_day import HALVES

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_NIGHT_FROM, _NIGHT_TO = 40, 56  # half hours: a block from 20:00 at the earliest that reaches past 04:00


class Cluster(Struct, frozen=True):
    """Lessons that share a calendar. Its hours go beyond nobody's own by more than `merge` half hours at either end."""

    zone: str
    robot: bool
    hours: WeekHours
    lessons: tuple[Lesson, ...]


def clusters(lessons: Iterable[Lesson], limits: Limits) -> list[Cluster]:
    """The biggest groups first. Lessons that are open at all times, or at none, belong to none."""
    able = [each for each in lessons if each.hours.blocks and each.hours.weekdays and not each.always]
    found: list[Cluster] = []
    for _, group in groupby(sorted(able, key=_order), key=_alike):
        found.extend(_merged(list(group), limits.merge))
    return sorted(
        found, key=lambda each: (each.robot, -len(each.lessons), each.zone, each.hours.blocks, each.hours.weekdays)
    )


def _alike(lesson: Lesson) -> tuple[bool, str, tuple[int, ...], int]:
    return lesson.robot, lesson.zone, lesson.hours.weekdays, len(lesson.hours.blocks)


def _order(lesson: Lesson) -> tuple[tuple[bool, str, tuple[int, ...], int], tuple[tuple[int, int], ...], str]:
    return _alike(lesson), lesson.hours.blocks, str(lesson.principal)


def _merged(group: Sequence[Lesson], merge: int) -> list[Cluster]:
    """Neighbours by their hours, as long as the hull of all stays near each of them."""
    found: list[Cluster] = []
    for lesson in group:
        for index, cluster in enumerate(found):
            hull = _hull(cluster.hours.blocks, lesson.hours.blocks)
            if all(_near(hull, each.hours.blocks, merge) for each in (*cluster.lessons, lesson)):
                hours = replace(cluster.hours, blocks=hull)
                found[index] = replace(cluster, hours=hours, lessons=(*cluster.lessons, lesson))
                break
        else:
            found.append(Cluster(lesson.zone, lesson.robot, lesson.hours, (lesson,)))
    return found


Blocks = tuple[tuple[int, int], ...]


def _hull(one: Blocks, other: Blocks) -> Blocks:
    return tuple((min(a, c), max(b, d)) for (a, b), (c, d) in zip(one, other, strict=True))


def _near(hull: Blocks, own: Blocks, merge: int) -> bool:
    if len(own) > 1:
        return hull == own
    return hull[0][1] - hull[0][0] < HALVES and all(
        a - c <= merge and d - b <= merge for (a, b), (c, d) in zip(own, hull, strict=True)
    )


def calendar_names(found: Sequence[Cluster], taken: Collection[str]) -> list[str]:
    """A name for each: its city, with the hours, the days or a number where that is not enough."""
    names: list[str] = []
    for cluster in found:
        names.append(next(name for name in _names(cluster) if name not in taken and name not in names))
    return names


def _names(cluster: Cluster) -> Iterable[str]:
    city = cluster.zone.rpartition("/")[2].lower().replace("_", "-")
    begin, end = cluster.hours.blocks[0]
    night = begin >= _NIGHT_FROM and end >= _NIGHT_TO
    base = ("robots-" if cluster.robot else "") + city + ("-night" if night else "")
    usual = cluster.hours.weekdays == MONDAY_TO_FRIDAY or cluster.robot
    days = "" if usual else "-" + days_words(cluster.hours.weekdays).replace(", ", "-")
    hours = f"-{_clock(begin)}-{_clock(end)}"
    yield base + days
    yield base + days + hours
    number = 2
    while True:
        yield f"{base}{days}{hours}-{number}"
        number += 1


def _clock(half: int) -> str:
    """`08`, `0830`."""
    return f"{half // 2 % 24:02d}" + ("30" if half % 2 else "")


def calendar_of(cluster: Cluster, name: str) -> Calendar:
    return Calendar(name, cluster.zone, cluster.hours.shifts())
