"""The dialects in which libraries have written detections, and how to tell them apart by their keys.

`2021`     tags with observables; kill chain, NIST and CIS stated; no `status`
`2024`     tags with confidence, impact, message, observables, required fields (contentctl 4)
`2024-rba` an `rba` block whose objects carry `risk_score`, beside the old tags (November 2024)
`2025`     an `rba` block whose objects carry `score` (contentctl 5)
`escu-6`   no tags; `finding`, `intermediate_findings`, `threat_objects` and two dates
"""

from __future__ import annotations

from tocsin.content.facts import Facts
from tocsin.content.yaml_value import Entries, Items

_COMMON = (
    "name", "id", "version", "author", "status", "type", "description", "data_source", "search", "how_to_implement",
    "known_false_positives", "references", "drilldown_searches", "tests", "baselines",
)  # fmt: skip

TAGGED_KEYS = (
    *_COMMON, "date", "tags", "rba", "datamodel", "data_sources", "enabled_by_default", "explanation",
    "deprecation_info", "automated_detection_testing", "nes_fields",
)  # fmt: skip

TAG_KEYS = (
    "analytic_story", "asset_type", "atomic_guid", "automated_detection_testing", "cis20", "confidence",
    "confidence_id", "context", "cve", "dataset", "drilldown_search", "evidence_str", "group", "impact", "impact_id",
    "kill_chain_phases", "manual_test", "message", "mitre_attack_id", "nist", "observable", "product",
    "required_fields", "risk_object", "risk_object_type", "risk_score", "security_domain", "supported_tas",
    "throttling",
)  # fmt: skip

FLAT_KEYS = (
    *_COMMON, "creation_date", "modification_date", "deprecation_info", "finding", "intermediate_findings",
    "threat_objects", "analytic_story", "threat_group", "asset_type", "cve", "atomic_guid", "mitre_attack_id",
    "product", "category", "security_domain", "schedule", "custom_schedule", "throttling",
)  # fmt: skip

DRILLDOWN_KEYS = ("name", "search", "earliest_offset", "latest_offset")
TEST_KEYS = (
    "name", "attack_data", "description", "test_type", "pass_condition", "earliest_time", "latest_time", "baselines",
    "file",
)  # fmt: skip
ATTACK_DATA_KEYS = ("data", "source", "sourcetype", "custom_index", "index", "host", "update_timestamp", "file_name")

_FLAT_MARKS = ("finding", "intermediate_findings", "creation_date", "modification_date")
_OLD_RISK = ("confidence", "impact", "observable", "message")


def generation(top: Facts) -> str:
    """The dialect of a detection, by the keys that only one of them has."""
    keys, tags = top.entries.keys, top.entries.values.get("tags")
    if "rba" in keys:
        return "2024-rba" if _scores(top) == "risk_score" else "2025"
    if any(key in keys for key in _FLAT_MARKS) and not isinstance(tags, Entries):
        return "escu-6"
    if "status" not in keys:
        return "2021"
    tag_keys = tags.keys if isinstance(tags, Entries) else {}
    return "2024" if any(key in tag_keys for key in _OLD_RISK) else "2025"


def _scores(top: Facts) -> str:
    """The key under which the `rba` block's first object keeps its score."""
    rba = top.entries.values.get("rba")
    objects = rba.values.get("risk_objects") if isinstance(rba, Entries) else None
    first = objects.values[0] if isinstance(objects, Items) and objects.values else None
    if isinstance(first, Entries) and "risk_score" in first.keys and "score" not in first.keys:
        return "risk_score"
    return "score"
