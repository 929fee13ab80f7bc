"""A query that grows step by step: one named select for each step of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from sqlglot import exp

from tocsin.content.lookup import LookupOptions
from tocsin.engine.sql.scope import Scope
from tocsin.engine.sql.tree import name


class Relation(Struct, frozen=True):
    """Rows with a name in the query, and what they hold."""

    name: str
    scope: Scope


class Grouping(Struct, frozen=True):
    """An aggregate that was carried out: the rows that went in, its keys, and the groups that came out."""

    rows: Relation
    keys: tuple[str, ...]
    groups: Relation


class Query(Struct):
    """`tables` are the engine's. `origins`: carry records through groups. `check_regex` gives what is wrong, or "".

    `few`: the table at the leaf has so few rows that planning counts for more than memory.
    """

    tables: Mapping[str, Relation]
    origins: bool
    check_regex: Callable[[str], str]
    lookups: Mapping[str, LookupOptions] = field(default_factory=dict)
    few: bool = False
    steps: list[tuple[str, exp.Select]] = field(default_factory=list)
    groupings: list[Grouping] = field(default_factory=list)
    repeats: bool = False  # a record may stand behind a row more than once
    temporaries: int = 0

    def add(self, select: exp.Select, scope: Scope, what: str) -> Relation:
        """A further step, named after what it does."""
        step = f"{what}_{len(self.steps) + 1}"
        self.steps.append((step, select))
        return Relation(step, scope)

    def temporary(self) -> str:
        self.temporaries += 1
        return f"__tocsin_value_{self.temporaries}"

    def finish(self, select: exp.Select) -> exp.Select:
        """The whole: a select over the steps."""
        for step, body in self.steps:
            select = select.with_(name(step), as_=body, copy=False)
        return select


def select(columns: Sequence[exp.Expression], source: str) -> exp.Select:
    return exp.Select(expressions=list(columns)).from_(table(source), copy=False)


def everything(source: str) -> exp.Select:
    return select([exp.Star()], source)


def table(source: str) -> exp.Table:
    return exp.Table(this=name(source))


def named(source: str, alias: str) -> exp.Table:
    """A relation under a name of its own in a join."""
    found = table(source)
    found.set("alias", exp.TableAlias(this=name(alias)))
    return found


def where(query: exp.Select, condition: exp.Expression) -> exp.Select:
    query.set("where", exp.Where(this=condition))
    return query


def aliased(value: exp.Expression, ident: str) -> exp.Expression:
    """`value AS ident`, or only the column where it bears that name already."""
    if isinstance(value, exp.Column) and value.name == ident:
        return value
    return exp.Alias(this=value, alias=name(ident))
