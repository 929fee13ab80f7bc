"""A connection with its private folder, and the Arrow tables that are lent to it: statements go through here.

Lending is by name, and every cursor is lent the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
from sqlglot import exp

from tocsin.engine.connection import connect, limit_of, resources
from tocsin.engine.result import batches
from tocsin.engine.sql import statements, tree


class Session:
    """`memory_limit` is DuckDB's (`2GB`, `80%`); None leaves it and the threads to DuckDB.

    Beyond the limit, `limit` in bytes, rows go to a new folder inside `temp_directory`, which `close` removes.
    """

    def __init__(self, memory_limit: str | None, temp_directory: str | None, threads: int | None) -> None:
        self._folder = TemporaryDirectory(prefix="tocsin-", dir=temp_directory, ignore_cleanup_errors=True)
        try:
            self.connection = connect(memory_limit, self._folder.name, threads)
            self.limit = limit_of(self.connection)
        except BaseException:
            self._folder.cleanup()
            raise
        self._lent: dict[str, pa.Table] = {}
        self._regexes: dict[str, str] = {}

    def interrupt(self) -> None:
        """What is under way ends with an error, as soon as it can. Safe at any time, from anywhere."""
        with suppress(duckdb.Error):
            self.connection.interrupt()

    def close(self) -> None:
        self.connection.close()
        self._folder.cleanup()

    def lend(self, name: str, rows: pa.Table | None) -> None:
        """Let statements read an Arrow table under a name, or no longer."""
        if rows is None:
            self.connection.unregister(name)
            self._lent.pop(name, None)
        else:
            self.connection.register(name, rows)
            self._lent[name] = rows

    def execute(self, statement: exp.Expression) -> None:
        with resources():
            self.connection.execute(tree.written(statement))

    def fetch(self, query: exp.Expression) -> list[tuple[Any, ...]]:
        with resources():
            return self.connection.execute(tree.written(query)).fetchall()

    def count(self, rows: exp.Query) -> int:
        ((count,),) = self.fetch(statements.counted(rows))
        return int(count)

    def batches(self, query: exp.Select, size: int) -> Iterator[Sequence[Any]]:
        """What a query gives, some rows at a time; other statements may run in between."""
        cursor = self.connection.cursor()
        try:
            for name, lent in self._lent.items():  # what is lent to one cursor others do not see
                cursor.register(name, lent)
            with resources():
                cursor.execute(tree.written(query))
                yield from batches(cursor.fetchmany, size)
        finally:
            cursor.close()

    def regex_problem(self, pattern: str) -> str:
        """What DuckDB says against a regular expression; "" for nothing."""
        if pattern not in self._regexes:
            try:
                self.connection.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
                self._regexes[pattern] = ""
            except duckdb.Error as error:
                self._regexes[pattern] = str(error).strip().splitlines()[0]
        return self._regexes[pattern]
