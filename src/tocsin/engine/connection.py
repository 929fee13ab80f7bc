"""A connection to a DuckDB of our own: in memory, with nothing else of the machine in reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from tocsin.diagnostics import UsageError
from tocsin.engine.sql.macros import MACROS

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")


def connect(memory_limit: str | None, folder: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    """With our macros, and locked. Beyond the limit it writes into the folder."""
    try:
        connection = duckdb.connect(":memory:", config=_settings(memory_limit, folder, threads))
    except duckdb.Error as error:
        raise UsageError(f"DuckDB does not start: {str(error).strip().splitlines()[0]}") from error
    for macro in MACROS:
        connection.execute(macro)
    for setting in (
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def limit_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that it may hold, which it tells in words such as `1.8 GiB`."""
    with resources():
        ((told,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = told.split()
    return int(float(number) * 1024 ** _UNITS.index(unit))


@contextmanager
def resources() -> Iterator[None]:
    """What the machine lacks is no bug of ours, and says so in one line."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        first = str(error).strip().splitlines()[0]
        advice = "--memory allows more, and a search that names its fields (`| table ...`) needs less"
        raise UsageError(f"the search needs more memory or disk than it may use ({first}): {advice}") from error


def _settings(
    memory_limit: str | None, folder: str, threads: int | None
) -> dict[str, str | bool | int | float | list[str]]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": folder,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    if memory_limit is not None:
        settings["memory_limit"] = memory_limit
    if threads is not None:
        settings["threads"] = threads
    return settings
