"""The engine on DuckDB: tables in memory that spill to a private folder, and nothing else of the machine.

No search can reach files or the network: access from SQL is off, extensions are neither installed nor loaded,
and the configuration is locked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import pyarrow as pa
from sqlglot import exp

from tocsin.cloudtrail.request import EVENT_ID, SEQ
from tocsin.content.lookup import LookupOptions, LookupTable
from tocsin.engine import asking
from tocsin.engine.connection import resources
from tocsin.engine.filled import filled
from tocsin.engine.lookups import lookup_rows
from tocsin.engine.protocol import Ask, Result, Row
from tocsin.engine.result import rows
from tocsin.engine.session import Session
from tocsin.engine.sql import statements, tree
from tocsin.engine.sql.compile import Shown, relation, shown, stored_rows
from tocsin.engine.sql.nodes.lookup import LOOKUP
from tocsin.engine.sql.nodes.origins import every_record
from tocsin.engine.sql.query import Query, everything, select
from tocsin.engine.sql.query import table as table_named
from tocsin.engine.sql.scope import Origin, Scope
from tocsin.engine.tables import Tables
from tocsin.engine.waiting import Waiting
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Aggregate, Judge, Node, Rows, Window, chain

FEW = 2_000  # rows of which lists of all values are nothing
_BATCH = "__tocsin_batch"
WAITING = 512 << 20


class DuckDBEngine:
    """An `Engine`. `memory_limit` is DuckDB's (`2GB`, `80%`); None leaves it and the threads to DuckDB.

    Beyond the limit rows go to a new folder inside `temp_directory`, which `close` removes. Up to `waiting` bytes of
    records stay outside, where Arrow has them, but no more than a quarter of the limit.
    """

    def __init__(
        self,
        memory_limit: str | None = None,
        temp_directory: str | None = None,
        threads: int | None = None,
        waiting: int = WAITING,
    ) -> None:
        self._session = session = Session(memory_limit, temp_directory, threads)
        held = Waiting(min(waiting, session.limit // 4))
        self._tables = Tables(session.execute, session.lend, held)
        self._present: dict[str, Mapping[str, Type]] = {}
        self._counts: dict[str, int] = {}
        self._lookups: dict[str, LookupOptions] = {}

    def append(self, table: str, batch: pa.Table) -> None:
        self._present.clear()
        self._counts.clear()
        with resources():
            self._tables.append(table, batch)

    def append_lookup(self, name: str, table: LookupTable) -> None:
        self._lookups[name] = table.options
        self.append(LOOKUP + name, lookup_rows(table))

    def define(self, table: str, plan: Node, *, stored: bool) -> None:
        self._forget(table)
        rows, found = stored_rows(plan, self._query(plan))
        named = self._tables.name(table, found.scope)
        self._session.execute(statements.create(named.name, rows, stored=stored))

    def answer(self, table: str, node: Judge, ask: Ask, *, origins: bool) -> None:
        asked = asking.asked(node, self._query(node.input, origins=origins))
        before, answers = f"before {table}", f"answers of {table}"
        rows = self._tables.name(before, asked.before).name
        self._session.execute(statements.create(rows, asked.rows, stored=True))
        told = self._session.batches(asking.told(asked, rows), asking.BATCH)
        count = self._keep(answers, asking.answers(asked, told, ask))
        found = self._tables.name(table, asked.scope).name
        known = self._tables.relations[answers].name
        self._session.execute(statements.create(found, asking.joined(asked, rows, known), stored=True))
        self._counts[table] = count
        self.forget(before)
        self.forget(answers)

    def forget(self, table: str) -> None:
        self._forget(table)
        self._tables.forget(table)

    def present(self, table: str) -> Mapping[str, Type]:
        if table not in self._present:
            found = self._tables.find(table)
            names = self._tables.with_values(table)
            if names is None:
                names = filled(self._session, found, self._counts.get(table))
            self._present[table] = {name: each.type for name, each in found.scope.fields.items() if name in names}
        return self._present[table]

    def keep_first(self, table: str, new: str) -> int:
        found = self._tables.find(table)
        rows = everything(found.name)
        dropped = 0
        if {SEQ, EVENT_ID} <= set(found.scope.hidden) and self._may_repeat(table, found.name):
            repeats = self._tables.name(f"repeats of {new}", found.scope)
            self._session.execute(statements.create(repeats.name, statements.repeated(found.name), stored=True))
            dropped = self._session.count(everything(repeats.name))
            rows = statements.without(found.name, repeats.name)
        self._forget(new)
        named = self._tables.name(new, found.scope)
        self._session.execute(statements.create(named.name, rows, stored=False))
        if table in self._counts:
            self._counts[new] = self._counts[table] - dropped
        return dropped

    def distinct(self, tables: Sequence[str]) -> int:
        if len(tables) < 2:  # a table has a record once
            return sum(self._rows(each) for each in tables)
        parts: list[exp.Query] = [select([tree.column(SEQ)], self._tables.find(each).name) for each in tables]
        return self._session.count(reduce(lambda one, other: exp.union(one, other, distinct=True, copy=False), parts))

    def count(self, plan: Node) -> int:
        if isinstance(plan, Rows):
            return self._rows(plan.table)
        query = self._query(plan)
        return self._session.count(query.finish(everything(relation(plan, query).name)))

    def missing(self, plan: Node, names: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        query = self._query(plan)
        found = relation(plan, query)
        fields = [found.scope.fields.get(name) for name in names]
        lacks = [tree.boolean(True) if field is None else tree.is_null(field.sql) for field in fields]
        tests = [tree.any_of(*(each.copy() for each in lacks)), *lacks]
        counts = [tree.only_where(tree.call("count", exp.Star()), each) for each in tests]
        ((some, *each),) = self._session.fetch(query.finish(select(counts, found.name)))
        return some, dict(zip(names, each, strict=True))

    def run(self, plan: Node, *, origins: bool) -> Result:
        """Rows stream: hardly more than a batch of them is held here at a time."""
        found = shown(plan, self._query(plan, origins=origins))
        return Result(found.columns, self._stream(found))

    def records(self, plan: Node) -> Iterator[int]:
        query = self._query(plan, origins=True)
        query.few = False  # lists hold the first hundred
        seqs = query.finish(every_record(relation(plan, query), query))
        return (seq for batch in self._session.batches(seqs, 4096) for (seq,) in batch)

    def check(self, plan: Node) -> None:
        shown(plan, self._query(plan))

    def explain(self, plan: Node, *, stored: bool = False) -> str:
        query = self._query(plan)
        if isinstance(plan, Judge):
            rows = asking.asked(plan, query).rows
        else:
            rows = stored_rows(plan, query)[0] if stored else shown(plan, query).select
        return rows.sql("duckdb", pretty=True)

    def interrupt(self) -> None:
        self._session.interrupt()

    def close(self) -> None:
        self._session.close()

    def _query(self, plan: Node, *, origins: bool = False) -> Query:
        leaf = chain(plan)[0]
        few = False
        if isinstance(leaf, Rows):
            self._tables.find(leaf.table)
            few = any(isinstance(node, Aggregate | Window) for node in chain(plan)) and self._rows(leaf.table) <= FEW
        return Query(self._tables.relations, origins, self._session.regex_problem, self._lookups, few)

    def _keep(self, table: str, parts: Iterator[pa.Table]) -> int:
        """A table of parts with the same columns; gives the number of its rows."""
        ident, rows = self._tables.name(table, Scope({})).name, 0
        for number, part in enumerate(parts):
            rows += part.num_rows
            self._session.lend(_BATCH, part)
            try:
                lent = everything(_BATCH)
                whole = exp.Insert(this=table_named(ident), expression=lent)
                self._session.execute(whole if number else statements.create(ident, lent, stored=True))
            finally:
                self._session.lend(_BATCH, None)
        return rows

    def _stream(self, found: Shown) -> Iterator[Row]:
        known = found.origin is not Origin.none
        return rows(self._session.batches(found.select, 256 if known else 4096), found.places, origins=known)

    def _may_repeat(self, table: str, ident: str) -> bool:
        """False only if no EVENT_ID stands twice: no two of the ids have one hash. Counts the rows, too."""
        ((self._counts[table], same),) = self._session.fetch(statements.alike(ident))
        return bool(same)

    def _rows(self, table: str) -> int:
        if table not in self._counts:
            self._counts[table] = self._session.count(everything(self._tables.find(table).name))
        return self._counts[table]

    def _forget(self, table: str) -> None:
        """What was found out about a table holds no longer."""
        self._present.pop(table, None)
        self._counts.pop(table, None)
