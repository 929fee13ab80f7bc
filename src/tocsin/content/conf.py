"""Splunk's .conf files: stanzas of settings, each value leading back to the file.

`[stanza]`, then `key = value` lines; a line that ends in a backslash goes on in the next one, the line break
staying in the value; a line whose first character is `#` is a comment. A stanza given twice is one stanza, and
the last of two equal settings counts, as in Splunk.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Composed, Source, Span


class Stanza(Struct):
    """One stanza. `span` is its name in the file; `keys` says where each setting's key stands."""

    name: str
    span: Span
    settings: dict[str, Composed] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)


def read_conf(source: Source) -> tuple[tuple[Stanza, ...], tuple[Diagnostic, ...]]:
    """The stanzas in order, and the lines that could not be understood."""
    stanzas: dict[str, Stanza] = {}
    problems: list[Diagnostic] = []
    current: Stanza | None = None
    for line in _lines(source):
        text = line.text.strip()
        if text.startswith("[") and text.endswith("]"):
            name, span = text[1:-1].strip(), _whole(line)
            current = stanzas.setdefault(name, Stanza(name, span))
        elif "=" not in text:
            problems.append(catalogue.conf_line(_whole(line)))
        elif current is None:
            problems.append(catalogue.conf_no_stanza(_whole(line)))
        else:
            _set(current, line)
    return tuple(stanzas.values()), tuple(problems)


def _lines(source: Source) -> Iterator[Composed]:
    """Lines with their continuations, without comments and empty ones."""
    at, parts = 0, list[Composed]()
    while at < len(source.text):
        end = source.text.find("\n", at)
        end = len(source.text) if end < 0 else end
        stop = end - 1 if source.text.startswith("\r", end - 1) and end > at else end
        comment = not parts and source.text.startswith("#", at)
        if not comment and source.text.endswith("\\", at, stop) and end < len(source.text):
            parts.append(Composed.of(Span(source, at, stop - 1)))
            parts.append(Composed.of(Span(source, end, end + 1)))
        else:
            line = Composed.join([*parts, Composed.of(Span(source, at, stop))])
            parts = []
            if not comment and line.text.strip():
                yield line
        at = end + 1
    if parts and Composed.join(parts).text.strip():
        yield Composed.join(parts)


def _set(stanza: Stanza, line: Composed) -> None:
    key, _, value = line.text.partition("=")
    name = key.strip()
    start = len(key) + 1 + len(value) - len(value.lstrip())
    stanza.settings[name] = line.slice(start, start + len(value.strip()))
    at = len(key) - len(key.lstrip())
    stanza.keys[name] = line.span(at, at + max(1, len(name)))


def _whole(line: Composed) -> Span:
    stripped = line.text.strip()
    start = line.text.index(stripped)
    return line.span(start, start + len(stripped))
