"""From the records of a part to the columns of each want: times, the window, candidates, their values."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.candidate import Rows, may_match
from tocsin.cloudtrail.columns import Columns
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.eventtime import Moment, Moments
from tocsin.cloudtrail.leaves import leaves, matcher
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME, Request, Want
from tocsin.cloudtrail.shape import holdable


class Selector:
    """Adds candidates to one batch a want."""

    def __init__(self, request: Request) -> None:
        self.batches = [Batch() for _ in request.wants]
        self._request = request
        self._pickers = [_Picker(want) for want in request.wants]
        self._moments = Moments()

    def take(self, part: Part, decoder: Decoder, base: int, account: ScanAccount) -> list[tuple[int, str]]:
        """Add what may match; `base` plus its position is a record's SEQ. Returns records without a time."""
        if not part.records:
            return []
        moments = self._times(part, decoder)
        rows, bad = self._in_window(moments, account)
        columns = Columns(decoder.shape, part.records, lambda row: decoder.exact(part.text(row)))
        chosen: set[int] = set()
        for picker, batch in zip(self._pickers, self.batches, strict=True):
            picked = may_match(picker.want.condition, columns, rows)
            if picked:
                hidden = _hidden(columns, picked, moments, part, base)
                batch.add(len(picked), hidden | picker.values(columns, picked, part))
                chosen.update(picked)
        account.candidates += len(chosen)
        return [(part.positions[row], _bad_time(part, decoder, row)) for row in bad]

    def _times(self, part: Part, decoder: Decoder) -> list[Moment | None]:
        written = map(decoder.shape.time, part.records)
        try:
            return list(map(self._moments.__getitem__, written))
        except TypeError:  # an array or an object, which no dict takes as a key
            texts = map(decoder.shape.time, part.records)
            return [self._moments[text] if isinstance(text, str) else None for text in texts]

    def _in_window(self, moments: list[Moment | None], account: ScanAccount) -> tuple[Rows, Rows]:
        """The rows in the window, and those without a time."""
        bad = [row for row, moment in enumerate(moments) if moment is None] if None in moments else []
        timed = range(len(moments)) if not bad else [row for row, moment in enumerate(moments) if moment is not None]
        first, last = self._request.earliest, self._request.latest
        low = float("-inf") if first is None else first
        high = float("inf") if last is None else last
        if first is None and last is None:
            return list(timed), bad
        rows = [row for row in timed if low <= moments[row][0] < high]  # type: ignore[index]
        account.outside_window += len(timed) - len(rows)
        return rows, bad


class _Picker:
    """Gets the values that one want asks for."""

    def __init__(self, want: Want) -> None:
        self.want = want
        self._paths = tuple(path for path in want.paths if holdable(path))
        odd = tuple(path for path in want.paths if not holdable(path))
        self._fits = matcher(want.patterns, odd) if want.patterns or odd else None

    def values(self, columns: Columns, rows: Rows, part: Part) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {path: columns.some(path, rows) for path in self._paths}
        if self.want.raw:
            found[RAW] = [part.text(row).decode("utf-8", "replace") for row in rows]
        if self._fits is not None:
            for at, row in enumerate(rows):
                for name, leaf in self._flat(part, row).items():
                    if name not in found:
                        found[name] = [None] * len(rows)
                    if name not in self._paths:
                        found[name][at] = leaf
        return found

    def _flat(self, part: Part, row: int) -> dict[str, Any]:
        assert self._fits is not None
        flat = leaves(exact.parse(part.text(row).decode("utf-8", "replace")))
        return {name: leaf for name, leaf in flat.items() if self._fits(name)}


def _hidden(columns: Columns, rows: Rows, moments: list[Moment | None], part: Part, base: int) -> dict[str, list[Any]]:
    times = [moments[row] for row in rows]
    return {
        EVENT_ID: [None if each in ("", "null") else each for each in columns.some("eventID", rows)],
        TIME: [each and each[0] for each in times],
        OFFSET: [each and each[1] for each in times],
        SEQ: [base + part.positions[row] for row in rows],
    }


def _bad_time(part: Part, decoder: Decoder, row: int) -> str:
    written = decoder.shape.time(part.records[row])
    if isinstance(written, str):
        return f"eventTime is no time: {written[:40]!r}"
    return "eventTime is no text" if written is not UNSET else "no eventTime"
