"""A lookup's rows as a table of the engine, with what its ways of matching need.

`WILDCARD` columns get a regular expression for each cell, `CIDR` columns the first and the last address of the
block; an empty cell is a missing value.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

import pyarrow as pa

from tocsin.content.lookup import LookupTable
from tocsin.engine.sql.functions.pattern import wildcard
from tocsin.engine.sql.nodes.lookup import FIRST, LAST, PATTERN


def lookup_rows(table: LookupTable) -> pa.Table:
    """The rows as columns of text."""
    columns: dict[str, list[str | None]] = {
        name: [row[place] or None for row in table.rows] for place, name in enumerate(table.columns)
    }
    for name, kind in table.options.match_types:
        if name in columns:
            columns.update(_matching(name, kind, columns[name], table.options.case_sensitive_match))
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _matching(name: str, kind: str, cells: list[str | None], exact: bool) -> Iterator[tuple[str, list[str | None]]]:
    if kind == "WILDCARD":
        yield PATTERN + name, [None if cell is None else f"(?s)^{wildcard(cell, exact=exact)}$" for cell in cells]
    if kind == "CIDR":
        blocks = [_block(cell) for cell in cells]
        yield FIRST + name, [first for first, _ in blocks]
        yield LAST + name, [last for _, last in blocks]


def _block(cell: str | None) -> tuple[str | None, str | None]:
    """The ends of a block in the form of `spl_address`; none for what is no block."""
    try:
        network = ipaddress.ip_network((cell or "").strip(), strict=False)
    except ValueError:
        return None, None
    digits = 8 if network.version == 4 else 32
    first, last = (int(each) for each in (network.network_address, network.broadcast_address))
    return f"{network.version}{first:0{digits}x}", f"{network.version}{last:0{digits}x}"
