"""The risk that a detection states, from each of the ways in which libraries have written it down.

Observables with confidence and impact (until 2024); `rba` with scores of its own (its first edition wrote
`risk_score` for `score`); a finding and intermediate findings (ESCU 6).
"""

from __future__ import annotations

from tocsin.content.detection import Risk, RiskObject, ThreatObject
from tocsin.content.facts import Facts
from tocsin.content.observable import observed
from tocsin.diagnostics.catalogue import content as catalogue

_OBJECT_TYPES = ("user", "system", "other")
_THREAT_TYPES = (
    "certificate_common_name", "certificate_organization", "certificate_serial", "certificate_unit", "command",
    "domain", "email_address", "email_subject", "file_hash", "file_name", "file_path", "http_user_agent", "ip_address",
    "parent_process", "parent_process_name", "process", "process_hash", "process_name", "registry_path",
    "registry_value_name", "registry_value_text", "service", "signature", "system", "tls_hash", "url",
)  # fmt: skip


def risk_of_tags(tags: Facts) -> Risk | None:
    """Every object scores confidence x impact / 100, rounded half to even; a stated score counts only without them."""
    confidence, impact = tags.number("confidence", 0, 100), tags.number("impact", 0, 100)
    stated = tags.number("risk_score", 0, 100)
    score = stated if confidence is None or impact is None else round(confidence * impact / 100)
    if score is None and not tags.has("observable"):
        return None
    if score is None:
        tags.problems.append(catalogue.missing_score(tags.span("observable")))
    objects, threats = observed(tags.each("observable"), score or 0)
    return Risk(tags.text("message"), objects, threats, impact, confidence, score or 0)


def risk_of_rba(rba: Facts) -> Risk:
    """One message, and a score for each object."""
    rba.only(("message", "risk_objects", "threat_objects"))
    rba.require("message", "risk_objects")
    objects = [_object(each, ("score", "risk_score")) for each in rba.each("risk_objects")]
    return Risk(rba.text("message"), tuple(objects), threat_objects(rba))


def risk_of_findings(top: Facts) -> Risk | None:
    """The finding's entity first, with the title as message; then the intermediate findings, each with its own."""
    finding, intermediate = top.inside("finding"), top.inside("intermediate_findings")
    objects = [*_finding(finding)] if finding else []
    if intermediate:
        intermediate.only(("entities",))
        intermediate.require("entities")
        objects.extend(_object(each, ("score",), message=True) for each in intermediate.each("entities"))
    threats = threat_objects(top)
    if not objects and not threats:
        return None
    title = finding.text("title") if finding else ""
    return Risk(title or next((each.message for each in objects if each.message), ""), tuple(objects), threats)


def threat_objects(facts: Facts) -> tuple[ThreatObject, ...]:
    """What stands under `threat_objects`."""
    found: list[ThreatObject] = []
    for each in facts.each("threat_objects"):
        each.only(("field", "type"))
        each.require("field", "type")
        kind = each.text("type").lower()
        if kind and kind not in _THREAT_TYPES:
            wanted = "one of the types of a threat object"
            each.problems.append(catalogue.odd_value(each.of("type"), wanted, each.span("type"), kind, _THREAT_TYPES))
        found.append(ThreatObject(each.text("field"), kind))
    return tuple(each for each in found if each.field)


def _finding(finding: Facts) -> tuple[RiskObject, ...]:
    finding.only(("title", "entity"))
    finding.require("title", "entity")
    entity = finding.inside("entity")
    if not entity:
        return ()
    plain = _object(entity, ("score",))
    return (RiskObject(plain.field, plain.type, plain.score, finding.text("title") or None),)


def _object(facts: Facts, scores: tuple[str, ...], *, message: bool = False) -> RiskObject:
    own = ("message",) if message else ()
    facts.only(("field", "type", *scores, *own))
    facts.require("field", "type", *own)
    key = next((each for each in scores if facts.has(each)), scores[0])
    facts.require(key)
    kind = facts.text("type").lower()
    if kind and kind not in _OBJECT_TYPES:
        wanted = catalogue.one_of(_OBJECT_TYPES)
        facts.problems.append(catalogue.wrong_value(facts.of("type"), wanted, facts.span("type"), kind, _OBJECT_TYPES))
    score = facts.number(key, 0, 100) or 0
    return RiskObject(facts.text("field"), kind, score, facts.text("message") or None if message else None)
