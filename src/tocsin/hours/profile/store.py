"""Profiles as JSON, one principal a line, and back; what is read is checked before it is believed.

    {"format": "tocsin-profiles", "version": 1, "since": ..., "until": ..., "min_days": 10, "min_weeks": 4,
     "slot_days": 4, "slot_weeks": 3, "principals": [
    {"kind": "user", "name": "anna", "account": "111111111111", "shown": "Anna", "zone": "Europe/Berlin",
     "days": [168 numbers], "calls": [168], "weekdays": [7], "hour_days": [24], "hour_weeks": [24],
     "first": ..., "last": ..., "dates": 38, "weeks": 9, "believed": true, "robot": false},
    ...]}

Times are epoch seconds. A file holds at most 100,000 principals and 512 MiB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from tocsin.diagnostics.errors import TocsinError
from tocsin.hours.learn.principals import ACCOUNT, OTHER, ROLE, ROOT, SERVICE, SESSION, USER, Principal
from tocsin.hours.profile.profile import Profile, Profiles
from tocsin.hours.zones import zone_named

MOST_BYTES = 512 << 20
MOST_PRINCIPALS = 100_000

KINDS = frozenset({USER, SESSION, ROLE, ROOT, SERVICE, ACCOUNT, OTHER})

Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]
Threshold = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Moment = Annotated[int, msgspec.Meta(ge=-62135078400, le=253401782400)]
Name = Annotated[str, msgspec.Meta(max_length=2_048)]
Hours = Annotated[tuple[Count, ...], msgspec.Meta(min_length=24, max_length=24)]
Week = Annotated[tuple[Count, ...], msgspec.Meta(min_length=168, max_length=168)]
Weekdays = Annotated[tuple[Count, ...], msgspec.Meta(min_length=7, max_length=7)]


class ProfileError(TocsinError):
    """A profile file cannot be used; one line that names the file and the place in it."""


class _Person(msgspec.Struct, forbid_unknown_fields=True):
    kind: Name
    name: Name
    account: Name
    shown: Name
    zone: Name
    days: Week
    calls: Week
    weekdays: Weekdays
    hour_days: Hours
    hour_weeks: Hours
    first: Moment
    last: Moment
    dates: Count
    weeks: Count
    believed: bool
    robot: bool


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["tocsin-profiles"]
    version: Literal[1]
    since: Moment
    until: Moment
    min_days: Threshold
    min_weeks: Threshold
    slot_days: Threshold
    slot_weeks: Threshold
    principals: Annotated[list[_Person], msgspec.Meta(max_length=MOST_PRINCIPALS)]


def profiles_text(profiles: Profiles) -> str:
    """The profiles as the text of a file, in the order of their principals."""
    head = _File(
        "tocsin-profiles",
        1,
        profiles.since,
        profiles.until,
        profiles.min_days,
        profiles.min_weeks,
        profiles.slot_days,
        profiles.slot_weeks,
        [],
    )
    encoder = msgspec.json.Encoder()
    start = encoder.encode(head).decode()[:-2]
    lines = [encoder.encode(_person(profiles.profiles[each])).decode() for each in sorted(profiles.profiles)]
    return start + "\n" + ",\n".join(lines) + "\n]}\n"


def read_profiles(path: Path) -> Profiles:
    """The profiles of a file. Raises ProfileError for one that cannot be read or does not hold profiles."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ProfileError(f"{path}: larger than {MOST_BYTES >> 20} MiB")
        data = path.read_bytes()
    except OSError as error:
        raise ProfileError(f"cannot read {path}: {error.strerror or error}") from error
    return profiles_from(data, str(path))


def profiles_from(data: bytes, name: str) -> Profiles:
    """The profiles of a file's bytes; `name` is what errors call it."""
    try:
        read = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProfileError(f"{name}: no profile of `tocsin hours learn --profile`: {error}") from error
    found: dict[Principal, Profile] = {}
    for number, each in enumerate(read.principals):
        profile = _profile(each, f"{name}: $.principals[{number}]")
        if profile.principal in found:
            raise ProfileError(f"{name}: $.principals[{number}]: {profile.principal} stands there twice")
        found[profile.principal] = profile
    return Profiles(read.since, read.until, found, read.min_days, read.min_weeks, read.slot_days, read.slot_weeks)


def _person(profile: Profile) -> _Person:
    who = profile.principal
    rest = {name: getattr(profile, name) for name in Profile.__struct_fields__ if name != "principal"}
    return _Person(kind=who.kind, name=who.name, account=who.account, **rest)


def _profile(read: _Person, place: str) -> Profile:
    if read.kind not in KINDS:
        raise ProfileError(f"{place}.kind: `{read.kind}` is no kind of principal")
    if zone_named(read.zone) is None:
        raise ProfileError(f"{place}.zone: there is no time zone `{read.zone}`")
    rest = {name: getattr(read, name) for name in Profile.__struct_fields__ if name != "principal"}
    return Profile(Principal(read.kind, read.name, read.account), **rest)
