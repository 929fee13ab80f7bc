"""From decoded records to the columns of each want: times, the window, candidates, their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from tocsin.cloudtrail import arrays
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Batch, Column
from tocsin.cloudtrail.candidate import Rows, may_match
from tocsin.cloudtrail.columns import MANY, Columns, taken
from tocsin.cloudtrail.eventtime import Times
from tocsin.cloudtrail.gathered import Gathered
from tocsin.cloudtrail.leaves import Leaf, leaves_of, matcher
from tocsin.cloudtrail.moments import Dated, Moments
from tocsin.cloudtrail.packed import packed
from tocsin.cloudtrail.request import EVENT_ID, NAMES, RAW, SEQ, VALUES, Request, Want
from tocsin.cloudtrail.shape import holdable
from tocsin.cloudtrail.shared import shared

Bad = list[tuple[int, str]]  # SEQ and reason


class Selector:
    """Adds candidates to one batch a want."""

    def __init__(self, request: Request) -> None:
        self.batches = [Batch() for _ in request.wants]
        self._earliest = request.earliest
        self._latest = request.latest
        self._pickers = [_Picker(want) for want in request.wants]
        self._times = Times()
        self._unseen = set(request.watched)
        self._wide = False  # some want took every record of many

    def take(self, gathered: Gathered, account: ScanAccount) -> Bad:
        """Add what may match and count; returns the records without a time."""
        columns = Columns(gathered.shape, gathered.records, gathered.exact, gathered.text)
        moments = self._moments(columns)
        rows = moments.within(self._earliest, self._latest)
        account.outside_window += len(columns) - len(moments.missing) - len(rows)
        account.candidates += self._pick(gathered, columns, moments, rows)
        self._watch(columns, account)
        return [(gathered.seqs[row], _reason(moments.texts[row], columns.shape.missing)) for row in moments.missing]

    def _moments(self, columns: Columns) -> Moments:
        if columns.shape.dated:
            return Dated(len(columns), self._times)
        return Moments(columns.top("eventTime"), self._times, at_once=self._wide and len(columns) >= MANY)

    def _watch(self, columns: Columns, account: ScanAccount) -> None:
        """Look for the watched paths that this process has not seen yet."""
        account.looked_at += len(columns)
        if self._unseen:
            found = {path for path in self._unseen if columns.anywhere(path)}
            self._unseen -= found
            account.seen |= found

    def filled(self, *, whole: bool) -> Iterator[tuple[int, Batch]]:
        """The batches that are full, or all that hold anything, by want; new ones take their places."""
        for want, batch in enumerate(self.batches):
            if batch.full or (whole and batch.rows):
                self.batches[want] = Batch()
                yield want, batch

    def _pick(self, gathered: Gathered, columns: Columns, moments: Moments, rows: Rows) -> int:
        """Add the candidates among the rows to the batches; how many rows there were for any want."""
        chosen: set[int] = set()
        for picker, batch in zip(self._pickers, self.batches, strict=True):
            picked = picker.picked(columns, rows, gathered)
            if picked:
                at_once = len(picked) == len(columns) >= MANY
                self._wide |= at_once
                hidden = {
                    **({EVENT_ID: _ids(columns, picked, at_once=at_once)} if picker.want.ids else {}),
                    **(moments.hidden(picked) if picker.want.times else {}),
                    SEQ: gathered.seq_array() if at_once else taken(gathered.seqs, picked),
                }
                values = picker.values(columns, picked, gathered, at_once=at_once)
                batch.add(len(picked), hidden | {name: each for name, each in values.items() if name not in hidden})
                if len(chosen) < len(rows):
                    chosen.update(picked)
        return len(chosen)


def _ids(columns: Columns, rows: Rows, *, at_once: bool) -> Column:
    if at_once:
        array = columns.array("eventID")
        if not isinstance(array, Sequence) and arrays.shortest(array) > _LONGEST_NO_ID:
            return array
    ids = columns.some("eventID", rows)
    return ids if _NO_ID.isdisjoint(ids) else [None if each in _NO_ID else each for each in ids]


class _Picker:
    """Gets the values that one want asks for."""

    def __init__(self, want: Want) -> None:
        self.want = want
        self._paths = tuple(path for path in want.paths if holdable(path))
        self._odd = tuple(path for path in want.paths if not holdable(path))
        self._fits = matcher(want.patterns)

    def picked(self, columns: Columns, rows: Rows, gathered: Gathered) -> Rows:
        """Those of the rows that may match."""
        only = self.want.only
        asked = rows if only is None else [row for row in rows if gathered.seqs[row] in only]
        return may_match(self.want.condition, columns, asked) if asked else asked

    def values(self, columns: Columns, rows: Rows, gathered: Gathered, *, at_once: bool) -> dict[str, Any]:
        """By path; `at_once` for all rows."""
        found: dict[str, Any] = shared(self._paths, columns, rows) if len(rows) >= MANY else {}
        others = [path for path in self._paths if path not in found]
        found |= {path: arrays.few(columns.array(path)) if at_once else columns.some(path, rows) for path in others}
        if self.want.raw:
            found[RAW] = [gathered.text(row).decode("utf-8", "replace") for row in rows]
        if self._odd or self.want.patterns:
            found |= self._flat([leaves_of(gathered.text(row)) for row in rows], frozenset(found))
        return found

    def _flat(self, records: list[dict[str, Leaf]], known: Set[str]) -> dict[str, Any]:
        """What needs all leaves of each record: names that no Struct has, and the patterns."""
        found: dict[str, Any] = {name: [flat.get(name) for flat in records] for name in self._odd}
        if self.want.patterns:
            others = known | set(self._odd)
            left = [{name: flat[name] for name in flat if name not in others and self._fits(name)} for flat in records]
            found[NAMES], found[VALUES] = map(list, zip(*map(packed, left), strict=True))
        return found


_NO_ID = frozenset({"", "null"})
_LONGEST_NO_ID = max(map(len, _NO_ID))


def _reason(written: Any, missing: Any) -> str:
    """Why a record has no time."""
    if isinstance(written, str):
        return f"eventTime is no time: {written[:40]!r}"
    return "no eventTime" if written is missing else "eventTime is no text"
