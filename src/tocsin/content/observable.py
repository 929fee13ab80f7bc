"""The observables of older detections, turned into risk objects and threat objects as contentctl 4 does."""

from __future__ import annotations

from tocsin.content.detection import RiskObject, ThreatObject
from tocsin.content.facts import Facts
from tocsin.diagnostics.catalogue import content as catalogue

_VICTIMS = {
    "user": "user",
    "username": "user",
    "email address": "user",
    "device": "system",
    "endpoint": "system",
    "hostname": "system",
    "ip address": "system",
}
_ATTACKERS = {
    "process name": "process",
    "process": "process",
    "file name": "file_name",
    "file": "file_name",
    "file hash": "file_name",
    "ip address": "ip_address",
    "url string": "url",
    "url": "url",
}
_ROLES = (
    "Attacker", "Victim", "Target", "Actor", "Parent Process", "Child Process", "Known Bad", "Data Loss", "Observer",
    "Other", "Unknown",
)  # fmt: skip


def observed(observables: tuple[Facts, ...], score: int) -> tuple[tuple[RiskObject, ...], tuple[ThreatObject, ...]]:
    """Risk objects, which all score the same, and threat objects, in the order of the file.

    A victim of a known kind is a user or a system; an attacker is a threat of its own kind, whatever that is;
    everything else (`User Name` with a space too) is a risk object of type `other`.
    """
    risks: list[RiskObject] = []
    threats: list[ThreatObject] = []
    for each in observables:
        each.require("name", "type")
        each.expect("role")
        _check_roles(each)
        each.only(("name", "type", "role"))
        field, kind, roles = each.text("name"), each.text("type").lower(), each.texts("role")
        if not field:
            continue
        if "Victim" in roles and kind in _VICTIMS:
            risks.append(RiskObject(field, _VICTIMS[kind], score))
        elif "Attacker" in roles:
            threats.append(ThreatObject(field, _ATTACKERS.get(kind, kind)))
        else:
            risks.append(RiskObject(field, "other", score))
    return tuple(risks), tuple(threats)


def _check_roles(observable: Facts) -> None:
    for role in observable.scalars("role"):
        word = role.text.strip()
        if word not in _ROLES:
            wanted = catalogue.one_of(_ROLES)
            observable.problems.append(catalogue.odd_value(observable.of("role"), wanted, role.span, word, _ROLES))
