from __future__ import annotations

import time

import pytest

from tocsin.plan.lower.context import Context, Lowering
from tocsin.plan.lower.pattern import DEEPEST, LONGEST, Pattern, check_pattern
from tocsin.source import Source, Span


def check(pattern: str) -> tuple[Pattern, list[str]]:
    lowering = Lowering(Context(0.0))
    found = check_pattern(pattern, Span(Source("<test>", pattern), 0, len(pattern)), lowering)
    return found, [each.name for each in lowering.problems]


@pytest.mark.parametrize(
    "pattern",
    [
        r"arn:aws:sts:*:(.*):",
        r"{.+}",
        r"[]a]",
        r"[[:alpha:]_.-]+",
        r"\bfoo\b\d{3}\/\.",
        "(?i)abc",
        "a(?i)b",
        "(?:a|b)+?",
        r"\p{Lu}\x{1F}\x41",
        "",
    ],
)
def test_a_pattern_that_the_matcher_knows_stays_as_it_is(pattern: str) -> None:
    assert check(pattern) == (Pattern(pattern), [])


@pytest.mark.parametrize(
    ("pattern", "respelt"),
    [
        (r"(?<n>a)", r"(?P<n>a)"),
        (r"(?'n'a)", r"(?P<n>a)"),
        (r"\Qa.b\Ec", r"a\.bc"),
        (r"a\h+", r"a[ \t]+"),
        (r"[\w\h]", r"[\w \t]"),
        (r"a\Z", r"a\n?\z"),
    ],
)
def test_what_the_matcher_spells_otherwise_is_respelt(pattern: str, respelt: str) -> None:
    found, problems = check(pattern)
    assert (found.text, problems) == (respelt, [])


def test_groups_are_named_in_the_order_of_their_numbers() -> None:
    assert check(r"(?<user>\w+)@(x)(?P<host>\w+)")[0].groups == ("user", "host")


def test_a_pattern_can_capture_one_of_its_groups_alone() -> None:
    found, _ = check(r"(?<a>x(y))\((?<b>[(]z)")
    assert found.only("b") == r"(?:x(?:y))\((?P<b>[(]z)"


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)",
        "(?!a)",
        "(?<=a)b",
        "(?<!a)b",
        r"(a)\1",
        r"(?P<n>a)(?P=n)",
        r"(?<n>a)\k<n>",
        "a*+",
        "a{2}+",
        "(?>a)",
        "(?|a|b)",
        "(?R)",
        "(?1)",
        "(?(1)a|b)",
        "(?#a)",
        "(?x)a",
        "(*SKIP)a",
        r"a\Kb",
        r"[\y]",
        "a{1001}",
        "(" * (DEEPEST + 1) + ")" * (DEEPEST + 1),
        "a" * (LONGEST + 1),
    ],
)
def test_what_needs_backtracking_is_refused(pattern: str) -> None:
    assert check(pattern)[1] == ["unsupported-regex"]


@pytest.mark.parametrize("pattern", ["(a", "a)", "*a", "[a", "a**", "(?<1n>a)", "(?<n>a)(?<n>b)", "\\", "[b-a]"])
def test_a_broken_pattern_is_an_error(pattern: str) -> None:
    assert check(pattern)[1] == ["bad-regex"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(.*)*x", "(a|a)*b"])
def test_a_catastrophic_pattern_is_no_danger_to_a_linear_matcher(pattern: str) -> None:
    assert check(pattern)[1] == []


@pytest.mark.parametrize("unit", ["[", "(", "[[:a", r"\Q", "(?<", "a{1", "[^]"])
def test_reading_a_hostile_pattern_is_quick(unit: str) -> None:
    started = time.process_time()
    check((unit * LONGEST)[:LONGEST])
    assert time.process_time() - started < 5
