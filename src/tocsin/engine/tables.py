"""The engine's tables: made on first use, widened as batches bring more columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
from sqlglot import exp

from tocsin.cloudtrail.request import EVENT_ID, OFFSET, SEQ, TIME
from tocsin.engine.arrow import HIDDEN_SQL, Incoming, incoming
from tocsin.engine.names import identifier
from tocsin.engine.sql import statements, tree
from tocsin.engine.sql.query import Relation
from tocsin.engine.sql.scope import ROW, Field, Scope
from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import unify

LEAF = (TIME, OFFSET, SEQ, EVENT_ID)


@dataclass(slots=True)
class Tables:
    """`relations` are tables and views by the names that plans use. `execute` carries out a statement."""

    execute: Callable[[exp.Expression], object]
    relations: dict[str, Relation] = field(default_factory=dict)
    appended: dict[str, int] = field(default_factory=dict)
    idents: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)

    def find(self, table: str) -> Relation:
        """A table; one that nobody has added rows to is empty."""
        if table not in self.relations:
            self.name(table, Scope({}, LEAF))
            self._shaped(table, [])
        return self.relations[table]

    def name(self, table: str, scope: Scope) -> Relation:
        """A new name for a table or view that is about to be made."""
        ident = identifier(f"t {table}", self.idents)
        self.idents.add(ident)
        self.relations[table] = Relation(ident, scope)
        return self.relations[table]

    def append(self, table: str, batch: pa.Table, register: Callable[[pa.Table], str]) -> None:
        """Add a batch's rows; `register` lends it a name in the database."""
        columns = list(incoming(batch))
        names = {each.name for each in columns}
        if table not in self.relations:
            hidden = tuple(each for each in LEAF if each in names)
            self.filled.discard(table)
            self.name(table, Scope({}, hidden if SEQ in names else (*hidden, ROW)))
        relation = self._widened(table, columns) if table in self.filled else self._shaped(table, columns)
        if batch.num_rows:
            self.filled.add(table)
        lent = batch.rename_columns([f"c{place}" for place in range(batch.num_columns)])
        if ROW in relation.scope.hidden:
            lent = lent.append_column("row", self._places(table, batch.num_rows))
        self.execute(statements.insert(relation.name, _stored(relation.scope, columns), register(lent)))

    def _places(self, table: str, count: int) -> pa.Array:
        start = self.appended.get(table, 0)
        self.appended[table] = start + count
        return pa.array(range(start, start + count), pa.int64())

    def _shaped(self, table: str, columns: list[Incoming]) -> Relation:
        """A table that has no rows yet, made with every column at once: one by one costs a statement each."""
        relation = self.relations[table]
        fields = dict(relation.scope.fields)
        for each in columns:
            if each.type is not None:
                old = fields.get(each.name)
                ident = old.ident if old else identifier(each.name, (known.ident for known in fields.values()))
                fields[each.name] = Field(ident, unify((old.type, each.type)) if old else each.type)
        types: Mapping[str, str] = {**HIDDEN_SQL, ROW: "BIGINT"}
        shape = [(field.ident, tree.SQL_TYPES[field.type]) for field in fields.values()]
        shape += [(each, types[each]) for each in relation.scope.hidden]
        self.execute(statements.create_empty(relation.name, shape))
        self.relations[table] = Relation(relation.name, replace(relation.scope, fields=fields))
        return self.relations[table]

    def _widened(self, table: str, columns: list[Incoming]) -> Relation:
        """The table with every column of the batch, in a type that holds old and new values."""
        relation = self.relations[table]
        fields = dict(relation.scope.fields)
        for each in columns:
            if each.type is None:
                continue
            old = fields.get(each.name)
            if old is None:
                ident = identifier(each.name, (known.ident for known in fields.values()))
                fields[each.name] = Field(ident, each.type)
                self.execute(statements.add_column(relation.name, ident, tree.SQL_TYPES[each.type]))
            elif old.type is not (type := unify((old.type, each.type))):
                fields[each.name] = Field(old.ident, type)
                changed = converted(old.type, type, old.sql)
                self.execute(statements.change_type(relation.name, old.ident, tree.SQL_TYPES[type], changed))
        self.relations[table] = Relation(relation.name, replace(relation.scope, fields=fields))
        return self.relations[table]


def _stored(scope: Scope, columns: list[Incoming]) -> list[tuple[str, exp.Expression]]:
    stored: list[tuple[str, exp.Expression]] = []
    for each in columns:
        column = tree.column(f"c{each.place}")
        if each.type is None:
            if each.name in scope.hidden:
                stored.append((each.name, tree.cast(column, HIDDEN_SQL[each.name])))
        else:
            field = scope.fields[each.name]
            stored.append((field.ident, converted(each.type, field.type, statements.as_stored(each.type, column))))
    if ROW in scope.hidden:
        stored.append((ROW, tree.column("row")))
    return stored


def converted(old: Type, new: Type, value: exp.Expression) -> exp.Expression:
    """A value of one type as the type that was found to hold it too."""
    if old is new:
        return value
    texts = {Type.number: "spl_text", Type.boolean: "spl_flag"}
    text = tree.call(texts[old], value) if old in texts else value
    return tree.call("spl_listed", text) if new is Type.multi else text
