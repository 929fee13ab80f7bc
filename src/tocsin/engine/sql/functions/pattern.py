"""Regular expressions, and the wildcards of `search` written as such.

ASCII letters alone match in either case. RE2's own `(?i)` and DuckDB's `lower` would let U+212A (kelvin sign)
pass for `k` and U+0130 for `i`.
"""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_text
from tocsin.source import Span

# What ends a token of the raw text, and of those the ones that a `*` in a term never reaches over.
MAJOR = r"\s\[\]<>(){}|!;,'\"*&?+"
BREAKER = rf"[{MAJOR}/:=@.\-$#%\\_]"


def matches(subject: exp.Expression, pattern: Value, into: Expressions) -> exp.Expression:
    """Whether a pattern matches somewhere. A pattern out of a field that cannot be read gives NULL."""
    if pattern.constant is not None:
        checked = checked_regex(pattern, into)
        return tree.call("regexp_matches", subject, checked)
    return tree.call("TRY", tree.call("regexp_matches", subject, as_text(pattern, into)))


def checked_regex(pattern: Value, into: Expressions) -> exp.Expression:
    assert pattern.constant is not None
    return regex(str(pattern.constant.value), pattern.constant.span, into)


def regex(pattern: str, span: Span | None, into: Expressions) -> exp.Expression:
    """The literal of a pattern that the engine can read. Raises CompileError for any other."""
    problem = into.query.check_regex(pattern)
    if problem:
        raise CompileError([catalogue.bad_regex(problem, span)])
    return tree.text(pattern)


def either_case(literal: str) -> str:
    """A pattern for a literal text in any ASCII case.

    >>> either_case("aB.")
    '[aA][bB]\\\\.'
    """
    return "".join(f"[{each.lower()}{each.upper()}]" if _letter(each) else _quoted(each) for each in literal)


def wildcard(text: str, star: str = ".*", *, exact: bool = False) -> str:
    """A pattern for a text in which `*` stands for anything; in any ASCII case unless `exact`."""
    spelt = _literal if exact else either_case
    return star.join(spelt(part) for part in re.split(r"\*+", text))


def _literal(text: str) -> str:
    return "".join(_quoted(each) for each in text)


def _letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _quoted(character: str) -> str:
    if character == "\0":
        return r"\x00"
    return (
        "\\" + character if character.isascii() and not character.isalnum() and character.isprintable() else character
    )
