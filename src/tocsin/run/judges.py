"""The functions that a plan's judges stand for, and a plan with its judges answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tocsin.config import Calendars, Settings
from tocsin.engine.protocol import Ask, Engine
from tocsin.plan.expr import NULL, Apply, Expr, Type
from tocsin.plan.nodes import Extend, Judge, Node, Rows, chain, over

Judges = Mapping[str, Callable[[str], Ask]]
"""For each judge that a plan may name, what makes its function, given the command's option."""


def judges(settings: Settings) -> Judges:
    """Those that a run with these settings has: each needs its file, of which what has not been read is read now."""
    found: dict[str, Callable[[str], Ask]] = {}
    profiles = settings.profiles
    if settings.hours is not None:
        from tocsin.hours.answers import business_hours

        hours = settings.hours.whole() if isinstance(settings.hours, Calendars) else settings.hours
        found["businesshours"] = lambda calendar: business_hours(hours, calendar)
    if profiles is not None:
        from tocsin.hours.unusual import unusual_hours

        found["unusualhour"] = lambda _: unusual_hours(profiles)
    return found


def unasked(plan: Node) -> Node:
    """The plan with empty answers: enough for an engine to look at its other nodes."""
    node, *rest = chain(plan)
    for each in rest:
        node = over(each, node)
        if isinstance(node, Judge):
            empty = tuple((answer.name, _empty(answer.type)) for answer in node.answers)
            node = Extend(node.input, empty, span=node.span, macro=node.macro)
    return node


def _empty(type: Type) -> Expr:
    return Apply("tonumber", (NULL,)) if type is Type.number else Apply("tostring", (NULL,))


class Answered:
    """A resolved plan whose judges have been asked, each once, as far as somebody wanted to know.

    Engines know no judges: `plan` gives a plan, or a part of it from the leaf on, over the table that holds the
    last judge's answers.
    """

    def __init__(self, engine: Engine, name: str, available: Judges, *, origins: bool) -> None:
        self._engine = engine
        self._name = name
        self._available = available
        self._origins = origins
        self._tables: dict[int, str] = {}

    def plan(self, part: Node) -> Node:
        """The same rows without a judge. Parts that are given must all be of one plan."""
        node, *rest = chain(part)
        for place, each in enumerate(rest):
            node = over(each, node)
            if isinstance(node, Judge):
                node = Rows(self._answer(place, node))
        return node

    def _answer(self, place: int, node: Judge) -> str:
        if place not in self._tables:
            table = f"{self._name} answered {place}"
            ask = self._available[node.judge](node.option)
            self._engine.answer(table, node, ask, origins=self._origins)
            self._tables[place] = table
        return self._tables[place]
