"""Small pieces of SQL trees. Operands are put in brackets where they need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from sqlglot import exp

from tocsin.plan.expr import Type

SQL_TYPES = {Type.text: "VARCHAR", Type.number: "DOUBLE", Type.boolean: "BOOLEAN", Type.multi: "VARCHAR[]"}
Operator = Callable[..., exp.Expression]  # a class such as exp.EQ
_SIMPLE = (exp.Column, exp.Literal, exp.Null, exp.Boolean)
_BOUND = (exp.Anonymous, exp.Cast, exp.Case, exp.Paren, exp.Array, exp.Struct, exp.Window, exp.Identifier)


def name(identifier: str) -> exp.Identifier:
    return exp.to_identifier(identifier, quoted=True)


def column(identifier: str, table: str | None = None) -> exp.Column:
    return exp.Column(this=name(identifier), table=name(table) if table else None)


def text(value: str) -> exp.Expression:
    """A string literal; NUL characters, which SQL text cannot hold, are spelt out."""
    sound = value.encode("utf-8", "replace").decode("utf-8")
    if "\0" not in sound:
        return exp.Literal.string(sound)
    zero = call("chr", whole(0))
    parts = [exp.Literal.string(part) for part in sound.split("\0")]
    joined: list[exp.Expression] = [parts[0]]
    for part in parts[1:]:
        joined += [zero.copy(), part]
    return call("concat", *joined)


def double(value: float) -> exp.Expression:
    """A DOUBLE literal."""
    plain = repr(abs(float(value))).removesuffix(".0")
    literal = exp.Literal.number(plain if "e" in plain else f"{plain}e0")
    return exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal


def whole(value: int) -> exp.Expression:
    literal = exp.Literal.number(str(abs(value)))
    return exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal


def null(type: Type | None = None) -> exp.Expression:
    return exp.Null() if type is None else cast(exp.Null(), SQL_TYPES[type])


def boolean(value: bool) -> exp.Expression:
    return exp.Boolean(this=value)


def cast(value: exp.Expression, to: str) -> exp.Expression:
    return exp.Cast(this=value, to=_type(to).copy())


@lru_cache(maxsize=64)
def _type(name: str) -> exp.DataType:
    """Reading the name of a type takes longer than all else about a cast."""
    return exp.DataType.build(name, dialect="duckdb")


def written(statement: exp.Expression) -> str:
    """A statement as text. It is spent: copies are what takes longest in writing."""
    return statement.sql("duckdb", copy=False)


def call(function: str, *args: exp.Expression) -> exp.Expression:
    """A function of DuckDB by its own name, never translated."""
    return exp.Anonymous(this=function, expressions=list(args))


def array(*values: exp.Expression) -> exp.Expression:
    return exp.Array(expressions=list(values))


def struct(**fields: exp.Expression) -> exp.Expression:
    pairs = [exp.PropertyEQ(this=name(key), expression=value) for key, value in fields.items()]
    return exp.Struct(expressions=pairs)


def field(value: exp.Expression, key: str) -> exp.Expression:
    return call("struct_extract", value, exp.Literal.string(key))


def binary(kind: Operator, left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return kind(this=wrap(left), expression=wrap(right))


def equal(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return binary(exp.EQ, left, right)


def add(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return binary(exp.Add, left, right)


def subtract(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return binary(exp.Sub, left, right)


def multiply(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return binary(exp.Mul, left, right)


def join(*parts: exp.Expression) -> exp.Expression:
    """Texts one after another; NULL if any is NULL."""
    return _fold(exp.DPipe, parts)


def all_of(*conditions: exp.Expression) -> exp.Expression:
    return _fold(exp.And, conditions) if conditions else boolean(True)


def any_of(*conditions: exp.Expression) -> exp.Expression:
    return _fold(exp.Or, conditions) if conditions else boolean(False)


def negate(condition: exp.Expression) -> exp.Expression:
    return exp.Not(this=wrap(condition))


def is_null(value: exp.Expression) -> exp.Expression:
    return exp.Is(this=wrap(value), expression=exp.Null())


def not_null(value: exp.Expression) -> exp.Expression:
    return exp.Not(this=is_null(value))


def between(value: exp.Expression, low: exp.Expression, high: exp.Expression) -> exp.Expression:
    return exp.Between(this=wrap(value), low=low, high=high)


def coalesce(*values: exp.Expression) -> exp.Expression:
    return call("coalesce", *values)


def case(*branches: tuple[exp.Expression, exp.Expression], default: exp.Expression | None = None) -> exp.Expression:
    return exp.Case(ifs=[exp.If(this=when, true=then) for when, then in branches], default=default)


def function(parameters: Sequence[str], body: exp.Expression) -> exp.Expression:
    """A lambda."""
    return exp.Lambda(this=body, expressions=[name(each) for each in parameters])


def each(items: exp.Expression, parameter: str, body: exp.Expression) -> exp.Expression:
    return call("list_transform", items, function([parameter], body))


def keep(items: exp.Expression, parameter: str, condition: exp.Expression) -> exp.Expression:
    return call("list_filter", items, function([parameter], condition))


def filled(items: exp.Expression) -> exp.Expression:
    """NULL for an empty list: such a field does not exist."""
    return call("nullif", items, cast(array(), "VARCHAR[]"))


def only_where(aggregate: exp.Expression, condition: exp.Expression) -> exp.Expression:
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))


def ordered(value: exp.Expression, terms: Iterable[tuple[exp.Expression, bool]]) -> exp.Expression:
    """`value ORDER BY terms` inside an aggregate; a term is (expression, descending)."""
    return exp.Order(this=value, expressions=order_terms(terms))


def order_terms(terms: Iterable[tuple[exp.Expression, bool]]) -> list[exp.Expression]:
    return [exp.Ordered(this=term, desc=descending, nulls_first=False) for term, descending in terms]


def row_number(partition: Iterable[exp.Expression], terms: Iterable[tuple[exp.Expression, bool]]) -> exp.Expression:
    return exp.Window(
        this=call("row_number"),
        partition_by=list(partition),
        order=exp.Order(expressions=order_terms(terms)),
    )


def simple(value: exp.Expression) -> bool:
    """Whether an expression costs nothing to write twice."""
    if isinstance(value, exp.Cast | exp.Paren | exp.Neg):
        return simple(value.this)
    return isinstance(value, _SIMPLE)


def wrap(value: exp.Expression) -> exp.Expression:
    return value if isinstance(value, _SIMPLE + _BOUND) else exp.Paren(this=value)


def _fold(kind: Operator, parts: Sequence[exp.Expression]) -> exp.Expression:
    """Balanced, so that a thousand parts are ten levels deep."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) <= 8:
        result = wrap(parts[0])
        for part in parts[1:]:
            result = kind(this=result, expression=wrap(part))
        return result
    middle = len(parts) // 2
    return kind(this=wrap(_fold(kind, parts[:middle])), expression=wrap(_fold(kind, parts[middle:])))
