"""The table of sinks: each format by its name, each in its own file; the slow ones are loaded when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from tocsin.sinks.csv import FindingsCsv
from tocsin.sinks.jsonl import JsonLines
from tocsin.sinks.protocol import Sink
from tocsin.sinks.risk import RiskEvents


class Setting(Struct, frozen=True, kw_only=True):
    """What a sink may need to know: the searcher's zone, the screen, and the search's clock and window.

    `color` allows escape codes: for a terminal only. `width` is the terminal's width in cells; None means a
    pipe or a file, where no row is folded. `now` is when the search runs, epoch seconds; None if no sink asks.
    """

    zone: str
    color: bool = False
    width: int | None = None
    now: float | None = None
    earliest: float | None = None
    latest: float | None = None


def _table(output: TextIO, setting: Setting) -> Sink:
    from tocsin.sinks.table import Table

    return Table(output, zone=setting.zone, color=setting.color, width=setting.width)


def _risk(output: TextIO, setting: Setting) -> Sink:
    if setting.now is None:
        raise ValueError("risk events bear the time of the search: `now` is needed")
    return RiskEvents(output, now=setting.now, earliest=setting.earliest, latest=setting.latest)


def _html(output: TextIO, setting: Setting) -> Sink:
    if setting.now is None:
        raise ValueError("the report says when it was computed: `now` is needed")
    from tocsin.sinks.html.sink import HtmlReport

    return HtmlReport(output, zone=setting.zone, now=setting.now, earliest=setting.earliest, latest=setting.latest)


SINKS: dict[str, Callable[[TextIO, Setting], Sink]] = {
    "table": _table,
    "jsonl": lambda output, _: JsonLines(output),
    "csv": lambda output, _: FindingsCsv(output),
    "risk": _risk,
    "html": _html,
}


def open_sink(form: str, output: TextIO, setting: Setting) -> Sink:
    """A sink that writes `form` (a key of `SINKS`) to `output`; `risk` and `html` need `now`.

    An output that cannot be written raises `OutputError` later; a reader who left, `BrokenPipeError`.
    """
    return SINKS[form](output, setting)
