"""What a report holds of its findings until the page is written. Memory is bounded."""

from __future__ import annotations

from msgspec import Struct, field

from tocsin.risk.finding import Finding
from tocsin.sinks.html.beside import Beside
from tocsin.sinks.html.chapter import Chapter
from tocsin.sinks.html.records import Records
from tocsin.sinks.html.sums import Tallies


class Gathered(Struct):
    """The latest findings are held, of the others names, numbers and the places of records.

    `now` and the ends of `window` are epoch seconds; the page is as old as `now`, whatever the clock says. `chapters`
    are by search name, in the order in which they came.
    """

    zone: str
    now: float
    window: tuple[float | None, float | None]
    records: Records
    beside: Beside = field(default_factory=Beside)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)

    def add(self, finding: Finding) -> None:
        name = finding.detection.search_name
        chapter = self.chapters.get(name) or self.chapters.setdefault(name, Chapter(finding.detection))
        chapter.add(finding)
        self.records.add(finding)
        self.tallies.add(finding)
