"""The engine's tables: made on first use, widened as batches bring more columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
from msgspec import Struct, field
from msgspec.structs import replace
from sqlglot import exp

from tocsin.cloudtrail.request import SEQ
from tocsin.engine.arrow import HIDDEN_SQL, Incoming, incoming, names_of
from tocsin.engine.names import identifier
from tocsin.engine.shape import LEAF, converted, hidden, lent_name, may_be_empty, numbered, stored, with_packed
from tocsin.engine.sql import statements, tree
from tocsin.engine.sql.query import Relation, aliased, select
from tocsin.engine.sql.scope import PACK, ROW, Field, Scope, free, fresh
from tocsin.engine.waiting import Waiting
from tocsin.plan.functions.signature import unify

_BATCH = "__tocsin_batch"


class Tables(Struct):
    """`relations` are tables and views by the names that plans use.

    `execute` carries out a statement, `lend` lets the database read an Arrow table under a name, or no longer.
    """

    execute: Callable[[exp.Expression], object]
    lend: Callable[[str, pa.Table | None], object]
    waiting: Waiting
    relations: dict[str, Relation] = field(default_factory=dict)
    appended: dict[str, int] = field(default_factory=dict)
    idents: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)  # tables that have rows of their own
    views: set[str] = field(default_factory=set)  # tables that are read where Arrow has them

    def find(self, table: str) -> Relation:
        """A table; one that nobody has added rows to is empty."""
        if table in self.waiting.tables and table not in self.waiting.seen:
            self._show(table)
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

    def append(self, table: str, batch: pa.Table) -> None:
        """Add a batch's rows. Raises TypeError for a column that no field can be."""
        if SEQ not in batch.column_names:
            self._insert(table, batch)
            return
        list(incoming(batch))
        self.waiting.add(table, batch)
        if self.waiting.full:
            for each in self.waiting.tables:
                self._store(each)

    def forget(self, table: str) -> None:
        self.waiting.take(table)
        found = self.relations.pop(table, None)
        if found is not None:
            self._drop(table, found)

    def with_values(self, table: str) -> set[str] | None:
        """The names of the columns with some value, if Arrow has counted them."""
        whole = self.waiting.whole(table) if table in self.views else None
        if whole is None or any(may_be_empty(field.type) for field in whole.schema if field.name not in PACK):
            return None
        filled = {name for name in whole.column_names if whole.column(name).null_count < whole.num_rows}
        return filled.union(names_of(whole))

    def _show(self, table: str) -> None:
        """Let what waits be read: where it is, if it is all that there is."""
        whole = self.waiting.whole(table) if table in self.views or table not in self.relations else None
        if whole is None:
            self._store(table)
            return
        columns = list(incoming(whole))
        fields = fresh((each.name, each.type) for each in columns if each.type is not None)
        scope = Scope(with_packed(fields, names_of(whole)), hidden(whole.column_names))
        relation = self._named(table, scope)
        self.lend(lent_name(relation), numbered(whole))
        rows = select([aliased(sql, ident) for ident, sql in stored(relation.scope, columns)], lent_name(relation))
        self.execute(statements.create(relation.name, rows, stored=False))
        self.views.add(table)
        self.waiting.seen.add(table)

    def _named(self, table: str, scope: Scope) -> Relation:
        """A table under the name that views may know it by."""
        known = self.relations.get(table)
        if known is None:
            return self.name(table, scope)
        self.relations[table] = Relation(known.name, scope)
        return self.relations[table]

    def _store(self, table: str) -> None:
        """Put what waits into a table."""
        self.waiting.whole(table)
        batches = self.waiting.take(table)
        if table in self.views:
            self._drop(table, self.relations[table])
            self.relations[table] = Relation(self.relations[table].name, Scope({}, hidden(batches[0].column_names)))
        for batch in batches:
            self._insert(table, batch)

    def _drop(self, table: str, found: Relation) -> None:
        view = table in self.views
        self.filled.discard(table)
        self.execute(statements.drop(found.name, view=view))
        if view:
            self.views.discard(table)
            self.lend(lent_name(found), None)

    def _insert(self, table: str, batch: pa.Table) -> None:
        columns = list(incoming(batch))
        if table not in self.relations:
            self.name(table, Scope({}, hidden(batch.column_names)))
        known = self._widened if table in self.filled else self._shaped
        known(table, columns)
        relation = self._packed(table, names_of(batch))
        if batch.num_rows:
            self.filled.add(table)
        lent = numbered(batch)
        if ROW in relation.scope.hidden:
            lent = lent.append_column("row", self._places(table, batch.num_rows))
        self.lend(_BATCH, lent)
        try:
            self.execute(statements.insert(relation.name, stored(relation.scope, columns), _BATCH))
        finally:
            self.lend(_BATCH, None)

    def _packed(self, table: str, names: Sequence[str]) -> Relation:
        """The table with the fields that rows bring without columns."""
        relation = self.relations[table]
        fields = with_packed(relation.scope.fields, names)
        self.relations[table] = Relation(relation.name, replace(relation.scope, fields=fields))
        return self.relations[table]

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
                fields[each.name] = Field(free(fields, each.name), unify((old.type, each.type)) if old else each.type)
        types: Mapping[str, str] = {**HIDDEN_SQL, ROW: "BIGINT"}
        shape = [(field.ident, tree.SQL_TYPES[field.type]) for field in fields.values() if field.packed is None]
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
                new = fields[each.name] = Field(free(fields, each.name), each.type)
                self.execute(statements.add_column(relation.name, new.ident, tree.SQL_TYPES[each.type]))
            elif old.type is not (type := unify((old.type, each.type))):
                fields[each.name] = Field(old.ident, type)
                changed = converted(old.type, type, old.sql)
                self.execute(statements.change_type(relation.name, old.ident, tree.SQL_TYPES[type], changed))
        self.relations[table] = Relation(relation.name, replace(relation.scope, fields=fields))
        return self.relations[table]
