"""What learning is fed: one caller's calls of one kind within a quarter of an hour."""

from __future__ import annotations

from msgspec import Struct

from tocsin.hours.rules import Subject

QUARTER = 900


class Sighting(Struct, frozen=True):
    """Calls that agree in everything but their time, all within one quarter of an hour of UTC.

    `start` and `end` are epoch seconds of the first and the last, `count` how many. `agent` is the user agent as
    recorded, `address` the source address (an IP or a service's name), `country` its ISO code where known.
    `service` is `userIdentity.invokedBy`. `person` says that the record itself shows a person: a console session,
    a console login, MFA. `failed` calls teach nothing: anybody can fail as anybody.
    """

    subject: Subject
    start: int
    end: int
    count: int = 1
    agent: str = ""
    address: str = ""
    country: str = ""
    service: str = ""
    person: bool = False
    failed: bool = False
