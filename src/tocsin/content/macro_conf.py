"""Reads macros from Splunk's macros.conf: `[name]` or `[name(2)]`, with `definition`, `args` and `description`.

A definition is taken as it stands, quotes included. `iseval` is refused; `validation` and `errormsg` are
ignored, with a warning where that can matter.
"""

from __future__ import annotations

import re

from tocsin.content.conf import Stanza, read_conf
from tocsin.content.macro_yaml import NAME
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Source
from tocsin.spl.macros import Macro

_STANZA = re.compile(r"(?P<name>[^()]+?)\s*(?:\(\s*(?P<count>\d{1,3})\s*\))?")
_KEYS = ("definition", "args", "description", "iseval", "validation", "errormsg", "disabled")
_FALSE = frozenset(("0", "false", "f", "no", "n", ""))


def read_macros(source: Source) -> tuple[tuple[Macro, ...], tuple[Diagnostic, ...]]:
    """The file's macros in order, and what is wrong with the others."""
    stanzas, problems = read_conf(source)
    macros: list[Macro] = []
    found = list(problems)
    for stanza in stanzas:
        macro, wrong = _macro(stanza, source.name)
        found.extend(wrong)
        if macro:
            macros.append(macro)
    return tuple(macros), tuple(found)


def _macro(stanza: Stanza, path: str) -> tuple[Macro | None, list[Diagnostic]]:
    if stanza.name == "default":
        return None, []
    problems = [catalogue.unknown_key(key, _KEYS, span) for key, span in stanza.keys.items() if key not in _KEYS]
    match = _STANZA.fullmatch(stanza.name)
    if not match or not NAME.fullmatch(match["name"]):
        return None, [*problems, catalogue.macro_name(stanza.name, stanza.span)]
    if _is_on(stanza, "disabled"):
        return None, problems
    wrong = _refusal(stanza, int(match["count"] or 0))
    if wrong:
        return None, [*problems, wrong]
    if "validation" in stanza.keys and stanza.settings["validation"].text:
        why = "arguments are not validated"
        problems.append(catalogue.macro_setting("validation", why, stanza.keys["validation"]))
    definition, description = stanza.settings["definition"], stanza.settings.get("description")
    return Macro(match["name"], _arguments(stanza), definition, description.text if description else "", path), problems


def _refusal(stanza: Stanza, count: int) -> Diagnostic | None:
    definition = stanza.settings.get("definition")
    if definition is None or not definition.text:
        return catalogue.missing_key(f"[{stanza.name}].definition", stanza.span)
    if _is_on(stanza, "iseval"):
        return catalogue.macro_eval(stanza.keys["iseval"])
    arguments = _arguments(stanza)
    if len(arguments) != count:
        return catalogue.macro_arguments(stanza.name, len(arguments), stanza.keys.get("args", stanza.span))
    return None


def _arguments(stanza: Stanza) -> tuple[str, ...]:
    given = stanza.settings.get("args")
    return tuple(word.strip() for word in given.text.split(",") if word.strip()) if given else ()


def _is_on(stanza: Stanza, key: str) -> bool:
    return key in stanza.settings and stanza.settings[key].text.lower() not in _FALSE
