"""Small libraries on disk for these tests."""

from __future__ import annotations

from pathlib import Path

from tocsin.content.detection import Detection
from tocsin.content.detection_file import read_detection
from tocsin.content.yaml_document import read_document
from tocsin.diagnostics import Diagnostic
from tocsin.source import Source

GENERATIONS = Path(__file__).parent / "generations"

DETECTION = """\
name: {name}
id: {id}
version: 1
date: '2026-01-02'
author: An Analyst
status: production
type: TTP
description: Something.
search: '`cloudtrail` eventName=PutImage | `{filter}`'
tags:
  analytic_story: []
  security_domain: network
"""


def detection_text(name: str = "Night Push", number: int = 1, filter: str = "night_push_filter") -> str:
    return DETECTION.format(name=name, id=f"00000000-0000-4000-8000-{number:012d}", filter=filter)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def read(text: str, name: str = "night_push.yml") -> tuple[Detection | None, tuple[Diagnostic, ...]]:
    return read_detection(read_document(Source(name, text)), name)


def read_well(text: str, name: str = "night_push.yml") -> Detection:
    detection, problems = read(text, name)
    assert problems == ()
    assert detection is not None
    return detection


def names(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [each.name for each in problems]


def generation_text(name: str) -> str:
    return (GENERATIONS / f"{name}.yml").read_text(encoding="utf-8")
