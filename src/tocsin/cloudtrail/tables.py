"""Tables of Arrow put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """All rows. A column that a table lacks is null there; one of texts may have each text once in some of them."""
    import pyarrow as pa

    plain = {field.name for table in tables for field in table.schema if not pa.types.is_dictionary(field.type)}
    return pa.concat_tables([_as_texts(table, plain) for table in tables], promote_options="default")


def _as_texts(table: pa.Table, names: set[str]) -> pa.Table:
    """The table with plain texts in the named columns."""
    import pyarrow as pa

    for place, field in enumerate(table.schema):
        if field.name in names and pa.types.is_dictionary(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(field.type.value_type))
    return table
