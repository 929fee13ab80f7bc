"""Measures of numbers. What spells none does not count; what is not finite is NULL."""

from __future__ import annotations

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.argument import Argument, Body
from tocsin.plan.expr import Type


def numeric(function: str, *further: exp.Expression) -> Body:
    """An aggregate of DuckDB over the numbers; of lists, its twin over a list."""

    return lambda argument: tree.call("spl_finite", _found(function, argument, *further))


def _found(function: str, argument: Argument, *further: exp.Expression) -> exp.Expression:
    copies = [each.copy() for each in further]
    if argument.several:
        found = tree.call("list_aggregate", argument.numbers(), tree.text(function), *copies)
    else:
        found = tree.call(function, argument.number(), *copies)
    return tree.cast(found, "DOUBLE")


def spread(function: str, *, sample: bool) -> Body:
    """A spread; a sample's is 0 for one number, where DuckDB has NULL.

    Numbers beyond 1e150 do not count: their squares are not finite, which some versions of DuckDB fail over.
    """

    def body(argument: Argument) -> exp.Expression:
        if argument.several:
            numbers = _squarable_list(argument)
            spread = tree.call("list_aggregate", numbers, tree.text(function))
            count = tree.call("list_aggregate", numbers.copy(), tree.text("count"))
        else:
            number = argument.once(_squarable(argument.number()), Type.number)
            spread, count = tree.call(function, number), tree.call("count", number.copy())
        found = tree.call("spl_finite", tree.cast(spread, "DOUBLE"))
        return tree.case((tree.equal(count, tree.whole(1)), tree.double(0)), default=found) if sample else found

    return body


def _squarable(number: exp.Expression) -> exp.Expression:
    size = tree.call("abs", number.copy())
    return tree.case((exp.LTE(this=size, expression=tree.double(1e150)), number))


def _squarable_list(argument: Argument) -> exp.Expression:
    return tree.each(argument.numbers(), "__n", _squarable(tree.column("__n")))


def sumsq(argument: Argument) -> exp.Expression:
    if argument.several:
        squares = tree.each(argument.numbers(), "__n", tree.multiply(tree.column("__n"), tree.column("__n")))
        return tree.call("spl_finite", tree.call("list_sum", squares))
    number = argument.number()
    return tree.call("spl_finite", tree.call("sum", tree.multiply(number, number.copy())))


def spanned(argument: Argument) -> exp.Expression:
    """Checked once: each `spl_finite` around another doubles what is planned."""
    return tree.call("spl_finite", tree.subtract(_found("max", argument), _found("min", argument)))
