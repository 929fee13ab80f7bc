"""Reads a detection, whichever generation of YAML it was written in, into one `Detection`."""

from __future__ import annotations

import re
from uuid import UUID

from tocsin.content import attack, mappings
from tocsin.content.detection import RAISING, Detection, Risk, Throttling
from tocsin.content.facts import Facts
from tocsin.content.generation import (
    ATTACK_DATA_KEYS,
    DRILLDOWN_KEYS,
    FLAT_KEYS,
    TAG_KEYS,
    TAGGED_KEYS,
    TEST_KEYS,
    generation,
)
from tocsin.content.stated_risk import risk_of_findings, risk_of_rba, risk_of_tags
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import Diagnostic, Severity, worst
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Composed

TYPES = ("TTP", "Anomaly", "Hunting", "Correlation")
_OLD_TYPES = ("batch", "streaming", "ESCU")  # until mid 2021: how a search was run, or for which product
_READ_AS = "Anomaly"
_STATUSES = ("production", "experimental", "deprecated", "removed", "validation")
_DOMAINS = ("access", "endpoint", "network", "threat", "identity", "audit")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
_PERIOD = re.compile(r"\d+[smh]")


def read_detection(entries: Entries, path: str) -> tuple[Detection | None, tuple[Diagnostic, ...]]:
    """The detection, and what is wrong with its file. None if it could not run or would score wrongly."""
    problems: list[Diagnostic] = []
    top = Facts(entries, problems)
    found = generation(top)
    flat = found == "escu-6"
    tags = top if flat else top.inside("tags") or Facts(Entries({}, {}, entries.span), problems, "$.tags")
    top.only(FLAT_KEYS if flat else TAGGED_KEYS)
    if not flat:
        tags.only(TAG_KEYS)
    top.expect(
        "version", "modification_date" if flat else "date", "author", "description", *(() if flat else ("tags",))
    )
    _check(top, tags, "modification_date" if flat else "date")
    detection = _detection(top, tags, found, path)
    found_in_order = sorted(dict.fromkeys(problems), key=lambda each: each.span.start if each.span else 0)
    return (None if worst(problems) is Severity.error else detection), tuple(found_in_order)


def _detection(top: Facts, tags: Facts, found: str, path: str) -> Detection:
    search = top.scalar("search")
    stated, domain, techniques = top.text("type"), tags.text("security_domain"), _techniques(tags)
    kind = _READ_AS if stated in _OLD_TYPES else stated
    return Detection(
        name=top.text("name"),
        id=top.text("id").lower(),
        version=top.text("version"),
        date=top.text("modification_date") or top.text("creation_date") or top.text("date"),
        author=top.text("author"),
        status=top.text("status"),
        type=kind,
        description=top.text("description"),
        search=search.composed if search else Composed("", ()),
        path=path,
        generation=found,
        how_to_implement=top.text("how_to_implement"),
        known_false_positives=top.text("known_false_positives"),
        references=top.texts("references"),
        data_source=top.texts("data_source") or top.texts("data_sources"),
        required_fields=tags.texts("required_fields"),
        risk=_risk(top, tags, found),
        analytic_story=tags.texts("analytic_story"),
        asset_type=tags.text("asset_type"),
        mitre_attack=techniques,
        kill_chain_phases=tags.texts("kill_chain_phases") or mappings.kill_chain_phases(techniques),
        nist=tags.texts("nist") or mappings.nist(kind),
        cis20=tags.texts("cis20") or mappings.cis(domain),
        cve=tags.texts("cve"),
        product=tags.texts("product"),
        security_domain=domain,
        drilldown_searches=tuple(
            (each.text("name"), each.text("search")) for each in _each(top, "drilldown_searches", DRILLDOWN_KEYS)
        ),
        tests=tuple((each.text("name"), _data(each)) for each in _each(top, "tests", TEST_KEYS)),
        throttling=_throttling(tags),
    )


def _risk(top: Facts, tags: Facts, found: str) -> Risk | None:
    match found:
        case "escu-6":
            return risk_of_findings(top)
        case "2024-rba" | "2025":
            rba = top.inside("rba")
            if "rba" in top.entries.keys and top.text("type") in RAISING:
                top.expect("rba")
            return risk_of_rba(rba) if rba else None
        case _:
            return risk_of_tags(tags)


def _data(test: Facts) -> tuple[str, ...]:
    return tuple(each.text("data") for each in _each(test, "attack_data", ATTACK_DATA_KEYS))


def _each(facts: Facts, key: str, known: tuple[str, ...]) -> tuple[Facts, ...]:
    found = facts.each(key)
    for each in found:
        each.only(known)
    return found


def _throttling(tags: Facts) -> Throttling | None:
    facts = tags.inside("throttling")
    if not facts:
        return None
    facts.only(("fields", "period"))
    facts.require("fields", "period")
    if facts.has("period") and not _PERIOD.fullmatch(facts.text("period")):
        wanted = "a number of seconds, minutes or hours, such as `24h`"
        facts.problems.append(catalogue.wrong_value(facts.of("period"), wanted, facts.span("period")))
    return Throttling(facts.texts("fields"), facts.text("period"))


def _check(top: Facts, tags: Facts, date: str) -> None:
    """What the run needs must be right; what only people read should be."""
    top.require(
        "name", "id", "type", *(() if top.has("search") else ("search",))
    )  # an empty one is told when it is read
    _check_id(top)
    _check_type(top)
    _check_word(top, "status", _STATUSES, Severity.warning)
    _check_word(tags, "security_domain", _DOMAINS, Severity.warning)
    _check_form(top, "version", re.compile(r"\d+"), "a whole number")
    _check_form(top, date, _DATE, "a date, year-month-day")
    _check_techniques(tags)


def _check_id(top: Facts) -> None:
    if top.says("id"):
        try:
            UUID(top.text("id"))
        except ValueError:
            top.problems.append(catalogue.odd_value(top.of("id"), "a UUID", top.span("id")))


def _check_type(top: Facts) -> None:
    if top.text("type") in _OLD_TYPES:
        top.problems.append(catalogue.old_type(top.text("type"), _READ_AS, TYPES, top.span("type")))
    else:
        _check_word(top, "type", TYPES, Severity.error)


def _check_word(facts: Facts, key: str, known: tuple[str, ...], severity: Severity) -> None:
    word = facts.text(key)
    if word and word not in known:
        make = catalogue.wrong_value if severity is Severity.error else catalogue.odd_value
        facts.problems.append(make(facts.of(key), catalogue.one_of(known), facts.span(key), word, known))


def _check_form(facts: Facts, key: str, form: re.Pattern[str], wanted: str) -> None:
    text = facts.text(key)
    if text and not form.fullmatch(text):
        facts.problems.append(catalogue.odd_value(facts.of(key), wanted, facts.span(key)))


def _techniques(tags: Facts) -> tuple[str, ...]:
    """Ids as ATT&CK writes them, in capitals; what is none stays as it is."""
    found = tags.texts("mitre_attack_id")
    return tuple(each.upper() if _TECHNIQUE.fullmatch(each.upper()) else each for each in found)


def _check_techniques(tags: Facts) -> None:
    for each in tags.scalars("mitre_attack_id"):
        text = each.text.strip()
        if not _TECHNIQUE.fullmatch(text):
            wanted = "ATT&CK technique ids, such as `T1204.003`"
            tags.problems.append(catalogue.odd_value(tags.of("mitre_attack_id"), wanted, each.span))
        elif attack.technique(text) is None:
            tags.problems.append(catalogue.unknown_technique(text, attack.table().version, each.span))
