"""The rules of a file: who keeps which calendar; and the units, named lists of accounts."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tocsin.content.yaml_value import Entries, Scalar, Value
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import ALWAYS, NONE, Calendar
from tocsin.hours.file.calendar_part import read_validity
from tocsin.hours.file.reading import Reading, head, joined
from tocsin.hours.rules import FIELDS, UNIT, Condition, Rule
from tocsin.source import Span

CONDITIONS = (*FIELDS, UNIT)
KEYS = (*CONDITIONS, "name", "robot", "calendar", "from", "until")
MAX_RULES = 10_000
MAX_GLOBS = 100_000


class Placed(Struct, frozen=True):
    """A rule and where it is written."""

    rule: Rule
    span: Span


def read_units(reading: Reading, value: Value) -> dict[str, tuple[str, ...]]:
    """Accounts, or globs of accounts, by the name of their unit."""
    named = reading.mapping(value, "units")
    if named is None:
        return {}
    return {name: _texts(reading, each, joined("units", name)) for name, each in named.values.items()}


def read_rules(
    reading: Reading, value: Value, calendars: Mapping[str, Calendar], units: Mapping[str, tuple[str, ...]]
) -> list[Placed]:
    """The rules in order; those with problems are reported and left out."""
    values = reading.items(value, "assign")
    if len(values) > MAX_RULES:
        reading.report(catalogue.too_many("rules", MAX_RULES, head(values[MAX_RULES])))
    found: list[Placed] = []
    for number, each in enumerate(values[:MAX_RULES]):
        rule = _rule(reading, each, f"assign[{number}]", calendars, units)
        if rule is not None:
            found.append(Placed(rule, head(each)))
    globs = sum(len(condition.globs) for placed in found for condition in placed.rule.conditions)
    if globs > MAX_GLOBS:
        reading.report(catalogue.too_many("texts in all rules together", MAX_GLOBS, head(value)))
    return found


def calendar_name(reading: Reading, value: Value, path: str, calendars: Mapping[str, Calendar]) -> str:
    """The name of a calendar that there is; "" after a report."""
    scalar = reading.scalar(value, path, "the name of a calendar")
    if scalar is None:
        return ""
    if scalar.text not in calendars and scalar.text not in (ALWAYS, NONE):
        reading.report(catalogue.unknown_calendar(scalar.text, [*calendars, ALWAYS, NONE], scalar.span))
        return ""
    return scalar.text


def _rule(
    reading: Reading,
    value: Value,
    path: str,
    calendars: Mapping[str, Calendar],
    units: Mapping[str, tuple[str, ...]],
) -> Rule | None:
    before = len(reading.found)
    fields = reading.mapping(value, path, KEYS)
    if fields is None:
        return None
    calendar = _calendar(reading, fields, path, calendars)
    conditions = tuple(_condition(reading, fields, key, path) for key in CONDITIONS if key in fields.values)
    if not conditions:
        reading.report(catalogue.rule_for_all(head(value)))
    _check_units(reading, fields, units)
    name = reading.scalar(fields.values["name"], f"{path}.name") if "name" in fields.values else None
    robot = reading.switch(fields.values["robot"], f"{path}.robot") if "robot" in fields.values else False
    zone = reading.zone
    reading.zone = calendars[calendar].zone if calendar in calendars else zone
    validity = read_validity(reading, fields, path)
    reading.zone = zone
    if len(reading.found) > before:
        return None
    label = " ".join(name.text.split()) if name else ""
    return Rule(conditions, calendar, robot, label, validity, line=reading.line(value.span))


def _calendar(reading: Reading, fields: Entries, path: str, calendars: Mapping[str, Calendar]) -> str:
    if "calendar" not in fields.values:
        help = "add `calendar: NAME`; `always` and `none` are built in"
        reading.report(catalogue.missing_key(joined(path, "calendar"), head(fields), help))
        return ""
    return calendar_name(reading, fields.values["calendar"], joined(path, "calendar"), calendars)


def _condition(reading: Reading, fields: Entries, key: str, path: str) -> Condition:
    return Condition(key, _texts(reading, fields.values[key], joined(path, key)))


def _check_units(reading: Reading, fields: Entries, units: Mapping[str, tuple[str, ...]]) -> None:
    for each in reading.items(fields.values[UNIT], UNIT) if UNIT in fields.values else ():
        if isinstance(each, Scalar) and each.text.strip() and each.text.strip() not in units:
            reading.report(catalogue.unknown_unit(each.text.strip(), units, each.span))


def _texts(reading: Reading, value: Value, path: str) -> tuple[str, ...]:
    return tuple(scalar.text.strip() for scalar in reading.scalars(value, path))
