"""What the reading of one calendar file carries along: its folder, its problems, and what may still be used up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from tocsin.content.yaml_value import Entries, Items, Scalar, Value
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.recurrence_text import Budget
from tocsin.hours.zones import zone_named, zone_names
from tocsin.source import Source, Span

T = TypeVar("T")


class BadTextError(ValueError):
    """A part of a scalar's text, `start` up to `end`, is wrong; `problem` makes the diagnostic at its place."""

    def __init__(self, problem: Callable[[Span], Diagnostic], start: int, end: int) -> None:
        super().__init__(start, end)
        self.problem, self.start, self.end = problem, start, end


class Reading(Struct):
    """Problems are collected, so that one never hides another.

    `zone` is the zone of times without one: a calendar's while it is read (`inside`), else the file's, "" for none.
    """

    source: Source
    folder: Path
    zone: str = ""
    found: list[Diagnostic] = field(default_factory=list)
    inside: bool = False
    budget: Budget = field(default_factory=Budget)
    imported: int = 0
    _breaks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._breaks = [at for at, char in enumerate(self.source.text) if char == "\n"]

    def report(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)

    def parsed(self, value: Scalar, parse: Callable[[str], T]) -> T | None:
        """What the scalar's text means; None after a report at the very part that is wrong."""
        try:
            return parse(value.text)
        except BadTextError as error:
            self.report(error.problem(value.composed.span(error.start, error.end)))
            return None

    def line(self, span: Span) -> int:
        """The line of a place in the calendar file, from 1."""
        return bisect_right(self._breaks, span.start - 1) + 1

    def place(self, span: Span) -> str:
        """A place in the calendar file for a note: name, line and column."""
        line = self.line(span)
        column = span.start - (self._breaks[line - 2] + 1 if line > 1 else 0) + 1
        return f"{self.source.name}:{line}:{column}"

    def mapping(self, value: Value, path: str, known: Iterable[str] = ()) -> Entries | None:
        """The value if it is a mapping; with `known` keys, every other key is reported."""
        if not isinstance(value, Entries):
            self.report(catalogue.wrong_kind(path, "a mapping", head(value)))
            return None
        if known:
            for key in value.values.keys() - set(known):
                self.report(catalogue.unknown_key(joined(path, key), known, value.keys[key]))
        return value

    def items(self, value: Value, path: str) -> tuple[Value, ...]:
        """A list's values; a single scalar or mapping counts as a list of one, nothing as an empty list."""
        if isinstance(value, Items):
            return value.values
        if isinstance(value, Scalar) and value.null:
            return ()
        if isinstance(value, Entries) and not value.values:
            self.report(catalogue.empty_value(path, "a list", value.span))
            return ()
        return (value,)

    def scalar(self, value: Value, path: str, wanted: str = "a text") -> Scalar | None:
        """The value if it is a scalar with something in it."""
        if not isinstance(value, Scalar):
            self.report(catalogue.wrong_kind(path, wanted, head(value)))
            return None
        if value.null or not value.text.strip():
            self.report(catalogue.empty_value(path, wanted, value.span))
            return None
        return value

    def scalars(self, value: Value, path: str, wanted: str = "a text") -> Iterator[Scalar]:
        """The scalars of a list, or the one scalar. Reports an empty list."""
        values = self.items(value, path)
        if not values:
            self.report(catalogue.empty_value(path, wanted, value.span))
        for each in values:
            read = self.scalar(each, path, wanted)
            if read is not None:
                yield read

    def switch(self, value: Value, path: str) -> bool:
        """Whether a key is on: `true` or `false`; `yes` and `no` do as well."""
        read = self.scalar(value, path, "`true` or `false`")
        if read is not None and read.text.lower() not in ("true", "false", "yes", "no"):
            self.report(catalogue.wrong_kind(path, "`true` or `false`", read.span))
        return read is not None and read.text.lower() in ("true", "yes")

    def zone_name(self, value: Value, path: str) -> str:
        """The name of a zone that exists; "" after a report."""
        read = self.scalar(value, path, "a time zone")
        if read is None:
            return ""
        if zone_named(read.text) is None:
            self.report(catalogue.unknown_zone(read.text, zone_names(), read.span))
            return ""
        return read.text


def head(value: Value) -> Span:
    """The place to point at for a value: a mapping's first key, a list's first value, a scalar as a whole."""
    match value:
        case Entries(_, keys, span):
            return next(iter(keys.values()), span)
        case Items(values, span):
            return head(values[0]) if values else span
        case _:
            return value.span


def joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
