"""What is learned of a synthetic company, held against what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.hours.learn.company import ALONE, NIGHT, VICTIM, company, teams
from tests.hours.learn.people import MONDAY_TO_FRIDAY, Worker, life
from tocsin.hours.learn import Gathering, Hints, History, Learned, Lesson, learn


def gathered(seed: int) -> History:
    gathering = Gathering()
    gathering.add_all(company(seed))
    return gathering.finish()


def by_name(learned: Learned) -> Mapping[str, Lesson]:
    return {lesson.shown.partition("@")[0]: lesson for lesson in learned.lessons}


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [gathered(seed) for seed in range(3)]


@pytest.fixture(scope="module")
def learned(histories: list[History]) -> list[Learned]:
    return [learn(history) for history in histories]


def apart(one: str, other: str, at: int) -> float:
    offsets = [datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset() for zone in (one, other)]
    assert offsets[0] is not None and offsets[1] is not None
    return abs((offsets[0] - offsets[1]).total_seconds()) / 3600


def test_most_people_get_their_own_zone_and_nearly_all_one_near_it(learned: list[Learned]) -> None:
    exact = near = total = 0
    for seed, each in enumerate(learned):
        lessons = by_name(each)
        for worker in teams(Random(seed)):
            lesson = lessons[worker.name]
            total += 1
            exact += lesson.zone == worker.zone
            near += max(apart(lesson.zone, worker.zone, at) for at in (each.since, each.until)) <= 1
    assert exact >= 0.9 * total, (exact, total)
    assert near >= 0.95 * total, (near, total)


def test_hours_and_weekdays_are_those_that_people_keep(learned: list[Learned]) -> None:
    for seed, each in enumerate(learned):
        lessons = by_name(each)
        for worker in teams(Random(seed)):
            lesson = lessons[worker.name]
            if lesson.zone != worker.zone:
                continue
            ((begin, end),) = lesson.hours.blocks
            assert set(lesson.hours.weekdays) == set(worker.weekdays)
            assert worker.begin - 2.5 <= begin / 2 <= worker.begin, worker
            assert worker.end - 0.5 <= end / 2 <= worker.end + 3, worker


def test_who_works_at_night_is_reviewed_and_told_where_it_is_night(learned: list[Learned]) -> None:
    for each in learned:
        lesson = by_name(each)[NIGHT.name]
        assert lesson.status == "review"
        assert "night" in lesson.reasons[0]


def test_who_is_alone_in_a_zone_is_reviewed(learned: list[Learned]) -> None:
    for each in learned:
        lesson = by_name(each)[ALONE.name]
        assert lesson.status == "review"
        words = ("where others work", "works at night", "the zone is a guess")
        assert any(word in lesson.reasons[0] for word in words), lesson.reasons


def test_three_nights_of_an_intruder_change_nothing_of_the_victims_hours(learned: list[Learned]) -> None:
    for each in learned:
        lesson = by_name(each)[VICTIM.name]
        assert lesson.status == "adopted"
        assert lesson.hours.weekdays == MONDAY_TO_FRIDAY
        ((begin, end),) = lesson.hours.blocks
        assert begin >= 14
        assert end <= 42


def test_a_trip_of_two_weeks_leaves_the_traveller_at_home(learned: list[Learned]) -> None:
    for each in learned:
        lesson = by_name(each)["traveller"]
        assert (lesson.status, lesson.zone) == ("adopted", "Europe/Berlin")
        assert len(lesson.hours.blocks) == 1


def test_who_has_moved_is_reviewed_with_the_day(learned: list[Learned]) -> None:
    for each in learned:
        lesson = by_name(each)["moved"]
        assert lesson.status == "review"
        assert any("since 2024-0" in reason and "hours" in reason for reason in lesson.reasons), lesson.reasons


def test_a_cold_start_is_said_as_such(learned: list[Learned]) -> None:
    lesson = by_name(learned[0])["newest"]
    assert lesson.status == "cold"
    assert lesson.reasons[0].startswith("too little history: ")


def test_robots_are_known_with_every_sign_in_words(learned: list[Learned]) -> None:
    for each in learned:
        lessons = by_name(each)
        assert {name for name, lesson in lessons.items() if lesson.robot} == {"ci-images", "backup", "poller"}
        assert lessons["ci-images"].always and "round the clock" in lessons["ci-images"].nature.words
        assert "minutes past the hour" in lessons["poller"].nature.words
        assert not lessons["backup"].always
        assert lessons["backup"].hours.blocks == ((2, 7),), "02:17 UTC, an hour before and after"


def test_the_order_of_reading_changes_nothing(histories: list[History], learned: list[Learned]) -> None:
    sightings = list(company(0))
    Random(7).shuffle(sightings)
    gathering = Gathering()
    gathering.add_all(sightings)
    assert learn(gathering.finish()) == learned[0]


def test_a_zone_that_somebody_vouches_for_is_believed(histories: list[History]) -> None:
    lesson = by_name(learn(histories[0], Hints({"Asia/Tokyo": 3.0})))[ALONE.name]
    assert (lesson.status, lesson.zone) == ("adopted", "Asia/Tokyo")


def test_adopting_by_name_believes_a_doubtful_one_and_nobody_else(histories: list[History]) -> None:
    before, after = (
        by_name(learn(histories[0], hints)) for hints in (Hints(), Hints(adopt=frozenset({"Night@Example.com"})))
    )
    assert after[NIGHT.name].status == "adopted"
    changed = {name for name in before if before[name].status != after[name].status}
    assert changed == {NIGHT.name}


def test_names_to_adopt_that_nobody_bears_are_told(histories: list[History]) -> None:
    assert learn(histories[0], Hints(adopt=frozenset({"nobody", "night@example.com"}))).unknown_names == ("nobody",)


def test_an_empty_history_teaches_nothing() -> None:
    assert learn(Gathering().finish()).lessons == ()


def test_somebody_alone_is_believed_where_the_region_agrees_and_else_not() -> None:
    for region, status in (("ap-northeast-1", "adopted"), ("eu-central-1", "review")):
        gathering = Gathering()
        gathering.add_all(life(Worker("solo", "Asia/Tokyo", region=region), Random(1)))
        (lesson,) = learn(gathering.finish()).lessons
        assert lesson.status == status, lesson.reasons


def test_two_stretches_a_day_are_reviewed() -> None:
    gathering = Gathering()
    worker = Worker("torn", "Europe/Berlin", region="eu-central-1")
    gathering.add_all(life(worker, Random(1)))
    gathering.add_all(life(Worker("torn", "Europe/Berlin", 0.5, 2.5, calls=4, region="eu-central-1"), Random(2)))
    (lesson,) = learn(gathering.finish()).lessons
    assert lesson.status == "review"
    assert any("separate stretches" in reason for reason in lesson.reasons)
