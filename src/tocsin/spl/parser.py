"""Reads a search, macros already expanded: text in, syntax tree and warnings out, or every error at once.

`TABLE` says which module reads which command. A command that is wrong does not stop the reading: it goes on at
the next pipe, and all that was found (up to a hundred errors) is raised together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Composed, Span
from tocsin.spl.ast import Command, Expr, Pipeline, SearchExpr
from tocsin.spl.commands import bin as bin_
from tocsin.spl.commands import (
    businesshours,
    convert,
    dedup,
    eventstats,
    fields,
    fillnull,
    head,
    lookup,
    mvexpand,
    other,
    regex,
    rename,
    rex,
    search,
    sort,
    spath,
    stats,
    table,
    unusualhour,
    where,
)
from tocsin.spl.commands import eval as eval_
from tocsin.spl.cursor import Cursor, Reading
from tocsin.spl.eval_expression import read_expression
from tocsin.spl.lexer import COMMAND, EVAL, SEARCH
from tocsin.spl.locate import Locator
from tocsin.spl.search_expression import read_search
from tocsin.spl.structure import MAX_PROBLEMS, Block, read_structure

MAX_LENGTH = 1 << 20

TABLE: Mapping[str, Callable[[Cursor], Command]] = {
    "bin": bin_.parse,
    "bucket": bin_.parse,
    "businesshours": businesshours.parse,
    "convert": convert.parse,
    "dedup": dedup.parse,
    "eval": eval_.parse,
    "eventstats": eventstats.parse,
    "fields": fields.parse,
    "fillnull": fillnull.parse,
    "head": head.parse,
    "lookup": lookup.parse,
    "mvexpand": mvexpand.parse,
    "regex": regex.parse,
    "rename": rename.parse,
    "rex": rex.parse,
    "search": search.parse,
    "sort": sort.parse,
    "spath": spath.parse,
    "stats": stats.parse,
    "table": table.parse,
    "unusualhour": unusualhour.parse,
    "where": where.parse,
    **dict.fromkeys((*other.COMMANDS, *other.APP_COMMANDS), other.parse),
}


class Parsed(Struct, frozen=True):
    pipeline: Pipeline
    warnings: tuple[Diagnostic, ...] = ()


def parse(text: Composed) -> Parsed:
    """The tree of a whole search. Raises CompileError with all errors and warnings, in the order of the text."""
    reading, outer = _open(text)
    pipeline = _read_outer(reading, outer)
    _raise_errors(reading)
    return Parsed(pipeline, tuple(reading.warnings))


def parse_expression(text: Composed) -> Expr:
    """An eval expression that is the whole text. Raises CompileError."""
    reading, outer = _open(text, expression=True)
    cursor = Cursor(reading, outer.start, outer.end)
    expression = read_expression(cursor)
    if not cursor.at_end():
        cursor.fail_unexpected("an operator", EVAL)
    _raise_errors(reading)
    return expression


def parse_search(text: Composed) -> SearchExpr | None:
    """A search expression that is the whole text, None for none. Raises CompileError."""
    reading, outer = _open(text)
    cursor = Cursor(reading, outer.start, outer.end)
    expression = read_search(cursor)
    _raise_errors(reading)
    return expression


def _open(text: Composed, *, expression: bool = False) -> tuple[Reading, Block]:
    locate = Locator(text)
    if len(text.text) > MAX_LENGTH:
        raise CompileError([catalogue.too_long(locate(0, 1), len(text.text), MAX_LENGTH)])
    structure = read_structure(text.text, locate, expression=expression)
    if structure.problems:
        raise CompileError(structure.problems)
    reading = Reading(text.text, locate, structure.inner, _read_inner, list(structure.inner), structure.warnings)
    return reading, structure.outer


def _raise_errors(reading: Reading) -> None:
    if reading.errors:
        raise CompileError([*reading.errors, *reading.warnings])


def _read_outer(reading: Reading, block: Block) -> Pipeline:
    """A search as a person begins it: words to look for, or a pipe and a command."""
    segments = _segments(reading, block)
    commands: list[Command] = []
    start, end = segments[0]
    if not reading.text[start:end].strip():
        if len(segments) == 1:
            raise CompileError([catalogue.empty_search(reading.locate(start, end))])
    else:
        _add(reading, commands, partial(_read_implicit, reading, start, end))
    return _read_rest(reading, block, segments[1:], commands, in_subsearch=False)


def _read_inner(reading: Reading, block: Block) -> Pipeline:
    """A subsearch, which begins with a command whether a pipe stands before it or not."""
    segments = _segments(reading, block)
    if len(segments) > 1 and not reading.text[slice(*segments[0])].strip():
        segments = segments[1:]
    return _read_rest(reading, block, segments, [], in_subsearch=True)


def _segments(reading: Reading, block: Block) -> list[tuple[int, int]]:
    """From each pipe's end to the next pipe."""
    starts = [block.start, *(pipe + 1 for pipe in block.pipes)]
    return list(zip(starts, [*block.pipes, block.end], strict=True))


def _read_rest(
    reading: Reading, block: Block, segments: list[tuple[int, int]], commands: list[Command], *, in_subsearch: bool
) -> Pipeline:
    for segment in segments:
        if len(reading.errors) >= MAX_PROBLEMS:
            break
        _add(reading, commands, partial(_read_command, reading, *segment, in_subsearch=in_subsearch))
    return Pipeline(tuple(commands), span=reading.locate(block.start, block.end))


def _add(reading: Reading, commands: list[Command], read: Callable[[], Command]) -> None:
    depth, subsearches = reading.depth, reading.subsearches
    try:
        commands.append(read())
    except CompileError as error:
        reading.errors += error.diagnostics
        reading.depth, reading.subsearches = depth, subsearches


def _read_implicit(reading: Reading, start: int, end: int) -> Command:
    cursor = Cursor(reading, start, end)
    first = cursor.look(SEARCH)
    assert first is not None
    if first.kind == "word" and first.text.lower() == "search":
        return _read_command(reading, start, end, in_subsearch=False)
    if first.kind == "word" and first.text.lower() in other.GENERATING:
        cursor.warn(catalogue.missing_pipe(cursor.of(first), first.text))
    cursor.keyword = (first.start, first.start)
    return search.parse(cursor)


def _read_command(reading: Reading, start: int, end: int, *, in_subsearch: bool) -> Command:
    cursor = Cursor(reading, start, end)
    name = cursor.take(COMMAND)
    if name is None:
        raise CompileError([catalogue.empty_command(_pipe_before(reading, start))])
    cursor.keyword = (name.start, name.end)
    read = TABLE.get(name.text.lower())
    if read is None:
        raise CompileError([catalogue.unknown_command(cursor.of(name), name.text, TABLE, in_subsearch)])
    command = read(cursor)
    if not cursor.at_end():
        cursor.fail_unexpected("the end of the command")
    return command


def _pipe_before(reading: Reading, start: int) -> Span:
    return reading.locate(max(0, start - 1), start)
