"""The text of `tocsin explain`: search, tree, plan, fields, literals, SQL, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from textwrap import indent

from tocsin.cli.library import load, report
from tocsin.cli.screen import safe_lines
from tocsin.cloudtrail.fields import FieldDoc, describe
from tocsin.cloudtrail.prefilter import describe as literals
from tocsin.config import Settings
from tocsin.content.find import is_file
from tocsin.content.library import Library
from tocsin.plan.expr import columns
from tocsin.plan.nodes import Extend, Node, chain
from tocsin.plan.text import explain as plan_text
from tocsin.run import Compiled, compile_detection, compile_text
from tocsin.run.execution import open_engine
from tocsin.run.rehearsal import load_lookups
from tocsin.run.steps import steps
from tocsin.source import Composed, Source
from tocsin.spl.printer import dump

_LONGEST = 72  # characters of a definition beside its field; the add-on's longest have thousands
_IF_PRESENT = "-- as it is where records have every field that is read; one that none of them has is NULL instead"
_UNKNOWN = "\n-- fields that only a wildcard asks for are not known yet, and left out"
_ALSO_MADE = "the search makes it, too"
_SEARCH = "|`="  # no name of a detection has one of these


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
        ("Definitions in full", "\n".join(_definitions(compiled))),
        ("Prefilter", literals(compiled.want.condition)),
        ("SQL", _sql(compiled, library, settings)),
    )
    return "\n\n".join("\n".join((title, "-" * len(title), *safe_lines(text))) for title, text in parts if text)


def _compiled(what: str, library: Library, settings: Settings) -> Compiled:
    if any(sign in what for sign in _SEARCH) and not is_file(what):
        return compile_text(Composed.whole(Source("<search>", what)), library, settings)
    return compile_detection(library.find(what), library, settings)


def _fields(compiled: Compiled) -> Iterator[str]:
    """A line for each field: its name, what makes it, and how, shortened."""
    names, patterns = sorted(compiled.demand.names), sorted(compiled.demand.patterns)
    width = max(map(len, (*names, *patterns)), default=0)
    made = _made(compiled.plan)
    for name in names:
        doc = describe(name)
        shown = _shortened(_one_line(doc)) if doc else _ALSO_MADE * (name in made)
        yield f"{name:{width}}  {doc.kind if doc else 'JSON path':10}  {shown}".rstrip()
    yield from (f"{pattern:{width}}  every field of a matching name" for pattern in patterns)


def _made(plan: Node) -> set[str]:
    """Fields that the search makes of others and of themselves: `rex` and `spath` keep what they do not find."""
    computed = (each for node in chain(plan) if isinstance(node, Extend) for each in node.columns)
    return {name for name, expr in computed if name in columns(expr)}


def _definitions(compiled: Compiled) -> Iterator[str]:
    """Those that were shortened, as they are laid out."""
    for name in sorted(compiled.demand.names):
        doc = describe(name)
        if doc and len(_one_line(doc)) > _LONGEST:
            yield f"{name}\n{indent(doc.definition.strip(), '    ')}"


def _one_line(doc: FieldDoc) -> str:
    return " ".join(doc.definition.split())


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + " \u2026"


def _sql(compiled: Compiled, library: Library, settings: Settings) -> str:
    """The engine's text for each step."""
    with closing(open_engine(settings)) as engine:
        load_lookups(engine, [compiled], library)
        found = (f"-- {step}\n{text}" for step, text in steps(engine, compiled, settings))
        return "\n\n".join((_IF_PRESENT + _UNKNOWN * bool(compiled.demand.patterns), *found))
