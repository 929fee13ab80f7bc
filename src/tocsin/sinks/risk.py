"""Findings as events of Splunk's risk index: one JSON line per row and risk object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from tocsin.content.detection import Detection
from tocsin.risk.account import RunAccount
from tocsin.risk.event import risk_events
from tocsin.risk.finding import Finding
from tocsin.sinks.account_text import amount
from tocsin.sinks.json_text import json_line
from tocsin.sinks.output import Output


class RiskEvents:
    """A finding without a risk object writes nothing, as in Splunk; how many there are is a warning of the account.

    Every event bears the time of the search.
    """

    def __init__(self, stream: TextIO, *, now: float, earliest: float | None, latest: float | None) -> None:
        self.output = Output(stream, machine=True)
        self.now, self.earliest, self.latest = now, earliest, latest
        self._silent: Counter[tuple[str, str]] = Counter()

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            events = list(risk_events(finding, now=self.now, earliest=self.earliest, latest=self.latest))
            for event in events:
                self.output.write(json_line(event))
            if not events:
                self._silent[finding.detection.name, _why(finding.detection)] += 1

    def close(self, account: RunAccount) -> None:
        account.warnings += [
            f"{name}: {amount(count, 'finding')} without a risk event: {why}"
            for (name, why), count in self._silent.items()
        ]
        self.output.flush()


def _why(detection: Detection) -> str:
    if detection.risk is None or not detection.risk.objects:
        return "it names no risk object"
    return "no value of a risk object" if detection.raises_risk else f"a {detection.type} raises no risk by default"
