"""Countries of addresses from a table that the user brings."""

from __future__ import annotations

import pytest

from tocsin.hours.learn.countries import BadRowError, countries_of

ROWS = [
    "network,country\n",
    "# ours\n",
    "\n",
    "198.51.100.0/24,de\n",
    '"198.51.100.128/25","FR","more"\n',
    "2001:db8::/32 NL\n",
]


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("198.51.100.1", "DE"),
        ("198.51.100.200", "FR"),
        ("2001:db8::1", "NL"),
        ("192.0.2.1", ""),
        ("AWS Internal", ""),
        ("", ""),
    ],
)
def test_the_narrowest_network_counts(address: str, country: str) -> None:
    assert countries_of(ROWS).of(address) == country


@pytest.mark.parametrize("row", ["198.51.100.0/24", "198.51.100.0/99,DE", "nonsense,DE", "198.51.100.0/24,Germany"])
def test_a_row_that_is_none_is_told_with_its_line(row: str) -> None:
    with pytest.raises(BadRowError, match="line 2"):
        countries_of(["network,country", row])
