"""The numbers on the page of security are those of the code."""

from __future__ import annotations

from tests.docs.console import ROOT
from tocsin.cli.main import tocsin
from tocsin.cloudtrail import containers, inflate
from tocsin.cloudtrail.account import KEPT
from tocsin.content import csv_table, lookup, text_file, yaml_document
from tocsin.plan.lower import pattern, pipeline
from tocsin.spl import cursor, macros, parser, structure

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def row(subject: str) -> str:
    """The bound that the table gives for a subject."""
    return next(line.split("|")[2] for line in PAGE.splitlines() if line.startswith(f"| {subject} |"))


def test_the_bounds_of_content_and_searches() -> None:
    assert f"{text_file.MAX_BYTES >> 20} MiB" in row("a content file")
    assert f"{csv_table.MAX_BYTES >> 20} MiB" in row("a content file")
    assert f"{yaml_document.MAX_DEPTH} deep, {yaml_document.MAX_VALUES:,} values" in row("YAML")
    search = row("a search, macros put in")
    assert f"{parser.MAX_LENGTH:,} characters, {cursor.MAX_DEPTH} deep, {pipeline.MOST_NODES} commands" in search
    assert f"{structure.MAX_PROBLEMS} problems" in search
    assert f"{macros.MAX_DEPTH} deep, {macros.MAX_CALLS:,} calls" in row("macros")
    regex = f"{pattern.LONGEST:,} characters, {pattern.DEEPEST} groups deep, {pattern.MOST_REPEATS:,} repetitions"
    assert regex in row("regular expressions")
    assert f"{lookup.LookupOptions().max_matches:,} matches" in row("lookups")


def test_the_bounds_of_input() -> None:
    defaults = {each.name: str(each.default) for each in tocsin.get_command(None, "scan").params}  # type: ignore[arg-type, union-attr]
    assert defaults["max_file_size"].replace("GB", " GB") in row("one file, decompressed")
    assert defaults["max_record_size"].replace("MB", " MB") in row("one record")
    assert defaults["memory"].replace("GB", " GB") in row("memory of the engine")
    assert str(containers._DEEPEST) in row("containers in containers")
    assert f"{inflate.WHOLE >> 20} MB" in row("a file held whole")
    assert f"{KEPT:,}" in row("the list of problems")
