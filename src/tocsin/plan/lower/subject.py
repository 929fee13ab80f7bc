"""What a judge of hours is told of an event: when it was, and who acted, on what, where.

A record names who acted under `userIdentity`, and then nothing else counts: the add-on's `userName`, `user` and
`user_arn` may name whom something was done to. They are asked only where `userIdentity.type` is gone, after
`stats` or `fields`.
"""

from __future__ import annotations

from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.nodes import Node
from tocsin.spl.ast import Command

_KIND = "userIdentity.type"

# By the names of `tocsin.hours.told.WHO`: fields of the record, and those that may stand for them.
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kind": ((_KIND,), ()),
    "arn": (("userIdentity.arn",), ("user_arn",)),
    "principal": (("userIdentity.principalId",), ()),
    "user": (("userIdentity.userName",), ("userName", "user")),
    "account": (("userIdentity.accountId", "recipientAccountId", "aws_account_id"), ()),
    "role": (("userIdentity.sessionContext.sessionIssuer.userName",), ()),
    "region": (("awsRegion", "region", "vendor_region"), ()),
    "repository": (("requestParameters.repositoryName", "repositoryName", "repository"), ()),
}


def told(command: Command, input: Node, lowering: Lowering) -> tuple[tuple[str, Expr], ...]:
    """Expressions over fields: `time` is a number or missing, all others are text or missing."""
    expect([("_time", command.keyword)], input, lowering)
    time = Apply("tonumber", (_first("_time"),), span=command.span)
    return (("time", time), *((name, _text(*fields)) for name, fields in _FIELDS.items()))


def _text(own: tuple[str, ...], others: tuple[str, ...]) -> Expr:
    first = _any(own)
    if not others:
        return first
    return Apply("if", (Apply("isnull", (Column(_KIND),)), _any((*own, *others)), first))


def _any(names: tuple[str, ...]) -> Expr:
    """The first field that is there, and of a field with several values the first."""
    each = tuple(Apply("tostring", (_first(name),)) for name in names)
    return each[0] if len(each) == 1 else Apply("coalesce", each)


def _first(name: str) -> Expr:
    return Apply("mvindex", (Column(name), Constant(0.0)))
