"""What a sink is: a place for findings. One file per sink."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding


class Sink(Protocol):
    """Writes findings in the order given, then is told the account."""

    def write(self, findings: Iterable[Finding]) -> None:
        """Write all findings."""

    def close(self, account: RunAccount) -> None:
        """Finish the output; the account is complete now."""
