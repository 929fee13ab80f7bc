"""Addresses: whether one lies in a block, IPv4 or IPv6."""

from __future__ import annotations

import ipaddress

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.source import Span


def in_block(address: exp.Expression, block: str, span: Span | None) -> exp.Expression:
    """False for what is no address of the block's kind, NULL for NULL. The address must be a plain column."""
    try:
        network = ipaddress.ip_network(block.strip(), strict=False)
    except ValueError as error:
        raise CompileError([catalogue.bad_block(block, span)]) from error
    first, last = network.network_address, network.broadcast_address
    if network.version == 4:
        inside = tree.between(tree.call("spl_ipv4", address), tree.whole(int(first)), tree.whole(int(last)))
    else:
        inside = tree.between(tree.call("spl_ipv6", address), _digits(int(first)), _digits(int(last)))
    return tree.case((tree.not_null(address.copy()), tree.coalesce(inside, tree.boolean(False))))


def _digits(number: int) -> exp.Expression:
    return tree.text(f"{number:032x}")
