"""What the scan is asked for, and what it hands back. Pure values: they travel to worker processes."""

from __future__ import annotations

from msgspec import Struct

from tocsin.plan.expr import Expr

# Hidden columns of every batch, before the demanded paths. All other column names are JSON paths.
TIME = "__tocsin_time"  # double: epoch seconds of eventTime
OFFSET = "__tocsin_offset"  # int16: minutes east of UTC as written in eventTime (0 for Z)
SEQ = "__tocsin_seq"  # int64: file index << SEQ_BITS | position in the file, the order of arrival
SEQ_BITS = 32
EVENT_ID = "__tocsin_event_id"  # string, null where the record has none
RAW = "_raw"  # string: the record's own text; only if demanded
NAMES = "__tocsin_names"  # string: the names of what VALUES holds, as `packed` writes them; only with patterns
VALUES = "__tocsin_values"  # list of lists of string: the values of each leaf that no column of its own has


class Want(Struct, frozen=True):
    """What one detection (or search) wants of the records.

    `condition` is its base search over *raw paths* (aliases replaced; fields that are computed any other way
    stay as they are and count as unknown): the scan may drop a record only if the condition cannot be true
    for it. `paths` are the JSON leaf paths to deliver, in Splunk's spelling (`resources{}.ARN`). `patterns`
    ask for every leaf path that matches (`*` for all), packed; `raw` for the record's text. Without `times` there
    is no TIME and no OFFSET, without `ids` no EVENT_ID; a record without a time is unreadable all the same. `only`
    are the SEQs of the records that are wanted, of those for which the condition may be true; None for all.
    """

    condition: Expr
    paths: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    raw: bool = False
    times: bool = True
    ids: bool = True
    only: frozenset[int] | None = None


class Request(Struct, frozen=True):
    """One pass over the input for all wants.

    `earliest` <= time < `latest`, epoch seconds, None for open. `full_count` decodes every record, for audits.
    `watched` are paths of which the account is to say whether any decoded record has them.
    `max_raw` bounds the bytes one file may decompress to, `max_record` those of one record.
    """

    wants: tuple[Want, ...]
    earliest: float | None = None
    latest: float | None = None
    full_count: bool = False
    watched: frozenset[str] = frozenset()
    max_raw: int = 4 << 30
    max_record: int = 64 << 20
