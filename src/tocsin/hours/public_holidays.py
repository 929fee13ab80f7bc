"""Public holidays by country and subdivision, from the `holidays` library; names in English where it has them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tocsin.hours.calendars import HolidaySource

_PUBLIC = "public"


def holiday_name(sources: tuple[HolidaySource, ...], day: date) -> str:
    """The name of the day's holiday in the first source that has one; "" for a day that is none."""
    for source in sources:
        name = _year(source, day.year).get(day, "")
        if name:
            return name
    return ""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """The library's codes of countries; beside them it lists names of classes."""
    from holidays.registry import COUNTRIES

    return frozenset(name for names in COUNTRIES.values() for name in names if len(name) <= 3 and name.isupper())


def is_country(code: str) -> bool:
    """Whether holidays of a country are known by that code; far quicker than `countries`."""
    return code in _codes()


def countries() -> dict[str, tuple[str, ...]]:
    """The countries with known holidays, each with the codes of its subdivisions."""
    import holidays

    return {code: tuple(parts) for code, parts in holidays.list_supported_countries().items()}


def subdivision_code(country: str, name: str) -> str:
    """The code of a subdivision given by code or by name, in any case; "" for none."""
    import holidays

    known = holidays.country_holidays(country)
    names = {alias.lower(): code for code, aliases in known.get_subdivision_aliases().items() for alias in aliases}
    codes = {code.lower(): code for code in known.subdivisions}
    return codes.get(name.lower()) or names.get(name.lower()) or ""


def category_names(country: str) -> tuple[str, ...]:
    """The kinds of holidays known of a country, `public` aside."""
    import holidays

    return tuple(name for name in holidays.country_holidays(country).supported_categories if name != _PUBLIC)


@lru_cache(maxsize=2048)
def _year(source: HolidaySource, year: int) -> dict[date, str]:
    """Also what is observed on a working day instead; nothing for years that the library does not know."""
    import holidays

    found = holidays.country_holidays(
        source.country,
        subdiv=source.subdivision or None,
        years=year,
        language="en_US",
        categories=(_PUBLIC, *source.categories),
    )
    return dict(found.items())
