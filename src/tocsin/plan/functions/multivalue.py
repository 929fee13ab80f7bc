"""Functions on multivalue fields. A single value is a list of one; an empty list is NULL."""

from __future__ import annotations

from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import Function, Types, multi, number, text


def _index(types: Types) -> Type:
    return Type.multi if len(types) == 3 else Type.text


TABLE = (
    Function(
        "split", 2, 2, multi, "The parts between the delimiters; without delimiter the one value; NULL gives NULL."
    ),
    Function(
        "mvindex", 2, 3, _index, "The value at an index (from 0; negative from the end), or a range; NULL outside."
    ),
    Function("mvcount", 1, 1, number, "How many values; NULL for NULL."),
    Function(
        "mvappend", 1, None, multi, "All values of all arguments in order; NULLs are skipped; NULL if none is left."
    ),
    Function("mvfind", 2, 2, number, "The index of the first value that the regular expression matches; NULL if none."),
    Function("mvjoin", 2, 2, text, "The values with the delimiter between them; NULL gives NULL."),
    Function(
        "mvzip", 2, 3, multi, "First with first, second with second, a delimiter (`,`) between; NULL if any is NULL."
    ),
    Function("mvdedup", 1, 1, multi, "Each value once, where it first stands; NULL gives NULL."),
    Function("mvsort", 1, 1, multi, "The values in the order of their bytes; NULL gives NULL."),
    Function("mvreverse", 1, 1, multi, "The values in the opposite order; NULL gives NULL."),
    Function(
        "mvmap", 2, 2, multi, "The second, for each value of the field that is the first; NULL results are left out."
    ),
    Function(
        "mvfilter", 1, 1, multi, "The values of the one field in the condition for which it is true; NULL if none."
    ),
)
