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
    """What is shown of a story. Texts are "" where the file says nothing."""

    name: str
    description: str
    narrative: str


def read_story(entries: Entries) -> tuple[Story | None, tuple[Diagnostic, ...]]:
    """The story, and what is wrong with its file. Newer files have no `tags`, their keys stand at the top."""
    problems: list[Diagnostic] = []
    top = Facts(entries, problems)
    tags = top.inside("tags")
    top.only(_KEYS)
    if tags:
        tags.only(_TAG_KEYS)
    top.require("name", "narrative")
    top.expect("description")
    story = Story(top.text("name"), top.text("description"), top.text("narrative"))
    return (None if worst(problems) is Severity.error else story), tuple(problems)
