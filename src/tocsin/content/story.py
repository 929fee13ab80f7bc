"""An analytic story: what several detections have in common, told for people."""

from __future__ import annotations

from msgspec import Struct

from tocsin.content.facts import Facts
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import Diagnostic, Severity, worst

_KEYS = (
    "name", "id", "version", "date", "creation_date", "modification_date", "author", "status", "type", "description",
    "narrative", "references", "tags", "category", "usecase", "product", "cve", "threat_group", "deprecation_info",
)  # fmt: skip
_TAG_KEYS = ("category", "product", "usecase", "cve", "group", "analytic_story", "mitre_attack_id")


class Story(Struct, frozen=True):
    """The facts of one story. Texts are "" and tuples empty where the file says nothing."""

    name: str
    description: str
    narrative: str
    path: str
    id: str = ""
    version: str = ""
    date: str = ""
    author: str = ""
    references: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    usecase: str = ""
    cve: tuple[str, ...] = ()


def read_story(entries: Entries, path: str) -> tuple[Story | None, tuple[Diagnostic, ...]]:
    """The story, and what is wrong with its file. Newer files have no `tags`, their keys stand at the top."""
    problems: list[Diagnostic] = []
    top = Facts(entries, problems)
    tags = top.inside("tags")
    top.only(_KEYS)
    if tags:
        tags.only(_TAG_KEYS)
    facts = tags or top
    top.require("name", "narrative")
    top.expect("description")
    story = Story(
        name=top.text("name"),
        description=top.text("description"),
        narrative=top.text("narrative"),
        path=path,
        id=top.text("id"),
        version=top.text("version"),
        date=top.text("modification_date") or top.text("date"),
        author=top.text("author"),
        references=top.texts("references"),
        category=facts.texts("category"),
        usecase=facts.text("usecase"),
        cve=facts.texts("cve"),
    )
    return (None if worst(problems) is Severity.error else story), tuple(problems)
