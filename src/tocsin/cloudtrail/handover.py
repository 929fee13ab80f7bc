"""What a task gave, on its way from a worker to the parent.

Few rows go through the pipe as they are, more of them as Arrow has them. Many go by a piece of memory without a name,
where the system has such a thing (Linux): the parent reads it in place, while what goes through a pipe is copied half
a dozen times.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import socket
import sys
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Batch

if TYPE_CHECKING:
    import pyarrow as pa

MUCH = 1 << 18  # bytes that are worth a piece of memory
_SIGN = b"\0"  # a descriptor is sent along with a byte


class Piece(Struct, frozen=True):
    """In the place of a table: its descriptor follows the answer."""

    size: int


Sent = Batch | bytes | mmap.mmap
Batches = Sequence[tuple[int, Sent]]  # by want


class Parcel(Struct, frozen=True):
    """A message, and the descriptors that go with it."""

    message: tuple[ScanAccount, tuple[tuple[int, Batch | bytes | Piece], ...]]
    pieces: list[int]


def pack(account: ScanAccount, batches: Iterable[tuple[int, Batch]]) -> Parcel:
    """What a task gave, as `send` takes it."""
    pieces: list[int] = []
    return Parcel((account, tuple((want, _packed(batch, pieces)) for want, batch in batches)), pieces)


def send(connection: Connection, parcel: Parcel) -> None:
    """Send a parcel, once: its descriptors are closed, whatever happens. Raises as connections do."""
    try:
        connection.send(parcel.message)
        for piece in parcel.pieces:
            _send_piece(connection, piece)
    finally:
        for piece in parcel.pieces:
            os.close(piece)


def receive(connection: Connection) -> Any:
    """The next message: a parcel as its account and `Batches`, anything else as it was sent.

    Raises as connections do, also where the other side ends halfway through.
    """
    message = connection.recv()
    if not isinstance(message, tuple):
        return message
    account, batches = message
    return account, tuple((want, _mapped(connection, sent)) for want, sent in batches)


def unpack(sent: Sent) -> pa.Table:
    """The rows of a batch, wherever they are."""
    import pyarrow as pa

    return sent.table() if isinstance(sent, Batch) else pa.ipc.open_stream(pa.py_buffer(sent)).read_all()


def _packed(batch: Batch, pieces: list[int]) -> Batch | bytes | Piece:
    if not batch.tables:
        return batch
    import pyarrow as pa

    table = batch.table()
    piece = _piece(table) if table.nbytes >= MUCH else None
    if piece is not None:
        pieces.append(piece)
        return Piece(os.fstat(piece).st_size)
    sink = pa.BufferOutputStream()
    _write(table, sink)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _piece(table: pa.Table) -> int | None:
    """The descriptor of memory that holds the table; None if there is none to be had."""
    if sys.platform != "linux":
        return None
    piece = -1
    try:
        piece = os.memfd_create("tocsin")
        with open(piece, "wb", closefd=False) as sink:
            _write(table, sink)
    except OSError:
        if piece >= 0:
            os.close(piece)
        return None
    return piece


def _write(table: pa.Table, sink: Any) -> None:
    import pyarrow as pa

    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)


def _mapped(connection: Connection, sent: Batch | bytes | Piece) -> Sent:
    if not isinstance(sent, Piece):
        return sent
    with _socket(connection) as pipe:
        _, found, _, _ = socket.recv_fds(pipe, len(_SIGN), 1)
    if not found:
        raise EOFError
    try:
        return mmap.mmap(found[0], sent.size, prot=mmap.PROT_READ)
    finally:
        os.close(found[0])


def _send_piece(connection: Connection, piece: int) -> None:
    with _socket(connection) as pipe:
        socket.send_fds(pipe, [_SIGN], [piece])


def _socket(connection: Connection) -> contextlib.AbstractContextManager[socket.socket]:
    """The pair of sockets that a connection between processes is."""
    return socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
