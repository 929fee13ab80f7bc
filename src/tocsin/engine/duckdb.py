"""The engine on DuckDB: tables in memory that spill to a private folder, and nothing else of the machine.

No search can reach files or the network: access from SQL is off, extensions are neither installed nor loaded,
and the configuration is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from tocsin.cloudtrail.packed import all_names
from tocsin.cloudtrail.request import EVENT_ID, NAMES, SEQ
from tocsin.content.lookup import LookupOptions, LookupTable
from tocsin.engine import asking
from tocsin.engine.connection import connect, limit_of, resources
from tocsin.engine.lookups import lookup_rows
from tocsin.engine.protocol import Ask, Result, Row
from tocsin.engine.result import batches, rows
from tocsin.engine.sql import statements, tree
from tocsin.engine.sql.compile import Shown, relation, shown, stored_rows
from tocsin.engine.sql.nodes.lookup import LOOKUP
from tocsin.engine.sql.nodes.origins import every_record
from tocsin.engine.sql.query import Query, Relation, everything, select
from tocsin.engine.sql.query import table as table_named
from tocsin.engine.sql.scope import Origin, Scope
from tocsin.engine.tables import Tables
from tocsin.engine.waiting import Waiting
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Aggregate, Judge, Node, Rows, Window, chain

FEW = 2_000  # rows of which lists of all values are nothing
_BATCH = "__tocsin_batch"
WAITING = 512 << 20
_SOME = 2048  # rows in which most columns that have a value have one


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
        self._folder = TemporaryDirectory(prefix="tocsin-", dir=temp_directory, ignore_cleanup_errors=True)
        try:
            self._connection = connect(memory_limit, self._folder.name, threads)
            waiting = min(waiting, limit_of(self._connection) // 4)
        except BaseException:
            self._folder.cleanup()
            raise
        self._lent: dict[str, pa.Table] = {}
        self._tables = Tables(self._execute, self._lend, Waiting(waiting))
        self._present: dict[str, Mapping[str, Type]] = {}
        self._counts: dict[str, int] = {}
        self._regexes: dict[str, str] = {}
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
        self._execute(statements.create(named.name, rows, stored=stored))

    def answer(self, table: str, node: Judge, ask: Ask, *, origins: bool) -> None:
        asked = asking.asked(node, self._query(node.input, origins=origins))
        before, answers = f"before {table}", f"answers of {table}"
        rows = self._tables.name(before, asked.before).name
        self._execute(statements.create(rows, asked.rows, stored=True))
        count = self._keep(answers, asking.answers(asked, self._batches(asking.told(asked, rows), asking.BATCH), ask))
        found = self._tables.name(table, asked.scope).name
        known = self._tables.relations[answers].name
        self._execute(statements.create(found, asking.joined(asked, rows, known), stored=True))
        self._counts[table] = count
        self.forget(before)
        self.forget(answers)

    def forget(self, table: str) -> None:
        self._forget(table)
        self._tables.forget(table)

    def present(self, table: str) -> Mapping[str, Type]:
        if table not in self._present:
            self._present[table] = self._some(table)
        return self._present[table]

    def _some(self, table: str) -> Mapping[str, Type]:
        found = self._tables.find(table)
        filled = self._tables.with_values(table)
        if filled is None:
            filled = self._filled(found, exp.Limit(expression=tree.whole(_SOME)), found.scope.own)
            if self._counts.get(table, _SOME + 1) > _SOME:
                filled |= self._filled(found, None, found.scope.own.keys() - filled)
            filled |= self._packed(found)
        return {name: field.type for name, field in found.scope.fields.items() if name in filled}

    def _packed(self, found: Relation) -> set[str]:
        """Those without columns that some row has."""
        packed = {field.packed: name for name, field in found.scope.packed.items()}
        if not packed:
            return set()
        texts = select([tree.column(NAMES)], found.name)
        texts.set("distinct", exp.Distinct())
        return {packed[name] for name in all_names(text for (text,) in self._fetch(texts)) if name in packed}

    def _filled(self, found: Relation, limit: exp.Limit | None, names: Iterable[str]) -> set[str]:
        """Those of the columns that have a value, in the first rows or all."""
        fields = {name: found.scope.fields[name] for name in names}
        if not fields:
            return set()
        some = [tree.not_null(tree.call("any_value", field.sql)) for field in fields.values()]
        rows = select([field.sql for field in fields.values()], found.name)
        rows.set("limit", limit)
        (flags,) = self._fetch(exp.Select(expressions=some).from_(rows.subquery("some"), copy=False))
        return {name for name, flag in zip(fields, flags, strict=True) if flag}

    def keep_first(self, table: str, new: str) -> int:
        found = self._tables.find(table)
        rows = everything(found.name)
        dropped = 0
        if {SEQ, EVENT_ID} <= set(found.scope.hidden) and self._may_repeat(table, found.name):
            repeats = self._tables.name(f"repeats of {new}", found.scope)
            self._execute(statements.create(repeats.name, statements.repeated(found.name), stored=True))
            dropped = self._count(everything(repeats.name))
            rows = statements.without(found.name, repeats.name)
        self._forget(new)
        named = self._tables.name(new, found.scope)
        self._execute(statements.create(named.name, rows, stored=False))
        if table in self._counts:
            self._counts[new] = self._counts[table] - dropped
        return dropped

    def distinct(self, tables: Sequence[str]) -> int:
        if len(tables) < 2:  # a table has a record once
            return sum(self._rows(each) for each in tables)
        parts: list[exp.Query] = [select([tree.column(SEQ)], self._tables.find(each).name) for each in tables]
        return self._count(reduce(lambda one, other: exp.union(one, other, distinct=True, copy=False), parts))

    def count(self, plan: Node) -> int:
        if isinstance(plan, Rows):
            return self._rows(plan.table)
        query = self._query(plan)
        return self._count(query.finish(everything(relation(plan, query).name)))

    def missing(self, plan: Node, names: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        query = self._query(plan)
        found = relation(plan, query)
        fields = [found.scope.fields.get(name) for name in names]
        lacks = [tree.boolean(True) if field is None else tree.is_null(field.sql) for field in fields]
        tests = [tree.any_of(*(each.copy() for each in lacks)), *lacks]
        counts = [tree.only_where(tree.call("count", exp.Star()), each) for each in tests]
        ((some, *each),) = self._fetch(query.finish(select(counts, found.name)))
        return some, dict(zip(names, each, strict=True))

    def run(self, plan: Node, *, origins: bool) -> Result:
        """Rows stream: hardly more than a batch of them is held here at a time."""
        found = shown(plan, self._query(plan, origins=origins))
        return Result(found.columns, self._stream(found))

    def records(self, plan: Node) -> Iterator[int]:
        query = self._query(plan, origins=True)
        query.few = False  # lists hold the first hundred
        seqs = query.finish(every_record(relation(plan, query), query))
        return (seq for batch in self._batches(seqs, 4096) for (seq,) in batch)

    def check(self, plan: Node) -> None:
        shown(plan, self._query(plan))

    def explain(self, plan: Node) -> str:
        return shown(plan, self._query(plan)).select.sql("duckdb", pretty=True)

    def close(self) -> None:
        self._connection.close()
        self._folder.cleanup()

    def _query(self, plan: Node, *, origins: bool = False) -> Query:
        leaf = chain(plan)[0]
        few = False
        if isinstance(leaf, Rows):
            self._tables.find(leaf.table)
            few = any(isinstance(node, Aggregate | Window) for node in chain(plan)) and self._rows(leaf.table) <= FEW
        return Query(self._tables.relations, origins, self._regex_problem, self._lookups, few)

    def _keep(self, table: str, parts: Iterator[pa.Table]) -> int:
        """A table of parts with the same columns; gives the number of its rows."""
        ident, rows = self._tables.name(table, Scope({})).name, 0
        for number, part in enumerate(parts):
            rows += part.num_rows
            self._lend(_BATCH, part)
            try:
                lent = everything(_BATCH)
                whole = exp.Insert(this=table_named(ident), expression=lent)
                self._execute(whole if number else statements.create(ident, lent, stored=True))
            finally:
                self._lend(_BATCH, None)
        return rows

    def _stream(self, found: Shown) -> Iterator[Row]:
        known = found.origin is not Origin.none
        return rows(self._batches(found.select, 256 if known else 4096), found.places, origins=known)

    def _batches(self, query: exp.Select, size: int) -> Iterator[Sequence[Any]]:
        """What a query gives, some rows at a time; other statements may run in between."""
        cursor = self._connection.cursor()
        try:
            for name, lent in self._lent.items():  # what is lent to one cursor others do not see
                cursor.register(name, lent)
            with resources():
                cursor.execute(tree.written(query))
                yield from batches(cursor.fetchmany, size)
        finally:
            cursor.close()

    def _may_repeat(self, table: str, ident: str) -> bool:
        """False only if no EVENT_ID stands twice: no two of the ids have one hash. Counts the rows, too."""
        ((self._counts[table], same),) = self._fetch(statements.alike(ident))
        return bool(same)

    def _regex_problem(self, pattern: str) -> str:
        """What DuckDB says against a regular expression; "" for nothing."""
        if pattern not in self._regexes:
            try:
                self._connection.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
                self._regexes[pattern] = ""
            except duckdb.Error as error:
                self._regexes[pattern] = str(error).strip().splitlines()[0]
        return self._regexes[pattern]

    def _lend(self, name: str, rows: pa.Table | None) -> None:
        """Let statements read an Arrow table under a name, or no longer."""
        if rows is None:
            self._connection.unregister(name)
            self._lent.pop(name, None)
        else:
            self._connection.register(name, rows)
            self._lent[name] = rows

    def _rows(self, table: str) -> int:
        if table not in self._counts:
            self._counts[table] = self._count(everything(self._tables.find(table).name))
        return self._counts[table]

    def _forget(self, table: str) -> None:
        """What was found out about a table holds no longer."""
        self._present.pop(table, None)
        self._counts.pop(table, None)

    def _count(self, rows: exp.Query) -> int:
        ((count,),) = self._fetch(statements.counted(rows))
        return int(count)

    def _fetch(self, query: exp.Expression) -> list[tuple[Any, ...]]:
        with resources():
            return self._connection.execute(tree.written(query)).fetchall()

    def _execute(self, statement: exp.Expression) -> None:
        with resources():
            self._connection.execute(tree.written(statement))
