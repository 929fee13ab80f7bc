"""Zones of all people together: what each one's own shape says, and what his colleagues', regions and networks do.

Each person's zone is weighed with a prior: where people work at large, where the others of this history seem to work
(found by going around a few times), where AWS regions stand that he uses, and the countries of his addresses if they
are known. Every part is a factor of at most some hundreds, so that none overrules a clear shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from msgspec import Struct

from tocsin.hours.learn.clocks import CLOCKS, EVERYBODYS_REGION, REGIONS, zones_of_country
from tocsin.hours.learn.readings import Placed, second_readings, stands_near
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.zone_guess import ZoneScore

ROUNDS = 3
AT_LARGE = 0.25  # the share of the prior that is not the colleagues'
HINTED = 3.0  # a zone of the last file, or one named by the user, counts as so many colleagues
REGION_FLOOR, COUNTRY_FLOOR = 0.15, 0.03


class Signs(Struct, frozen=True):
    """What speaks for a zone besides the shape: calls by region and by country."""

    scores: Mapping[str, ZoneScore]
    regions: Mapping[str, int]
    countries: Mapping[str, int]


class Guess(Struct, frozen=True):
    """A proposed zone. `sure` is the probability of this zone or one near it, from 0 to 1; `exactly` of its clock.

    `next_best` is the likeliest zone with another clock, `odds` how many times likelier the proposed one is.
    `late` is how many hours later than most the person begins there; `weekend` which weekend fits.
    """

    zone: str
    sure: float
    exactly: float
    next_best: str
    odds: float
    late: float
    weekend: int


def guesses(
    signs: Sequence[Signs], voices: Sequence[bool], spans: Spans, hints: Mapping[str, float], near_hours: float
) -> list[Guess]:
    """One guess for each; those with a voice count as colleagues, and `hints` maps zones to how many each counts as."""
    zones = tuple(spans.offsets)
    at_large = _at_large(zones)
    own = [_own(each, spans, zones) for each in signs]
    posteriors = [_posterior(each, at_large) for each in own]
    for _ in range(ROUNDS):
        heard = [posterior for posterior, voice in zip(posteriors, voices, strict=True) if voice]
        crowd = {zone: hints.get(zone, 0.0) + sum(each[zone] for each in heard) for zone in zones}
        posteriors = [
            _posterior(each, _prior(at_large, crowd, mine if voice else {}))
            for each, mine, voice in zip(own, posteriors, voices, strict=True)
        ]
    first = [_guess(found, each, spans, near_hours) for found, each in zip(posteriors, signs, strict=True)]
    placed = [
        Placed(guess.zone, region_shares(each.regions), voice, _changes(each))
        for guess, each, voice in zip(first, signs, voices, strict=True)
    ]
    second = second_readings(placed, spans, hints, near_hours)
    return [
        _guess(found, each, spans, near_hours, other) if other else guess
        for guess, found, each, other in zip(first, posteriors, signs, second, strict=True)
    ]


def _changes(signs: Signs) -> dict[str, float]:
    return {zone: score.change for zone, score in signs.scores.items()}


def _at_large(zones: Sequence[str]) -> dict[str, float]:
    weights = {clock.zone: clock.weight for clock in CLOCKS}
    found = {zone: weights.get(zone, 0.1) for zone in zones}
    total = sum(found.values())
    return {zone: weight / total for zone, weight in found.items()}


def _own(signs: Signs, spans: Spans, zones: Sequence[str]) -> dict[str, float]:
    """Logarithms, up to a constant, of what a person's own activity says of each zone."""
    return {zone: signs.scores[zone].likelihood + _region(signs, spans, zone) + _country(signs, zone) for zone in zones}


def _region(signs: Signs, spans: Spans, zone: str) -> float:
    shares = region_shares(signs.regions)
    if not shares:
        return 0.0
    near = sum(share for region, share in shares.items() if stands_near(region, zone, spans))
    weight = 0.5 if set(shares) == {EVERYBODYS_REGION} else 1.0
    return weight * log(REGION_FLOOR + (1 - REGION_FLOOR) * near)


def region_shares(regions: Mapping[str, int]) -> dict[str, float]:
    """Shares of calls by region that say something: the one of global services only if it is the only one."""
    known = {region: count for region, count in regions.items() if region in REGIONS}
    if len(known) > 1:
        known.pop(EVERYBODYS_REGION, None)
    total = sum(known.values())
    return {region: count / total for region, count in known.items()}


def _country(signs: Signs, zone: str) -> float:
    known = {country: count for country, count in signs.countries.items() if zones_of_country(country)}
    total = sum(known.values())
    if not total:
        return 0.0
    here = sum(count for country, count in known.items() if zone in zones_of_country(country)) / total
    return log(COUNTRY_FLOOR + (1 - COUNTRY_FLOOR) * here)


def _prior(at_large: Mapping[str, float], crowd: Mapping[str, float], mine: Mapping[str, float]) -> dict[str, float]:
    """A person's prior: the world, and the crowd without himself."""
    others = {zone: max(0.0, weight - mine.get(zone, 0.0)) for zone, weight in crowd.items()}
    total = sum(others.values())
    share = 1.0 - AT_LARGE if total >= 1 else (1.0 - AT_LARGE) * total
    return {zone: (1 - share) * at_large[zone] + share * others[zone] / max(total, 1e-9) for zone in at_large}


def _posterior(own: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    values = {zone: value + log(max(prior[zone], 1e-12)) for zone, value in own.items()}
    top = max(values.values())
    raised = {zone: exp(value - top) for zone, value in values.items()}
    total = sum(raised.values())
    return {zone: value / total for zone, value in raised.items()}


def _guess(posterior: Mapping[str, float], signs: Signs, spans: Spans, near_hours: float, given: str = "") -> Guess:
    """The likeliest clock, and of the zones that show it the likeliest; or a given zone."""
    clocks: dict[tuple[int, ...], float] = {}
    for zone, share in posterior.items():
        clocks[spans.offsets[zone]] = clocks.get(spans.offsets[zone], 0.0) + share
    ranked = sorted(posterior, key=lambda zone: (-clocks[spans.offsets[zone]], -posterior[zone], zone))
    best = given or ranked[0]
    other = next((zone for zone in ranked if spans.offsets[zone] != spans.offsets[best]), "")
    exactly = clocks[spans.offsets[best]]
    near = sum(share for zone, share in posterior.items() if spans.apart(zone, best) <= near_hours)
    odds = exactly / max(clocks[spans.offsets[other]], 1e-9) if other else 1e9
    score = signs.scores[best]
    return Guess(best, min(near, 1.0), exactly, other, odds, score.late, score.weekend)
