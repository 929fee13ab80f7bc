"""`eventstats`: add the aggregates of a row's group to the row."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command
from tocsin.spl.commands.stats import Aggregation, ByField


@dataclass(frozen=True, slots=True)
class Eventstats(Command):
    aggregations: tuple[Aggregation, ...]
    by: tuple[ByField, ...] = ()
