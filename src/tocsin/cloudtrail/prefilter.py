"""Texts of which a file must hold some if any of its records can match: what rules files out unread.

Sound, never clever: a text counts only if every JSON spelling of a matching record holds it, in either case, or holds
a `\\u00..` escape that could spell one of its characters. Quotes, backslashes, slashes, control and non-ASCII
characters have other spellings, so a text ends where they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from tocsin.cloudtrail.paths import EACH, key_literal
from tocsin.cloudtrail.request import RAW, Request, Want
from tocsin.plan.expr import Apply, Column, Constant, Expr

MOST = 6  # with more texts to look for, decoding is as fast
_LEAST = 3  # characters
_SAFE = re.compile(r"[ !#-.0-\[\]-~]+")  # printable ASCII without quote, slash, backslash
# Keys that every record has rule nothing out.
_COMMON = frozenset(
    {"eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress"}
    | {"userAgent", "requestParameters", "responseElements", "requestID", "eventID", "eventType"}
    | {"recipientAccountId", "type", "arn", "accountId", "principalId", "userName"}
)

Group = frozenset[str]  # a matching record holds one of these; lower case


class Literals(Struct, frozen=True):
    """A record can match only if it holds one text of each group. No groups: any record may match."""

    groups: tuple[Group, ...]

    @property
    def texts(self) -> frozenset[str]:
        return frozenset().union(*self.groups)


def literals(condition: Expr) -> Literals:
    """What the records must hold for a base search over raw paths to match."""
    groups = sorted(dict.fromkeys(_groups(condition)), key=_worth)
    return Literals(tuple(groups))


def chosen(request: Request) -> tuple[Literals, ...] | None:
    """The texts to look for, for each want; None if there are too many, or some want can match anywhere."""
    found = [literals(want.condition) for want in request.wants]
    if request.full_count or not all(each.groups for each in found):
        return None
    for options in (found, [Literals(each.groups[:1]) for each in found]):
        if len(frozenset().union(*(each.texts for each in options))) <= MOST:
            return tuple(options)
    return None


def describe(condition: Expr) -> str:
    """What a run of this search alone looks for, for people: the groups, one a line."""
    groups = literals(condition).groups
    if not groups:
        return "none: any file may hold a match, so every file is decoded"
    if not all(groups):
        return "no record can match, so that every file is left unread"
    looked_for = chosen(Request((Want(condition, ()),)))
    if looked_for is None:
        return f"none: a match holds one of {len(groups[0])} texts, too many to look for, so every file is decoded"
    lines = (" or ".join(f"`{text}`" for text in sorted(group)) for each in looked_for for group in each.groups)
    return "a file is decoded only if it holds, in any case,\n" + "\nand ".join(lines)


def _worth(group: Group) -> tuple[int, int, list[str]]:
    """Few and long texts first: they are rare, and found fast."""
    return len(group), -min(map(len, group), default=0), sorted(group)


def _groups(condition: Expr) -> Iterator[Group]:
    match condition:
        case Constant(False) | Constant(None):
            yield frozenset()
        case Apply("and", args):
            for arg in args:
                yield from _groups(arg)
        case Apply("or", args):
            yield from _either([literals(arg).groups for arg in args])
        case Apply("search_equal", (Column(name), Constant(str() as text))):
            yield from _first(_pieces(text.split("*")) or _key(name))
        case Apply("term" | "phrase", (Column(_), Constant(str() as text))):
            yield from _first(_pieces(text.split("*")))
        case Apply(function, (Column(name), *_)) if function in NEED_A_VALUE:
            yield from _first(_key(name))
        case _:
            pass


NEED_A_VALUE = frozenset(
    {"exists", "search_not_equal", "search_less", "search_less_equal", "search_greater", "search_greater_equal"}
    | {"search_cidr"}
)


def _either(options: list[tuple[Group, ...]]) -> Iterator[Group]:
    """One group that holds for each option: the best of each, together. Nothing if any option has none."""
    if options and all(options):
        yield frozenset().union(*(groups[0] for groups in options))


def _first(texts: list[str]) -> Iterator[Group]:
    if texts:
        yield frozenset({max(texts, key=len).lower()})


def _pieces(parts: Iterable[str]) -> list[str]:
    """The runs of safe characters that are long enough to look for."""
    return [run for part in parts for run in _SAFE.findall(part) if len(run) >= _LEAST]


def key_group(path: str) -> Group | None:
    """What a record holds that has the path; None if every record does."""
    return next(_first(_key(path)), None)


def _key(path: str) -> list[str]:
    """What the path's last key looks like in a record that has it."""
    if path == RAW or path.endswith(EACH * 2):
        return []
    key = key_literal(path)
    return [] if key in _COMMON else _pieces([key])
