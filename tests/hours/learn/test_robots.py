"""Person or robot: each sign alone, and what they add up to."""

from __future__ import annotations

from random import Random

import pytest

from tests.hours.learn.people import Robot, Worker, life, runs
from tocsin.hours import Subject
from tocsin.hours.learn import Gathering, Lesson, Sighting, learn


def lesson_of(sightings: list[Sighting]) -> Lesson:
    gathering = Gathering()
    gathering.add_all(sightings)
    (lesson,) = learn(gathering.finish()).lessons
    return lesson


def user(name: str, agent: str, *, person: bool) -> list[Sighting]:
    subject = Subject(user=name, account="1", identity="IAMUser", region="eu-central-1")
    worker = Worker("x", "Europe/Berlin", region="eu-central-1", person=person)
    return [
        Sighting(subject, seen.start, seen.end, seen.count, agent, person=seen.person)
        for seen in life(worker, Random(2), days=60)
    ]


@pytest.mark.parametrize(
    ("robot", "sign"),
    [
        (Robot("images"), "round the clock"),
        (Robot("images"), "weekends like other days"),
        (Robot("images", every=60), "of its runs begin 17 minutes past the hour"),
        (Robot("images", every=45), "of its runs come 45 minutes after the one before"),
        (Robot("images", sessions=("i-0abc12345678def90", "i-0abc12345678def91")), "sessions of EC2 instances"),
        (Robot("images"), "user agents of machines"),
        (Robot("image-builder"), "named like a machine"),
        (Robot("images"), "sessions that name no person"),
    ],
)
def test_a_sign_of_a_robot_is_told(robot: Robot, sign: str) -> None:
    lesson = lesson_of(list(runs(robot, Random(1), days=60)))
    assert lesson.robot
    assert sign in lesson.nature.words


def test_an_access_key_used_by_day_with_a_tool_is_taken_for_a_person() -> None:
    lesson = lesson_of(user("anna", "docker/24", person=False))
    assert (lesson.nature.kind, lesson.status, lesson.zone) == ("person", "adopted", "Europe/Berlin")


def test_a_pipeline_that_follows_its_developers_is_a_robot_with_their_hours() -> None:
    sightings = [
        Sighting(
            Subject(
                role="ci-images", session="GitHubActions", account="1", identity="AssumedRole", region="eu-central-1"
            ),
            seen.start,
            seen.end,
            agent="AWS Internal",
            service="AWS Internal",
        )
        for seen in life(Worker("x", "Europe/Berlin"), Random(2), days=60)
    ]
    lesson = lesson_of(sightings)
    assert (lesson.robot, lesson.status, lesson.always) == (True, "adopted", False)
    assert lesson.hours.weekdays == (0, 1, 2, 3, 4)


def test_who_is_seen_at_the_keyboard_and_round_the_clock_is_left_to_a_person() -> None:
    subject = Subject(user="anna", account="1", identity="IAMUser")
    machine = [Sighting(subject, each.start, each.end, agent="Boto3/1.34") for each in runs(Robot("x"), Random(1), 60)]
    person = user("anna", "Mozilla/5.0", person=True)
    lesson = lesson_of([*machine, *person])
    assert lesson.status == "review"


def test_a_service_and_its_roles_are_robots() -> None:
    service = lesson_of(
        [Sighting(Subject(identity="AWSService"), 1_700_000_000, 1_700_000_000, 1, "ecr.amazonaws.com")]
    )
    assert (service.robot, service.always, service.status) == (True, True, "adopted")
    role = Subject(role="AWSServiceRoleForECS", session="ecs-service-scheduler", account="1", identity="AssumedRole")
    days = [1_700_000_000 + 86_400 * day for day in range(40)]
    linked = lesson_of([Sighting(role, at, at, 1, "ecs.amazonaws.com", service="ecs.amazonaws.com") for at in days])
    assert (linked.robot, linked.always, linked.status) == (True, True, "adopted")


def test_root_is_never_believed() -> None:
    subject = Subject(identity="Root", account="1")
    lesson = lesson_of([Sighting(subject, each.start, each.end) for each in life(Worker("x", "UTC"), Random(1))])
    assert lesson.status == "review"
    assert "root" in lesson.reasons[0]
