"""The corpus of the benchmarks is what it says it is, and the slowest peer answers as the second opinion does."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.naive import naive_flagship

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def make(folder: Path, layout: str) -> dict[str, Any]:
    command = [
        sys.executable,
        f"{BENCHMARKS}/make_events.py",
        f"{folder}",
        "--mb",
        "16",
        "--layout",
        layout,
        "--seed",
        "2",
        "--one-in",
        "500",
    ]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    manifest: dict[str, Any] = json.loads(folder.with_name(folder.name + ".manifest.json").read_text())
    made: dict[str, Any] = manifest["made"]
    return made


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): gzip.decompress(path.read_bytes()) for path in sorted(folder.rglob("*.gz"))}


@pytest.mark.parametrize(("layout", "size"), [("large", 5_000_000), ("small", 20_000)])
def test_a_corpus_is_what_its_manifest_says(tmp_path: Path, layout: str, size: int) -> None:
    made = make(tmp_path / "corpus", layout)
    found = texts(tmp_path / "corpus")
    records = [record for text in found.values() for record in json.loads(text)["Records"]]
    assert made["files"] == len(found)
    assert made["records"] == len(records)
    assert made["raw_bytes"] == sum(map(len, found.values()))
    assert made["put_image"] == sum(record["eventName"] == "PutImage" for record in records)
    assert size <= min(map(len, found.values())) <= max(map(len, found.values())) < size + 5_000
    assert len({record["eventID"] for record in records}) == len(records)


def test_the_same_seed_makes_the_same_corpus(tmp_path: Path) -> None:
    make(tmp_path / "one", "small")
    make(tmp_path / "two", "small")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_the_peer_in_plain_python_answers_as_the_second_opinion_does(tmp_path: Path) -> None:
    made = make(tmp_path / "corpus", "large")
    peer = [sys.executable, f"{BENCHMARKS}/peers/plain_python.py", "flagship", f"{tmp_path}/corpus"]
    done = subprocess.run(peer, check=True, timeout=120, capture_output=True, text=True)
    records = [record for text in texts(tmp_path / "corpus").values() for record in json.loads(text)["Records"]]
    expected = naive_flagship(records)
    assert 0 < expected.dropped < expected.matched <= made["put_image"]
    assert sorted(map(str, map(json.loads, done.stdout.splitlines()))) == sorted(map(str, expected.rows))
