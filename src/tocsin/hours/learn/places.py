"""What regions, countries and colleagues say for or against a zone, in words."""

from __future__ import annotations

from tocsin.hours.learn.clocks import EVERYBODYS_REGION, REGIONS, zones_of_country
from tocsin.hours.learn.company import region_shares
from tocsin.hours.learn.numbers import percent
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.spans import Spans


def places(record: Record, zone: str) -> str:
    """`region eu-central-1 81 %; addresses of DE 97 %`; the biggest of each, "" where nothing is known."""
    parts = []
    shares = region_shares(record.regions)
    if shares:
        region = max(sorted(shares), key=lambda each: shares[each])
        parts.append(f"region {region} {percent(shares[region])}")
    total = sum(record.countries.values())
    if total:
        country = max(sorted(record.countries), key=lambda each: record.countries[each])
        fits = "" if zone in zones_of_country(country) else ", elsewhere"
        parts.append(f"addresses of {country} {percent(record.countries[country] / total)}{fits}")
    return "; ".join(parts)


def region_confirms(record: Record, spans: Spans, zone: str) -> bool:
    """Whether most calls go to regions that stand near the zone; the default region only counts alone, in America."""
    shares = region_shares(record.regions)
    if set(shares) == {EVERYBODYS_REGION}:
        return spans.apart(REGIONS[EVERYBODYS_REGION][0], zone) <= 3
    near = 0.0
    for region, share in shares.items():
        stands, hours = REGIONS[region]
        near += share if spans.apart(stands, zone) <= hours else 0.0
    return near > 0.5
