"""An entry as a mapping: `date`, or `from` and `until`, or `every` by a rule; each with `hours` and a `reason`."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.content.yaml_value import Entries, Scalar
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import Recurring, Shift, When
from tocsin.hours.file.entry_text import between
from tocsin.hours.file.reading import Reading, head, joined
from tocsin.hours.file.times import read_date, read_shifts, read_stamp
from tocsin.hours.recurrence_text import BadRecurrenceError, parse_recurrence

KINDS = {  # the key that tells the kind: what must stand beside it, and what may
    "date": ((), ("hours", "reason")),
    "every": (("from",), ("until", "hours", "reason")),
    "from": (("until",), ("hours", "reason")),
}


def read_mapping(reading: Reading, value: Entries, path: str) -> tuple[When, str] | None:
    """When the entry holds and its reason or ""; None after a report."""
    before = len(reading.found)
    kind = next((kind for kind in KINDS if kind in value.values), "")
    if not kind:
        reading.report(catalogue.missing_key(f"{path}.date", head(value), "add `date`, `from`, `every` or `ics`"))
        return None
    needed, optional = KINDS[kind]
    reading.mapping(value, path, (kind, *needed, *optional))
    for key in needed:
        if key not in value.values:
            reading.report(catalogue.missing_key(joined(path, key), head(value)))
    texts = _texts(reading, value, path)
    if len(reading.found) > before:
        return None
    shifts = reading.parsed(texts["hours"], read_shifts) if "hours" in texts else ()
    if shifts is None:
        return None
    when = _recurring(reading, texts, shifts) if kind == "every" else _range(reading, texts, kind, shifts)
    reason = " ".join(texts["reason"].text.split()) if "reason" in texts else ""
    return None if when is None else (when, reason)


def _texts(reading: Reading, value: Entries, path: str) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for key, each in value.values.items():
        scalar = reading.scalar(each, joined(path, key))
        if scalar is not None:
            found[key] = scalar
    return found


def _range(reading: Reading, texts: dict[str, Scalar], kind: str, shifts: tuple[Shift, ...]) -> When | None:
    last = texts["until"] if kind == "from" else texts[kind]
    begin = reading.parsed(texts[kind], read_stamp)
    end = reading.parsed(last, read_stamp) if last is not texts[kind] else begin
    if begin is None or end is None:
        return None

    def ranged(text: str) -> When:
        return between(begin, end, shifts, (0, len(text)))

    if kind == "date" and begin.second is not None:
        reading.report(catalogue.bad_date(texts[kind].text, texts[kind].span))
        return None
    return reading.parsed(last, ranged)


def _recurring(reading: Reading, texts: dict[str, Scalar], shifts: tuple[Shift, ...]) -> When | None:
    start = reading.parsed(texts["from"], read_date)
    until = reading.parsed(texts["until"], read_date) if "until" in texts else None
    if start is None or ("until" in texts and until is None):
        return None
    every = texts["every"]
    try:
        rule = parse_recurrence(every.text, start, shifts[0].start if shifts else 0, reading.zone, reading.budget)
    except BadRecurrenceError as error:
        reading.report(catalogue.bad_recurrence(str(error), every.span))
        return None
    if until is None:
        return Recurring(rule, shifts)
    if rule.until is not None:
        reading.report(catalogue.bad_recurrence("the rule and `until` both give an end", texts["until"].span))
        return None
    if until < start:
        reading.report(catalogue.reversed_range(texts["until"].span))
        return None
    return Recurring(replace(rule, until=until), shifts)
