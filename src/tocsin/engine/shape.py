"""From the columns of a batch to those of a table, which holds what it had before, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
from sqlglot import exp

from tocsin.cloudtrail.request import EVENT_ID, OFFSET, SEQ, TIME
from tocsin.engine.arrow import HIDDEN_SQL, Incoming
from tocsin.engine.names import HIDDEN
from tocsin.engine.sql import statements, tree
from tocsin.engine.sql.query import Relation
from tocsin.engine.sql.scope import PACK, ROW, Field, Scope, packed_fields
from tocsin.plan.expr import Type

LEAF = (TIME, OFFSET, SEQ, EVENT_ID)
_OURS = (*LEAF, *PACK)


def hidden(names: Sequence[str]) -> tuple[str, ...]:
    """Our own columns among them. What has no SEQ is no record, and is ordered by its place."""
    ours = tuple(each for each in _OURS if each in names)
    return ours if SEQ in names else (*ours, ROW)


def with_packed(fields: Mapping[str, Field], names: Sequence[str]) -> dict[str, Field]:
    """The fields, and those of the names. Raises TypeError for a name that has a column."""
    both = [name for name in names if name in fields and fields[name].packed is None]
    if both:
        raise TypeError(f"a column and packed: {both[0]}")
    return {**fields, **packed_fields(names)}


def lent_name(relation: Relation) -> str:
    """The name under which the database reads the Arrow table behind a view."""
    return f"{HIDDEN}arrow {relation.name}"


def numbered(batch: pa.Table) -> pa.Table:
    """With names for its columns that SQL can tell apart."""
    return batch.rename_columns([f"c{place}" for place in range(batch.num_columns)])


def may_be_empty(type: pa.DataType) -> bool:
    """Whether a value that is not null may still be none."""
    return bool(pa.types.is_nested(type))


def stored(scope: Scope, columns: list[Incoming]) -> list[tuple[str, exp.Expression]]:
    """What each column of a table takes from a `numbered` batch."""
    taken: list[tuple[str, exp.Expression]] = []
    for each in columns:
        column = tree.column(f"c{each.place}")
        if each.type is None:
            if each.name in scope.hidden:
                taken.append((each.name, tree.cast(column, HIDDEN_SQL[each.name])))
        else:
            field = scope.fields[each.name]
            taken.append((field.ident, converted(each.type, field.type, statements.as_stored(each.type, column))))
    if ROW in scope.hidden:
        taken.append((ROW, tree.column("row")))
    return taken


def converted(old: Type, new: Type, value: exp.Expression) -> exp.Expression:
    """A value of one type as the type that was found to hold it too."""
    if old is new:
        return value
    texts = {Type.number: "spl_text", Type.boolean: "spl_flag"}
    text = tree.call(texts[old], value) if old in texts else value
    return tree.call("spl_listed", text) if new is Type.multi else text
