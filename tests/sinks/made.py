"""Findings and accounts made by hand for the tests of sinks."""

from __future__ import annotations

from datetime import datetime

from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.content.detection import Detection, Risk, RiskObject, ThreatObject
from tocsin.risk.account import DetectionAccount, DroppedRows, RunAccount
from tocsin.risk.finding import EventPointer, Finding, FoundThreat, ScoredObject, Technique
from tocsin.source import Composed, Source

PUSH = Detection(
    name="Pushes At Night",
    id="0f0f",
    version="3",
    date="2026-01-01",
    author="Someone",
    status="production",
    type="Anomaly",
    description="",
    search=Composed.whole(Source("<search>", "search x")),
    path="night.yml",
    generation="2024",
    risk=Risk("pushed by $user$", (RiskObject("user", "user", 49),), (ThreatObject("src_ip", "ip_address"),), 70, 70),
    mitre_attack=("T1204.003", "T9999"),
)
TECHNIQUE = Technique("T1204.003", "Malicious Image", ("Execution",))


def epoch(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def finding(
    user: str = "maya",
    first: str = "2026-03-07T11:02:45Z",
    last: str | None = None,
    *,
    detection: Detection = PUSH,
    score: int = 49,
    source: str = "AWS Internal",
    message: str | None = None,
    **fields: str | tuple[str, ...],
) -> Finding:
    """One push; `fields` are added to the result or replace what is there."""
    last = last or first
    result: dict[str, str | tuple[str, ...]] = {
        "awsRegion": "eu-west-1",
        "eventName": "PutImage",
        "user": user,
        "userName": user,
        "src_ip": source,
        "imageTag": "v2.3.1",
        "repository": "web/shop",
        "phase": "release",
        "firstTime": first[:19],
        "lastTime": last[:19],
    }
    result.update(fields)
    return Finding(
        detection=detection,
        result=result,
        score=score,
        message=message or f"pushed by {user}",
        objects=(ScoredObject("user", "user", user, score, message or f"pushed by {user}"),),
        threat_objects=(FoundThreat("src_ip", "ip_address", source),),
        techniques=(TECHNIQUE,),
        earliest=epoch(first),
        latest=epoch(last),
        events=(EventPointer("e-1", "logs/a.json.gz", 4),),
        event_count=1 if first == last else 7,
    )


def week() -> list[Finding]:
    """Several pushes that differ in some fields and agree in others."""
    return [
        finding("maya.okafor", "2026-03-07T11:02:45Z"),
        finding(
            "ci-release", "2026-03-02T02:10:11Z", "2026-03-08T02:10:09Z", imageTag="nightly", repository="data/etl"
        ),
        finding("AWSReservedSSO_PowerUser_0c1d2e3f4a5b6c7d", "2026-03-04T21:40:00Z", imageTag="1.4", awsRegion="us-1"),
    ]


def account() -> RunAccount:
    """A run with something in every place; it adds up."""
    scan = ScanAccount(
        files=212,
        failed=1,
        bytes=512_000,
        raw_bytes=4_100_000,
        pruned_files=3,
        skipped_files=180,
        skipped_bytes=3_600_000,
        other_files=2,
        decoded=3012,
        candidates=40,
        not_cloudtrail=1,
        unreadable=2,
        problems=[
            Problem("logs/broken.json.gz", "the gzip stream ends too early"),
            Problem("logs/a.json.gz", "eventTime is missing", 17),
            Problem("logs/b.json.gz", "no JSON object", 1204),
        ],
    )
    dropped = DroppedRows(8, {"user": 4, "imageTag": 5, "awsRegion": 0}, "stats count by user, imageTag, awsRegion")
    detection = DetectionAccount(
        "Pushes At Night",
        matched=33,
        duplicates=2,
        rows=3,
        dropped=[dropped],
        removed_by_filter=1,
        filter_macro="pushes_at_night_filter",
        missing_fields=["src_user"],
    )
    return RunAccount(scan, [detection], matched=33, duplicates=2, warnings=["careful"], seconds=0.408)
