"""How surprising an hour is: the formula, the words, the cold start, and that a few nights change nothing."""

from __future__ import annotations

from datetime import datetime
from math import log2
from random import Random
from time import perf_counter

import pytest
from msgspec.structs import replace

from tests.hours.learn.people import Worker, intruder, life, subject_of
from tocsin.hours import Subject
from tocsin.hours.learn import Gathering, Principal, Sighting, learn
from tocsin.hours.profile import Profile, Profiles, profiles_of, surprise, surprises_of
from tocsin.hours.profile.local import LocalClock
from tocsin.hours.profile.surprise import A, B, C, bits_of
from tocsin.hours.zones import wall_of

ANNA = Worker("anna", "Europe/Berlin", region="eu-central-1")
KEY = Principal("session", "anna@example.com")


def profiles(sightings: list[Sighting]) -> Profiles:
    gathering = Gathering()
    gathering.add_all(sightings)
    history = gathering.finish()
    return profiles_of(history, learn(history))


@pytest.fixture(scope="module")
def ours() -> Profiles:
    return profiles(list(life(ANNA, Random(1))))


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def regular() -> Profile:
    """Sixty dates, Monday to Friday, always all hours from 9 to 17."""
    days = tuple(12 if slot < 120 and 9 <= slot % 24 < 17 else 0 for slot in range(168))
    near = tuple(60 if 8 <= hour < 18 else 0 for hour in range(24))
    weeks = tuple(12 if each else 0 for each in near)
    weekdays = (12, 12, 12, 12, 12, 0, 0)
    return Profile(KEY, "anna", "UTC", days, days, weekdays, near, weeks, 0, 0, 60, 12, True)


def test_the_formula_by_hand() -> None:
    """Sixty dates of weight 1 over 40 slots: 1.5 in each, 7.5 in each hour of the day, all on working days."""
    bits, usual = bits_of(regular(), 4, 3)
    n, escape = 60.0, 1 / 62
    working, free = (60 + A * 5 / 7) / (n + A) / 5, (A * 2 / 7) / (n + A) / 2
    noon, nine, night = (7.5 + B / 24) / (n + B), (0.75 * 7.5 + B / 24) / (n + B), (B / 24) / (n + B)

    def expected(weight: float, day: float, hour: float) -> float:
        return -log2((1 - escape) * (weight + C * day * hour) / (n + C) + escape / 168)

    assert bits[12] == pytest.approx(expected(1.5, working, noon))
    assert bits[9] == pytest.approx(expected(1.5, working, nine))
    assert bits[3] == pytest.approx(expected(0, working, night))
    assert bits[5 * 24 + 12] == pytest.approx(expected(0, free, noon))
    assert usual == pytest.approx(sum(bits[day * 24 + hour] for day in range(5) for hour in range(9, 17)) / 40)


def test_probabilities_of_a_week_add_up_to_one(ours: Profiles) -> None:
    for profile in (regular(), ours.profiles[KEY]):
        bits, _ = bits_of(profile, 4, 3)
        assert sum(2**-each for each in bits) == pytest.approx(1)
        assert max(bits) <= log2(168 * (profile.dates + 2))


def test_night_and_weekend_are_more_surprising_than_the_working_day(ours: Profiles) -> None:
    day = surprise(ours, KEY, at("2024-05-14T11:30+02:00"))
    night = surprise(ours, KEY, at("2024-05-14T03:30+02:00"))
    saturday = surprise(ours, KEY, at("2024-05-11T11:30+02:00"))
    assert day.bits is not None and night.bits is not None and saturday.bits is not None and day.usual is not None
    assert day.bits < day.usual + 1
    assert min(night.bits, saturday.bits) > day.usual + 6


def test_the_slot_is_on_the_local_clock(ours: Profiles) -> None:
    assert surprise(ours, KEY, at("2024-05-14T03:30+02:00")).slot == 24 + 3
    assert surprise(ours, KEY, at("2024-02-13T03:30+01:00")).slot == 24 + 3


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2024-05-11T11:30+02:00", " of the last 17 Saturdays; "),
        ("2024-05-14T20:30+02:00", "at 20:00 on 2 of the last 18 Tuesdays; "),
        ("2024-05-14T20:30+02:00", " calls after 20:00"),
        ("2024-05-14T06:30+02:00", " calls before 07:00"),
        ("2024-05-14T11:30+02:00", "at 11:00 on "),
    ],
)
def test_words_say_how_often(ours: Profiles, when: str, words: str) -> None:
    assert words in surprise(ours, KEY, at(when)).words


def test_words_count_what_there_was(ours: Profiles) -> None:
    late = [seen for seen in life(ANNA, Random(1)) if datetime_of(seen).hour >= 19]
    total = len(list(life(ANNA, Random(1))))
    found = surprise(ours, KEY, at("2024-05-14T19:30+02:00"))
    assert found.words.endswith(f"; {len(late)} of {total:,} calls after 19:00")


def datetime_of(seen: Sighting) -> datetime:
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(seen.start, ZoneInfo("Europe/Berlin"))


def test_too_little_history_gives_no_bits_and_says_so() -> None:
    few = profiles(list(life(replace(ANNA, away=0.0), Random(1), days=2)))
    found = surprise(few, KEY, at("2024-01-17T12:00Z"))
    assert found.bits is None
    assert found.words == "no history: 2 days only"
    more = surprise(profiles(list(life(ANNA, Random(1), days=12))), KEY, at("2024-01-17T12:00Z"))
    assert more.bits is None
    assert more.words.startswith("too little history: ")


def test_who_was_never_seen_is_unknown(ours: Profiles) -> None:
    for who in (Principal("user", "nobody"), None):
        found = surprise(ours, who, 0.0)
        assert (found.bits, found.slot) == (None, -1)
        assert found.words == "no history: never seen before"


def test_a_subject_finds_the_person_or_the_role_behind_it(ours: Profiles) -> None:
    assert ours.find(subject_of(ANNA)) == KEY
    assert ours.find(Subject(user="nobody", account="1")) is None
    role = Principal("role", "dev", "1")
    known = Profiles(0, 0, {role: replace(regular(), principal=role)})
    assert known.find(Subject(role="Dev", session="anna", account="1")) == role


@pytest.mark.parametrize("seed", range(5))
def test_three_nights_of_an_intruder_leave_his_hours_surprising(ours: Profiles, seed: int) -> None:
    poisoned = profiles([*life(ANNA, Random(1)), *intruder(ANNA, Random(seed), 3)])
    for seen in intruder(ANNA, Random(seed + 50), 3):
        clean, dirty = (surprise(each, KEY, seen.start).bits for each in (ours, poisoned))
        assert clean is not None and dirty is not None
        assert dirty > clean - 0.5


def test_a_million_questions_take_a_few_seconds(ours: Profiles) -> None:
    asked = surprises_of(ours)
    start = perf_counter()
    for number in range(200_000):
        asked.of(KEY, 1_715_000_000 + number * 37)
    assert perf_counter() - start < 3.0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "UTC"])
def test_the_local_clock_is_the_zones(zone: str) -> None:
    clock = LocalClock(zone)
    for start in (1_710_000_000, 1_711_800_000, 1_727_000_000):
        for moment in range(start, start + 30 * 86_400, 1_013):
            assert clock.hour(moment) == wall_of(zone, moment) // 3_600


@pytest.mark.parametrize("moment", [-1e18, 1e18, 253402300799.0])
def test_an_instant_beyond_the_calendar_is_no_error(ours: Profiles, moment: float) -> None:
    assert 0 <= surprise(ours, KEY, moment).slot < 168
