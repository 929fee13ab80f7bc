"""Pipelines: where commands begin, what macros wrote, and that one error hides no other."""

from __future__ import annotations

import pytest

from tests.spl.reading import commands, errors, library, problems, warnings, whole
from tocsin.source import Composed, Piece, Source, Span
from tocsin.spl.ast import Term
from tocsin.spl.commands import other
from tocsin.spl.commands.other import Other
from tocsin.spl.commands.search import Search
from tocsin.spl.commands.stats import Stats
from tocsin.spl.macros import expand
from tocsin.spl.parser import MAX_LENGTH, TABLE, parse
from tocsin.spl.printer import dump, print_pipeline


def kinds(text: str) -> list[str]:
    return [type(each).__name__ for each in commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", ["Search"]),
        ("search a", ["Search"]),
        ("a | stats count | where count > 1", ["Search", "Stats", "Where"]),
        ("| tstats count", ["Other"]),
        ("  | makeresults | eval a=1", ["Other", "Eval"]),
        ("|stats count", ["Stats"]),
        ("a\n| stats count\n| table x\n", ["Search", "Stats", "Table"]),
        ('x="a | b" | rex "c|d" | search y="|"', ["Search", "Rex", "Search"]),
        ("a\\|b | head", ["Search", "Head"]),
        ("a [ search b | head ] | head", ["Search", "Head"]),
    ],
)
def test_pipes_outside_quotes_and_brackets_end_commands(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_single_quotes_protect_no_pipe_in_a_search() -> None:
    assert kinds("user=o'brien | table user | search user=o'neill | head") == ["Search", "Table", "Search", "Head"]


def test_a_leading_search_is_the_command_and_not_a_word() -> None:
    assert commands("search a") == commands("a")
    (found,) = commands("searching a")
    assert isinstance(found, Search)
    assert found.expression is not None


def test_every_error_is_found_and_the_reading_goes_on() -> None:
    text = "a= | stats avg | foo | rename a* as b | where ( | append [ bar | table ] | eval x=1"
    assert [name for name, _ in errors(text)] == [
        "missing-value",
        "unsupported-aggregation",
        "unknown-command",
        "wildcard-mismatch",
        "unexpected-end",
        "unknown-command",
        "missing-argument",
    ]


def test_errors_come_with_the_warnings() -> None:
    assert [name for name, _ in errors("a or b | foo")] == ["unknown-command", "lowercase-operator"]


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("", "empty-search", ""),
        (" \n", "empty-search", " \n"),
        ("|", "empty-command", "|"),
        ("a |", "empty-command", "|"),
        ("a | | head", "empty-command", "|"),
        ("| 5", "unknown-command", "5"),
        ("a | stats count)", "unexpected-token", ")"),
        ("a ] [ b", "unopened-bracket", "]"),
        ('a | eval x="b', "unclosed-quote", '"'),
        ("| " + "append [ | " * 25 + "head" + " ]" * 25, "nested-too-deep", "["),
    ],
)
def test_what_is_no_pipeline_is_reported(text: str, name: str, at: str) -> None:
    assert errors(text)[0] == (name, at)


def test_unknown_commands_get_the_nearest_name() -> None:
    assert problems(lambda: parse(whole("a | evel x=1")))[0].help == "did you mean `eval`?"
    assert "`[ search index" in problems(lambda: parse(whole("a [ index=b ]")))[0].help


def test_twenty_subsearches_in_each_other_are_fine() -> None:
    assert kinds("| " + "append [ | " * 20 + "head" + " ]" * 20) == ["Other"]


def test_the_deepest_search_is_read_and_written() -> None:
    deep = "search " + "(" * 40 + "a" + ")" * 40 + " | where " + "if(a=1 AND NOT b+1>(" * 20 + "1" + "),1,2)" * 20
    text = "| append [ " * 20 + deep + " ]" * 20
    pipeline = parse(whole(text)).pipeline
    assert parse(whole(print_pipeline(pipeline))).pipeline == pipeline
    assert "if" in dump(pipeline)


def test_a_text_without_end_is_refused() -> None:
    assert errors("a " * MAX_LENGTH)[0][0] == "search-too-long"


def test_many_errors_end_at_a_hundred() -> None:
    assert len(errors("a" + " | foo" * 5000)) == 100


def test_commands_know_the_macro_that_wrote_them() -> None:
    macros = library(base="x=1 | head", tail="stats count", inner="`tail`")
    found = parse(expand(whole("`base` | `inner` | table y"), macros)).pipeline.commands
    assert [each.macro for each in found] == [None, "base", "inner", None]
    assert found[2].keyword.source.name == "tail.yml"


def test_spans_lead_back_through_folded_lines() -> None:
    source = Source("d.yml", "search: a\n  b=c\n")
    text = Composed(
        "a b=c", (Piece(1, Span(source, 8, 9)), Piece(1, Span(source, 9, 12)), Piece(3, Span(source, 12, 15)))
    )
    found = parse(text).pipeline.commands[0]
    assert isinstance(found, Search)
    assert found.span.text == "a\n  b=c"
    bad = problems(lambda: parse(Composed("a b=", (*text.pieces[:2], Piece(2, Span(source, 12, 14))))))[0]
    assert bad.span is not None
    assert bad.span.source.line_column(bad.span.start) == (2, 4)


def test_the_text_may_be_all_of_a_macro() -> None:
    parsed = parse(expand(whole("`m`"), library(m="| tstats count")))
    assert isinstance(parsed.pipeline.commands[0], Other)


def test_a_filter_macro_is_a_command_of_its_own() -> None:
    found = parse(expand(whole("a | stats count | `f`"), library(f="search *"))).pipeline.commands
    assert isinstance(found[1], Stats)
    last = found[2]
    assert isinstance(last, Search)
    assert isinstance(last.expression, Term)


def test_every_command_is_named_once_and_in_lower_case() -> None:
    names = [*other.COMMANDS, *other.APP_COMMANDS]
    own = {name for name, read in TABLE.items() if read is not other.parse}
    assert len(names) == len(set(names))
    assert not own & set(names)
    assert all(name == name.lower() for name in TABLE)
    assert set(other.GENERATING) <= set(TABLE)


def test_a_right_search_has_no_warnings() -> None:
    assert warnings("sourcetype=x a OR b | where c='d.e' | stats count by f") == []
