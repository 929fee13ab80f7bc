"""Findings as the report shows them: plain, visible text. Nothing here knows HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tocsin.content.attack import techniques
from tocsin.content.detection import Detection
from tocsin.risk.finding import EventPointer, Finding, Value
from tocsin.sinks.groups import shown
from tocsin.sinks.times import moment
from tocsin.sinks.visible import visible

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# Fields by what they say, as the shipped detections and the AWS add-on name them; the first that a row has counts.
_PERSON = ("user", "userName", "user_name")
_REPOSITORY = ("repository", "requestParameters.repositoryName")
_TAG = ("tag", "imageTag", "requestParameters.imageTag")
_DIGEST = ("digest", "imageDigest", "image_digest", "responseElements.image.imageId.imageDigest")
_REASON = ("reason", "business_hours_reason")
_ADDRESS = ("src_ip", "src", "sourceIPAddress")
_REGION = ("awsRegion", "region")


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """Where a record stands. `event_id` is "" if it has none."""

    event_id: str
    file: str
    position: int


@dataclass(frozen=True, slots=True)
class Row:
    """One finding. Times and texts are "" where the finding has none.

    `first` and `last` are in the searcher's zone, `local` on the clock of whoever acted; `last` is "" if it is
    `first`. `severity` is `high`, `medium` or `low`, by the score. `facts` are all fields of the row.
    """

    first: str
    last: str
    local: str
    local_zone: str
    reason: str
    calendar: str
    who: tuple[str, ...]
    source: tuple[str, ...]
    repository: str
    tags: str
    digests: tuple[str, ...]
    message: str
    score: int
    severity: str
    facts: tuple[Fact, ...]
    records: tuple[Record, ...]
    record_count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What the maps and sums need of every finding, shown in a list or not. `slot` is weekday (Monday 0) and hour."""

    detection: str
    at: float | None
    slot: tuple[int, int] | None
    people: tuple[str, ...]
    repositories: tuple[str, ...]
    score: int
    records: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says of a detection itself. `techniques` are lines: id, name, tactics."""

    name: str
    type: str
    score: int
    severity: str
    techniques: tuple[str, ...]
    stories: tuple[str, ...]
    description: str
    version: str
    date: str
    id: str
    search_name: str
    search: str


def facts(detection: Detection) -> Facts:
    """The detection's facts; its score is 0 where it states no risk."""
    score = detection.risk.score if detection.risk else 0
    known = [(each.technique_id, each.technique, each.tactics) for each in techniques(detection.mitre_attack)]
    return Facts(
        name=visible(detection.name),
        type=visible(detection.type),
        score=score,
        severity=severity(score),
        techniques=tuple(_technique(*each) for each in known),
        stories=tuple(visible(each) for each in detection.analytic_story),
        description=lines(detection.description.strip()),
        version=visible(detection.version),
        date=visible(detection.date),
        id=visible(detection.id),
        search_name=visible(detection.search_name),
        search=lines(detection.search.text.strip()),
    )


def _technique(name: str, title: str, tactics: tuple[str, ...]) -> str:
    return visible(" ".join(filter(None, (name, title, f"({', '.join(tactics)})" if tactics else ""))))


def lines(text: str) -> str:
    """Text of several lines, each made visible; line ends and tabs stay what they do."""
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").expandtabs(4).split("\n"))


def row(finding: Finding, zone: str) -> Row:
    first, last = moment(finding.earliest, zone), moment(finding.latest, zone)
    at = local_time(finding)
    return Row(
        first=first,
        last=last if last != first else "",
        local=f"{WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M:%S}" if at else "",
        local_zone=shown(finding.result.get("local_zone")),
        reason=shown(_first(finding, _REASON)),
        calendar=shown(finding.result.get("business_calendar")),
        who=_who(finding),
        source=_source(finding),
        repository=shown(_first(finding, _REPOSITORY)),
        tags=shown(_first(finding, _TAG)),
        digests=_values(_first(finding, _DIGEST)),
        message=visible(finding.message),
        score=finding.score,
        severity=severity(finding.score),
        facts=tuple(Fact(visible(name), shown(value)) for name, value in finding.result.items()),
        records=tuple(_record(each) for each in finding.events),
        record_count=finding.event_count,
    )


def mark(finding: Finding, zone: str) -> Mark:
    """The finding in sums. Its place in the week is by the row's local time, else by its first record in the zone."""
    at = local_time(finding) or _in_zone(finding.earliest, zone)
    people = [visible(each.value) for each in finding.objects if each.type == "user"]
    return Mark(
        detection=finding.detection.search_name,
        at=finding.earliest,
        slot=(at.weekday(), at.hour) if at else None,
        people=tuple(dict.fromkeys(people)) or _values(_first(finding, _PERSON)),
        repositories=_values(_first(finding, _REPOSITORY)),
        score=finding.score,
        records=finding.event_count,
    )


def severity(score: int) -> str:
    """The same bounds as the table's colours."""
    return "high" if score > 60 else "medium" if score > 20 else "low"


def local_time(finding: Finding) -> datetime | None:
    """The row's `local_time`, if it is a time of ISO 8601; of several, the first."""
    written = finding.result.get("local_time")
    text = written if isinstance(written, str) else next(iter(written or ()), "")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_zone(epoch: float | None, zone: str) -> datetime | None:
    """By way of the very text that the list shows, so that list and map cannot disagree."""
    try:
        return datetime.fromisoformat(moment(epoch, zone)[4:]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _who(finding: Finding) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(visible(each.value) for each in finding.objects))
    return named or _values(_first(finding, _PERSON))


def _source(finding: Finding) -> tuple[str, ...]:
    threats = [visible(each.value) for each in finding.threat_objects]
    fields = (*_values(_first(finding, _ADDRESS)), *_values(_first(finding, _REGION)))
    return tuple(dict.fromkeys((*threats, *fields)))


def _first(finding: Finding, names: Iterable[str]) -> Value:
    return next((finding.result[name] for name in names if name in finding.result), None)


def _values(value: Value) -> tuple[str, ...]:
    each = () if value is None else (value,) if isinstance(value, str) else value
    return tuple(dict.fromkeys(visible(text) for text in each))


def _record(pointer: EventPointer) -> Record:
    return Record(visible(pointer.event_id or ""), visible(pointer.file), pointer.position)
