"""The text of `tocsin explain`: search, tree, plan, fields, literals, SQL, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tocsin.cli.library import load, report
from tocsin.cloudtrail.batch import empty
from tocsin.cloudtrail.bind import bind
from tocsin.cloudtrail.fields import describe
from tocsin.cloudtrail.prefilter import describe as literals
from tocsin.config import Settings
from tocsin.content.find import is_file
from tocsin.content.library import Library
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Judge, Node, Rows, chain
from tocsin.plan.resolve import resolve
from tocsin.plan.text import explain as plan_text
from tocsin.run import Compiled, compile_detection, compile_text
from tocsin.run.compiled import field_options
from tocsin.run.execution import open_engine
from tocsin.run.judges import Answered, judges
from tocsin.run.matched import with_leaf
from tocsin.run.rehearsal import load_lookups
from tocsin.sinks.visible import visible
from tocsin.source import Composed, Source
from tocsin.spl.printer import dump

_LONGEST = 72  # characters of a definition; the add-on's longest have thousands
_SEARCH = "|`="  # no name of a detection has one of these
_DOCS = "docs/cloudtrail/fields.md"


def explain(what: str, content: Sequence[Path], settings: Settings) -> str:
    """Everything that is known of a search before it runs."""
    library = load(content, [what])
    compiled = _compiled(what, library, settings)
    report(compiled.warnings)
    parts = (
        ("Search, macros expanded", compiled.expanded.text),
        ("Tree", dump(compiled.pipeline)),
        ("Plan", plan_text(compiled.plan)),
        ("Fields and where they come from", "\n".join(_fields(compiled))),
        ("Prefilter", literals(compiled.want.condition)),
        ("SQL", _sql(compiled, library, settings)),
    )
    return "\n\n".join(f"{title}\n{'-' * len(title)}\n{_safe(text)}" for title, text in parts)


def _safe(text: str) -> str:
    """The lines of a text, with nothing in them that a terminal could act upon."""
    return "\n".join(map(visible, text.strip().split("\n")))


def _compiled(what: str, library: Library, settings: Settings) -> Compiled:
    if any(sign in what for sign in _SEARCH) and not is_file(what):
        return compile_text(Composed.whole(Source("<search>", what)), library, settings)
    return compile_detection(library.find(what), library, settings)


def _fields(compiled: Compiled) -> Iterator[str]:
    """A line for each field: its name, what makes it, and how, if that is short."""
    names, patterns = sorted(compiled.demand.names), sorted(compiled.demand.patterns)
    width = max(map(len, (*names, *patterns)), default=0)
    shortened = False
    for name in names:
        doc = describe(name)
        definition = " ".join(doc.definition.split()) if doc else ""
        shown = _shortened(definition)
        shortened = shortened or shown != definition
        yield f"{name:{width}}  {doc.kind if doc else 'JSON path':10}  {shown}".rstrip()
    yield from (f"{pattern:{width}}  every field of a matching name" for pattern in patterns)
    if shortened:
        yield f"Whole definitions: {_DOCS}"


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + " \u2026"


def _before_judges(plan: Node, answered: Answered) -> dict[str, Node]:
    """The part before each judge, which is asked about its rows, and the rest."""
    asked = (node for node in chain(plan) if isinstance(node, Judge))
    parts = {f"before {node.judge} {number}": answered.plan(node.input) for number, node in enumerate(asked, 1)}
    return {**parts, "result": answered.plan(plan)}


def _sql(compiled: Compiled, library: Library, settings: Settings) -> str:
    """The engine's text, as it would be if every record had every field that the search reads."""
    engine = open_engine(settings)
    try:
        load_lookups(engine, [compiled], library)
        raw = {path: Type.multi if "{}" in path else Type.text for path in compiled.want.paths}
        engine.append("raw", empty(raw))
        leaf = bind(compiled.scan, compiled.demand, "raw", raw, field_options(settings))
        engine.define("matched", leaf, stored=False)
        columns = {name: raw.get(name, Type.text) for name in sorted(compiled.demand.names)}
        plan = resolve(with_leaf(compiled.plan, Rows("matched")), columns, exact=False)
        steps = {"matched": leaf, **_before_judges(plan, Answered(engine, "rows", judges(settings), origins=False))}
        return "\n\n".join(f"-- {step}\n{engine.explain(each)}" for step, each in steps.items())
    finally:
        engine.close()
