"""Whatever a file holds, reading it gives content or diagnostics, never another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.content.library import generation_text
from tocsin.content.library import load_library
from tocsin.content.page import page
from tocsin.diagnostics import Diagnostic
from tocsin.risk.message import Filler

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.sampled_from(
    ["name", "id", "type", "search", "tags", "rba", "finding", "definition", "narrative", "filename", "TTP", "70", "",
     "risk_objects", "entities", "observable", "intermediate_findings", "message", "$user$", "`m(1)`", "null", "a.csv",
     "mitre_attack_id", "T1204", "score", "threat_objects", "field", "arguments", "match_type", "throttling", "tests"]
)  # fmt: skip
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5), max_leaves=20
)


def load(root: Path, name: str, data: bytes) -> None:
    (root / name).write_bytes(data)
    library = load_library([root])
    assert all(isinstance(each, Diagnostic) for each in library.diagnostics)
    for detection in library.detections:
        assert page(detection, library)
        if detection.risk:
            Filler({}).fill(detection.risk.message)


@pytest.mark.property
@SETTINGS
@given(content=st.dictionaries(WORDS, VALUES, max_size=8))
def test_any_values_under_the_known_keys(tmp_path: Path, content: dict[str, object]) -> None:
    load(tmp_path, "a.yml", yaml.dump(content).encode())


@pytest.mark.property
@SETTINGS
@given(
    generation=st.sampled_from(["2021", "2024", "2024-rba", "2025", "escu-6"]),
    at=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@`#,? \n\t\x00\u00e9\udc80"), max_size=8),
)
def test_any_damage_to_a_detection(tmp_path: Path, generation: str, at: float, length: int, put: str) -> None:
    text = generation_text(generation)
    start = int(at * len(text))
    damaged = text[:start] + put + text[start + length :]
    load(tmp_path, "a.yml", damaged.encode("utf-8", "surrogateescape"))


@pytest.mark.property
@SETTINGS
@given(text=st.text(alphabet=st.sampled_from('[]()=#\\\n\r ,ab1$"\u00e9'), max_size=60))
def test_any_macros_conf(tmp_path: Path, text: str) -> None:
    load(tmp_path, "macros.conf", text.encode())
