"""`lookup`: add fields from a table by key."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Join, Node
from tocsin.spl.commands.lookup import Lookup, LookupField


def lower_lookup(command: Lookup, input: Node, lowering: Lowering) -> Node:
    """Without OUTPUT every column of the table that is no key. The table may be named with or without `.csv`."""
    tables = lowering.context.lookups
    name = next((each for each in (command.table, command.table.removesuffix(".csv")) if each in tables), None)
    if name is None:
        lowering.report(catalogue.unknown_lookup(command.table, tables, command.table_span))
        return input
    columns = tables[name]
    for field in (*command.keys, *(command.outputs or ())):
        if field.table_field not in columns:
            lowering.report(catalogue.unknown_lookup_field(name, field.table_field, columns, field.span))
    expect(((field.event_field, field.span) for field in command.keys), input, lowering)
    keys = _pairs(command.keys)
    return Join(input, name, keys, _outputs(command, columns), command.only_new, **marks(command))


def _outputs(command: Lookup, columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if command.outputs is not None:
        return _pairs(command.outputs)
    keys = {key.table_field for key in command.keys}
    return tuple((column, column) for column in columns if column not in keys)


def _pairs(fields: tuple[LookupField, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((field.table_field, field.event_field) for field in fields)
