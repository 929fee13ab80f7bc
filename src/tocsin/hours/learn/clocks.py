"""The clocks that people may live by: zones with how many work there, their weekend, their countries; AWS regions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

SATURDAY_SUNDAY = 0
FRIDAY_SATURDAY = 1


class Clock(Struct, frozen=True):
    """A zone, a rough share of the world's people who work with AWS there, ISO codes of countries, the weekend."""

    zone: str
    weight: float
    countries: tuple[str, ...] = ()
    weekend: int = SATURDAY_SUNDAY


def _rows(text: str, weekend: int = SATURDAY_SUNDAY) -> tuple[Clock, ...]:
    """Rows of zone, weight, countries."""
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(Clock(zone, float(weight), tuple(countries), weekend) for zone, weight, *countries in rows)


_AMERICAS = """
Pacific/Honolulu               0.1  US
America/Anchorage              0.1  US
America/Los_Angeles            8    US
America/Vancouver              1    CA
America/Denver                 2    US CA
America/Phoenix                0.7  US
America/Chicago                6    US
America/Mexico_City            1.5  MX
America/Costa_Rica             0.3  CR GT SV HN NI
America/Bogota                 1    CO EC
America/Lima                   0.6  PE
America/Panama                 0.2  PA JM
America/New_York               12   US
America/Toronto                2    CA
America/Caracas                0.2  VE
America/Puerto_Rico            0.2  PR DO
America/Halifax                0.4  CA
America/La_Paz                 0.1  BO
America/Santiago               0.7  CL
America/St_Johns               0.1  CA
America/Sao_Paulo              3    BR
America/Argentina/Buenos_Aires 1    AR
America/Montevideo             0.3  UY
Atlantic/Azores                0.05 PT
Atlantic/Reykjavik             0.1  IS
"""

_EUROPE_AFRICA = """
Europe/London                  5    GB
Europe/Dublin                  1    IE
Europe/Lisbon                  0.7  PT
Africa/Casablanca              0.2  MA
Africa/Accra                   0.2  GH CI SN
Europe/Berlin                  5    DE
Europe/Paris                   3    FR
Europe/Madrid                  2    ES
Europe/Amsterdam               2    NL
Europe/Rome                    1.5  IT
Europe/Warsaw                  1.5  PL
Europe/Stockholm               1.2  SE
Europe/Zurich                  1    CH LI
Europe/Brussels                0.6  BE LU
Europe/Vienna                  0.6  AT
Europe/Prague                  0.7  CZ SK
Europe/Budapest                0.5  HU
Europe/Belgrade                0.5  RS HR SI BA MK ME AL
Europe/Copenhagen              0.7  DK
Europe/Oslo                    0.6  NO
Africa/Lagos                   0.8  NG CM
Africa/Tunis                   0.2  TN
Africa/Johannesburg            0.8  ZA
Europe/Helsinki                0.6  FI
Europe/Bucharest               0.8  RO MD
Europe/Sofia                   0.4  BG
Europe/Athens                  0.5  GR CY
Europe/Vilnius                 0.4  LT LV EE
Europe/Kyiv                    1.2  UA
Africa/Nairobi                 0.4  KE ET TZ UG
Europe/Istanbul                1    TR
Europe/Moscow                  1.5  RU BY
"""

_ASIA_PACIFIC = """
Asia/Dubai                     1    AE
Asia/Tbilisi                   0.2  GE
Asia/Yerevan                   0.2  AM
Asia/Karachi                   0.8  PK
Asia/Tashkent                  0.2  UZ
Asia/Kolkata                   10   IN
Asia/Colombo                   0.3  LK
Asia/Almaty                    0.2  KZ
Asia/Yangon                    0.05 MM
Asia/Bangkok                   0.6  TH
Asia/Jakarta                   1    ID
Asia/Ho_Chi_Minh               1.2  VN
Asia/Singapore                 2    SG
Asia/Kuala_Lumpur              0.6  MY
Asia/Manila                    1    PH
Asia/Hong_Kong                 1    HK
Asia/Taipei                    1    TW
Asia/Shanghai                  2    CN
Australia/Perth                0.3  AU
Asia/Seoul                     2    KR
Asia/Tokyo                     5    JP
Australia/Adelaide             0.2  AU
Australia/Brisbane             0.5  AU
Australia/Sydney               2    AU
Australia/Melbourne            1    AU
Pacific/Auckland               0.7  NZ
"""

_FRIDAY_WEEKENDS = """
Asia/Jerusalem                 1.5  IL
Africa/Cairo                   0.6  EG
Asia/Amman                     0.2  JO
Asia/Riyadh                    0.6  SA KW QA BH IQ
Asia/Tehran                    0.2  IR
Asia/Kathmandu                 0.2  NP
Asia/Dhaka                     0.5  BD
"""

CLOCKS: tuple[Clock, ...] = (
    *_rows(_AMERICAS),
    *_rows(_EUROPE_AFRICA),
    *_rows(_ASIA_PACIFIC),
    *_rows(_FRIDAY_WEEKENDS, FRIDAY_SATURDAY),
)

_REGIONS = """
us-east-1       America/New_York  4
us-east-2       America/New_York  3
us-west-1       America/Los_Angeles 3
us-west-2       America/Los_Angeles 3
us-gov-east-1   America/New_York  3
us-gov-west-1   America/Los_Angeles 3
ca-central-1    America/Toronto   3
ca-west-1       America/Denver    3
mx-central-1    America/Mexico_City 2
sa-east-1       America/Sao_Paulo 2
eu-west-1       Europe/Dublin     2
eu-west-2       Europe/London     2
eu-west-3       Europe/Paris      2
eu-central-1    Europe/Berlin     2
eu-central-2    Europe/Zurich     2
eu-north-1      Europe/Stockholm  2
eu-south-1      Europe/Rome       2
eu-south-2      Europe/Madrid     2
eusc-de-east-1  Europe/Berlin     2
il-central-1    Asia/Jerusalem    2
me-south-1      Asia/Riyadh       2
me-central-1    Asia/Dubai        2
af-south-1      Africa/Johannesburg 2
ap-south-1      Asia/Kolkata      2
ap-south-2      Asia/Kolkata      2
ap-southeast-1  Asia/Singapore    2
ap-southeast-3  Asia/Jakarta      2
ap-southeast-5  Asia/Kuala_Lumpur 2
ap-southeast-7  Asia/Bangkok      2
ap-southeast-2  Australia/Sydney  2
ap-southeast-4  Australia/Melbourne 2
ap-southeast-6  Pacific/Auckland  2
ap-east-1       Asia/Hong_Kong    2
ap-east-2       Asia/Taipei       2
ap-northeast-1  Asia/Tokyo        2
ap-northeast-2  Asia/Seoul        2
ap-northeast-3  Asia/Tokyo        2
cn-north-1      Asia/Shanghai     2
cn-northwest-1  Asia/Shanghai     2
"""

REGIONS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {region: (zone, float(hours)) for region, zone, hours in map(str.split, _REGIONS.strip().splitlines())}
)
"""The zone where a region stands, and how many hours away people who use it may well sit. A weak sign."""

EVERYBODYS_REGION = "us-east-1"
"""Global services are recorded in this region, wherever their callers are."""


def zones_of_country(country: str) -> tuple[str, ...]:
    """The zones of a country; () for one that is not in the table."""
    return tuple(clock.zone for clock in CLOCKS if country.upper() in clock.countries)
