"""Reads eval expressions: `eval`, `where`, and the arguments of functions.

From loose to tight: XOR, OR, AND, NOT, comparison (with LIKE and IN), `+ - .`, `* / %`, minus. NOT takes in the
comparison after it: `NOT x=1` is `NOT (x=1)`. Words of operators may be in any case.

Operators are kept on a stack, so that only brackets and calls recurse.
"""

from __future__ import annotations

import re

from msgspec import Struct

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Binary, Call, Expr, FieldRef, Number, Text, Unary
from tocsin.spl.cursor import MAX_DEPTH, Cursor
from tocsin.spl.lexer import EVAL, EVAL_FRACTION, Token, value

XOR, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN = range(1, 9)

LEVELS = {
    "xor": XOR,
    "or": OR,
    "and": AND,
    **dict.fromkeys(("=", "==", "!=", "<", "<=", ">", ">=", "like", "in"), COMPARISON),
    **dict.fromkeys(("+", "-", "."), SUM),
    **dict.fromkeys(("*", "/", "%"), PRODUCT),
}
PREFIXES = {"not": NOT, "-": SIGN}

# `10k` and `10.0.0.1` begin like numbers; `1.x` is a number, a dot and a name.
_NUMBER_LIKE = re.compile(r"\.?\d\w*+(?:\.\d\w*+)*+")
_DOTTED = re.compile(r"[^\W\d]\w*+(?:\.[^\W\d]\w*+)++(?!\s*\()")


def read_expression(cursor: Cursor) -> Expr:
    """The longest expression from here. Fails if none begins here, or if its tree is too deep to work with."""
    start = cursor.look(EVAL)
    expression = _expression(cursor)
    if start is not None and _too_deep(expression):
        cursor.fail(catalogue.nested_too_deep(cursor.of(start), MAX_DEPTH))
    return expression


class _Part(Struct):
    """An operand: one expression, or the items of a chain of AND or OR that may still grow."""

    items: list[Expr]
    chain: str
    start: int
    end: int

    @property
    def expression(self) -> Expr:
        return balanced(self.chain, self.items)


class _Operator(Struct, frozen=True):
    name: str
    level: int
    prefix: bool
    start: int


def _expression(cursor: Cursor) -> Expr:
    parts: list[_Part] = []
    operators: list[_Operator] = []
    while True:
        _read_prefixes(cursor, operators)
        start = cursor.at
        operand = _operand(cursor)
        parts.append(_Part([operand], "", start, cursor.done))
        while (token := cursor.look(EVAL)) is not None and _name(token) == "in":
            _reduce(cursor, parts, operators, COMPARISON)
            _read_in(cursor, parts)
        name = _name(token) if token is not None else None
        if token is None or name is None:
            break
        if COMPARISON in _reduce(cursor, parts, operators, LEVELS[name]) and LEVELS[name] == COMPARISON:
            cursor.fail(catalogue.chained_comparison(cursor.of(token)))
        operators.append(_Operator(name, LEVELS[name], prefix=False, start=token.start))
        cursor.take(EVAL)
    _reduce(cursor, parts, operators, 0)
    return parts[0].expression


def _read_prefixes(cursor: Cursor, operators: list[_Operator]) -> None:
    while (token := cursor.look(EVAL)) is not None and token.text.lower() in PREFIXES:
        name = token.text.lower()
        operators.append(_Operator(name, PREFIXES[name], prefix=True, start=token.start))
        cursor.take(EVAL)


def _name(token: Token) -> str | None:
    """The binary operator that the token is, None for no operator."""
    name = token.text.lower() if token.kind == "word" else token.text
    return name if token.kind in ("op", "word") and name in LEVELS else None


def _reduce(cursor: Cursor, parts: list[_Part], operators: list[_Operator], level: int) -> list[int]:
    """Carry out the operators that bind at least as tightly as `level`; their levels."""
    done: list[int] = []
    while operators and operators[-1].level >= level:
        operator = operators.pop()
        done.append(operator.level)
        right = parts.pop()
        if operator.prefix:
            unary = Unary(operator.name, right.expression, span=cursor.span(operator.start, right.end))
            parts.append(_Part([unary], "", operator.start, right.end))
        else:
            parts.append(_joined(cursor, parts.pop(), operator.name, right))
    return done


