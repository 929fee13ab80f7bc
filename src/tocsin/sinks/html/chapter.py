"""A detection and its findings as the report shows them; of many findings the latest are kept."""

from __future__ import annotations

import heapq
import math
from importlib.resources import files

from msgspec import Struct, field

from tocsin.content.attack import techniques
from tocsin.content.detection import Detection
from tocsin.risk.account import DetectionAccount
from tocsin.risk.finding import Finding
from tocsin.sinks import account_text
from tocsin.sinks.html import limits
from tocsin.sinks.html.limits import NAME, SEARCH, TEXT, VALUE, cut, cut_lines, cut_list
from tocsin.sinks.html.model import severity

_SHIPPED = str(files("tocsin"))


class Chapter(Struct):
    """`count` findings came, with `score` as the highest; `_kept` are the latest, a heap by time and order."""

    detection: Detection
    count: int = 0
    score: int = 0
    _kept: list[tuple[float, int, Finding]] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.count += 1
        self.score = max(self.score, finding.score)
        time = -math.inf if finding.earliest is None else finding.earliest
        entry = (time, -self.count, finding)
        if len(self._kept) < limits.LISTED:
            heapq.heappush(self._kept, entry)
        else:
            heapq.heappushpop(self._kept, entry)

    def latest(self, most: int) -> list[Finding]:
        """The latest first; those of the same moment in the order in which they came."""
        return [finding for *_, finding in sorted(self._kept, reverse=True, key=lambda each: each[:2])[:most]]


class Facts(Struct, frozen=True):
    """What the report says of a detection. `path` is "" for one of the shipped library.

    `techniques` are id, name, tactics. `search` and `expanded` are lines.
    """

    name: str
    type: str
    score: int
    severity: str
    techniques: tuple[tuple[str, str, str], ...]
    stories: tuple[str, ...]
    description: tuple[str, ...]
    false_positives: tuple[str, ...]
    version: str
    date: str
    author: str
    id: str
    search_name: str
    path: str
    search: tuple[str, ...]
    expanded: tuple[str, ...]


def facts(detection: Detection, expanded: str = "") -> Facts:
    """The detection's facts; its score is 0 where it states no risk. `expanded` is the search without macros."""
    score = detection.risk.score if detection.risk else 0
    known = techniques(detection.mitre_attack)
    return Facts(
        name=cut(detection.name, NAME),
        type=cut(detection.type, NAME),
        score=score,
        severity=severity(score),
        techniques=tuple((cut(each.technique_id, NAME), each.technique, ", ".join(each.tactics)) for each in known),
        stories=cut_list(detection.analytic_story, width=NAME),
        description=paragraphs(detection.description),
        false_positives=paragraphs(detection.known_false_positives),
        version=cut(detection.version, NAME),
        date=cut(detection.date, NAME),
        author=cut(detection.author, NAME),
        id=cut(detection.id, NAME),
        search_name=cut(detection.search_name, NAME),
        path="" if detection.path.startswith(_SHIPPED) else cut(detection.path, VALUE),
        search=cut_lines(detection.search.text, SEARCH),
        expanded=cut_lines(expanded, SEARCH) if expanded else (),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Text as paragraphs: parted at empty lines and before list items, each on one line."""
    parts: list[list[str]] = [[]]
    for line in cut_lines(text, TEXT):
        if not line.strip() or line.lstrip().startswith("- "):
            parts.append([])
        parts[-1].append(line.strip())
    return tuple(joined for part in parts if (joined := " ".join(filter(None, part))))


class Outcome(Struct, frozen=True):
    """A line of the account: what became of the records that a detection matched. `failed` is "" if it ran."""

    name: str
    matched: int
    duplicates: int
    rows: int
    reasons: tuple[str, ...]
    failed: str


def outcome(entry: DetectionAccount) -> Outcome:
    return Outcome(
        cut(entry.name, NAME),
        entry.matched,
        entry.duplicates,
        entry.rows,
        tuple(account_text.reasons(entry)),
        cut(entry.failed, TEXT),
    )
