"""Lookups: definitions with their options, tables from CSV files that may not lead out of their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.library import names, write
from tocsin.content.csv_table import read_table
from tocsin.content.lookup import LookupTable
from tocsin.content.lookup_file import read_bare, read_lookup
from tocsin.content.yaml_document import read_document
from tocsin.diagnostics import Diagnostic, Severity
from tocsin.source import Source


def lookup(root: Path, text: str) -> tuple[LookupTable | None, tuple[Diagnostic, ...]]:
    return read_lookup(read_document(Source("l.yml", text)), root / "l.yml")


def test_a_table_is_read_with_its_options(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv": 'user,note\nci-*,"a, b"\nbot,\n'})
    table, problems = lookup(
        tmp_path,
        "name: known\nfilename: t.csv\nmatch_type: WILDCARD(user), CIDR(net)\nmin_matches: 1\nmax_matches: 5\n"
        "default_match: 'false'\ncase_sensitive_match: 'false'\ndescription: d\n",
    )
    assert problems == () and table is not None
    assert (table.name, table.columns) == ("known", ("user", "note"))
    assert table.rows == (("ci-*", "a, b"), ("bot", ""))
    options = table.options
    assert options.match_types == (("user", "WILDCARD"), ("net", "CIDR"))
    assert (options.min_matches, options.max_matches, options.default_match) == (1, 5, "false")
    assert options.case_sensitive_match is False


def test_splunks_defaults_hold_where_nothing_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"l.csv": "a\n1\n"})
    table, problems = lookup(tmp_path, "name: l\nlookup_type: csv\nmatch_type:\n- WILDCARD(a)\n")
    assert problems == () and table is not None
    assert table.rows == (("1",),), "the file has the definition's name"
    assert (table.options.case_sensitive_match, table.options.min_matches, table.options.max_matches) == (True, 0, 1000)
    assert table.options.match_types == (("a", "WILDCARD"),)


def test_a_collection_has_columns_and_no_rows(tmp_path: Path) -> None:
    table, problems = lookup(tmp_path, "name: seen\ncollection: seen\nfields_list: _key, user, lastTime\n")
    assert problems == () and table is not None
    assert (table.kind, table.columns, table.rows) == ("collection", ("user", "lastTime"), ())


@pytest.mark.parametrize("filename", ["../secret.csv", "/etc/passwd", "sub/t.csv", "link.csv"])
def test_a_table_never_leads_out_of_its_folder(tmp_path: Path, filename: str) -> None:
    root = write(tmp_path, {"in/sub/t.csv": "a\n1\n", "secret.csv": "a\n1\n"}) / "in"
    (root / "link.csv").symlink_to(tmp_path / "secret.csv")
    table, problems = lookup(root, f"name: l\nfilename: {filename}\n")
    assert table is None
    assert [(each.name, each.severity) for each in problems] == [("lookup-path", Severity.error)]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"real.csv": "a\n1\n"})
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    table, _ = lookup(tmp_path, "name: l\nfilename: link.csv\n")
    assert table is not None and table.rows == (("1",),)


def test_a_missing_file_leaves_an_empty_table_and_a_warning(tmp_path: Path) -> None:
    table, problems = lookup(tmp_path, "name: l\nfilename: gone.csv\n")
    assert table is not None and table.rows == ()
    assert names(problems) == ["lookup-missing"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: l\nfilename: model.mlmodel\n", "lookup-kind"),
        ("name: l\nfilename: t.csv\nmatch_type: GLOB(a)\n", "wrong-value"),
        ("name: l\nfilename: t.csv\nmin_matches: many\n", "wrong-value"),
        ("name: l\nfilename: t.csv\ncase_sensitive_match: perhaps\n", "wrong-value"),
        ("filename: t.csv\n", "missing-key"),
    ],
)
def test_a_wrong_definition_is_left_out(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, {"t.csv": "a\n1\n"})
    table, problems = lookup(tmp_path, text)
    assert table is None
    assert names(problems) == [problem]


def test_ragged_rows_are_evened_and_counted(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv": "a,b\n1\n1,2\n\n1,2,3\n"})
    columns, rows, problems = read_table(tmp_path / "t.csv")
    assert columns == ("a", "b")
    assert rows == (("1", ""), ("1", "2"), ("1", "2"))
    assert "2 rows" in problems[0].message and "row 2" in problems[0].message


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "lookup-csv"),
        (b",\n1,2\n", "lookup-csv"),
        (b"a,a\n1,2\n", "lookup-csv"),
        (b"a\n\xff\n", "not-utf-8"),
        (b"a\n" + b"x" * 200_000, "lookup-csv"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    table, problems = read_bare(tmp_path / "t.csv")
    assert table is None
    assert names(problems) == [problem]


def test_a_table_is_bounded(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv": "a\n1\n"})
    assert names(read_table(tmp_path / "t.csv", limit=3)[2]) == ["file-too-large"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbfuser\nx\n")
    assert read_table(tmp_path / "t.csv")[0] == ("user",)


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    table, problems = lookup(tmp_path, f"name: l\nfilename: {'n' * 300}.csv\n")
    assert table is None
    assert [(each.name, each.severity) for each in problems] == [("lookup-path", Severity.error)]
