"""Small libraries: detections, macros and lookups in a folder of their own."""

from __future__ import annotations

import json
from pathlib import Path


def detection(folder: Path, name: str, search: str, **facts: object) -> Path:
    """A file with a detection of today's form, with the facts that every one must state."""
    stated: dict[str, object] = {
        "name": name,
        "id": f"00000000-0000-4000-8000-{sum(name.encode()):012}",
        "version": 1,
        "date": "2026-03-01",
        "author": "Ann Example",
        "status": "production",
        "type": "Anomaly",
        "description": "For tests.",
        "data_source": ["AWS CloudTrail"],
        "search": search,
        "how_to_implement": "In no way.",
        "known_false_positives": "None.",
        "references": [],
        "rba": {"message": "It was $user$", "risk_objects": [{"field": "user", "type": "user", "score": 30}]},
        "tags": {
            "analytic_story": [],
            "asset_type": "AWS Account",
            "mitre_attack_id": ["T1204"],
            "product": ["Splunk"],
        },
    }
    return _written(folder / "detections" / f"{_file_name(name)}.yml", stated | facts)


def macro(folder: Path, name: str, definition: str, *arguments: str) -> Path:
    stated: dict[str, object] = {"name": name, "definition": definition, "description": "For tests."}
    path = folder / "macros" / f"{name}.yml"
    return _written(path, stated | ({"arguments": list(arguments)} if arguments else {}))


def macros_conf(folder: Path, **definitions: str) -> Path:
    """Macros in Splunk's own form."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "macros.conf"
    path.write_text("\n".join(f"[{name}]\ndefinition = {text}\n" for name, text in definitions.items()))
    return path


def lookup(folder: Path, name: str, *lines: str) -> Path:
    path = folder / "lookups" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return path


def _file_name(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name.lower())


def _written(path: Path, stated: dict[str, object]) -> Path:
    """As JSON, which is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stated, indent=1))
    return path
