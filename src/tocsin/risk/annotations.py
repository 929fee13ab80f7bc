"""A finding's annotations under the names that the risk index has for them."""

from __future__ import annotations

from typing import Any

from tocsin.content.attack import tactics_of
from tocsin.risk.finding import Finding


def annotation_fields(finding: Finding) -> dict[str, Any]:
    """`annotations.*`, each a list of text; a framework that says nothing is left out.

    Tactics are written as machines do (`command-and-control`), with their ids beside them.
    """
    detection = finding.detection
    frameworks = {
        "cis20": detection.cis20,
        "kill_chain_phases": detection.kill_chain_phases,
        "mitre_attack": detection.mitre_attack,
        "nist": detection.nist,
        "cve": detection.cve,
        "data_source": detection.data_source,
        "analytic_story": detection.analytic_story,
        "type": (detection.type,),
    }
    given = {name: list(values) for name, values in frameworks.items() if values}
    return {
        "annotations._all": [value for values in given.values() for value in values],
        "annotations._frameworks": list(given),
        **{f"annotations.{name}": values for name, values in given.items()},
        **_attack(finding),
    }


def _attack(finding: Finding) -> dict[str, Any]:
    tactics = tactics_of(finding.techniques)
    details = {
        "mitre_technique_id": [each.technique_id for each in finding.techniques],
        "mitre_technique": [each.technique for each in finding.techniques if each.technique],
        "mitre_tactic_id": [each.tactic_id for each in tactics],
        "mitre_tactic": [each.short for each in tactics],
    }
    return {f"annotations.mitre_attack.{name}": values for name, values in details.items() if values}
