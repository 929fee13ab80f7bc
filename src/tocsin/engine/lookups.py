"""Lookup tables of a library, as tables of an engine."""

from __future__ import annotations

import pyarrow as pa

from tocsin.content.lookup import LookupTable
from tocsin.engine.protocol import Engine
from tocsin.engine.sql.nodes.lookup import LOOKUP


def append_lookup(engine: Engine, name: str, table: LookupTable) -> None:
    """Hand a lookup's rows over under the name by which a `Join` finds them; an empty one has its columns."""
    columns = {
        column: pa.array([row[place] for row in table.rows], pa.string()) for place, column in enumerate(table.columns)
    }
    engine.append(LOOKUP + name, pa.table(columns))
