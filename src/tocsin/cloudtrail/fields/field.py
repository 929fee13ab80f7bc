"""One row of the table of fields: its name, how it comes about, and its definition."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """How a field comes about, in Splunk's order: each kind sees the record and the kinds before it, never its own.

    A field that an earlier kind has under the name of a JSON leaf hides that leaf from later kinds.
    """

    default = "default"
    alias = "alias"
    calculated = "calculated"
    lookup = "lookup"
    eventtype = "eventtype"
    tag = "tag"


class FieldDoc(Struct, frozen=True):
    """A field and what it means.

    `definition` is an SPL eval expression; of an alias the path alone; of an event type field, and of a default
    field that SPL cannot express, words. `doc` is a sentence or two for people: Markdown, no line breaks.
    """

    name: str
    kind: Kind
    definition: str
    doc: str


def calculated(name: str, definition: str, doc: str) -> FieldDoc:
    """A calculated field: sees the record's leaves and the aliases."""
    return FieldDoc(name, Kind.calculated, definition.strip(), doc)


def lookup(name: str, definition: str, doc: str) -> FieldDoc:
    """A field that the add-on looks up in a table: sees the calculated fields too."""
    return FieldDoc(name, Kind.lookup, definition.strip(), doc)


def calls(names: str) -> tuple[str, ...]:
    """A list of calls, written with blanks between them."""
    return tuple(names.split())


def quoted(names: tuple[str, ...]) -> str:
    """The names as SPL text constants, for `IN ( )`.

    >>> quoted(("CreateUser", "DeleteUser"))
    '"CreateUser", "DeleteUser"'
    """
    return ", ".join(f'"{name}"' for name in names)
