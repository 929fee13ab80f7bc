"""A pipeline to a chain of plan nodes, command by command; `TABLE` lists them."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import TRUE
from tocsin.plan.lower.bin import lower_bin
from tocsin.plan.lower.businesshours import lower_businesshours
from tocsin.plan.lower.context import Context, Lowered, Lowering
from tocsin.plan.lower.convert import lower_convert
from tocsin.plan.lower.dedup import lower_dedup
from tocsin.plan.lower.eval import lower_eval
from tocsin.plan.lower.eventstats import lower_eventstats
from tocsin.plan.lower.fields import lower_fields
from tocsin.plan.lower.fillnull import lower_fillnull
from tocsin.plan.lower.head import lower_head
from tocsin.plan.lower.leaves import name_leaves
from tocsin.plan.lower.lookup import lower_lookup
from tocsin.plan.lower.mvexpand import lower_mvexpand
from tocsin.plan.lower.other import lower_other
from tocsin.plan.lower.regex import lower_regex
from tocsin.plan.lower.rename import lower_rename
from tocsin.plan.lower.rex import lower_rex
from tocsin.plan.lower.search import lower_first, lower_search_command
from tocsin.plan.lower.sort import lower_sort
from tocsin.plan.lower.spath import lower_spath
from tocsin.plan.lower.stats import lower_stats
from tocsin.plan.lower.table import lower_table
from tocsin.plan.lower.unusualhour import lower_unusualhour
from tocsin.plan.lower.where import lower_where
from tocsin.plan.nodes import Node, Scan, chain
from tocsin.plan.rules import simplify
from tocsin.spl.ast import Command, Pipeline
from tocsin.spl.commands.bin import Bin
from tocsin.spl.commands.businesshours import Businesshours
from tocsin.spl.commands.convert import Convert
from tocsin.spl.commands.dedup import Dedup
from tocsin.spl.commands.eval import Eval
from tocsin.spl.commands.eventstats import Eventstats
from tocsin.spl.commands.fields import Fields
from tocsin.spl.commands.fillnull import Fillnull
from tocsin.spl.commands.head import Head
from tocsin.spl.commands.lookup import Lookup
from tocsin.spl.commands.mvexpand import Mvexpand
from tocsin.spl.commands.other import Other
from tocsin.spl.commands.regex import Regex
from tocsin.spl.commands.rename import Rename
from tocsin.spl.commands.rex import Rex
from tocsin.spl.commands.search import Search
from tocsin.spl.commands.sort import Sort
from tocsin.spl.commands.spath import Spath
from tocsin.spl.commands.stats import Stats
from tocsin.spl.commands.table import Table
from tocsin.spl.commands.unusualhour import Unusualhour
from tocsin.spl.commands.where import Where

TABLE: dict[type[Command], Callable[..., Node]] = {
    Bin: lower_bin,
    Businesshours: lower_businesshours,
    Convert: lower_convert,
    Dedup: lower_dedup,
    Eval: lower_eval,
    Eventstats: lower_eventstats,
    Fields: lower_fields,
    Fillnull: lower_fillnull,
    Head: lower_head,
    Lookup: lower_lookup,
    Mvexpand: lower_mvexpand,
    Other: lower_other,
    Regex: lower_regex,
    Rename: lower_rename,
    Rex: lower_rex,
    Search: lower_search_command,
    Sort: lower_sort,
    Spath: lower_spath,
    Stats: lower_stats,
    Table: lower_table,
    Unusualhour: lower_unusualhour,
    Where: lower_where,
}

MOST_NODES = 500  # a plan is carried out as nested queries


def lower(pipeline: Pipeline, context: Context) -> Lowered:
    """The plan of a search. Raises CompileError with every problem, warnings included, if any forbids to run it."""
    lowering = Lowering(context)
    node, rest = _first(pipeline, lowering)
    for command in rest:
        node = TABLE[type(command)](command, node, lowering)
        if len(chain(node)) > MOST_NODES:
            lowering.report(catalogue.too_many_commands(MOST_NODES, command.span))
            break
    plan = name_leaves(node, lowering)
    return Lowered(simplify(plan), lowering.finish())


def _first(pipeline: Pipeline, lowering: Lowering) -> tuple[Node, tuple[Command, ...]]:
    """The leaf, and the commands above it."""
    match pipeline.commands:
        case (Search() as search, *rest):
            return lower_first(search, lowering), tuple(rest)
        case (Other(), *_):
            pass
        case (first, *_):
            lowering.report(catalogue.no_search_first(first.keyword.text, first.keyword))
    return Scan(TRUE, span=pipeline.span), pipeline.commands
