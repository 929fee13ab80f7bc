"""What is kept of history, for whom, and what teaches nothing."""

from __future__ import annotations

from random import Random

from msgspec.structs import replace

from tests.hours.learn.people import Worker, life
from tocsin.hours import Subject
from tocsin.hours.learn import Gathering, History, Limits, Principal, Sighting
from tocsin.hours.learn.gathering import MOST_UNCLEAR
from tocsin.hours.learn.record import MOST_IN_QUARTER, Record

NOON = 19_723 * 86_400 + 43_200
ANNA = Subject(user="Anna", account="1", identity="IAMUser")
DEV = Subject(role="Dev", session="anna", account="1", identity="AssumedRole")
KEY = Principal("user", "anna", "1")


def gathered(*sightings: Sighting, limits: Limits | None = None, until: float | None = None) -> History:
    gathering = Gathering(limits or Limits(), until)
    gathering.add_all(sightings)
    return gathering.finish()


def test_a_quarter_of_an_hour_is_counted_once_and_up_to_a_limit() -> None:
    history = gathered(Sighting(ANNA, NOON + 61, NOON + 70, 3), Sighting(ANNA, NOON + 400, NOON + 800, 1_000))
    record = history.records[KEY]
    assert list(record.quarters()) == [(NOON // 900, MOST_IN_QUARTER)]
    assert list(record.bursts()) == [NOON // 60 + 1]
    assert record.calls == 1_003
    assert record.shown == "Anna"


def test_failed_calls_teach_nothing_and_are_counted() -> None:
    history = gathered(Sighting(ANNA, NOON, NOON, 7, failed=True))
    assert history.left_out == {"that failed": 7}
    assert not history.records[KEY].days


def test_calls_of_a_service_on_somebodys_behalf_are_not_his_hours() -> None:
    history = gathered(Sighting(ANNA, NOON, NOON, 2, service="cloudformation.amazonaws.com"))
    assert not history.records[KEY].days
    assert history.records[KEY].served == 2
    assert history.left_out == {"by an AWS service on somebody's behalf": 2}


def test_a_push_through_the_registrys_front_end_is_the_callers() -> None:
    history = gathered(Sighting(ANNA, NOON, NOON, 1, "AWS Internal", "AWS Internal", service="AWS Internal"))
    assert history.records[KEY].calls == 1


def test_nobody_who_is_named_is_counted() -> None:
    assert gathered(Sighting(Subject(), NOON, NOON, 5)).left_out == {"by nobody who is named": 5}


def test_a_date_in_the_future_does_not_move_the_window() -> None:
    late = Sighting(ANNA, NOON + 10_000 * 86_400, NOON + 10_000 * 86_400)
    history = gathered(Sighting(ANNA, NOON, NOON), late, until=NOON + 86_400)
    assert history.until == (NOON // 86_400 + 1) * 86_400
    assert history.left_out == {"dated in the future": 1}


def test_days_before_the_window_are_forgotten_and_counted() -> None:
    history = gathered(
        Sighting(ANNA, NOON - 50 * 86_400, NOON), Sighting(ANNA, NOON, NOON), limits=Limits(window_days=30)
    )
    assert len(history.records[KEY].days) == 1
    assert history.forgotten == 1


def test_more_principals_than_the_limit_are_left_out_and_counted() -> None:
    other = replace(ANNA, user="ben")
    history = gathered(Sighting(ANNA, NOON, NOON), Sighting(other, NOON, NOON, 3), limits=Limits(most_principals=1))
    assert list(history.records) == [KEY]
    assert history.left_out == {"by principals beyond the most that are learned": 3}


def test_a_session_of_unclear_name_is_a_persons_once_a_person_is_seen() -> None:
    with_person = gathered(Sighting(DEV, NOON, NOON), Sighting(DEV, NOON + 900, NOON + 900, person=True))
    without = gathered(Sighting(DEV, NOON, NOON), Sighting(DEV, NOON + 900, NOON + 900))
    assert list(with_person.records) == [Principal("session", "anna")]
    assert list(without.records) == [Principal("role", "dev", "1")]
    assert without.records[Principal("role", "dev", "1")].calls == 2
    assert without.records[Principal("role", "dev", "1")].shown.lower() == "dev"


def test_sessions_of_one_person_over_accounts_and_roles_come_together() -> None:
    names = [("AWSReservedSSO_A_0123456789abcdef", "1"), ("AWSReservedSSO_B_fedcba9876543210", "2")]
    subjects = [Subject(role=role, session="Anna@example.com", account=account) for role, account in names]
    history = gathered(*(Sighting(subject, NOON, NOON) for subject in subjects))
    record = history.records[Principal("session", "anna@example.com")]
    assert record.calls == 2
    assert set(record.roles) == {role for role, _ in names}


def test_a_role_with_very_many_sessions_of_unclear_names_is_a_role() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [a + b + "xy" for a in letters for b in letters][: MOST_UNCLEAR + 50]
    history = gathered(*(Sighting(replace(DEV, session=name), NOON, NOON, person=True) for name in names))
    assert history.records[Principal("role", "dev", "1")].calls == 50
    assert len(history.records) == MOST_UNCLEAR + 1


def test_two_records_together_are_what_one_would_have_been() -> None:
    sightings = list(life(Worker("a", "Asia/Kolkata"), Random(3), days=20))
    whole, first, second = Record(), Record(), Record()
    for number, seen in enumerate(sightings):
        whole.add(seen)
        (first if number % 3 else second).add(seen)
    first.absorb(second)
    assert list(first.quarters()) == list(whole.quarters())
    assert list(first.bursts()) == list(whole.bursts())
    assert (first.calls, first.hands, first.people, first.roles) == (
        whole.calls,
        whole.hands,
        whole.people,
        whole.roles,
    )
