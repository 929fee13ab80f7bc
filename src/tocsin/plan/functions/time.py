"""Functions on times, which are numbers: seconds since 1970-01-01T00:00:00Z. The zone is always an argument."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, each, number, text

TABLE = (
    Function("strftime", 3, 3, text, "The time as text by a format, in a zone; NULL for no number.", (1, 2)),
    Function(
        "strptime",
        3,
        3,
        number,
        "The time that a text names by a format, in a zone; NULL where it does not fit.",
        (1, 2),
    ),
    Function(
        "relative_time", 3, 3, number, "The time moved and snapped by `-24h@h`, in a zone; NULL for no number.", (1, 2)
    ),
    Function(
        "bin_time", 3, 3, number, "The time floored to a span, in seconds or as `1d`; NULL for no number.", (1, 2)
    ),
    Function(
        "date_part", 3, 3, text, "second minute hour mday wday month year zone of a time at an offset in minutes.", (2,)
    ),
    Function(
        "ctime",
        3,
        3,
        each,
        "Whole seconds as text by a format, in a zone, each value; what is no number stays.",
        (1, 2),
    ),
    Function(
        "mktime", 3, 3, number, "The time that a text names by a format, in a zone; NULL where it does not fit.", (1, 2)
    ),
)
