"""What an engine is: something that holds tables of flat columns and carries out plans over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from tocsin.content.lookup import LookupTable
from tocsin.placed import Placed
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Judge, Node

if TYPE_CHECKING:
    import pyarrow as pa

Value = str | tuple[str, ...] | None
Cell = str | float | None
Told = Mapping[str, Sequence[Cell]]
Ask = Callable[[Told], Mapping[str, Sequence[Cell]]]
"""What a `Judge` asks: of a list for each of its reads, a list for each of its answers' keys, equally long."""


class _Timed(Placed, frozen=True, kw_only=True):
    time: float | None = None


class RecordRef(_Timed, frozen=True):
    """One record: its `SEQ` (file index << 32 | position), its eventID, and its time in epoch seconds.

    The `seq` alone says which record it is; the time takes no part in comparisons.
    """

    seq: int
    event_id: str | None


class Origin(Struct, frozen=True):
    """The records behind a result row: how many, and the first by time (at most 100).

    `earliest` and `latest` are the times of the first and the last of all of them, epoch seconds.
    """

    count: int
    first: tuple[RecordRef, ...]
    earliest: float | None
    latest: float | None


class Row(Struct, frozen=True):
    """A result row as Splunk shows it: text, a tuple of text for a multivalue field, None for a missing one."""

    values: tuple[Value, ...]
    origin: Origin | None = None


class Result(Struct, frozen=True):
    """Columns in order and rows in order. Consumed once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


class Engine(Protocol):
    """Holds tables, runs plans. Tables and columns keep SPL's exact, case-sensitive names outside."""

    def append(self, table: str, batch: pa.Table) -> None:
        """Add rows; columns a batch lacks are NULL, new ones are added (text or list of text)."""

    def append_lookup(self, name: str, table: LookupTable) -> None:
        """Hold a lookup's rows, and how they match, for `Join`."""

    def define(self, table: str, plan: Node, *, stored: bool) -> None:
        """Name a plan's rows as a table, computed now if `stored`."""

    def answer(self, table: str, node: Judge, ask: Ask, *, origins: bool) -> None:
        """Name as `table` the rows of a judge, computed now: `ask` is called for some thousands of rows at a time.

        Their order stays known, and with `origins` the records behind them.
        """

    def forget(self, table: str) -> None:
        """Let go of a table that no defined one reads any more."""

    def present(self, table: str) -> Mapping[str, Type]:
        """The visible columns of a table for which some row has a value, in order."""

    def keep_first(self, table: str, new: str) -> int:
        """Name as `new` the rows of a leaf table without repeats of an EVENT_ID: of several the lowest SEQ stays.

        Rows without an EVENT_ID all stay. Returns how many rows were left out.
        """

    def distinct(self, tables: Sequence[str]) -> int:
        """How many different records (by SEQ) stand in at least one of the leaf tables."""

    def count(self, plan: Node) -> int:
        """How many rows a plan gives."""

    def missing(self, plan: Node, names: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        """How many rows lack a value in at least one of the columns, and for each column how many lack it."""

    def run(self, plan: Node, *, origins: bool) -> Result:
        """Carry out a resolved plan. With `origins` each row carries the records behind it."""

    def records(self, plan: Node) -> Iterator[int]:
        """The SEQ of every record behind a resolved plan's rows, each once; where those are kept as lists, the first
        hundred of each row."""

    def check(self, plan: Node) -> None:
        """Raise CompileError for what cannot be carried out, without carrying anything out."""

    def explain(self, plan: Node, *, stored: bool = False) -> str:
        """The engine's own text for a plan, for people: as `run` has it, or as `define` has it if `stored`.

        Of a judge it is what `answer` asks about.
        """

    def interrupt(self) -> None:
        """What is under way ends with an error, as soon as it can. Safe at any time, also from a handler of signals."""

    def close(self) -> None:
        """Let go of files and memory."""
