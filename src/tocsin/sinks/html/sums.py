"""Who and what the findings are about: sums per person and per repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tocsin.sinks.html.model import Mark

MOST = 50  # lines of a table


@dataclass(frozen=True, slots=True)
class Sum:
    """`others` counts repositories of a person, people of a repository; `share` is of the largest, in percent."""

    name: str
    findings: int
    share: int
    records: int
    score: int
    others: int


@dataclass(frozen=True, slots=True)
class Sums:
    lines: tuple[Sum, ...]
    more: int
    unnamed: int  # findings that name none


def per_person(marks: Sequence[Mark]) -> Sums:
    return _sums(marks, lambda each: each.people, lambda each: each.repositories)


def per_repository(marks: Sequence[Mark]) -> Sums:
    return _sums(marks, lambda each: each.repositories, lambda each: each.people)


Names = Callable[[Mark], tuple[str, ...]]


def _sums(marks: Sequence[Mark], names: Names, others: Names) -> Sums:
    """Most findings first, then by name; a finding that names several counts for each of them."""
    groups: dict[str, list[Mark]] = {}
    for each in marks:
        for name in names(each):
            groups.setdefault(name, []).append(each)
    ordered = sorted(groups, key=lambda name: (-len(groups[name]), name))
    largest = len(groups[ordered[0]]) if ordered else 1
    lines = tuple(_sum(name, groups[name], largest, others) for name in ordered[:MOST])
    return Sums(lines, len(ordered) - len(lines), sum(not names(each) for each in marks))


def _sum(name: str, marks: Sequence[Mark], largest: int, others: Names) -> Sum:
    return Sum(
        name=name,
        findings=len(marks),
        share=max(1, round(100 * len(marks) / largest)),
        records=sum(each.records for each in marks),
        score=max(each.score for each in marks),
        others=len(set(_flat(others(each) for each in marks))),
    )


def _flat(several: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (name for names in several for name in names)
