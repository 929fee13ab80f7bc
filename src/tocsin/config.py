"""What a run is told: its clock, its window, and its limits. Everything a run may depend on besides its input."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from tocsin.hours.profile import Profiles
    from tocsin.hours.rules import Hours


class Calendars(Struct, frozen=True):
    """A calendar file of which so far only the names of its calendars are known: they are all that a plan needs.

    `whole` reads the rest, and raises what ends the run if that is wrong. To be called once.
    """

    names: tuple[str, ...]
    whole: Callable[[], Hours]


class Settings(Struct, frozen=True):
    """The settings of one run.

    `now` is the moment of the search, epoch seconds; `earliest` <= time < `latest`, None for open. `timezone`
    is the searcher's IANA zone: what Splunk calls the user's time zone. `jobs` is the number of processes that read.
    `hours` and `profiles` are what `businesshours` and `unusualhour` go by.
    """

    now: float
    earliest: float | None = None
    latest: float | None = None
    timezone: str = "UTC"
    jobs: int = 1
    keep_duplicates: bool = False
    user_fallback: bool = False
    full_count: bool = False
    max_raw: int = 4 << 30
    max_record: int = 64 << 20
    memory_limit: str = "2GB"
    hours: Hours | Calendars | None = None
    profiles: Profiles | None = None
