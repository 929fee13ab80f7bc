"""`lookup`: add fields from a table by key."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.names import read_name, read_renamed
from tocsin.spl.options import refuse_option, take_option, truth
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import words


class LookupField(Written, frozen=True):
    """`table_field AS event_field`; without AS both are the same."""

    table_field: str
    event_field: str


class _Placed(Command, frozen=True, kw_only=True):
    table_span: Span


class Lookup(_Placed, frozen=True):
    """`outputs` None: no OUTPUT clause, every field of the table that is no key."""

    table: str
    keys: tuple[LookupField, ...]
    outputs: tuple[LookupField, ...] | None = None
    only_new: bool = False


def parse(cursor: Cursor) -> Lookup:
    """`local` and `update` say where Splunk keeps the table, and change no answer here."""
    while option := take_option(cursor, "local", "update"):
        truth(cursor, option[0], option[2])
    refuse_option(cursor, "lookup", ("local", "update", "event_time_field"), ("event_time_field",))
    table = read_name(cursor, "the name of a lookup")
    keys = _fields(cursor)
    if not keys:
        cursor.fail(catalogue.missing_argument(cursor.of(table), "lookup", "a field to look up"))
    clause = cursor.take_word("output", "outputnew")
    outputs = _fields(cursor) if clause else None
    if clause and not outputs:
        cursor.fail(catalogue.missing_argument(cursor.of(clause), clause.text, "a field name"))
    return Lookup(
        value(table),
        keys,
        outputs,
        only_new=clause is not None and clause.text.lower() == "outputnew",
        table_span=cursor.of(table),
        **cursor.identity(),
    )


def _fields(cursor: Cursor) -> tuple[LookupField, ...]:
    found: list[LookupField] = []
    cursor.skip_commas()
    while not cursor.at_end() and not cursor.looks_at_word("output", "outputnew"):
        token = read_name(cursor)
        renamed = read_renamed(cursor)
        name = value(token)
        found.append(LookupField(name, renamed if renamed is not None else name, span=cursor.since(token.start)))
        cursor.skip_commas()
    return tuple(found)


def to_text(command: Lookup) -> str:
    clause = "OUTPUTNEW" if command.only_new else "OUTPUT"
    outputs = [clause, *map(_field_text, command.outputs)] if command.outputs is not None else []
    return words("lookup", name_text(command.table), *map(_field_text, command.keys), *outputs)


def _field_text(field: LookupField) -> str:
    if field.table_field == field.event_field:
        return name_text(field.table_field)
    return f"{name_text(field.table_field)} AS {name_text(field.event_field)}"
