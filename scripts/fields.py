"""Writes docs/cloudtrail/fields.md from the table of fields; `--check` says when it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin.cloudtrail.fields import FieldDoc, Kind, describe, names
from tocsin.cloudtrail.fields.eventtypes import EVENT_TYPES

PAGE = Path(__file__).parents[1] / "docs" / "cloudtrail" / "fields.md"

HEAD = """\
# Fields

Written by `scripts/fields.py` from the table in `tocsin.cloudtrail.fields`.

A search reads three sorts of fields:

1. **Leaves of the record**, by their path: objects join with `.`, an array adds `{}` to its key
   (`requestParameters.instancesSet.items{}.imageId`). JSON null is the text `null`; booleans are `true` and `false`;
   numbers keep their digits; an empty object or array is no field.
2. **Default fields**, which Splunk has for every event.
3. **Fields of Splunk's add-on for AWS**, as of its versions 6.0 to 7.0. These definitions were written from a
   description of what it does.

They are made in this order: aliases, calculated fields, lookups, event types, tags. Each step sees the steps before it
and never its own: `msg` sees the record's `errorCode` and not the calculated one, `status` sees the calculated one.
A field below hides a leaf of the same name. Definitions are SPL as `eval` reads it; NULL means that the record does
not have the field.

With `--user-fallback`, `user` is `userName` wherever it would be NULL. Everything else is as in Splunk.

Not made: `object_attrs` and `object_path`, which are texts for the Change data model alone.
"""

TITLES = {
    Kind.default: "Default fields",
    Kind.alias: "Aliases",
    Kind.calculated: "Calculated fields",
    Kind.lookup: "Lookups",
    Kind.eventtype: "Event types",
    Kind.tag: "Tags",
}


def text() -> str:
    """The page as the table would write it now."""
    fields = [field for name in names() if (field := describe(name)) is not None]
    sections = (_section(kind, [field for field in fields if field.kind is kind]) for kind in Kind)
    return "\n".join((HEAD, *sections))


def _section(kind: Kind, fields: list[FieldDoc]) -> str:
    brief = all("\n" not in field.definition and len(field.definition) < 70 for field in fields)
    body = _table(fields) if brief or kind is Kind.default else _blocks(fields)
    conditions = _event_types() if kind is Kind.eventtype else ""
    return f"## {TITLES[kind]}\n\n" + "\n".join(body).rstrip("\n") + f"\n{conditions}"


def _table(fields: Iterable[FieldDoc]) -> Iterator[str]:
    yield "| field | definition | |\n|---|---|---|"
    for field in fields:
        definition = field.definition.replace("|", "\\|")
        shown = f"`{definition}`" if field.kind is Kind.alias or '"' in definition else definition
        yield f"| `{field.name}` | {shown} | {field.doc} |"


def _blocks(fields: list[FieldDoc]) -> Iterator[str]:
    for field in fields:
        yield f"### {field.name}\n\n{field.doc}\n\n```spl\n{field.definition}\n```\n"


def _event_types() -> str:
    rows = (f"| `{each.name}` | `{each.condition}` | {', '.join(sorted(each.tags))} |" for each in EVENT_TYPES)
    return "\n" + "\n".join(("| event type | condition, as `search` reads it | tags |\n|---|---|---|", *rows)) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text())
    PAGE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
