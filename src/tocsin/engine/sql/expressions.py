"""Expressions of a plan to typed SQL.

A part that a body needs more than once is computed once, in a select of its own below the step (`once`): SQL
text stays small however deep an expression is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.presence import with_flags
from tocsin.engine.sql.query import Query, Relation, aliased, select
from tocsin.engine.sql.scope import split
from tocsin.plan.expr import Apply, Column, Constant, Expr, Type
from tocsin.plan.functions import result_type


class Value(Struct, frozen=True):
    """SQL and what it holds; type None is NULL, which fits every type. `constant` for a literal."""

    sql: exp.Expression
    type: Type | None
    constant: Constant | None = None

    def copy(self) -> exp.Expression:
        return self.sql.copy()


class Expressions(Struct):
    """The expressions of one step over one relation. `bodies` has a body for each function."""

    query: Query
    source: Relation
    bodies: Mapping[str, Callable[[Call], exp.Expression]]
    bound: dict[str, Value] = field(default_factory=dict)
    levels: list[list[tuple[str, exp.Expression]]] = field(default_factory=list)
    level_of: dict[str, int] = field(default_factory=dict)
    computed: dict[exp.Expression, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    depth: int = 0  # of the lambdas around

    def value(self, expr: Expr) -> Value:
        match expr:
            case Constant(value):
                return _constant(value, expr)
            case Column(name):
                return self._column(name)
            case Apply():
                return self._apply(expr)

    def once(self, value: Value) -> Value:
        """The same value as a column, so that it may be written several times."""
        if tree.simple(value.sql):
            return value
        if self.depth:
            return value  # a lambda's variables do not exist outside it
        if value.sql in self.computed:
            return Value(tree.column(self.computed[value.sql]), value.type)
        level = max((self.level_of.get(each.name, 0) for each in value.sql.find_all(exp.Column)), default=0)
        ident = self.query.temporary()
        self.level_of[ident] = level + 1
        while len(self.levels) <= level:
            self.levels.append([])
        self.levels[level].append((ident, value.sql))
        self.computed[value.sql] = ident
        return Value(tree.column(ident), value.type)

    def settle(self) -> str:
        """The name of the relation that has the source's columns and all parts computed once."""
        name = with_flags(self.source, self.flags, self.query).name if self.flags else self.source.name
        for level in self.levels:
            columns = [exp.Star(), *(aliased(sql, ident) for ident, sql in level)]
            name = self.query.add(select(columns, name), self.source.scope, "values").name
        self.levels.clear()
        return name

    def present(self, name: str) -> exp.Expression:
        """Whether some row of the source has a value in a field that it has."""
        if name not in self.flags:
            self.flags[name] = self.query.temporary()
        return tree.column(self.flags[name])

    def parameter(self) -> str:
        """A name for a lambda's variable that no column and no lambda around has."""
        return f"__v{self.depth}"

    def _column(self, name: str) -> Value:
        if name in self.bound:
            return self.bound[name]
        found = self.source.scope.find(name)
        if found is None:
            return Value(tree.null(), None)
        if found.packed is None:
            return Value(found.sql, found.type)
        return Value(found.among(self.once(Value(split(), Type.multi)).copy()), found.type)

    def _apply(self, expr: Apply) -> Value:
        body = self.bodies.get(expr.function)
        if body is None:
            raise CompileError([catalogue.no_body(expr.function, expr.span)])
        call = Call(expr, self)
        sql = body(call)
        return Value(sql, result_type(expr.function, call.types()))


class Call(Struct):
    """A function applied: its arguments as SQL of the type that the body wants, compiled when asked for."""

    apply: Apply
    into: Expressions
    values: dict[int, Value] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.apply.args)

    def types(self) -> tuple[Type | None, ...]:
        """The arguments' types; None also for those that the body never asked for."""
        return tuple(self.values[at].type if at in self.values else None for at in range(self.count))

    def value(self, at: int) -> Value:
        if at not in self.values:
            self.values[at] = self.into.value(self.apply.args[at])
        return self.values[at]

    def once(self, at: int) -> Value:
        """The argument in a form that may be written several times."""
        self.values[at] = self.into.once(self.value(at))
        return self.values[at]

    def constant(self, at: int) -> str | float | bool | None:
        """A constant argument's own value."""
        argument = self.apply.args[at]
        if isinstance(argument, Constant):
            self.value(at)
            return argument.value
        raise self.refuse("a computed argument here", at)

    def constant_text(self, at: int) -> str:
        return plain_text(self.constant(at))

    def refuse(self, what: str, at: int | None = None) -> CompileError:
        span = self.apply.args[at].span if at is not None else None
        return CompileError([catalogue.not_for(self.apply.function, what, span or self.apply.span)])


def plain_text(value: str | float | bool | None) -> str:
    """A constant as text."""
    match value:
        case bool():
            return str(value)
        case float() | int():
            if value == int(value) and abs(value) < 1e18:
                return str(int(value))
            return format(value, ".16g" if 1e9 <= abs(value) <= 4294967295 else ".15g")
        case str():
            return value
        case _:
            return ""


def _constant(value: str | float | bool | None, constant: Constant) -> Value:
    match value:
        case None:
            return Value(tree.null(), None, constant)
        case bool():
            return Value(tree.boolean(value), Type.boolean, constant)
        case str():
            return Value(tree.text(value), Type.text, constant)
        case _:
            return Value(tree.double(float(value)), Type.number, constant)
