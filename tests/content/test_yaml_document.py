"""A file is one mapping of texts, lists and mappings, or a diagnostic."""

from __future__ import annotations

import pytest

from tocsin.content.yaml_document import MAX_DEPTH, read_document
from tocsin.content.yaml_value import Entries, Items, Scalar
from tocsin.diagnostics import ContentError, Diagnostic
from tocsin.source import Source


def problem(text: str) -> Diagnostic:
    with pytest.raises(ContentError) as caught:
        read_document(Source("a.yml", text))
    assert len(caught.value.diagnostics) == 1
    return caught.value.diagnostics[0]


def line(found: Diagnostic) -> int:
    assert found.span is not None
    return found.span.source.line_column(found.span.start)[0]


def test_scalars_stay_the_words_that_were_written() -> None:
    root = read_document(Source("a.yml", "a: no\nb: 1.0\nc: 2021-08-18\nd: 0x10\ne: ~\nf: '~'\n"))
    values = {key: value for key, value in root.values.items() if isinstance(value, Scalar)}
    assert {key: value.text for key, value in values.items()} == {
        "a": "no", "b": "1.0", "c": "2021-08-18", "d": "0x10", "e": "~", "f": "~",
    }  # fmt: skip
    assert [key for key, value in values.items() if value.null] == ["e"]


def test_lists_and_mappings_keep_order_and_places() -> None:
    root = read_document(Source("a.yml", "b:\n- x\n- y\na: {k: v}\n"))
    assert list(root.values) == ["b", "a"]
    items, entries = root.values["b"], root.values["a"]
    assert isinstance(items, Items) and isinstance(entries, Entries)
    assert [each.text for each in items.values if isinstance(each, Scalar)] == ["x", "y"]
    assert root.keys["a"].source.line_column(root.keys["a"].start) == (4, 1)


def test_an_alias_stands_for_its_anchor() -> None:
    root = read_document(Source("a.yml", "a: &x [1, 2]\nb: *x\n"))
    assert root.values["a"] == root.values["b"]


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a: !!python/object/apply:os.system [x]\n", "yaml-tag", 1),
        ("a: 1\nb: !secret x\n", "yaml-tag", 2),
        ("a: !!binary aGVsbG8=\n", "yaml-tag", 1),
        ("a: *nowhere\n", "yaml-alias", 1),
        ("a: &x [*x]\n", "yaml-alias", 1),
        ("x: &x {a: 1}\nb:\n  <<: *x\n", "yaml-merge", 3),
        ("? [a]\n: b\n", "yaml-key", 1),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2),
        ("- a\n", "not-a-mapping", 1),
        ("just text\n", "not-a-mapping", 1),
        ("a:\n\t- b\n", "invalid-yaml", 2),
        ("a: 'never closed\nb: c\n", "invalid-yaml", 3),
    ],
)
def test_what_is_not_one_plain_mapping_is_refused_at_its_line(text: str, name: str, at: int) -> None:
    found = problem(text)
    assert (found.name, line(found)) == (name, at)


@pytest.mark.parametrize("text", ["", "# nothing\n", "~\n", "---\n"])
def test_an_empty_file_is_named_empty(text: str) -> None:
    assert (problem(text).name, problem(text).where) == ("empty-file", "a.yml")


def test_a_key_given_twice_names_both_lines() -> None:
    assert "line 1 and on line 3" in problem("a: 1\nb: 2\na: 3\n").message


def test_nesting_is_bounded() -> None:
    assert problem("a: " + "[" * 1_000_000).name == "yaml-too-deep"
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert isinstance(read_document(Source("a.yml", deep)), Entries)


def test_aliases_count_with_all_that_they_stand_for() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert problem("\n".join(lines)).name == "yaml-too-many-values"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("search: `cloudtrail` a=b\n", "needs quotes"),
        ("message: pushed: twice\n", "needs quotes"),
        ("a:\n\tb: c\n", "spaces"),
    ],
)
def test_common_slips_get_advice(text: str, advice: str) -> None:
    assert advice in problem(text).help


def test_names_from_a_file_are_shortened_in_messages() -> None:
    key = "k" * 5000
    assert len(problem(f"{key}: 1\n{key}: 2\n").message) < 300
