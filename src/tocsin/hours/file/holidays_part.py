"""The public holidays of a calendar: countries, subdivisions, and kinds of holidays besides the public ones."""

from __future__ import annotations

from tocsin.content.yaml_value import Entries, Scalar, Value
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import HolidaySource
from tocsin.hours.file.reading import Reading, head, joined
from tocsin.hours.public_holidays import category_names, countries, is_country, subdivision_code

KEYS = ("country", "subdivision", "categories")


def read_holidays(reading: Reading, value: Value, path: str) -> tuple[HolidaySource, ...]:
    """The sources in order; those with problems are reported and left out."""
    found = (_source(reading, each, path) for each in reading.items(value, path))
    return tuple(each for each in found if each is not None)


def _source(reading: Reading, value: Value, path: str) -> HolidaySource | None:
    """`DE`, `DE-BE`, or a mapping; a subdivision may be a name."""
    if isinstance(value, Entries):
        return _from_mapping(reading, value, path)
    scalar = reading.scalar(value, path, "a country such as `DE` or `DE-BE`")
    if scalar is None:
        return None
    country, dash, part = scalar.text.strip().partition("-")
    return _known(reading, (country, scalar), (part, scalar) if dash else None, ())


def _from_mapping(reading: Reading, value: Entries, path: str) -> HolidaySource | None:
    reading.mapping(value, path, KEYS)
    if "country" not in value.values:
        reading.report(catalogue.missing_key(joined(path, "country"), head(value)))
        return None
    texts = {key: reading.scalar(value.values[key], joined(path, key)) for key in KEYS[:2] if key in value.values}
    country, part = texts["country"], texts.get("subdivision")
    if country is None or ("subdivision" in texts and part is None):
        return None
    kinds: tuple[Scalar, ...] = ()
    if "categories" in value.values:
        kinds = tuple(reading.scalars(value.values["categories"], joined(path, "categories")))
    return _known(reading, (country.text.strip(), country), (part.text.strip(), part) if part else None, kinds)


def _known(
    reading: Reading, country: tuple[str, Scalar], part: tuple[str, Scalar] | None, kinds: tuple[Scalar, ...]
) -> HolidaySource | None:
    code = country[0].upper()
    if not is_country(code):
        reading.report(catalogue.unknown_country(country[0], countries(), country[1].span))
        return None
    subdivision = subdivision_code(code, part[0]) if part else ""
    if part and not subdivision:
        reading.report(catalogue.unknown_subdivision(code, part[0], countries()[code], part[1].span))
        return None
    for kind in kinds:
        if kind.text.lower() not in category_names(code):
            reading.report(catalogue.unknown_category(code, kind.text, category_names(code), kind.span))
            return None
    return HolidaySource(code, subdivision, tuple(kind.text.lower() for kind in kinds))
