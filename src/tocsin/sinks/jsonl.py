"""Findings as JSON lines: the contract that programs read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.risk.json_line import as_json
from tocsin.sinks.json_text import json_line
from tocsin.sinks.output import Output


class JsonLines:
    """One object a finding, keys in the contract's order, nothing else: the account goes elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self.output = Output(stream, machine=True)

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.output.write(json_line(as_json(finding)))

    def close(self, account: RunAccount) -> None:
        self.output.flush()
