"""Writes a syntax tree as SPL that reads as the same tree, and as an outline for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
from tocsin.spl.eval_text import expression_text
from tocsin.spl.outline import outline
from tocsin.spl.search_text import search_text

WRITERS: Mapping[type[Command], Callable[[Any], str]] = {
    bin_.Bin: bin_.to_text,
    businesshours.Businesshours: businesshours.to_text,
    convert.Convert: convert.to_text,
    dedup.Dedup: dedup.to_text,
    eval_.Eval: eval_.to_text,
    eventstats.Eventstats: eventstats.to_text,
    fields.Fields: fields.to_text,
    fillnull.Fillnull: fillnull.to_text,
    head.Head: head.to_text,
    lookup.Lookup: lookup.to_text,
    mvexpand.Mvexpand: mvexpand.to_text,
    other.Other: other.to_text,
    regex.Regex: regex.to_text,
    rename.Rename: rename.to_text,
    rex.Rex: rex.to_text,
    sort.Sort: sort.to_text,
    spath.Spath: spath.to_text,
    stats.Stats: stats.to_text,
    table.Table: table.to_text,
    unusualhour.Unusualhour: unusualhour.to_text,
    where.Where: where.to_text,
}


def print_pipeline(pipeline: Pipeline) -> str:
    """A search that begins with `search` or with a pipe."""
    text = _inner(pipeline)
    starts_with_search = bool(pipeline.commands) and isinstance(pipeline.commands[0], search.Search)
    return text if starts_with_search else f"| {text}"


def print_search(expression: SearchExpr) -> str:
    return search_text(expression, _inner)


def print_expr(expression: Expr) -> str:
    return expression_text(expression)


def dump(pipeline: Pipeline) -> str:
    """An indented tree: a line for each command, and under it the nodes of its expressions."""
    return "\n".join(outline(pipeline, _command))


def _inner(pipeline: Pipeline) -> str:
    """A pipeline as a subsearch has it: no pipe before its first command."""
    return " | ".join(map(_command, pipeline.commands))


def _command(command: Command) -> str:
    if isinstance(command, search.Search):
        return search.to_text(command, _inner)
    return WRITERS[type(command)](command)
