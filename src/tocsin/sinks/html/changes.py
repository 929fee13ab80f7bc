"""What `--compare` shows, as tables: findings gone, findings new, and why."""

from __future__ import annotations

from msgspec import Struct

from tocsin.risk.comparison import Comparison
from tocsin.sinks.comparison_text import EXPLAINED, SECTIONS, cells, grouped, totals
from tocsin.sinks.html import limits
from tocsin.sinks.html.limits import NAME, cut

HEADINGS = ("pushes", "who", "image", "their clock", "ours", "original")


class Kind(Struct, frozen=True):
    """One kind of change. A line has a text for each of `headings` after when; `more` lines are left out."""

    title: str
    pushes: int
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    more: int


class Changes(Struct, frozen=True):
    original: str
    totals: str
    kinds: tuple[Kind, ...]
    not_listed: int


def changes(comparison: Comparison, zone: str) -> Changes:
    kinds: list[Kind] = []
    for kind, title in SECTIONS:
        lines = grouped([change for change in comparison.changes if change.kind == kind])
        headings = HEADINGS if kind in EXPLAINED else HEADINGS[:-1]
        shown = (cells(line, zone)[: len(headings) + 1] for line in lines[: limits.CHANGES])
        texts = tuple(tuple(cut(text.strip(), NAME) for text in line) for line in shown)
        if lines:
            kinds.append(Kind(title, comparison.counts[kind], headings, texts, max(len(lines) - len(texts), 0)))
    return Changes(cut(comparison.original, NAME), totals(comparison), tuple(kinds), comparison.not_listed)
