"""Who keeps which calendar: first match wins, globs, case, units, and people who move."""

from __future__ import annotations

import random
import re
from fnmatch import translate

import pytest

from tests.hours.build import ask, hours
from tocsin.hours import Calendar, Condition, Hours, Rule, Subject, Verdict
from tocsin.hours.assignment import Assignment

FILE = """
    calendars:
      berlin: {zone: Europe/Berlin, week: {mon-fri: "08:00-18:00"}}
      sydney: {zone: Australia/Sydney, week: {mon-fri: "08:00-18:00"}}
      tokyo: {zone: Asia/Tokyo, week: {mon-fri: "08:00-18:00"}}
    units:
      payments: ["111111111111", "2222*"]
    assign:
    RULES
    default: berlin
"""


def with_rules(*rules: str) -> Hours:
    return hours(FILE.replace("RULES", "".join(f"\n      - {rule}" for rule in rules)))


def kept(given: Hours, **subject: str) -> str:
    return ask(given, "2024-05-24T10:00Z", Subject(**subject)).calendar


@pytest.mark.parametrize(
    ("rule", "subject", "matches"),
    [
        ("{user: anna}", {"user": "anna"}, True),
        ("{user: anna}", {"user": "ANNA"}, True),
        ("{user: anna}", {"user": "annabel"}, False),
        ("{user: anna}", {"session": "anna"}, False),
        ("{user: [ben, 'an*']}", {"user": "annabel"}, True),
        ("{user: '*'}", {"user": ""}, False),
        ("{user: '*'}", {"user": "x"}, True),
        ("{role: Deploy?}", {"role": "deploy1"}, True),
        ("{role: Deploy?}", {"role": "deploy"}, False),
        ("{session: '*@example.com'}", {"session": "Anna@Example.com"}, True),
        ("{principal: 'arn:aws:iam::*:user/Anna'}", {"principal": "arn:aws:iam::111111111111:user/Anna"}, True),
        ("{principal: 'arn:aws:iam::*:user/Anna'}", {"principal": "arn:aws:iam::111111111111:user/anna"}, False),
        ("{repository: team/*}", {"repository": "team/a/b"}, True),
        ("{repository: team/*}", {"repository": "Team/a"}, False),
        ("{region: EU-*}", {"region": "eu-central-1"}, True),
        ("{identity: awsservice}", {"identity": "AWSService"}, True),
        ("{account: 012345678901}", {"account": "012345678901"}, True),
        ("{account: 012345678901}", {"account": "12345678901"}, False),
        ("{unit: payments}", {"account": "111111111111"}, True),
        ("{unit: payments}", {"account": "222233334444"}, True),
        ("{unit: payments}", {"account": "333333333333"}, False),
        ("{user: anna, region: us-*}", {"user": "anna", "region": "us-east-1"}, True),
        ("{user: anna, region: us-*}", {"user": "anna", "region": "eu-west-1"}, False),
        ("{user: anna, region: us-*}", {"user": "anna"}, False),
        ("{user: 'a.b'}", {"user": "axb"}, False),
        ("{user: '[ab]'}", {"user": "a"}, False),
        ("{user: '[ab]'}", {"user": "[ab]"}, True),
    ],
)
def test_a_rule_matches_by_its_globs(rule: str, subject: dict[str, str], matches: bool) -> None:
    given = with_rules(rule.replace("}", ", calendar: sydney}"))
    assert kept(given, **subject) == ("sydney" if matches else "berlin")


def test_the_first_rule_that_matches_wins() -> None:
    given = with_rules(
        "{user: anna, region: us-*, calendar: tokyo}",
        "{user: 'an*', calendar: sydney}",
        "{region: us-*, calendar: tokyo}",
    )
    assert kept(given, user="anna", region="us-east-1") == "tokyo"
    assert kept(given, user="anna", region="eu-west-1") == "sydney"
    assert kept(given, user="anton", region="us-east-1") == "sydney"
    assert kept(given, region="us-east-1") == "tokyo"


