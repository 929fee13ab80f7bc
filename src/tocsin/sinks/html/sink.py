"""The report's sink: it gathers what the page shows, and writes the page at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.risk.pushes import Place
from tocsin.sinks.html.beside import Beside
from tocsin.sinks.html.gathered import Gathered
from tocsin.sinks.html.records import Records
from tocsin.sinks.output import Output


class HtmlReport:
    """A sink that may be told more than findings and account, until it is closed."""

    def __init__(
        self, stream: TextIO, *, zone: str, now: float, earliest: float | None = None, latest: float | None = None
    ) -> None:
        """Times are epoch seconds."""
        self._output = Output(stream, machine=True)
        self._gathered = Gathered(zone, now, (earliest, latest), Records(zone))

    def write(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            self._gathered.add(each)

    def knows(self, place: Place) -> bool:
        """Whether this record stands behind a finding."""
        return place in self._gathered.records.known

    def tell(self, beside: Beside) -> None:
        """What the page shows besides."""
        self._gathered.beside = beside

    def close(self, account: RunAccount) -> None:
        from tocsin.sinks.html.contents import contents
        from tocsin.sinks.html.page import page  # the template engine is loaded by those who want a page only

        for piece in page(contents(self._gathered, account)):
            self._output.write(piece)
        self._output.flush()
