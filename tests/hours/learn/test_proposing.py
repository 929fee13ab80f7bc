"""The proposed file: it reads back, gives everybody his hours, and never relaxes the last one by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.hours.learn.company import NIGHT, VICTIM, company, teams
from tests.hours.learn.people import Robot, Worker, intruder, life, runs, subject_of
from tocsin.hours import Hours, Subject, read_hours, verdict
from tocsin.hours.learn import Gathering, Hints, Learned, Proposal, Sighting, learn, propose
from tocsin.hours.learn.clusters import clusters
from tocsin.hours.learn.company import HINTED
from tocsin.source import Source

WEEK = range(1_716_163_200, 1_716_163_200 + 7 * 86_400, 1_800)  # from Monday 2024-05-20
BERLIN = """
calendars:
  home:
    zone: Europe/Berlin
    week:
      mon-fri: 08:00-19:00
    holidays: DE
    closed: [2024-05-21 outing]
assign:
  - name: ours
    session: [victim@example.com, anna@example.com]
    calendar: home
  - name: builders
    role: ci-*
    robot: true
    calendar: always
freezes: [2024-05-20 00:00Z to 2024-05-20 12:00Z release]
default: none
"""


def learned_of(sightings: Iterator[Sighting] | list[Sighting], hints: Hints | None = None) -> Learned:
    gathering = Gathering()
    gathering.add_all(sightings)
    return learn(gathering.finish(), hints or Hints())


def read(text: str) -> Hours:
    found = read_hours(Source("hours.yml", text), Path())
    assert found.hours is not None, found.diagnostics
    assert {each.name for each in found.diagnostics} <= {"no-default"}
    return found.hours


def open_at(hours: Hours, subject: Subject) -> set[int]:
    return {at for at in WEEK if verdict(hours, at, subject).state == "open"}


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose(learned_of(company(0)))


def test_the_text_reads_back_as_the_hours(proposal: Proposal) -> None:
    hours = read(proposal.text)
    assert hours.calendars == proposal.hours.calendars
    assert hours.rules == proposal.hours.rules
    assert hours.default == ""


def test_everybody_who_is_believed_gets_the_calendar_that_was_learned(proposal: Proposal) -> None:
    hours = read(proposal.text)
    for lesson in proposal.adopted:
        found = verdict(hours, 1_716_163_200, lesson.subject)
        assert found.robot is lesson.robot
        assert found.zone == ("UTC" if lesson.always else lesson.zone), lesson.shown
        own = set(range(len(WEEK))) if lesson.always else {at for at in WEEK if _inside(lesson.zone, lesson, at)}
        assert own <= open_at(hours, lesson.subject) or lesson.always


def _inside(zone: str, lesson: object, at: int) -> bool:
    from tocsin.hours.learn.lesson import Lesson
    from tocsin.hours.zones import wall_of

    assert isinstance(lesson, Lesson)
    day, second = divmod(wall_of(zone, at), 86_400)
    return any(shift.start <= second < shift.end for shift in lesson.hours.shifts()[(day + 3) % 7])


def test_whoever_is_not_believed_is_unknown_and_told_at_the_end(proposal: Proposal) -> None:
    hours = read(proposal.text)
    assert verdict(hours, 1_716_163_200, subject_of(NIGHT)).state == "unknown"
    tail = proposal.text[proposal.text.index("# To review") :]
    assert all(line.startswith("#") or not line for line in tail.splitlines())
    assert "night@example.com" in tail
    assert "not adopted: " in tail
    assert "newest@example.com: " in tail


def test_evidence_stands_above_each_rule(proposal: Proposal) -> None:
    before = proposal.text[: proposal.text.index("session: [")]
    assert "days in" in before
    assert "% between" in before
    assert "next best" in before
    assert "sure: " in before


def test_the_same_history_gives_the_same_text(proposal: Proposal) -> None:
    sightings = list(company(0))
    Random(5).shuffle(sightings)
    assert propose(learned_of(sightings)).text == proposal.text


def test_no_calendar_opens_more_than_an_hour_beyond_anybodys_own_hours(proposal: Proposal) -> None:
    learned = learned_of(company(0))
    for cluster in clusters([each for each in learned.lessons if each.status == "adopted"], learned.limits):
        (hull,) = cluster.hours.blocks
        for lesson in cluster.lessons:
            ((begin, end),) = lesson.hours.blocks
            assert hull[0] >= begin - 2
            assert hull[1] <= end + 2


def test_an_intruder_of_three_nights_stays_outside(proposal: Proposal) -> None:
    hours = read(proposal.text)
    for worker in (VICTIM, *teams(Random(0))):
        for seen in intruder(worker, Random(9), 3):
            assert verdict(hours, seen.start, seen.subject).state != "open"


# With a last file.


def test_without_differences_the_last_file_stays_as_it_is(proposal: Proposal) -> None:
    last = read(proposal.text)
    again = propose(learned_of(company(0), Hints(dict.fromkeys(("Europe/Berlin",), HINTED))), last)
    assert again.hours.rules == last.rules
    assert again.hours.calendars == last.calendars
    assert again.changes == ()


def test_what_the_last_file_says_besides_is_kept() -> None:
    last = read(BERLIN)
    found = propose(learned_of(life(VICTIM, Random(1)), Hints({"Europe/Berlin": HINTED})), last)
    hours = read(found.text)
    assert hours.default == "none"
    assert hours.freezes == last.freezes
    assert hours.calendars == last.calendars
    assert hours.rules == last.rules
    assert found.changes == ()


def test_a_new_colleague_joins_the_calendar_that_fits() -> None:
    new = Worker("ben", "Europe/Berlin", region="eu-central-1")
    found = propose(learned_of(life(new, Random(1)), Hints({"Europe/Berlin": HINTED})), read(BERLIN))
    assert list(found.hours.calendars) == ["home"]
    assert found.hours.rules[-1].calendar == "home"
    assert verdict(read(found.text), 1_716_364_800, subject_of(new)).calendar == "home"


@pytest.mark.parametrize("nights", [3, 10, 60])
def test_no_number_of_nights_opens_an_hour_that_the_last_file_closed(nights: int) -> None:
    last = read(BERLIN)
    both = [*life(VICTIM, Random(1)), *_nights(nights)]
    found = propose(learned_of(both, Hints({"Europe/Berlin": HINTED})), last)
    assert open_at(read(found.text), subject_of(VICTIM)) == open_at(last, subject_of(VICTIM))


def _nights(count: int) -> Iterator[Sighting]:
    night = replace(VICTIM, begin=1, end=5, away=0, calls=9, weekdays=tuple(range(7)))
    yield from life(night, Random(3), days=count)


def test_wider_hours_are_told_and_not_adopted() -> None:
    late = replace(VICTIM, end=21.0, region="eu-central-1")
    found = propose(learned_of(life(late, Random(1)), Hints({"Europe/Berlin": HINTED})), read(BERLIN))
    (change,) = found.changes
    assert (change.what, change.adopted) == ("wider", False)
    assert "wider hours: home (Europe/Berlin) -> Europe/Berlin mon-fri" in change.words
    comments = " ".join(line.strip(" #") for line in found.text.splitlines() if line.lstrip().startswith("#"))
    assert "not adopted: victim@example.com: wider hours" in comments
    assert open_at(read(found.text), subject_of(late)) == open_at(read(BERLIN), subject_of(late))


def test_a_change_is_adopted_by_name_for_that_one_only() -> None:
    late = replace(VICTIM, end=21.0, region="eu-central-1")
    adopt = frozenset({"victim@example.com"})
    found = propose(learned_of(life(late, Random(1)), Hints({"Europe/Berlin": HINTED}, adopt)), read(BERLIN), adopt)
    (change,) = found.changes
    assert change.adopted
    hours = read(found.text)
    assert open_at(hours, subject_of(late)) > open_at(read(BERLIN), subject_of(late))
    anna = replace(subject_of(late), session="anna@example.com")
    assert verdict(hours, 1_716_364_800, anna).rule.startswith("ours")
    assert [rule.name for rule in hours.rules][1:] == ["ours", "builders"]


def test_a_new_zone_is_told_as_such() -> None:
    away = replace(VICTIM, zone="America/New_York", region="us-east-1")
    (change,) = propose(learned_of(life(away, Random(1)), Hints({"Europe/Berlin": HINTED})), read(BERLIN)).changes
    assert (change.what, change.adopted) == ("zone", False)


def test_a_person_turned_robot_is_told_and_stays_a_person() -> None:
    text = BERLIN.replace("session: [victim@example.com, anna@example.com]", "role: images")
    found = propose(learned_of(runs(Robot("images"), Random(1))), read(text))
    (change,) = found.changes
    assert (change.what, change.adopted) == ("robot", False)
    robot = Subject(role="images", session="1706000000000000000", account="111111111111", identity="AssumedRole")
    assert not verdict(read(found.text), 1_716_364_800, robot).robot


def test_a_robot_that_the_last_file_knows_stays_one() -> None:
    found = propose(learned_of(runs(Robot("ci-images"), Random(1))), read(BERLIN))
    assert found.changes == ()
    assert len(found.hours.rules) == 2
