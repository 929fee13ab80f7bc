"""The one place that knows the library of holidays."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import holidays
import pytest

from tocsin.hours.calendars import HolidaySource
from tocsin.hours.public_holidays import category_names, holiday_name, is_country, subdivision_code

_LOADED = """
import sys
from datetime import date
from tocsin.hours.calendars import HolidaySource
from tocsin.hours.public_holidays import holiday_name, is_country, subdivision_code

assert is_country("IE") and subdivision_code("AU", "nsw") == "NSW"
assert holiday_name((HolidaySource("IE"),), date(2026, 3, 17))
print(*(name for name in sys.modules if name.startswith("holidays.countries.")))
"""


def test_no_country_is_loaded_that_nobody_asks_for() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("country", "subdivision"), [("IE", ""), ("AU", "NSW"), ("DE", "BY"), ("GB", "SCT"), ("IN", ""), ("GU", "")]
)
def test_holidays_are_those_of_the_library(country: str, subdivision: str) -> None:
    known = holidays.country_holidays(country, subdiv=subdivision or None, years=2026, language="en_US")
    source = HolidaySource(country, subdivision)
    assert known
    assert {day: holiday_name((source,), day) for day in known} == dict(known.items())


def test_what_is_known_of_a_country_is_what_the_library_says() -> None:
    known = holidays.country_holidays("DE")
    assert category_names("DE") == tuple(each for each in known.supported_categories if each != "public")
    assert subdivision_code("DE", "Bayern") == "BY"
    assert subdivision_code("DE", "Atlantis") == ""


def test_the_first_source_that_has_a_holiday_names_it() -> None:
    assert holiday_name((HolidaySource("PL"), HolidaySource("IE")), date(2026, 3, 17)) == "Saint Patrick's Day"
    assert holiday_name((HolidaySource("PL"),), date(2026, 3, 17)) == ""


def test_a_code_is_a_country_s_and_no_name_of_a_class() -> None:
    assert is_country("IE")
    assert not is_country("Ireland")
    assert not is_country("XX")
