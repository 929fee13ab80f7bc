"""Findings as events of Splunk's risk index: one JSON line per row and risk object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from tocsin.risk.account import RunAccount
from tocsin.risk.event import risk_events
from tocsin.risk.finding import Finding
from tocsin.sinks.json_text import json_line
from tocsin.sinks.output import Output


class RiskEvents:
    """A finding without a risk object writes nothing, as in Splunk. Every event bears the time of the search."""

    def __init__(self, stream: TextIO, *, now: float, earliest: float | None, latest: float | None) -> None:
        self.output = Output(stream, machine=True)
        self.now, self.earliest, self.latest = now, earliest, latest

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            for event in risk_events(finding, now=self.now, earliest=self.earliest, latest=self.latest):
                self.output.write(json_line(event))

    def close(self, account: RunAccount) -> None:
        self.output.flush()
