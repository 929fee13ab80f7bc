"""One file after another: read, ruled out or decoded, counted, and its candidate records put into columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.cloudtrail.account import KEPT, Problem, ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.gathered import Gathered
from tocsin.cloudtrail.inflate import Source
from tocsin.cloudtrail.reader import Reader
from tocsin.cloudtrail.request import SEQ_BITS, Request
from tocsin.cloudtrail.select import Selector
from tocsin.cloudtrail.tally import Tally

Numbered = tuple[int, File]
Filled = Iterator[tuple[int, Batch]]  # by want


class Sieve:
    """Holds what one process needs for a request. What is counted goes into the account at once."""

    def __init__(self, request: Request, account: ScanAccount) -> None:
        self.account = account
        self._request = request
        self._reader = Reader(request)
        self._selector = Selector(request)

    def read(self, files: Sequence[Numbered]) -> Filled:
        """Read files, each to its end or as far as that can be done. No candidate stays behind."""
        problems: list[tuple[int, str]] = []
        gathered: Gathered | None = None
        for index, file in files:
            source = Source(file.path, file.size, self._request.max_raw)
            tally = Tally()
            for part in self._reader.parts(source):
                if part.records:
                    if gathered is None or gathered.enough or gathered.shape is not part.shape:
                        yield from self._settle(gathered, problems)
                        gathered = Gathered(part.shape)
                    gathered.add(part, (index << SEQ_BITS) + tally.position)
                tally.add(part)
            tally.count(source, self.account)
            problems += (((index << SEQ_BITS) + position, reason) for position, reason in tally.problems(source))
        yield from self._settle(gathered, problems)
        yield from self._selector.filled(whole=True)
        self._report(problems, dict(files))

    def _settle(self, gathered: Gathered | None, problems: list[tuple[int, str]]) -> Filled:
        bad = self._selector.take(gathered, self.account) if gathered else []
        self.account.unreadable += len(bad)
        problems += bad
        return self._selector.filled(whole=False)

    def _report(self, problems: list[tuple[int, str]], files: dict[int, File]) -> None:
        kept = self.account.problems
        for seq, reason in sorted(problems)[: max(0, KEPT - len(kept))]:
            index, position = divmod(seq, 1 << SEQ_BITS)
            kept.append(Problem(files[index].path, reason, position or None))
