"""The AWS add-on's fields, and Splunk's default fields: one table of SPL, compiled to plan expressions on demand.

Written from a description of what the add-on (6.0 to 7.0) does. Names that are not in the table are JSON leaf paths.
"""

from __future__ import annotations

from tocsin.cloudtrail.fields.compile import FieldOptions, expression, stages
from tocsin.cloudtrail.fields.field import FieldDoc, Kind
from tocsin.cloudtrail.fields.table import TABLE

__all__ = ["FieldDoc", "FieldOptions", "Kind", "describe", "expression", "names", "stages"]


def names() -> tuple[str, ...]:
    """All add-on and default fields, in the order of the table."""
    return tuple(TABLE)


def describe(name: str) -> FieldDoc | None:
    """The field's row of the table; None if the name is no field of it."""
    return TABLE.get(name)
