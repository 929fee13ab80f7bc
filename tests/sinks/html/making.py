"""Pages made of findings by hand."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tests.sinks.made import account, epoch, finding
from tocsin.risk.account import RunAccount
from tocsin.risk.comparison import Change, Comparison, Push
from tocsin.risk.finding import EventPointer, Finding
from tocsin.risk.pushes import Pushes
from tocsin.sinks.html.beside import Beside
from tocsin.sinks.html.sink import HtmlReport

NOW = 1773014400.0  # 2026-03-09 00:00 UTC
SATURDAY = epoch("2026-03-07T11:02:45Z")


def written(
    findings: Sequence[Finding],
    *,
    run: RunAccount | None = None,
    zone: str = "UTC",
    earliest: float | None = None,
    latest: float | None = None,
    beside: Beside | None = None,
) -> str:
    stream = io.StringIO()
    sink = HtmlReport(stream, zone=zone, now=NOW, earliest=earliest, latest=latest)
    sink.write(findings)
    sink.tell(beside or Beside())
    sink.close(run or account())
    return stream.getvalue()


def behind(finding: Finding, *times: float, name: str = "e") -> Finding:
    """The finding with a record at each of the times."""
    events = tuple(EventPointer(f"{name}-{at}", f"logs/{name}.gz", at, time) for at, time in enumerate(times, start=1))
    return replace(finding, events=events, event_count=len(times), earliest=min(times), latest=max(times))


def abroad(user: str = "priya", text: str = "night") -> Finding:
    """A push judged by the hours of whoever made it."""
    judged = finding(
        user,
        local_time="2026-03-08T00:02:45+13:00",
        local_zone="Pacific/Auckland",
        reason=text,
        business_calendar="nz",
        business_rule="rule 2 (line 35)",
        tag=("1", "latest"),
        digest=("sha256:a", "sha256:b"),
        account="111122223333",
    )
    return behind(judged, SATURDAY)


def push(user: str = "priya", text: str = "open") -> Push:
    return Push(
        EventPointer("e-1", "logs/a.gz", 1), SATURDAY, user, "111122223333", f"web/{text}", "1.0", "sha256:a", "",
        "2026-03-08T00:02:45+13:00", "Pacific/Auckland", "nz", "open", text, "rule 2",
    )  # fmt: skip


def everything(text: str = "plain") -> Beside:
    """All that a report may show besides."""
    comparison = Comparison("Pushes At Night", ("Pushes In Their Night",))
    comparison.add(Change("gone", push(text=text), f"{text} before", f"{text} now"))
    comparison.add(Change("new", push(text, text), f"{text} before", f"{text} now"))
    pushes = Pushes(
        total=5,
        local=4,
        week=Counter({(5, 11): 2, (0, 9): 3}),
        hours=Counter({int(SATURDAY // 3600) * 3600: 2, int(SATURDAY // 3600) * 3600 - 36000: 3}),
        people=Counter({"maya": 3, "priya": 2}),
        repositories=Counter({"web/shop": 5}),
    )
    searches = {"Pushes At Night": f"search x\n| where {text}"}
    return Beside(pushes, comparison, searches, (("Logs", text), ("Calendar file", "hours.yml")))
