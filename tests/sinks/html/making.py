"""Pages made of findings by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence

from tests.sinks.made import account
from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.sinks.formats import open_sink

NOW = 1773014400.0  # 2026-03-09 00:00 UTC


def written(
    findings: Sequence[Finding],
    *,
    run: RunAccount | None = None,
    zone: str = "UTC",
    earliest: float | None = None,
    latest: float | None = None,
) -> str:
    stream = io.StringIO()
    sink = open_sink("html", stream, zone=zone, now=NOW, earliest=earliest, latest=latest)
    sink.write(findings)
    sink.close(run or account())
    return stream.getvalue()
