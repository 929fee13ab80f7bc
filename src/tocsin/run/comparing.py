"""Compares our detections of pushes outside business hours with Splunk's, push by push."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from tocsin.config import Settings
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.diagnostics import UsageError
from tocsin.engine.protocol import Row
from tocsin.risk.comparison import Change, Comparison, Kind, Push
from tocsin.risk.finding import EventPointer
from tocsin.run.compiled import Compiled, compile_text
from tocsin.run.executed import Execution
from tocsin.source import Composed, Source

ORIGINAL = "AWS ECR Container Upload Outside Business Hours"
OURS = "AWS ECR Container Upload Outside Uploader Business Hours"
FAILED = "AWS ECR Failed Container Upload Outside Uploader Business Hours"

_NAME = "compare"
# By-fields of the original that a record may lack, and where they stand before its `rename`.
_KEYS = {
    "user": "user",
    "userName": "userName",
    "src_ip": "src_ip",
    "imageTag": "requestParameters.imageTag",
    "registryId": "requestParameters.registryId",
    "repository": "requestParameters.repositoryName",
}
_LACKS = ", ".join(f"if(isnull('{field}'), \"{name}\", null())" for name, field in _KEYS.items())
_COLUMNS = (
    "_time", "user", "account", "repository", "requestParameters.imageTag",
    "responseElements.image.imageId.imageDigest", "errorCode", "local_time", "local_zone", "business_calendar",
    "business_hours", "business_hours_reason", "business_hours_rule", "eventSource", "lacks",
)  # fmt: skip
_SEARCH = f"""
`cloudtrail` eventSource IN (ecr.amazonaws.com, ecr-public.amazonaws.com) eventName=PutImage
| rex field=errorMessage ":repository/(?<denied>[a-z0-9._/-]+)"
| eval lacks=mvappend({_LACKS})
| `aws_ecr_push`
| businesshours
| sort 0 _time
| table {" ".join(_COLUMNS)}
"""


def every_push(library: Library, settings: Settings) -> Compiled:
    """The search that gives every push with its verdict; it runs beside the detections."""
    compiled = compile_text(Composed.whole(Source("<compare>", _SEARCH)), library, settings)
    return replace(compiled, name=_NAME)


def compare(run: Execution) -> Comparison:
    """Compare, where `every_push` is among the searches; it leaves the account.

    Raises UsageError if a detection did not run.
    """
    original, ours, failed = (_reported(run, name) for name in (ORIGINAL, OURS, FAILED))
    comparison = Comparison(ORIGINAL, (OURS, FAILED))
    number = run.beside(_NAME)
    assert number is not None
    entry = run.entries[number]
    result = run.result(number, origins=True)
    for row in result.rows if result else ():
        assert row.origin is not None
        seq = row.origin.first[0].seq
        push, lacks, public = _push(row, run.pointers(row.origin.first)[0])
        kind = _kind(seq in original.found, seq in ours.found, seq in failed.found)
        before = _before(push, original, seq, lacks, public=public)
        judged = seq in ours.matched or seq in failed.matched
        comparison.add(Change(kind, push, before, _now(push, kind, judged=judged)))
    if entry.failed:
        raise UsageError(f"the comparison stopped: {entry.failed}")
    run.leave_out(number)
    return comparison


class _Reported(Struct, frozen=True):
    """The records, by SEQ, that a detection's base search matches, and those behind its findings."""

    matched: frozenset[int]
    found: frozenset[int]


def _reported(run: Execution, name: str) -> _Reported:
    for index, entry in run.entries.items():
        if _is(run.compiled[index].detection, name) and not entry.failed:
            return _Reported(frozenset(run.matched(index)), frozenset(run.found(index)))
    raise UsageError(f"--compare needs the detection `{name}`, and it did not run")


def _is(detection: Detection | None, name: str) -> bool:
    return detection is not None and detection.name == name


def _kind(original: bool, ours: bool, failed: bool) -> Kind:
    if ours:
        return "both" if original else "new"
    if failed:
        return "lowered" if original else "new_failed"
    return "gone" if original else "neither"


def _push(row: Row, event: EventPointer) -> tuple[Push, tuple[str, ...], bool]:
    """The push, the by-fields of the original that it lacks, and whether it went to ECR Public."""
    cells = dict(zip(_COLUMNS, row.values, strict=True))
    lacks = cells.pop("lacks") or ()
    texts = {name: (value[0] if isinstance(value, tuple) else value or "") for name, value in cells.items()}
    time, user, account, repository, tag, digest, error, *verdict, source = texts.values()
    local, zone, calendar, state, reason, rule = verdict
    outcome = "" if error == "success" else error
    push = Push(
        event, float(time), user, account, repository, tag, digest, outcome, local, zone, calendar, state, reason, rule
    )
    return push, (lacks,) if isinstance(lacks, str) else lacks, source == "ecr-public.amazonaws.com"


def _now(push: Push, kind: Kind, *, judged: bool) -> str:
    if not judged:
        return "left out as a service push, by `aws_ecr_service_pushes`"
    if kind in ("gone", "neither") and push.state != "open":
        return f"{_verdict(push)}, but removed by a filter macro"
    return _verdict(push)


def _verdict(push: Push) -> str:
    verdict = f"{push.reason} ({push.calendar})" if push.calendar else "no calendar"
    return f"{verdict}; failed: {push.error}" if push.error else verdict


def _before(push: Push, original: _Reported, seq: int, lacks: Sequence[str], *, public: bool) -> str:
    at = datetime.fromtimestamp(push.time, UTC)
    if seq in original.found:
        return f"{at:%A} in UTC" if at.weekday() >= 5 else f"{at:%H:%M} UTC"
    if seq in original.matched:
        return f"dropped for lack of {', '.join(lacks)}" if lacks else "removed by its filter macro"
    return "ECR Public is not read" if public else f"{at:%H:%M} UTC on a {at:%A}"
