"""A detection's page: everything that a person wants to know about it, in the order of the published pages.

Sections that have nothing to say are left out.
"""

from __future__ import annotations

from tocsin.content.attack import techniques
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.content.page_macros import macro_blocks
from tocsin.content.page_risk import risk_blocks
from tocsin.content.page_section import Block, Bullets, Grid, Pairs, Prose, Section, Spl


def page(detection: Detection, library: Library) -> tuple[Section, ...]:
    """The page of a detection; its stories and macros come from the library."""
    sections = (
        Section("Description", _prose(detection.description)),
        Section("Facts", (_facts(detection),)),
        Section("ATT&CK", _attack(detection)),
        Section("Kill chain", _bullets(detection.kill_chain_phases)),
        Section("NIST", _bullets(detection.nist)),
        Section("CIS", _bullets(detection.cis20)),
        Section("CVE", _bullets(detection.cve or ("none",))),
        Section("Search", (Spl(detection.search.text),)),
        Section("Macros", macro_blocks(detection, library)),
        Section("Required fields", _bullets(detection.required_fields)),
        Section("How to implement", _prose(detection.how_to_implement)),
        Section("Known false positives", _prose(detection.known_false_positives)),
        Section("Analytic story", _stories(detection, library)),
        Section("Risk", risk_blocks(detection)),
        Section("References", _bullets(detection.references)),
        Section("Drilldown searches", _drilldowns(detection)),
        Section("Test data", _tests(detection)),
    )
    return tuple(each for each in sections if each.blocks)


def _facts(detection: Detection) -> Pairs:
    throttling = detection.throttling
    items = (
        ("Name", detection.name),
        ("Type", detection.type),
        ("Status", detection.status),
        ("Product", ", ".join(detection.product)),
        ("Last updated", detection.date),
        ("Author", detection.author),
        ("ID", detection.id),
        ("Version", detection.version),
        ("Asset type", detection.asset_type),
        ("Security domain", detection.security_domain),
        ("Data source", ", ".join(detection.data_source)),
        ("Saved search", detection.search_name),
        ("Throttling", f"{throttling.period} by {', '.join(throttling.fields)}" if throttling else ""),
        ("YAML dialect", detection.generation),
        ("File", detection.path),
    )
    return Pairs(tuple((label, value) for label, value in items if value))


def _attack(detection: Detection) -> tuple[Block, ...]:
    found = techniques(detection.mitre_attack)
    rows = tuple((each.technique_id, each.technique or "?", ", ".join(each.tactics) or "?") for each in found)
    return (Grid(("ID", "Technique", "Tactic"), rows),) if rows else ()


def _stories(detection: Detection, library: Library) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name in detection.analytic_story:
        story = library.stories.get(name)
        blocks.append(Bullets((name,)))
        if story:
            blocks.extend((*_prose(story.description), *_prose(story.narrative)))
    return tuple(blocks)


def _drilldowns(detection: Detection) -> tuple[Block, ...]:
    return tuple(block for name, search in detection.drilldown_searches for block in (Prose(name), Spl(search)))


def _tests(detection: Detection) -> tuple[Block, ...]:
    rows = tuple((name, address) for name, addresses in detection.tests for address in addresses)
    return (Grid(("Test", "Data"), rows),) if rows else ()


def _prose(text: str) -> tuple[Block, ...]:
    return (Prose(text),) if text else ()


def _bullets(items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Bullets(items),) if items else ()
