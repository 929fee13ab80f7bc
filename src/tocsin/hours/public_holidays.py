"""Public holidays by country and subdivision, from the `holidays` library; names in English where it has them.

The library loads all its countries with the first; here only those are loaded that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

from tocsin.hours.calendars import HolidaySource

if TYPE_CHECKING:
    from holidays import HolidayBase

_PUBLIC = "public"


def holiday_name(sources: tuple[HolidaySource, ...], day: date) -> str:
    """The name of the day's holiday in the first source that has one; "" for a day that is none."""
    for source in sources:
        name = _year(source, day.year).get(day, "")
        if name:
            return name
    return ""


@cache
def _codes() -> dict[str, str]:
    """The library's codes of countries, each with its module; beside them it lists names of classes."""
    from holidays.registry import COUNTRIES

    return {name: module for module, names in COUNTRIES.items() for name in names if len(name) <= 3 and name.isupper()}


@cache
def _country(code: str) -> Callable[..., HolidayBase]:
    """What makes holidays of a country: its class, from its own module alone. The code must be known."""
    import holidays

    module = f"holidays.countries.{_codes()[code]}"
    folders = [f"{folder}/countries" for folder in holidays.__path__]
    spec = PathFinder.find_spec(module, folders)
    if spec is None or spec.loader is None:
        return lambda **options: holidays.country_holidays(code, **options)
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    found: Callable[..., HolidayBase] = getattr(loaded, code)
    return found


def is_country(code: str) -> bool:
    """Whether holidays of a country are known by that code; far quicker than `countries`."""
    return code in _codes()


def countries() -> dict[str, tuple[str, ...]]:
    """The countries with known holidays, each with the codes of its subdivisions."""
    import holidays

    return {code: tuple(parts) for code, parts in holidays.list_supported_countries().items()}


def subdivision_code(country: str, name: str) -> str:
    """The code of a subdivision given by code or by name, in any case; "" for none."""
    known = _country(country)()
    names = {alias.lower(): code for code, aliases in known.get_subdivision_aliases().items() for alias in aliases}
    codes = {code.lower(): code for code in known.subdivisions}
    return codes.get(name.lower()) or names.get(name.lower()) or ""


def category_names(country: str) -> tuple[str, ...]:
    """The kinds of holidays known of a country, `public` aside."""
    return tuple(name for name in _country(country)().supported_categories if name != _PUBLIC)


@lru_cache(maxsize=2048)
def _year(source: HolidaySource, year: int) -> dict[date, str]:
    """Also what is observed on a working day instead; nothing for years that the library does not know."""
    found = _country(source.country)(
        subdiv=source.subdivision or None,
        years=year,
        language="en_US",
        categories=(_PUBLIC, *source.categories),
    )
    return dict(found.items())