def _joined(cursor: Cursor, left: _Part, name: str, right: _Part) -> _Part:
    if name in ("and", "or"):
        items = left.items if left.chain == name else [left.expression]
        items.append(right.expression)
        return _Part(items, name, left.start, right.end)
    span = cursor.span(left.start, right.end)
    if name == "like":
        return _Part([Call("like", (left.expression, right.expression), span=span)], "", left.start, right.end)
    op = "=" if name == "==" else name
    return _Part([Binary(op, left.expression, right.expression, span=span)], "", left.start, right.end)


def _read_in(cursor: Cursor, parts: list[_Part]) -> None:
    cursor.take(EVAL)
    left = parts.pop()
    arguments = _arguments(cursor)
    call = Call("in", (left.expression, *arguments), span=cursor.since(left.start))
    parts.append(_Part([call], "", left.start, cursor.done))


def balanced(op: str, items: list[Expr]) -> Expr:
    """`items` joined by `op`, left to right, in a tree as flat as can be: a list of a thousand is ten deep."""
    if len(items) == 1:
        return items[0]
    middle = (len(items) + 1) // 2
    left, right = balanced(op, items[:middle]), balanced(op, items[middle:])
    return Binary(op, left, right, span=_over(left.span, right.span))


def _over(first: Span, last: Span) -> Span:
    if (first.source, first.macro) == (last.source, last.macro) and first.start <= last.end:
        return Span(first.source, first.start, last.end, first.macro)
    return first


def _operand(cursor: Cursor) -> Expr:
    token = cursor.take(EVAL)
    if token is None:
        cursor.fail(catalogue.unexpected_end(cursor.span(cursor.end, cursor.end), "an expression"))
    match token.kind:
        case "string":
            return Text(value(token), span=cursor.of(token))
        case "field":
            return FieldRef(value(token), span=cursor.of(token))
        case "number":
            return _number(cursor, token)
        case "word":
            return _word(cursor, token)
        case "open":
            return _parenthesised(cursor, token)
        case "op" if token.text == "." and cursor.looks_at_digit():
            cursor.at = token.start
            return _number(cursor, cursor.expect(EVAL_FRACTION, "number", "an expression"))
        case "bracket":
            cursor.at = token.start
            cursor.fail(catalogue.subsearch_in_expression(cursor.subsearch().span))
    return cursor.fail(catalogue.unexpected_token(cursor.of(token), token.text, "an expression"))


def _number(cursor: Cursor, token: Token) -> Number:
    whole = _NUMBER_LIKE.match(cursor.reading.text, token.start, cursor.end)
    if whole is not None and whole.end() > token.end:
        cursor.fail(catalogue.malformed_number(cursor.span(*whole.span()), whole[0]))
    return Number(token.text, span=cursor.of(token))


def _word(cursor: Cursor, token: Token) -> Expr:
    name = token.text.lower()
    called = cursor.looks_at(EVAL, "open")
    if called and name not in ("and", "or", "xor"):
        return Call(name, _arguments(cursor), span=cursor.since(token.start))
    if name in LEVELS:
        cursor.fail(catalogue.unexpected_token(cursor.of(token), token.text, "an expression"))
    text = cursor.reading.text
    is_first = token.start == 0 or text[token.start - 1] != "."
    dotted = _DOTTED.match(text, token.start, cursor.end) if is_first else None
    if dotted is not None:
        cursor.warn(catalogue.unquoted_dotted_field(cursor.span(*dotted.span()), dotted[0]))
    return FieldRef(token.text, span=cursor.of(token))


def _arguments(cursor: Cursor) -> tuple[Expr, ...]:
    """`(a, b, ...)`, possibly empty."""
    opening = cursor.expect(EVAL, "open", "`(`")
    if cursor.take_kind(EVAL, "close"):
        return ()
    with cursor.nested(opening):
        found = [_expression(cursor)]
        while cursor.take_kind(EVAL, "comma"):
            found.append(_expression(cursor))
    _close(cursor, opening)
    return tuple(found)


def _parenthesised(cursor: Cursor, opening: Token) -> Expr:
    with cursor.nested(opening):
        inside = _expression(cursor)
    _close(cursor, opening)
    return inside


def _close(cursor: Cursor, opening: Token) -> None:
    if cursor.take_kind(EVAL, "close"):
        return
    if cursor.at_end():
        cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
    cursor.fail_unexpected("an operator, `,` or `)`", EVAL)


def _too_deep(expression: Expr) -> bool:
    """Whether the tree is deeper than twice the brackets allowed: `1+1+1+...` needs none."""
    level = [expression]
    for _ in range(2 * MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: Expr) -> tuple[Expr, ...]:
    match node:
        case Call():
            return node.args
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case _:
            return ()
