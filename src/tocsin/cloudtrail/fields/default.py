"""Default fields: what Splunk knows of every event besides its text.

The `date_*` fields are read off the time as the record writes it, in the record's own zone: hours of CloudTrail are
UTC, wherever the searcher is. What Splunk's index would know (host, source, index) is constant here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tocsin.cloudtrail.fields.field import FieldDoc, Kind
from tocsin.cloudtrail.request import OFFSET, RAW, TIME
from tocsin.plan.expr import Apply, Column, Constant, Expr

# What files do not tell. Values as after a replay of recorded data, and Splunk's own default index.
METADATA = MappingProxyType(
    {
        "host": "tocsin",
        "index": "main",
        "linecount": "1",
        "source": "aws_cloudtrail",
        "sourcetype": "aws:cloudtrail",
        "splunk_server": "tocsin",
    }
)

_METADATA_DOC = {
    "host": "Always the same; files do not tell.",
    "index": "Always Splunk's default index; a search's `index=` is not looked at, with a warning.",
    "linecount": "Always 1: the add-on hands a record over as one line.",
    "source": "Always the same.",
    "sourcetype": "Always the same; a search for another source type finds nothing.",
    "splunk_server": "Always the same; files do not tell.",
}

_PARTS = {
    "hour": "0 to 23, without padding.",
    "mday": "Day of the month, from 1.",
    "minute": "0 to 59.",
    "month": "English, lower case: `january`.",
    "second": "0 to 59.",
    "wday": "English, lower case: `saturday`.",
    "year": "Four digits.",
    "zone": "Minutes east of UTC; 0 for `Z`.",
}

# Where the text of the time begins, from the record's text. `(?s)`: a record may stand on several lines.
_START = r"""len(replace(_raw, "(?s)^(.*?\"eventTime\"\s*:\s*\").*$", "\1"))"""

_FROM_TEXT = (
    (
        "punct",
        r'substr(replace(replace(replace(_raw, "[A-Za-z0-9]", ""), "\t", "t"), " ", "_"), 1, 30)',
        "The first thirty signs of the record's text that are no letters and no digits; a blank is `_`.",
    ),
    ("timestartpos", _START, "Where the text of the time begins in the record, from 0."),
    ("timeendpos", f"{_START} + len(eventTime)", "Where the text of the time ends in the record."),
)


def _default(name: str, definition: str, doc: str) -> FieldDoc:
    return FieldDoc(name, Kind.default, definition, doc)


DEFAULTS = (
    _default("_time", "the time of `eventTime`", "Epoch seconds."),
    _default("_raw", "the record's text", "As it stands in the file, byte for byte."),
    *(_default(f"date_{part}", f"the {part} of `eventTime` as written", doc) for part, doc in _PARTS.items()),
    *(_default(name, f'"{value}"', _METADATA_DOC[name]) for name, value in METADATA.items()),
    *(_default(name, definition, doc) for name, definition, doc in _FROM_TEXT),
)


def _date_part(part: str) -> Expr:
    return Apply("date_part", (Column(TIME), Column(OFFSET), Constant(part)))


# Those that SPL cannot express: they read the scan's own columns.
EXPRESSIONS: Mapping[str, Expr] = MappingProxyType(
    {
        "_time": Column(TIME),
        "_raw": Column(RAW),
        **{f"date_{part}": _date_part(part) for part in _PARTS},
    }
)
