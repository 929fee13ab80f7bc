"""What the rows at one point of a query hold: fields by their exact names, and our own columns beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from tocsin.cloudtrail.packed import SEPARATOR, written
from tocsin.cloudtrail.paths import multivalued
from tocsin.cloudtrail.request import EVENT_ID, NAMES, OFFSET, SEQ, TIME, VALUES
from tocsin.engine.names import HIDDEN, identifier
from tocsin.engine.sql.tree import call, column, double, multiply, null, struct, text, whole
from tocsin.plan.expr import Type

ROW = f"{HIDDEN}row"  # bigint: the place of the row, where time no longer orders the rows
GROUP = f"{HIDDEN}group"  # bigint: which group of the last aggregate the row came from
COUNT = f"{HIDDEN}count"  # bigint: how many records stand behind the row
BEGIN, END = f"{HIDDEN}begin", f"{HIDDEN}end"  # double: the times of the first and the last of all of them
RECORDS = f"{HIDDEN}records"  # list of {t, s, e}: the first of them by time; in a result, or of few rows
HIDDEN_TYPES = {TIME: Type.number, OFFSET: Type.number, EVENT_ID: Type.text}  # those that an expression may name

PACK = (NAMES, VALUES)  # of fields that have no columns of their own


class Origin(Enum):
    """How the rows know their records: each is one, each stands for a group of them, or they do not."""

    record = "record"
    group = "group"
    none = "none"


class Field(Struct, frozen=True):
    """A field's column; or, without one, the name under which VALUES holds it."""

    ident: str
    type: Type
    packed: str | None = None

    @property
    def sql(self) -> exp.Expression:
        return self.of(None)

    def of(self, rows: str | None) -> exp.Expression:
        """The field of rows that have a name of their own, in a join."""
        return column(self.ident, rows) if self.packed is None else self.among(split(rows), rows)

    def among(self, names: exp.Expression, rows: str | None = None) -> exp.Expression:
        """A field without a column, given the names of each row as a list."""
        assert self.packed is not None
        place = call("list_position", names, text(written(self.packed)))
        found = call("list_extract", column(VALUES, rows), place)
        return found if self.type is Type.multi else call("list_extract", found, whole(1))


def split(rows: str | None = None) -> exp.Expression:
    """The names of the fields that have no columns, as a list."""
    return call("string_split", column(NAMES, rows), text(SEPARATOR))


class Scope(Struct, frozen=True):
    """`hidden` are our own columns that the rows carry. Without ROW the rows are ordered by time.

    Without TIME no answer depends on their order.
    """

    fields: Mapping[str, Field]
    hidden: tuple[str, ...] = ()

    @property
    def own(self) -> dict[str, Field]:
        """The fields that have columns."""
        return {name: field for name, field in self.fields.items() if field.packed is None}

    @property
    def packed(self) -> dict[str, Field]:
        """Those that have none."""
        return {name: field for name, field in self.fields.items() if field.packed is not None}

    @property
    def origin(self) -> Origin:
        if GROUP in self.hidden:
            return Origin.group
        return Origin.record if SEQ in self.hidden else Origin.none

    @property
    def order(self) -> list[tuple[exp.Expression, bool]]:
        """The terms that order the rows, each with whether it descends."""
        if ROW in self.hidden:
            return [(column(ROW), False)]
        return [(column(each), True) for each in (TIME, SEQ) if each in self.hidden] if SEQ in self.hidden else []

    @property
    def arrival(self) -> exp.Expression:
        """A value that is the larger, the earlier a row stands."""
        if ROW in self.hidden:
            return multiply(column(ROW), double(-1))
        if SEQ in self.hidden:
            return struct(**{name: column(each) for name, each in (("t", TIME), ("s", SEQ)) if each in self.hidden})
        return double(0)

    def find(self, name: str) -> Field | None:
        """The field, or the hidden column, of that exact name."""
        if name in self.hidden and name in HIDDEN_TYPES:
            return Field(name, HIDDEN_TYPES[name])
        return self.fields.get(name)

    def with_hidden(self, *names: str) -> Scope:
        return replace(self, hidden=tuple(dict.fromkeys((*self.hidden, *names))))

    def projection(self, left_out: Iterable[str] = ()) -> list[exp.Expression]:
        """Every column as it stands, hidden ones last, without the fields left out."""
        skipped = set(left_out)
        kept = [field.ident for name, field in self.own.items() if name not in skipped]
        return [column(each) for each in (*kept, *self.hidden)]

    def narrowed(self, names: Iterable[str]) -> Scope:
        """With these fields only."""
        kept = replace(self, fields={name: self.fields[name] for name in names})
        return kept if kept.packed else replace(kept, hidden=tuple(each for each in self.hidden if each not in PACK))


def record(scope: Scope, rows: str | None = None) -> exp.Expression:
    """The one record behind a row, as a value that sorts by time; `rows` is the row's name in a join."""
    event_id = column(EVENT_ID, rows) if EVENT_ID in scope.hidden else null(Type.text)
    return struct(t=column(TIME, rows), s=column(SEQ, rows), e=event_id)


def free(fields: Mapping[str, Field], name: str) -> str:
    """The identifier of a column that the field is to have: the one that it has, or one that is not taken."""
    old = fields.get(name)
    if old is not None and old.packed is None:
        return old.ident
    return identifier(name, (each.ident for each in fields.values()))


def packed_fields(names: Iterable[str]) -> dict[str, Field]:
    """Fields without columns."""
    return {name: Field("", Type.multi if multivalued(name) else Type.text, name) for name in names}


def fresh(names: Iterable[tuple[str, Type]]) -> dict[str, Field]:
    """Fields with identifiers of their own; of several of one name the last stands, at the first's place."""
    types = dict(names)
    fields: dict[str, Field] = {}
    taken: list[str] = []
    for each, type in types.items():
        ident = identifier(each, taken)
        taken.append(ident)
        fields[each] = Field(ident, type)
    return fields
