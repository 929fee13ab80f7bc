"""The keys of a CloudTrail record itself, and names that only differ from what is there in their case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tocsin.cloudtrail.fields import names
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue.records import other_case
from tocsin.plan.expr import Apply, Column, Expr
from tocsin.source import Composed, Span

# "CloudTrail record contents", AWS CloudTrail User Guide.
KEYS = (
    "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
    "userAgent", "errorCode", "errorMessage", "requestParameters", "responseElements", "additionalEventData",
    "requestID", "eventID", "eventType", "apiVersion", "managementEvent", "readOnly", "resources{}",
    "recipientAccountId", "serviceEventDetails", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId",
    "eventCategory", "addendum", "sessionCredentialFromConsole", "eventContext", "edgeDeviceDetails", "tlsDetails",
)  # fmt: skip

_KNOWN = frozenset((*KEYS, *names()))
_BY_LOWER = {name.lower(): name for name in (*names(), *KEYS)}


def case_warnings(condition: Expr, read: Iterable[str], search: Composed) -> tuple[Diagnostic, ...]:
    """A warning for each field that a search names in another case than records and the add-on have it.

    `read` are fields that the search needs beside those of its base search; in its text they stand somewhere.
    """
    places: dict[str, Span | None] = {}
    for name, span in (*_places(condition), *((name, _written(name, search)) for name in sorted(read))):
        places.setdefault(name, span)
    found = ((name, span, meant(name)) for name, span in places.items())
    return tuple(other_case(name, known, span) for name, span, known in found if known)


def meant(name: str) -> str:
    """The name that records have in place of this one; "" if it is right, or like none.

    >>> meant("useridentity.arn"), meant("eventName"), meant("colour")
    ('userIdentity.arn', '', '')
    """
    first, dot, rest = name.partition(".")
    if name in _KNOWN or first in _KNOWN:
        return ""
    if name.lower() in _BY_LOWER:
        return _BY_LOWER[name.lower()]
    known = _BY_LOWER.get(first.lower()) if dot else None
    return known + dot + rest if known else ""


def _written(name: str, search: Composed) -> Span | None:
    """Where the name first stands as a word of its own; None if it stands nowhere, as one that a wildcard made."""
    found = re.search(rf"(?<![\w.{{}}-]){re.escape(name)}(?![\w.{{}}-])", search.text)
    return search.span(*found.span()) if found else None


def _places(expr: Expr) -> Iterator[tuple[str, Span | None]]:
    match expr:
        case Column(name, span=span):
            yield name, span
        case Apply(_, args, span=whole):
            for name, span in (each for arg in args for each in _places(arg)):
                yield name, span or whole
