"""The syntax tree of a search: what was written, with the place of every node. No meaning is decided here.

Two languages live in SPL. *Search expressions* (the `search` command) compare fields with literal patterns;
*eval expressions* (`eval`, `where`, and function arguments) compute. Commands are one class a file in
`tocsin.spl.commands`; `Command` below is what they share.

`span` never takes part in equality, so that a printed and reparsed tree equals its original.
"""

from __future__ import annotations

from tocsin.placed import Placed
from tocsin.source import Span


class Written(Placed, frozen=True, kw_only=True):
    """What stands somewhere in a search."""

    span: Span


# --- search expressions -------------------------------------------------------------------------


class Pattern(Written, frozen=True):
    """The right side of a comparison in `search`: always literal text, `*` matches anything.

    `text` has its escapes resolved: a backslash in it is itself, so `\\*` is a backslash and then anything.
    `quoted` says whether it stood in double quotes.
    """

    text: str
    quoted: bool = False


class Comparison(Written, frozen=True):
    """`field op pattern`; `op` is one of = != < <= > >=."""

    field: str
    op: str
    pattern: Pattern


class InList(Written, frozen=True):
    """`field IN (pattern, ...)`."""

    field: str
    patterns: tuple[Pattern, ...]


class Term(Written, frozen=True):
    """A bare word or a quoted phrase, looked for in `_raw`. A lone `*` is a Term that matches all."""

    text: str
    quoted: bool = False


class TimeModifier(Written, frozen=True):
    """`earliest=-1h`, `latest=now`, `starthoursago=168` ... inside a search."""

    name: str
    value: str


class And(Written, frozen=True):
    items: tuple[SearchExpr, ...]


class Or(Written, frozen=True):
    items: tuple[SearchExpr, ...]


class Not(Written, frozen=True):
    item: SearchExpr


class Subsearch(Written, frozen=True):
    """`[ ... ]`: as a term of a search expression, or as a command's argument."""

    pipeline: Pipeline


SearchExpr = Comparison | InList | Term | TimeModifier | And | Or | Not | Subsearch


# --- eval expressions ---------------------------------------------------------------------------


class Text(Written, frozen=True):
    """`"..."`, with its escapes resolved."""

    value: str


class Number(Written, frozen=True):
    """A numeric literal; `text` is as written."""

    text: str


class FieldRef(Written, frozen=True):
    """A bare or 'single quoted' field name."""

    name: str


class Call(Written, frozen=True):
    """`function(args)`; the name in lower case. `x IN (a, b)` is `in(x, a, b)`, `x LIKE p` is `like(x, p)`."""

    function: str
    args: tuple[Expr, ...]


class Unary(Written, frozen=True):
    """`NOT x` (op "not") or `-x` (op "-")."""

    op: str
    operand: Expr


class Binary(Written, frozen=True):
    """op is one of: or xor and = != < <= > >= + - * / % . (both `=` and `==` are "=")."""

    op: str
    left: Expr
    right: Expr


Expr = Text | Number | FieldRef | Call | Unary | Binary


# --- commands -----------------------------------------------------------------------------------


class Command(Written, frozen=True, kw_only=True):
    """What every command has: `span` is the whole of it, `keyword` its name, as written.

    `macro` names the outermost macro whose expansion wrote the command, None if a person did.
    """

    keyword: Span
    macro: str | None = None


class Pipeline(Written, frozen=True):
    """The commands between the pipes. The leading `search` is implicit in SPL and explicit here."""

    commands: tuple[Command, ...]
