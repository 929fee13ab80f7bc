"""Searches whose records have been read: their plans are carried out, one after another, and accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.request import SEQ_BITS
from tocsin.config import Settings
from tocsin.diagnostics import CompileError, TocsinError
from tocsin.engine.protocol import Engine, RecordRef, Result
from tocsin.plan.nodes import Node, Rows
from tocsin.plan.nothing import gives_nothing
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import EventPointer
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered, Judges
from tocsin.run.late import narrowing, read_late
from tocsin.run.matched import recount
from tocsin.run.rows import book, nothing, over_records, rows


class Execution(Struct):
    """Searches whose records have been read. `results` runs the plans, one after another; the account fills up.

    Searches go by their numbers, their places in `compiled`. `entries` are those in the account; a search without
    one has been left out. `refused` are the searches that the engine cannot carry out. They give no results, like any
    search whose entry has `failed`. `late` are those whose records are read again, as far as they are kept.
    """

    compiled: tuple[Compiled, ...]
    files: tuple[File, ...]
    engine: Engine
    account: RunAccount
    entries: dict[int, DetectionAccount]
    refused: Mapping[int, CompileError]
    judges: Judges
    settings: Settings
    late: frozenset[int] = frozenset()
    _plans: dict[int, tuple[Node, Answered]] = field(default_factory=dict)

    def pointers(self, records: Sequence[RecordRef]) -> list[EventPointer]:
        """Where records stand, file and number in it, and when they are from."""
        return [
            EventPointer(
                each.event_id, self.files[each.seq >> SEQ_BITS].path, each.seq & (1 << SEQ_BITS) - 1, each.time
            )
            for each in records
        ]

    def results(self, *, origins: bool) -> Iterator[tuple[Compiled, Result]]:
        """Each search's result, in the order of the searches. Consume one before taking the next."""
        for index, entry in tuple(self.entries.items()):
            result = None if entry.failed else self.result(index, origins=origins)
            if result is not None:
                yield self.compiled[index], result

    def result(self, index: int, *, origins: bool) -> Result | None:
        """The result of one search. None if it fails; its entry in the account says why."""
        entry = self.entries[index]
        if not entry.matched and gives_nothing(self.compiled[index].plan):
            return nothing(self.compiled[index], entry)
        try:
            plan, answered = self._plan(index, origins=origins)
            return rows(self.engine, self.compiled[index], plan, answered, entry, origins=origins)
        except TocsinError as error:
            entry.failed = str(error)
            return None

    def matched(self, index: int) -> Iterator[int]:
        """The SEQ of every record that a search's base search matches."""
        return self.engine.records(Rows(f"matched:{index}"))

    def found(self, index: int) -> Iterator[int]:
        """The SEQ of every record behind a search's rows."""
        plan, answered = self._plan(index, origins=True)
        return self.engine.records(answered.plan(plan))

    def beside(self, name: str) -> int | None:
        """The number of a search that no detection asks for."""
        named = (index for index in self.entries if self.compiled[index].name == name)
        return next((index for index in named if self.compiled[index].detection is None), None)

    def leave_out(self, index: int) -> None:
        """Take a search out of the account, as if it had not been asked."""
        entry = self.entries.pop(index)
        self.account.detections[:] = [each for each in self.account.detections if each is not entry]
        recount(self.engine, self.account, self.entries)

    def _plan(self, index: int, *, origins: bool) -> tuple[Node, Answered]:
        """A search's plan over what it matched; its judges are asked at most once."""
        if index not in self._plans:
            answered = Answered(self.engine, f"{index}", self.judges, origins=origins)
            self._plans[index] = over_records(self.engine, self._records(index), self.compiled[index].plan), answered
        return self._plans[index]

    def _records(self, index: int) -> str:
        """The name of the table of the records that a search's plan goes over."""
        matched, search = f"matched:{index}", self.compiled[index]
        part = narrowing(search.plan) if index in self.late else None
        if part is None:
            return matched
        kept = over_records(self.engine, matched, part)
        book(self.engine, search, kept, Answered(self.engine, "", {}, origins=True), self.entries[index])
        return read_late(self.engine, search, kept, index, self.files, self.settings)
