"""From decoded records to the columns of each want: times, the window, candidates, their values."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from msgspec import UNSET

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.candidate import Rows, may_match
from tocsin.cloudtrail.columns import Columns
from tocsin.cloudtrail.eventtime import Times
from tocsin.cloudtrail.gathered import Gathered
from tocsin.cloudtrail.leaves import leaves, matcher
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME, Request, Want
from tocsin.cloudtrail.shape import holdable

Bad = list[tuple[int, str]]  # SEQ and reason


class Selector:
    """Adds candidates to one batch a want."""

    def __init__(self, request: Request) -> None:
        self.batches = [Batch() for _ in request.wants]
        self._low = -inf if request.earliest is None else request.earliest
        self._high = inf if request.latest is None else request.latest
        self._pickers = [_Picker(want) for want in request.wants]
        self._times = Times()

    def take(self, gathered: Gathered, account: ScanAccount) -> Bad:
        """Add what may match and count; returns the records without a time."""
        texts = list(map(gathered.decoder.shape.time, gathered.records))
        times = self._times.seconds(texts)
        missing = [row for row, time in enumerate(times) if time is None] if None in times else []
        rows = self._in_window(times)
        account.outside_window += len(times) - len(missing) - len(rows)
        account.candidates += self._pick(gathered, times, rows)
        return [(gathered.seqs[row], _reason(texts[row])) for row in missing]

    def filled(self, *, whole: bool) -> Iterator[tuple[int, Batch]]:
        """The batches that are full, or all that hold anything, by want; new ones take their places."""
        for want, batch in enumerate(self.batches):
            if batch.full or (whole and batch.rows):
                self.batches[want] = Batch()
                yield want, batch

    def _in_window(self, times: list[float | None]) -> Rows:
        return [row for row, time in enumerate(times) if time is not None and self._low <= time < self._high]

    def _pick(self, gathered: Gathered, times: list[float | None], rows: Rows) -> int:
        """Add the candidates among the rows to the batches; how many rows there were for any want."""
        columns = Columns(gathered.decoder.shape, gathered.records, gathered.exact)
        chosen: set[int] = set()
        for picker, batch in zip(self._pickers, self.batches, strict=True):
            picked = may_match(picker.want.condition, columns, rows) if rows else rows
            if picked:
                hidden = self._hidden(columns, picked, times, gathered.seqs)
                batch.add(len(picked), hidden | picker.values(columns, picked, gathered))
                chosen.update(picked)
        return len(chosen)

    def _hidden(self, columns: Columns, rows: Rows, times: list[float | None], seqs: list[int]) -> dict[str, list[Any]]:
        return {
            EVENT_ID: [None if each in _NO_ID else each for each in columns.some("eventID", rows)],
            TIME: [times[row] for row in rows],
            OFFSET: self._times.offsets(columns.some("eventTime", rows)),
            SEQ: [seqs[row] for row in rows],
        }


class _Picker:
    """Gets the values that one want asks for."""

    def __init__(self, want: Want) -> None:
        self.want = want
        self._paths = tuple(path for path in want.paths if holdable(path))
        odd = tuple(path for path in want.paths if not holdable(path))
        self._fits = matcher(want.patterns, odd) if want.patterns or odd else None

    def values(self, columns: Columns, rows: Rows, gathered: Gathered) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {path: columns.some(path, rows) for path in self._paths}
        if self.want.raw:
            found[RAW] = [gathered.text(row).decode("utf-8", "replace") for row in rows]
        if self._fits is not None:
            self._add_matching(found, rows, gathered)
        return found

    def _add_matching(self, found: dict[str, list[Any]], rows: Rows, gathered: Gathered) -> None:
        assert self._fits is not None
        exactly = frozenset(found)
        for at, row in enumerate(rows):
            flat = leaves(exact.parse(gathered.text(row).decode("utf-8", "replace")))
            for name, leaf in flat.items():
                if name not in exactly and self._fits(name):
                    found.setdefault(name, [None] * len(rows))[at] = leaf


_NO_ID = frozenset({"", "null"})


def _reason(written: Any) -> str:
    """Why a record has no time."""
    if isinstance(written, str):
        return f"eventTime is no time: {written[:40]!r}"
    return "no eventTime" if written is UNSET else "eventTime is no text"
