"""What the declaration of a function holds, and the rules for the type of its result.

A `None` among argument types is NULL written out (or a field that exists nowhere): it fits every type.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tocsin.plan.expr import Type

Types = tuple[Type | None, ...]
Rule = Callable[[Types], Type]


class Function(Struct, frozen=True):
    """`least` to `most` arguments (`most` None: any number); `doc` is one line and includes the rule for NULL.

    `constants` are the positions of arguments that must be constants (a pattern, a format, a zone).
    """

    name: str
    least: int
    most: int | None
    rule: Rule
    doc: str
    constants: tuple[int, ...] = ()


class MeasureFunction(Struct, frozen=True):
    """A function over the rows of a group; `rule` has the argument's type. `bare`: may stand without argument."""

    name: str
    rule: Callable[[Type | None], Type]
    doc: str
    bare: bool = False


def text(_: Types) -> Type:
    return Type.text


def number(_: Types) -> Type:
    return Type.number


def boolean(_: Types) -> Type:
    return Type.boolean


def multi(_: Types) -> Type:
    return Type.multi


def each(types: Types) -> Type:
    """Works on one text, or on each value of a multivalue first argument."""
    return Type.multi if types[:1] == (Type.multi,) else Type.text


def unify(types: Types) -> Type:
    """The one type that holds values of all: multi over text over number and boolean; NULL fits everything."""
    known = {each for each in types if each is not None}
    if Type.multi in known:
        return Type.multi
    return known.pop() if len(known) == 1 else Type.text


def smallest(types: Types) -> Type:
    """A number if all are, else text that may look numeric."""
    return Type.number if set(types) == {Type.number} else Type.text
