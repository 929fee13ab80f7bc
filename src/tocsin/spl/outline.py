"""A pipeline as an indented tree, for people who want to see how their search was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.spl.ast import And, Binary, Call, Command, Expr, Not, Or, Pipeline, SearchExpr, Subsearch, Unary
from tocsin.spl.commands.eval import Eval
from tocsin.spl.commands.search import Search
from tocsin.spl.commands.where import Where
from tocsin.spl.eval_text import chain, expression_text, field_text
from tocsin.spl.search_text import search_text

INDENT = "  "
SHORT = 60


def outline(pipeline: Pipeline, command_text: Callable[[Command], str]) -> Iterator[str]:
    """One line a node; `command_text` writes the commands that have no expressions to open up."""
    for command in pipeline.commands:
        origin = f"    (macro {command.macro})" if command.macro else ""
        match command:
            case Search():
                yield "search" + origin
                inside = _search(command.expression, command_text) if command.expression else iter(())
            case Where():
                yield "where" + origin
                inside = _expression(command.condition)
            case Eval():
                yield "eval" + origin
                inside = _assignments(command)
            case _:
                yield command_text(command) + origin
                inside = iter(())
        yield from _indented(inside)


def _search(expression: SearchExpr, command_text: Callable[[Command], str]) -> Iterator[str]:
    match expression:
        case And() | Or():
            yield "and" if isinstance(expression, And) else "or"
            for item in expression.items:
                yield from _indented(_search(item, command_text))
        case Not():
            yield "not"
            yield from _indented(_search(expression.item, command_text))
        case Subsearch():
            yield "subsearch"
            yield from _indented(outline(expression.pipeline, command_text))
        case _:
            yield search_text(expression, lambda _: "")


def _assignments(command: Eval) -> Iterator[str]:
    for each in command.assignments:
        target = f"{{{each.name}}}" if each.computed_name else field_text(each.name)
        lines = list(_expression(each.value))
        if len(lines) == 1:
            yield f"{target} = {lines[0]}"
        else:
            yield f"{target} ="
            yield from _indented(iter(lines))


def _expression(expression: Expr) -> Iterator[str]:
    """Logic is always opened up, other expressions where they are long."""
    logical = isinstance(expression, Binary) and expression.op in ("and", "or", "xor")
    text = expression_text(expression)
    if len(text) <= SHORT and not logical:
        yield text
        return
    match expression:
        case Binary():
            yield expression.op
            parts = chain(expression)
        case Call():
            yield expression.function
            parts = list(expression.args)
        case Unary():
            yield expression.op
            parts = [expression.operand]
        case _:
            yield text
            parts = []
    for part in parts:
        yield from _indented(_expression(part))


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)
