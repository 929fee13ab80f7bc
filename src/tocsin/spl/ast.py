"""The syntax tree of a search: what was written, with the place of every node. No meaning is decided here.

Two languages live in SPL. *Search expressions* (the `search` command) compare fields with literal patterns;
*eval expressions* (`eval`, `where`, and function arguments) compute. Commands are one class a file in
`tocsin.spl.commands`; `Command` below is what they share.

`span` never takes part in equality, so that a printed and reparsed tree equals its original.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span

# --- search expressions -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pattern:
    """The right side of a comparison in `search`: always literal text, `*` matches anything.

    `text` has its escapes resolved: a backslash in it is itself, so `\\*` is a backslash and then anything.
    `quoted` says whether it stood in double quotes.
    """

    text: str
    quoted: bool = False
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`field op pattern`; `op` is one of = != < <= > >=."""

    field: str
    op: str
    pattern: Pattern
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class InList:
    """`field IN (pattern, ...)`."""

    field: str
    patterns: tuple[Pattern, ...]
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Term:
    """A bare word or a quoted phrase, looked for in `_raw`. A lone `*` is a Term that matches all."""

    text: str
    quoted: bool = False
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class TimeModifier:
    """`earliest=-1h`, `latest=now`, `starthoursago=168` ... inside a search."""

    name: str
    value: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class And:
    items: tuple[SearchExpr, ...]
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[SearchExpr, ...]
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Not:
    item: SearchExpr
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Subsearch:
    """`[ ... ]`: as a term of a search expression, or as a command's argument."""

    pipeline: Pipeline
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


SearchExpr = Comparison | InList | Term | TimeModifier | And | Or | Not | Subsearch


# --- eval expressions ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """`"..."`, with its escapes resolved."""

    value: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric literal; `text` is as written."""

    text: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A bare or 'single quoted' field name."""

    name: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(args)`; the name in lower case. `x IN (a, b)` is `in(x, a, b)`, `x LIKE p` is `like(x, p)`."""

    function: str
    args: tuple[Expr, ...]
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unary:
    """`NOT x` (op "not") or `-x` (op "-")."""

    op: str
    operand: Expr
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Binary:
    """op is one of: or xor and = != < <= > >= + - * / % . (both `=` and `==` are "=")."""

    op: str
    left: Expr
    right: Expr
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


Expr = Text | Number | FieldRef | Call | Unary | Binary


# --- commands -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Command:
    """What every command has: `span` is the whole of it, `keyword` its name, as written.

    `macro` names the outermost macro whose expansion wrote the command, None if a person did.
    """

    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
    keyword: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
    macro: str | None = dataclasses.field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The commands between the pipes. The leading `search` is implicit in SPL and explicit here."""

    commands: tuple[Command, ...]
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
