"""Cases of meaning: reading them from their files, and putting their rows into an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from tocsin.cloudtrail.packed import packed
from tocsin.cloudtrail.request import NAMES, VALUES
from tocsin.content.lookup import LookupOptions, LookupTable
from tocsin.hours import Hours, read_hours
from tocsin.hours.learn import Principal
from tocsin.hours.profile import Profile, Profiles
from tocsin.source import Source

HERE = Path(__file__).parent
KEYS = {
    "name",
    "spl",
    "input",
    "output",
    "splunk",
    "any_order",
    "columns",
    "lookups",
    "matching",
    "now",
    "timezone",
    "refused",
    "warned",
    "hours",
    "profile",
    "gaps",
}
Row = dict[str, "str | list[str]"]


@dataclass(frozen=True)
class Case:
    """One case; the file's path and the name make its id."""

    id: str
    spl: str
    input: list[dict[str, Any]]
    output: list[Row]
    any_order: bool = False
    columns: list[str] | None = None
    lookups: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    matching: Mapping[str, Any] = field(default_factory=dict)
    now: float = 1_700_000_000.0
    timezone: str = "UTC"
    refused: str = ""
    warned: list[str] = field(default_factory=list)
    hours: str = ""
    profile: list[dict[str, Any]] = field(default_factory=list)
    gaps: Mapping[str, str] = field(default_factory=dict)


def cases() -> Iterator[Case]:
    for folder in ("commands", "functions"):
        for path in sorted((HERE / folder).glob("*.yaml")):
            yield from read(path)


def read(path: Path) -> Iterator[Case]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        unknown = set(entry) - KEYS
        assert not unknown, f"{path}: {entry['name']}: {unknown}"
        assert entry.get("splunk"), f"{path}: {entry['name']}: where does the expected value come from?"
        rest = {key: value for key, value in entry.items() if key not in {"name", "splunk", "input", "output"}}
        output = [_row(row) for row in entry.get("output") or []]
        name = f"{path.parent.name}/{path.stem}: {entry['name']}"
        yield Case(id=name, input=entry.get("input") or [], output=output, **rest)


def _row(row: Mapping[str, Any]) -> Row:
    return {name: value for name, each in row.items() if (value := text_of(each)) is not None}


def text_of(value: Any) -> str | list[str] | None:
    """A value of a file as a field holds it: text, or a list of text of more than one."""
    if isinstance(value, list):
        texts = [str(text_of(each)) for each in value]
        return texts if len(texts) != 1 else texts[0]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The rows as columns of text or lists of text; `_time` is a column of numbers."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: _column(name, [row.get(name) for row in rows]) for name in names})


def packed_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The same rows, with what is one text in all of them in no column of its own."""
    whole = table(rows)
    texts = [field.name for field in whole.schema if pa.types.is_string(field.type)]
    each = [
        {name: value for name, value in row.items() if value is not None} for row in whole.select(texts).to_pylist()
    ]
    names, values = zip(*map(packed, each), strict=True) if each else ((), ())
    pack = {NAMES: pa.array(names, pa.string()), VALUES: pa.array(values, pa.list_(pa.list_(pa.string())))}
    own = {name: whole.column(name) for name in whole.column_names if name not in texts}
    return pa.table({**pack, **own})


def _column(name: str, values: list[Any]) -> pa.Array:
    if name == "_time":
        return pa.array(values, pa.float64())
    texts = [text_of(each) for each in values]
    if any(isinstance(each, list) for each in texts):
        return pa.array([[each] if isinstance(each, str) else each for each in texts], pa.list_(pa.string()))
    return pa.array(texts, pa.string())


def lookup_table(name: str, rows: Sequence[Mapping[str, str]], matching: Mapping[str, Any]) -> LookupTable:
    options = {key: each for key, each in matching.items() if key != "match_types"}
    kinds = tuple((column, kind) for column, kind in matching.get("match_types", ()))
    cells = tuple(tuple(str(cell) for cell in row.values()) for row in rows)
    return LookupTable(name, tuple(rows[0]), cells, LookupOptions(match_types=kinds, **options))


def hours(case: Case) -> Hours | None:
    if not case.hours:
        return None
    read = read_hours(Source("hours.yml", case.hours), HERE)
    assert read.hours is not None, read.diagnostics
    return read.hours


def profiles(case: Case) -> Profiles | None:
    return Profiles(0, 0, {each.principal: each for each in map(_profile, case.profile)}) if case.profile else None


def _profile(entry: Mapping[str, Any]) -> Profile:
    """Somebody who was active once in each of `hours`, Monday to Friday, in each of `weeks` weeks up to 1970."""
    weeks = entry["weeks"]
    worked = [slot // 24 < 5 and slot % 24 in entry["hours"] for slot in range(168)]
    near = [any((hour + step) % 24 in entry["hours"] for step in (-1, 0, 1)) for hour in range(24)]
    return Profile(
        principal=Principal("user", entry["user"], entry["account"]),
        shown=entry["user"],
        zone=entry["zone"],
        days=tuple(weeks * each for each in worked),
        calls=tuple(weeks * each for each in worked),
        weekdays=(*[weeks] * 5, 0, 0),
        hour_days=tuple(5 * weeks * each for each in near),
        hour_weeks=tuple(weeks * each for each in near),
        first=-weeks * 7 * 86_400,
        last=0,
        dates=5 * weeks,
        weeks=weeks,
        believed=True,
    )
