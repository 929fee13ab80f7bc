"""The findings of one detection, arranged for people: what differs goes in rows, what is the same is said once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tocsin.risk.finding import Finding
from tocsin.sinks.account_text import amount
from tocsin.sinks.bounded import told
from tocsin.sinks.times import moment, splunk_text
from tocsin.sinks.visible import visible

_ENOUGH = 3  # findings; with fewer, each shows all its fields


class Group(Struct, frozen=True):
    """Findings of one detection with their fields sorted out.

    `who` are the risk and threat objects' fields, `rest` the others that differ, `same` those with one value
    in every finding, `echoes` those that repeat a field of `who`. Fields that only repeat the times are in none.
    """

    findings: Sequence[Finding]
    zone: str
    who: tuple[str, ...]
    rest: tuple[str, ...]
    same: tuple[str, ...]
    echoes: tuple[tuple[str, str], ...]


def arrange(findings: Sequence[Finding], zone: str) -> Group:
    """Sort out the fields of one detection's findings; `findings` is not empty."""
    names = tuple(dict.fromkeys(name for each in findings for name in each.result))
    who = _objects(findings, names)
    others = [name for name in names if name not in who and not _is_time(findings, name, zone)]
    if len(findings) < _ENOUGH:
        return Group(findings, zone, who, tuple(others), (), ())
    echoes = tuple((name, twin) for name in others if (twin := _twin(findings, name, who)))
    same = tuple(name for name in others if _is_same(findings, name) and name not in dict(echoes))
    rest = tuple(name for name in others if name not in same and name not in dict(echoes))
    return Group(findings, zone, who, rest, same, echoes)


def _objects(findings: Sequence[Finding], names: Sequence[str]) -> tuple[str, ...]:
    risk = findings[0].detection.risk
    declared = [*(each.field for each in risk.objects), *(each.field for each in risk.threat_objects)] if risk else []
    return tuple(name for name in dict.fromkeys(declared) if name in names)


def _is_time(findings: Sequence[Finding], name: str, zone: str) -> bool:
    return all(
        each.result.get(name) in (splunk_text(each.earliest, zone), splunk_text(each.latest, zone)) for each in findings
    )


def _is_same(findings: Sequence[Finding], name: str) -> bool:
    first = findings[0].result.get(name)
    return first is not None and all(each.result.get(name) == first for each in findings)


def _twin(findings: Sequence[Finding], name: str, who: Sequence[str]) -> str | None:
    return next((twin for twin in who if all(_equal(each, name, twin) for each in findings)), None)


def _equal(finding: Finding, name: str, twin: str) -> bool:
    return name in finding.result and finding.result[name] == finding.result.get(twin)


def facts(group: Group) -> str:
    """The detection in a line: type, score, ATT&CK."""
    detection = group.findings[0].detection
    parts = [detection.type]
    if detection.risk:
        parts.append(f"risk score {detection.risk.score}")
    parts += [_technique(*each) for each in _techniques(group.findings[0])]
    return ", ".join(visible(part) for part in parts if part)


def _techniques(finding: Finding) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    known = {each.technique_id: each for each in finding.techniques}
    for name in dict.fromkeys((*finding.detection.mitre_attack, *known)):
        each = known.get(name)
        yield (name, each.technique, each.tactics) if each else (name, "", ())


def _technique(name: str, title: str, tactics: Sequence[str]) -> str:
    return " ".join(filter(None, (name, title, f"({', '.join(tactics)})" if tactics else "")))


def common(group: Group) -> str:
    """How many findings, and what they have in common."""
    shared = [pair(name, group.findings[0].result[name]) for name in group.same]
    shared += [f"{visible(name)} is {visible(twin)}" for name, twin in group.echoes]
    count = amount(len(group.findings), "finding")
    return f"{count}, in all of them: {'  '.join(shared)}" if shared else count


def when(group: Group, finding: Finding) -> tuple[str, str, str]:
    """The first moment, the last, and how many records; the latter two are "" where there is but one record."""
    first, last = moment(finding.earliest, group.zone), moment(finding.latest, group.zone)
    several = finding.event_count > 1
    return first, last if last != first else "", amount(finding.event_count, "record") if several else ""


def details(group: Group, finding: Finding) -> str:
    """The fields that are in no column, as `name=value`."""
    return "  ".join(pair(name, finding.result[name]) for name in group.rest if name in finding.result)


def pair(name: str, value: str | tuple[str, ...]) -> str:
    """`name=value`; values that hold blanks or nothing are quoted."""
    return f"{visible(name)}={told(value, _quoted)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if not text or " " in text else text


def shown(value: str | tuple[str, ...] | None) -> str:
    """A value as a cell: the values of a multivalue field with commas between, a missing one empty."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) else ", ".join(visible(each) for each in value)
