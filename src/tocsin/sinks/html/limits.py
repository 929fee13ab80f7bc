"""How much a page may hold, whatever the logs hold, and text cut to size."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.sinks.visible import visible

LISTED = 1000  # findings in all; the latest of each detection, who get equal shares
RECORDS = 5000  # records behind the listed findings
BEHIND = 100  # of them behind one finding
PLACED = 200_000  # records that maps and sums know one by one
NAMES = 50_000  # people and repositories that sums tell apart
LINES = 50  # lines of a table
LANES = 12  # people in the timeline
CHANGES = 100  # lines of one kind in a comparison
PROBLEMS = 100  # files and records that could not be read
FIELDS = 80  # fields of a finding
VALUES = 20  # values of a field
NAME = 120  # characters of a name
VALUE = 400  # characters of a value
TEXT = 6000  # characters of a description, and of all values of a finding
SEARCH = 40_000  # characters of a search


def cut(text: str, most: int = VALUE) -> str:
    """The text, made visible; of a longer one the beginning, and how much is left out.

    >>> cut("abcdef", 4)
    'abcd… (2 more characters)'
    """
    if len(text) <= most:
        return visible(text)
    more = len(text) - most
    return f"{visible(text[:most])}… ({more:,} more {'character' if more == 1 else 'characters'})"


def cut_lines(text: str, most: int) -> tuple[str, ...]:
    """Text of several lines, each made visible; tabs become blanks."""
    written = text.replace("\r\n", "\n").expandtabs(4).strip("\n").rstrip()
    if len(written) <= most:
        return tuple(visible(line) for line in written.split("\n"))
    more = len(written) - most
    return (*(visible(line) for line in written[:most].split("\n")), f"… ({more:,} more characters)")


def cut_list(values: Sequence[str], most: int = VALUES, width: int = VALUE) -> tuple[str, ...]:
    """The first values, and how many more there are."""
    shown = tuple(cut(each, width) for each in values[:most])
    return (*shown, f"and {len(values) - most:,} more") if len(values) > most else shown
