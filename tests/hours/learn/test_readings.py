"""Who has the shape of another team's day but works in the regions of a third is read by the clock of the latter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

import pytest
from msgspec.structs import replace

from tests.hours.learn.people import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Worker, life
from tocsin.hours.learn import Gathering, Hints, Lesson, learn
from tocsin.hours.learn.readings import Placed, second_readings
from tocsin.hours.learn.spans import spans_of

WINTER = date(2024, 1, 8)  # until the end of March no clock of Berlin or Sydney changes
AT = 1_704_672_000


def team(city: str, zone: str, region: str, size: int, begin: float = 9.0) -> list[Worker]:
    return [Worker(f"{city}{at}", zone, begin + at / 4, begin + at / 4 + 8, region=region) for at in range(size)]


def lessons_of(people: Iterable[Worker], days: int = 80, hints: Hints | None = None) -> dict[str, Lesson]:
    gathering = Gathering()
    for each in people:
        gathering.add_all(life(each, Random(each.name), days, WINTER))
    found = learn(gathering.finish(), hints or Hints())
    return {each.shown.partition("@")[0]: each for each in found.lessons}


def company(sydney: str, nights: int) -> list[Worker]:
    return [
        *team("berlin", "Europe/Berlin", "eu-central-1", 5),
        *team("sydney", "Australia/Sydney", sydney, 4),
        *team("night", "Europe/Berlin", "eu-central-1", nights, begin=22.0),
    ]


@pytest.mark.parametrize("weekdays", [MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY])
@pytest.mark.parametrize("nights", [1, 2, 6])
def test_a_night_shift_of_any_size_is_never_believed_beside_a_team_whose_day_it_is(
    nights: int, weekdays: tuple[int, ...]
) -> None:
    shift = [replace(each, weekdays=weekdays) for each in company("ap-southeast-2", nights)[9:]]
    found = lessons_of([*company("ap-southeast-2", 0), *shift])
    for name, lesson in found.items():
        assert lesson.status == ("review" if name.startswith("night") else "adopted"), (name, lesson.zone)


def test_where_all_teams_work_in_one_region_clock_changes_or_the_user_tell_day_from_night() -> None:
    people = company("eu-central-1", 0)
    vouched = Hints({"Australia/Sydney": 3.0})
    for days, hints, status in ((60, None, "review"), (60, vouched, "adopted"), (130, None, "adopted")):
        found = lessons_of(people, days, hints)
        assert {each.status for name, each in found.items() if name.startswith("sydney")} == {status}, days
        assert {each.status for name, each in found.items() if name.startswith("berlin")} == {"adopted"}


SPANS = spans_of(AT, AT + 86_400 * 30, ("Europe/Berlin", "Australia/Sydney", "Asia/Jerusalem"))
BERLIN = Placed("Europe/Berlin", {"eu-central-1": 1.0}, True, {})
SYDNEY = Placed("Australia/Sydney", {"ap-southeast-2": 1.0}, True, {})
TORN = Placed("Australia/Sydney", {"eu-central-1": 1.0}, True, {})


def second(one: Placed, *others: Placed, vouched: Iterable[str] = ()) -> str:
    return second_readings([one, *others], SPANS, vouched, 1.5)[0]


def test_a_second_reading_needs_people_who_work_in_the_same_region() -> None:
    assert second(TORN, BERLIN, BERLIN, SYDNEY, SYDNEY) == "Europe/Berlin"
    assert second(TORN, BERLIN, SYDNEY, SYDNEY) == ""


def test_people_whose_region_is_far_away_do_not_vouch_for_one_another() -> None:
    assert second(TORN, *[TORN] * 9, BERLIN, BERLIN) == "Europe/Berlin"
    assert second(TORN, *[TORN] * 9, BERLIN, BERLIN, SYDNEY, SYDNEY) == "Europe/Berlin"


def test_the_user_vouches_for_a_zone_and_not_against_its_own_people() -> None:
    zones = ("Australia/Sydney",)
    assert second(TORN, BERLIN, BERLIN, vouched=zones) == ""
    assert second(TORN, BERLIN, BERLIN, SYDNEY, SYDNEY, vouched=zones) == "Europe/Berlin"


def test_clocks_that_changed_tell_otherwise() -> None:
    told = replace(TORN, changes={"Australia/Sydney": 0.0, "Europe/Berlin": -5.0})
    assert second(told, BERLIN, BERLIN, SYDNEY, SYDNEY) == ""


def test_neither_everybodys_region_nor_one_nearby_gives_a_second_reading() -> None:
    everybodys = replace(TORN, regions={"us-east-1": 1.0})
    nearby = replace(TORN, zone="Asia/Jerusalem")
    there = replace(nearby, regions={"me-south-1": 1.0})
    assert second(everybodys, BERLIN, BERLIN, SYDNEY, SYDNEY) == ""
    assert second(nearby, BERLIN, BERLIN, there, there) == ""
