"""Text to plan to request: everything about a search that can be known before any record is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from tocsin.cloudtrail.bind import impossible_warnings, index_warnings, reads_time, want
from tocsin.cloudtrail.fields import FieldOptions
from tocsin.cloudtrail.record_keys import case_warnings
from tocsin.cloudtrail.request import Want
from tocsin.config import Settings
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue.plan import empty_window
from tocsin.plan.demand import Demand, demand
from tocsin.plan.lower import Context, lower
from tocsin.plan.moments import parse_moment
from tocsin.plan.nodes import Node, Scan, chain
from tocsin.plan.order import tells_order
from tocsin.source import Composed
from tocsin.spl.ast import Pipeline
from tocsin.spl.commands.lookup import Lookup
from tocsin.spl.macros import expand
from tocsin.spl.parser import parse


class Compiled(Struct, frozen=True):
    """A search ready to run. `window` is its own earliest and latest, or the run's; `detection` None for ad hoc."""

    name: str
    detection: Detection | None
    expanded: Composed
    pipeline: Pipeline
    plan: Node
    demand: Demand
    want: Want
    window: tuple[float | None, float | None]
    warnings: tuple[Diagnostic, ...]

    @property
    def scan(self) -> Scan:
        leaf = chain(self.plan)[0]
        assert isinstance(leaf, Scan)
        return leaf


def compile_detection(detection: Detection, library: Library, settings: Settings) -> Compiled:
    """Compile a detection's search. Raises CompileError with every diagnostic."""
    try:
        return _compile(detection.name, detection, detection.search, library, settings)
    except CompileError as error:
        raise CompileError([_placed(each, detection) for each in error.diagnostics]) from error


def _placed(problem: Diagnostic, detection: Detection) -> Diagnostic:
    """An empty search has no place in its file; the file is told instead."""
    nowhere = problem.span is not None and not problem.span.source.text
    return replace(problem, span=None, where=detection.path) if nowhere else problem


def compile_text(text: Composed, library: Library, settings: Settings) -> Compiled:
    """Compile a search that belongs to no detection. Raises CompileError with every diagnostic."""
    return _compile("search", None, text, library, settings)


def without_records(search: Compiled, settings: Settings) -> Compiled:
    """The search where nobody asks for the records behind its rows: what only they or an order need is not read."""
    if tells_order(search.plan):
        return search
    timed = search.window != (None, None) or reads_time(search.scan.condition, search.demand, field_options(settings))
    return replace(search, want=replace(search.want, times=timed, ids=not settings.keep_duplicates))


def _compile(
    name: str,
    detection: Detection | None,
    text: Composed,
    library: Library,
    settings: Settings,
) -> Compiled:
    expanded = expand(text, library.macro_table)
    parsed = parse(expanded)
    tables = {key: table.columns for key, table in library.lookups.items()}
    before = (*_lookup_problems(parsed.pipeline, library), *parsed.warnings)
    with _also(before):
        lowered = lower(parsed.pipeline, _context(settings, tables))
    leaf = chain(lowered.plan)[0]
    assert isinstance(leaf, Scan)
    needs = demand(lowered.plan)
    wanted = want(leaf.condition, needs, field_options(settings))
    warnings = (*before, *lowered.warnings, *_record_warnings(leaf, needs, expanded))
    with _also(warnings):
        window = _window(leaf, settings)
    return Compiled(name, detection, expanded, parsed.pipeline, lowered.plan, needs, wanted, window, warnings)


def _lookup_problems(pipeline: Pipeline, library: Library) -> Iterator[Diagnostic]:
    for table in dict.fromkeys(each.table for each in pipeline.commands if isinstance(each, Lookup)):
        yield from library.lookup_problems(table)


@contextmanager
def _also(warnings: tuple[Diagnostic, ...]) -> Iterator[None]:
    """Where what follows is refused, the warnings so far are told, too."""
    try:
        yield
    except CompileError as error:
        raise CompileError([*warnings, *error.diagnostics]) from error


def _context(settings: Settings, lookups: Mapping[str, tuple[str, ...]]) -> Context:
    calendars = settings.hours.names if settings.hours else None
    return Context(settings.now, settings.timezone, lookups, calendars, settings.profiles is not None)


def _record_warnings(leaf: Scan, needs: Demand, search: Composed) -> tuple[Diagnostic, ...]:
    """What the search asks of the records that they cannot give."""
    condition = leaf.condition
    misspelt = case_warnings(condition, needs.names - needs.optional, search)
    return *index_warnings(condition), *impossible_warnings(condition), *misspelt


def field_options(settings: Settings) -> FieldOptions:
    return FieldOptions(user_fallback=settings.user_fallback)


def _window(leaf: Scan, settings: Settings) -> tuple[float | None, float | None]:
    """The search's own time modifiers win over the run's window, as in Splunk."""
    earliest = _moment(leaf.earliest, settings.earliest, settings)
    latest = _moment(leaf.latest, settings.latest, settings)
    if earliest is not None and latest is not None and earliest >= latest:
        raise CompileError([empty_window(leaf.span)])
    return earliest, latest


def _moment(text: str | None, otherwise: float | None, settings: Settings) -> float | None:
    return otherwise if text is None else parse_moment(text, settings.now, settings.timezone)
