"""The search that learning reads history with, and its rows as sightings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.engine.protocol import Result, Value
from tocsin.hours.learn import Sighting
from tocsin.hours.rules import Subject
from tocsin.hours.subject import subject_of

__all__ = ["history_search", "sightings", "subject_of"]

_MISSING = "-"

_IDENTITY = (
    "userIdentity.type",
    "userIdentity.arn",
    "userIdentity.principalId",
    "userIdentity.userName",
    "userIdentity.accountId",
    "userIdentity.invokedBy",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "recipientAccountId",
    "awsRegion",
    "userAgent",
)
_ADDRESS = "sourceIPAddress"
_MADE = ("seen_person", "seen_failed")


def history_search(*, addresses: bool) -> str:
    """A row for each caller, region, tool and quarter of an hour, and each address if they matter.

    Missing fields are filled: `stats by` would drop their rows.
    """
    fields = (*_IDENTITY, *((_ADDRESS,) if addresses else ()))
    return f"""
search eventName=*
| eval seen_at=_time
| eval seen_person=if(eventName="ConsoleLogin" OR 'userIdentity.sessionContext.attributes.mfaAuthenticated'="true"
    OR sessionCredentialFromConsole="true", "yes", "no")
| eval seen_failed=if(isnull(errorCode) OR errorCode="success", "no", "yes")
| bin _time span=15m
| fillnull value="{_MISSING}" {" ".join(fields)}
| stats count min(seen_at) as seen_first max(seen_at) as seen_last by _time {" ".join((*fields, *_MADE))}
"""


def sightings(result: Result, country_of: Callable[[str], str]) -> Iterator[Sighting]:
    """The rows as sightings; `country_of` tells an address's country, "" if unknown."""
    at = {name: number for number, name in enumerate(result.columns)}
    subjects: dict[tuple[str, ...], Subject] = {}
    names = [at[name] for name in (*_IDENTITY, *_MADE)]
    address_at = at.get(_ADDRESS)
    first, last, count = at["seen_first"], at["seen_last"], at["count"]
    for row in result.rows:
        values = [_text(row.values[number]) for number in names]
        kind, arn, principal, user, account, service, role, recipient, region, agent, person, failed = values
        key = (kind, arn, principal, user, account or recipient, role, region)
        address = _text(row.values[address_at]) if address_at is not None else ""
        subject = subjects.get(key)
        if subject is None:
            subjects[key] = subject = subject_of(*key)
        yield Sighting(
            subject,
            int(float(_text(row.values[first]))),
            int(float(_text(row.values[last]))),
            int(_text(row.values[count])),
            agent,
            address,
            country_of(address),
            service,
            person == "yes",
            failed == "yes",
        )


def _text(value: Value) -> str:
    """A cell's text; a list's first, and "" for what was filled in."""
    text = value[0] if isinstance(value, tuple) else value or ""
    return "" if text == _MISSING else text
