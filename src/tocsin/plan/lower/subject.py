"""What a judge of hours is told of an event: when it was, and who acted, on what, where.

A record names who acted under `userIdentity`, and then nothing else counts: the add-on's `userName`, `user` and
`user_arn` may name whom something was done to. They are asked only where `userIdentity.type` is gone, after
`stats` or `fields`. Of a record as it came only its own fields are asked, and those that commands made.
"""

from __future__ import annotations

from tocsin.plan.expr import Apply, Column, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.nodes import Drop, Node, Rename, chain
from tocsin.plan.schema import closed_fields, made_fields
from tocsin.spl.ast import Command

_KIND = "userIdentity.type"

# By the names of `tocsin.hours.told.WHO`: fields of the record, and those that may stand for them.
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kind": ((_KIND,), ()),
    "arn": (("userIdentity.arn",), ("user_arn",)),
    "principal": (("userIdentity.principalId",), ()),
    "user": (("userIdentity.userName",), ("userName", "user")),
    "account": (("userIdentity.accountId", "recipientAccountId"), ("aws_account_id",)),
    "role": (("userIdentity.sessionContext.sessionIssuer.userName",), ()),
    "region": (("awsRegion",), ("region", "vendor_region")),
    "repository": (("requestParameters.repositoryName",), ("repositoryName", "repository")),
}
_OF_CALLER = frozenset({"arn", "user"})  # the add-on's names for these may mean somebody else


def told(command: Command, input: Node, lowering: Lowering) -> tuple[tuple[str, Expr], ...]:
    """Expressions over fields, `time` first; each is a field or the first of several that is there."""
    expect([("_time", command.keyword)], input, lowering)
    as_it_came = closed_fields(input) is None and not any(isinstance(node, Rename | Drop) for node in chain(input))
    made = made_fields(input)
    reads: list[tuple[str, Expr]] = [("time", Column("_time"))]
    for name, (own, others) in _FIELDS.items():
        there = tuple(other for other in others if not as_it_came or other in made)
        reads.append((name, _guarded(own, there) if name in _OF_CALLER and there else _first((*own, *there))))
    return tuple(reads)


def _guarded(own: tuple[str, ...], others: tuple[str, ...]) -> Expr:
    return Apply("if", (Apply("isnull", (Column(_KIND),)), _first((*own, *others)), _first(own)))


def _first(names: tuple[str, ...]) -> Expr:
    """The first field that is there."""
    return Column(names[0]) if len(names) == 1 else Apply("coalesce", tuple(map(Column, names)))
