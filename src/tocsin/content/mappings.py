"""Mappings that newer detections no longer state: kill chain phases, NIST, CIS. contentctl derives them, so we do.

Kill chain phases follow from the tactics of the techniques, NIST from the type of detection, CIS from its
security domain.
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.content.attack import tactics_of, techniques

_PHASES = {
    "Reconnaissance": "Reconnaissance",
    "Resource Development": "Weaponization",
    "Initial Access": "Delivery",
    "Execution": "Installation",
    "Persistence": "Installation",
    "Privilege Escalation": "Exploitation",
    "Defense Evasion": "Exploitation",
    "Credential Access": "Exploitation",
    "Discovery": "Exploitation",
    "Lateral Movement": "Exploitation",
    "Collection": "Exploitation",
    "Command and Control": "Command and Control",
    "Exfiltration": "Actions on Objectives",
    "Impact": "Actions on Objectives",
}


def kill_chain_phases(technique_ids: Iterable[str]) -> tuple[str, ...]:
    """The phases of the techniques' tactics, in alphabetical order.

    >>> kill_chain_phases(["T1204.003", "T1204"])
    ('Installation',)
    """
    return tuple(sorted({_PHASES[tactic.name] for tactic in tactics_of(techniques(technique_ids))}))


def nist(detection_type: str) -> tuple[str, ...]:
    """Continuous monitoring for a TTP, anomalies and events for every other type."""
    return ("DE.CM",) if detection_type == "TTP" else ("DE.AE",)


def cis(security_domain: str) -> tuple[str, ...]:
    """Network monitoring and defence for the domain `network`, malware defences for every other."""
    return ("CIS 13",) if security_domain == "network" else ("CIS 10",)