def test_a_verdict_names_the_rule_and_its_line() -> None:
    given = with_rules(
        "{user: anna, calendar: sydney}", "{name: the builders, role: ci, robot: true, calendar: always}"
    )
    assert ask(given, "2024-05-24T10:00Z", Subject(user="anna")).rule == "rule 1 (line 10)"
    robot = ask(given, "2024-05-24T10:00Z", Subject(role="ci"))
    assert (robot.rule, robot.robot, robot.state) == ("the builders (line 11)", True, "open")
    assert ask(given, "2024-05-24T10:00Z").rule == "default (line 12)"


def test_without_a_default_others_are_unknown_and_shown_in_the_files_zone() -> None:
    given = hours("""
        zone: Asia/Tokyo
        calendars: {it: {week: {daily: all day}}}
        assign: [{user: anna, calendar: it}]
    """)
    assert ask(given, "2024-05-24T10:00Z", Subject(user="ben")) == Verdict(
        "2024-05-24T19:00:00+09:00", "Asia/Tokyo", "", "unknown", "unknown", "", False
    )


def test_somebody_who_moves_keeps_each_calendar_for_its_time() -> None:
    given = with_rules(
        "{user: anna, until: 2024-03-31, calendar: berlin}",
        "{user: anna, from: 2024-04-01, until: 2024-06-30, calendar: sydney}",
        "{user: anna, calendar: tokyo}",
    )
    anna = Subject(user="anna")
    whens = {
        "2024-03-31T21:59:59Z": "berlin",  # 23:59:59 in Berlin
        "2024-03-31T22:00:00Z": "sydney",
        "2024-06-30T13:59:59Z": "sydney",  # 23:59:59 in Sydney
        "2024-06-30T14:00:00Z": "tokyo",
    }
    assert {when: ask(given, when, anna).calendar for when in whens} == whens


def test_a_moment_bounds_a_rule_to_the_second_with_its_end_outside() -> None:
    given = with_rules("{user: anna, from: '2024-06-01 12:00Z', until: '2024-06-01 15:00+02:00', calendar: tokyo}")
    whens = {"11:59:59": "berlin", "12:00:00": "tokyo", "12:59:59": "tokyo", "13:00:00": "berlin"}
    found = {when: ask(given, f"2024-06-01T{when}Z", Subject(user="anna")).calendar for when in whens}
    assert found == whens


def test_a_moment_without_offset_is_on_the_clock_of_the_rules_calendar() -> None:
    given = with_rules("{user: anna, from: 2024-06-01 12:00, calendar: tokyo}")
    assert ask(given, "2024-06-01T02:59:59Z", Subject(user="anna")).calendar == "berlin"
    assert ask(given, "2024-06-01T03:00:00Z", Subject(user="anna")).calendar == "tokyo"


def test_a_calendar_outside_of_its_time_is_passed_over() -> None:
    given = hours("""
        calendars:
          old: {zone: Europe/Berlin, until: 2024-05-31, week: {daily: all day}}
          new: {zone: Europe/Berlin, from: 2024-06-01, week: {daily: all day}}
        assign: [{user: anna, calendar: old}, {user: anna, calendar: new}]
        default: old
    """)
    assert ask(given, "2024-05-31T21:59:59Z", Subject(user="anna")).calendar == "old"
    assert ask(given, "2024-05-31T22:00:00Z", Subject(user="anna")).calendar == "new"
    assert ask(given, "2024-05-31T22:00:00Z").state == "unknown"


def test_the_index_finds_what_trying_every_rule_finds() -> None:
    draw = random.Random(7)
    globs = ("a", "b", "ab", "a*", "*b", "?", "*", "c")
    fields = ("user", "role", "account", "repository")

    def condition() -> Condition:
        return Condition(draw.choice(fields), tuple(draw.sample(globs, draw.randint(1, 3))))

    rules = tuple(Rule(tuple(condition() for _ in range(draw.randint(1, 3))), "x") for _ in range(200))
    assignment = Assignment(Hours({"x": Calendar("x", "UTC", ((),) * 7)}, rules))
    for _ in range(200):
        subject = Subject(**{field: draw.choice(("", "a", "b", "ab", "ba", "c")) for field in fields})
        expected = [
            number for number, rule in enumerate(rules) if all(holds(each, subject) for each in rule.conditions)
        ]
        assert assignment.matching(subject) == expected


def holds(condition: Condition, subject: Subject) -> bool:
    value = getattr(subject, condition.field)
    return bool(value) and any(re.fullmatch(translate(glob), value) for glob in condition.globs)
