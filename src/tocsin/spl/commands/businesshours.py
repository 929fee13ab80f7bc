"""`businesshours`: whether an event lies in the business hours of whoever acted. Tocsin's own; Splunk has none."""

from __future__ import annotations

from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.options import plain, refuse_option, take_option
from tocsin.spl.quoting import option as option_text
from tocsin.spl.quoting import words


class _Placed(Command, frozen=True, kw_only=True):
    calendar_span: Span | None = None


class Businesshours(_Placed, frozen=True):
    """`calendar` None: the rules of the calendar file say whose hours hold. `prefix` goes before each new name."""

    calendar: str | None = None
    prefix: str = ""


def parse(cursor: Cursor) -> Businesshours:
    calendar: str | None = None
    span: Span | None = None
    prefix = ""
    while not cursor.at_end():
        if option := take_option(cursor, "calendar"):
            calendar, span = value(option[2]), cursor.of(option[2])
        elif option := take_option(cursor, "prefix"):
            prefix = plain(cursor, "prefix", option[2])
        else:
            refuse_option(cursor, "businesshours", ("calendar", "prefix"))
            cursor.fail_unexpected("an option")
    return Businesshours(calendar, prefix, calendar_span=span, **cursor.identity())


def to_text(command: Businesshours) -> str:
    return words(
        "businesshours",
        option_text("calendar", command.calendar) if command.calendar is not None else "",
        option_text("prefix", command.prefix) if command.prefix else "",
    )
