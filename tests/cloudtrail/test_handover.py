"""What a task gave arrives as it was, through the pipe or beside it."""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tocsin.cloudtrail import handover
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.columns import MANY

MUCH = handover.MUCH // 8
shared = pytest.mark.skipif(sys.platform != "linux", reason="no memory without a name here")


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    one, other = Pipe()
    yield one, other
    one.close()
    other.close()


def batch(rows: int) -> Batch:
    made = Batch()
    made.add(rows, {"__tocsin_seq": list(range(rows)), "eventName": [f"Name{row % 9}" for row in range(rows)]})
    return made


def sent(ends: tuple[Connection, Connection], *rows: int) -> handover.Batches:
    """What arrives of batches of so many rows."""
    ours, theirs = ends
    handover.send(theirs, handover.pack(ScanAccount(files=3), enumerate(map(batch, rows))))
    account, batches = handover.receive(ours)
    assert account == ScanAccount(files=3)
    for (want, each), (index, number) in zip(batches, enumerate(rows), strict=True):
        assert want == index
        assert handover.unpack(each).to_pylist() == batch(number).table().to_pylist()
    return batches  # type: ignore[no-any-return]


@shared
def test_few_rows_more_and_many_arrive(ends: tuple[Connection, Connection]) -> None:
    kinds = [type(each) for _, each in sent(ends, 3, MANY, MUCH, MUCH + 1, 1)]
    assert kinds == [Batch, bytes, mmap.mmap, mmap.mmap, Batch]


def test_many_arrive_where_memory_is_not_to_be_had(
    ends: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(name: str) -> int:
        raise OSError(24, "too many open files")

    monkeypatch.setattr(os, "memfd_create", refused, raising=False)
    monkeypatch.setattr(handover, "MUCH", MANY)
    assert [type(each) for _, each in sent(ends, MANY)] == [bytes]


@shared
def test_no_descriptor_stays_open(ends: tuple[Connection, Connection]) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    sent(ends, MUCH, MUCH)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@shared
def test_that_the_other_side_ends_halfway_is_noticed(ends: tuple[Connection, Connection]) -> None:
    ours, theirs = ends
    parcel = handover.pack(ScanAccount(), [(0, batch(MUCH))])
    theirs.send(parcel.message)
    theirs.close()
    with pytest.raises(EOFError):
        handover.receive(ours)
    for piece in parcel.pieces:
        os.close(piece)


def test_other_messages_are_as_they_were(ends: tuple[Connection, Connection]) -> None:
    ours, theirs = ends
    for message in (None, "a traceback"):
        theirs.send(message)
        assert handover.receive(ours) == message
