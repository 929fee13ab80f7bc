"""Who and what the findings are about: sums per person and per repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from tocsin.risk.finding import Finding
from tocsin.sinks.html import limits, roles
from tocsin.sinks.html.limits import NAME, cut


class Tally(Struct):
    """`others` are repositories of a person, people of a repository."""

    findings: int = 0
    score: int = 0
    others: set[str] = field(default_factory=set)


class Tallies(Struct):
    """Kept while findings come; `beyond` counts mentions of names past the most that is held."""

    people: dict[str, Tally] = field(default_factory=dict)
    repositories: dict[str, Tally] = field(default_factory=dict)
    nobody: int = 0
    nothing: int = 0
    beyond: int = 0

    def add(self, finding: Finding) -> None:
        people, repositories = roles.who(finding), roles.values(finding, roles.REPOSITORY)
        self.nobody += not people
        self.nothing += not repositories
        self._count(self.people, people, repositories, finding.score)
        self._count(self.repositories, repositories, people, finding.score)

    def _count(self, tallies: dict[str, Tally], names: Iterable[str], others: Iterable[str], score: int) -> None:
        for name in names:
            if name not in tallies and len(tallies) >= limits.NAMES:
                self.beyond += 1
                continue
            tally = tallies.setdefault(name, Tally())
            tally.findings += 1
            tally.score = max(tally.score, score)
            tally.others.update(others)


class Sum(Struct, frozen=True):
    """`records` stand behind the findings; `pushes` are all of this name, None if not known.

    `share` and `whole` are the lengths of the two parts of the bar, in percent of the longest.
    """

    name: str
    findings: int
    records: int
    pushes: int | None
    score: int
    others: int
    share: float
    whole: float


class Sums(Struct, frozen=True):
    """`more` names are left out of `lines`; `unnamed` findings name none. `known` says whether pushes are."""

    lines: tuple[Sum, ...]
    more: int
    unnamed: int
    known: bool


def sums(tallies: dict[str, Tally], unnamed: int, records: Counter[str], pushes: Counter[str] | None) -> Sums:
    """Most findings first, then most records, then by name."""
    order = sorted(tallies, key=lambda name: (-tallies[name].findings, -records[name], name))
    names = order[: limits.LINES]
    longest = max((max(records[name], pushes[name] if pushes else 0) for name in names), default=0) or 1
    lines = tuple(_sum(name, tallies[name], records[name], pushes, longest) for name in names)
    return Sums(lines, len(order) - len(lines), unnamed, pushes is not None)


def _sum(name: str, tally: Tally, records: int, pushes: Counter[str] | None, longest: int) -> Sum:
    known = pushes[name] if pushes and name in pushes else None
    share = 100 * records / longest
    whole = 100 * max(known or 0, records) / longest
    return Sum(
        cut(name, NAME),
        tally.findings,
        records,
        known,
        tally.score,
        len(tally.others),
        round(share, 1),
        round(whole, 1),
    )
