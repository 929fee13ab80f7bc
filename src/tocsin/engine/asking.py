"""Carries out a `Judge`: a function of the run is told of a plan's rows, a batch at a time, and its answers joined on.

Only what the function is told leaves the engine, and only its answers come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from tocsin.engine.names import HIDDEN
from tocsin.engine.protocol import Ask
from tocsin.engine.sql import tree
from tocsin.engine.sql.compile import relation
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.nodes.origins import with_records
from tocsin.engine.sql.query import Query, Relation, aliased, named, select
from tocsin.engine.sql.scope import RECORDS, Field, Origin, Scope, free
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Answer, Judge

BATCH = 20_000  # rows
_NUMBER = f"{HIDDEN}number"  # bigint: which row is meant
_TOLD, _ANSWER = f"{HIDDEN}told_", f"{HIDDEN}answer_"
_ARROW = {Type.text: pa.string(), Type.number: pa.float64(), Type.boolean: pa.bool_()}


class Asked(Struct, frozen=True):
    """`rows` are those before the judge, numbered and with what it is told; `scope` is theirs with its answers."""

    node: Judge
    rows: exp.Select
    before: Scope
    scope: Scope


def asked(node: Judge, query: Query) -> Asked:
    found = _whole(relation(node.input, query), query)
    into = Expressions(query, found, BODIES)
    columns = [_one(into.value(expr)) for _, expr in node.reads]
    numbered = [aliased(sql, f"{_TOLD}{place}") for place, sql in enumerate(columns)]
    numbered.append(aliased(exp.Window(this=tree.call("row_number")), _NUMBER))
    rows = query.finish(select([*found.scope.projection(), *numbered], into.settle()))
    return Asked(node, rows, found.scope, _answered(found.scope, node.answers))


def _one(value: Value) -> exp.Expression:
    """A number as it is, else text; of several values the first."""
    match value.type:
        case None:
            return tree.null(Type.text)
        case Type.multi:
            return tree.call("list_extract", value.copy(), tree.whole(1))
        case Type.boolean:
            return tree.call("spl_flag", value.copy())
        case _:
            return value.copy()


def _whole(found: Relation, query: Query) -> Relation:
    """The groups that rows came from are known to this query only, so their records are looked up now."""
    grouped = query.origins and found.scope.origin is Origin.group and RECORDS not in found.scope.hidden
    return with_records(found, query) if grouped else found


def _answered(scope: Scope, answers: Sequence[Answer]) -> Scope:
    fields = dict(scope.fields)
    for answer in answers:
        fields[answer.name] = Field(free(fields, answer.name), answer.type)
    return replace(scope, fields=fields)


def told(question: Asked, rows: str) -> exp.Select:
    """The number of each row, and what is told of it."""
    return select([tree.column(_NUMBER), *(tree.column(each) for each in _told(question.node))], rows)


def answers(question: Asked, batches: Iterator[Sequence[Sequence[Any]]], ask: Ask) -> Iterator[pa.Table]:
    """Numbers of rows and the answers about them; at least one table, which may be empty."""
    first = next(batches, ())
    yield _table(question.node, first, ask)
    for batch in batches:
        yield _table(question.node, batch, ask)


def _table(node: Judge, batch: Sequence[Sequence[Any]], ask: Ask) -> pa.Table:
    numbers, *columns = zip(*batch, strict=True) if batch else [()] * (len(node.reads) + 1)
    given = ask(dict(zip((name for name, _ in node.reads), columns, strict=True)))
    arrays = {_NUMBER: pa.array(numbers, pa.int64())}
    for place, answer in enumerate(node.answers):
        arrays[f"{_ANSWER}{place}"] = pa.array(given[answer.key], _ARROW[answer.type])
    return pa.table(arrays)


def joined(question: Asked, rows: str, answered: str) -> exp.Select:
    """The rows with the answers as fields."""
    places = {answer.name: place for place, answer in enumerate(question.node.answers)}
    columns = [
        aliased(tree.column(f"{_ANSWER}{places[name]}", "answers"), field.ident) if name in places else field.of("rows")
        for name, field in question.scope.fields.items()
        if field.packed is None
    ]
    columns += [tree.column(each, "rows") for each in question.scope.hidden]
    on = tree.equal(tree.column(_NUMBER, "rows"), tree.column(_NUMBER, "answers"))
    found = exp.Select(expressions=columns).from_(named(rows, "rows"), copy=False)
    return found.join(named(answered, "answers"), on=on, join_type="inner", copy=False)


def _told(node: Judge) -> Iterator[str]:
    return (f"{_TOLD}{place}" for place in range(len(node.reads)))
