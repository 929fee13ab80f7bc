"""Measures: functions over the rows of a group. NULLs are ignored; a multivalue field counts value by value."""

from __future__ import annotations

from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import MeasureFunction


def _number(_: Type | None) -> Type:
    return Type.number


def _multi(_: Type | None) -> Type:
    return Type.multi


def _text(_: Type | None) -> Type:
    return Type.text


def _mixed(argument: Type | None) -> Type:
    return Type.number if argument is Type.number else Type.text


def _same(argument: Type | None) -> Type:
    return Type.text if argument in (None, Type.boolean) else argument


TABLE = (
    MeasureFunction("count", _number, "How many values, how many conditions are true, or how many rows.", bare=True),
    MeasureFunction("dc", _number, "How many distinct texts; 0 if none."),
    MeasureFunction("values", _multi, "The distinct texts in the order of their bytes; NULL if none."),
    MeasureFunction("list", _multi, "The first 100 values in the present order, with repeats; NULL if none."),
    MeasureFunction("min", _mixed, "The smallest value, numbers below text; NULL if none."),
    MeasureFunction("max", _mixed, "The largest value, text above numbers; NULL if none."),
    MeasureFunction("sum", _number, "The sum of the numbers; NULL if none."),
    MeasureFunction("sumsq", _number, "The sum of the squares of the numbers; NULL if none."),
    MeasureFunction("avg", _number, "The mean of the numbers; NULL if none."),
    MeasureFunction("stdev", _number, "The sample standard deviation; 0 for one number, NULL if none."),
    MeasureFunction("stdevp", _number, "The population standard deviation; NULL if none."),
    MeasureFunction("var", _number, "The sample variance; 0 for one number, NULL if none."),
    MeasureFunction("varp", _number, "The population variance; NULL if none."),
    MeasureFunction("range", _number, "The largest number less the smallest; NULL if none."),
    MeasureFunction("median", _number, "The middle number, or the mean of the middle two; NULL if none."),
    MeasureFunction("perc", _number, "`perc95`: the percentile, between two numbers by proportion; NULL if none."),
    MeasureFunction("mode", _text, "The most frequent value, of equals the first by its bytes; NULL if none."),
    MeasureFunction(
        "earliest", _same, "The value of the row with the smallest `_time`; NULL if none, or without `_time`."
    ),
    MeasureFunction(
        "latest", _same, "The value of the row with the largest `_time`; NULL if none, or without `_time`."
    ),
    MeasureFunction("earliest_time", _number, "The smallest `_time` of a row that has a value; NULL if none."),
    MeasureFunction("latest_time", _number, "The largest `_time` of a row that has a value; NULL if none."),
    MeasureFunction("first", _same, "The value of the first row that has one, in the present order; NULL if none."),
    MeasureFunction("last", _same, "The value of the last row that has one, in the present order; NULL if none."),
)
