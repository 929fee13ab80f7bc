"""SPL's names, exact and case-sensitive, as SQL identifiers, which DuckDB compares without regard to case."""

from __future__ import annotations

from collections.abc import Iterable

HIDDEN = "__tocsin_"  # how every column of ours begins; no identifier of a field does


def identifier(name: str, taken: Iterable[str]) -> str:
    """An identifier for a name that no identifier in `taken` equals in any case.

    >>> identifier("userName", []), identifier("User", ["user"]), identifier("USER", ["user", "User~2"])
    ('userName', 'User~2', 'USER~3')
    """
    used = {each.casefold() for each in taken}
    plain = _printable(name)
    found, number = plain, 1
    while found.casefold() in used:
        number += 1
        found = f"{plain}~{number}"
    return found


def _printable(name: str) -> str:
    """Without characters that an identifier cannot hold, and not like one of ours."""
    kept = "".join(each if each.isprintable() else "?" for each in name[:200]) or "?"
    return "~" + kept if kept.startswith("__") else kept
