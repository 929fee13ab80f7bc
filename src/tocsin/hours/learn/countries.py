"""Where addresses are: a table of networks and countries that the user brings. None is shipped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

MOST_NETWORKS = 2_000_000
_ROW = re.compile(r'\s*"?([0-9a-fA-F.:]+(?:/\d+)?)"?\s*[,;\t ]\s*"?([A-Za-z]{2})"?\s*(?:[,;\t ].*)?', re.DOTALL)


class BadRowError(ValueError):
    """A row that gives no network and country; the message names its line."""


class Countries:
    """Countries by network; of networks within one another the narrowest counts."""

    def __init__(self, networks: dict[tuple[int, int, int], str]) -> None:
        self._networks = networks
        self._lengths = sorted({(version, length) for version, length, _ in networks}, reverse=True)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, address: str) -> str:
        """The ISO code of an address; "" for one in no network, and for what is no address."""
        try:
            found: IPv4Address | IPv6Address = ip_address(address)
        except ValueError:
            return ""
        bits, number = found.max_prefixlen, int(found)
        for version, length in self._lengths:
            if version == found.version:
                country = self._networks.get((version, length, number >> (bits - length)))
                if country:
                    return country
        return ""


def countries_of(lines: Iterable[str]) -> Countries:
    """Reads rows of network and country, `198.51.100.0/24,DE`; other columns may follow.

    Empty lines, lines that begin with `#`, and a first line of titles are passed over. Raises BadRowError.
    """
    found: dict[tuple[int, int, int], str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        row = _ROW.fullmatch(line)
        if row is None and number == 1:
            continue
        if len(found) >= MOST_NETWORKS:
            raise BadRowError(f"line {number}: more than {MOST_NETWORKS:,} networks")
        try:
            network = ip_network(row[1] if row else line.strip(), strict=False)
        except ValueError as error:
            raise BadRowError(f"line {number}: no network and country, such as `198.51.100.0/24,DE`") from error
        if row is None:
            raise BadRowError(f"line {number}: no country, such as `198.51.100.0/24,DE`")
        shift = network.max_prefixlen - network.prefixlen
        found[(network.version, network.prefixlen, int(network.network_address) >> shift)] = row[2].upper()
    return Countries(found)
