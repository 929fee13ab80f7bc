"""Reads one YAML file into values that know their places: core tags only, bounded, one mapping.

The reader's events are used, not its tree: nothing is built before depth and number of values are checked, no
tag makes an object, an alias counts with all that it stands for. What comes out are texts, lists, mappings.
"""

from __future__ import annotations

import yaml
from msgspec import Struct, field

from tocsin.content.yaml_value import Entries, Items, Scalar, Value
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.diagnostics.errors import ContentError
from tocsin.source import Source, Span

MAX_DEPTH = 64
MAX_VALUES = 200_000

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map"))


def read_document(source: Source) -> Entries:
    """The mapping that a file holds. Raises ContentError for anything else; the scalars are all text."""
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise ContentError([_yaml_problem(error, source)]) from error
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.null):
        raise ContentError([catalogue.empty_file(source.name)])
    if not isinstance(root, Entries):
        raise ContentError([catalogue.not_a_mapping(root.span)])
    if builder.problems:
        raise ContentError(builder.problems)
    return root


class _Open(Struct):
    """A list or mapping whose end has not come yet. `size` counts the values in it, aliases in full."""

    mapping: bool
    anchor: str | None
    span: Span
    items: list[Value] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)
    key: str | None = None
    size: int = 1


class _Builder(Struct):
    """Puts values together from events; `problems` are those that leave the rest readable."""

    source: Source
    root: Value | None = None
    documents: int = 0
    count: int = 0
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.CollectionEndEvent():
                self._close()
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise ContentError([catalogue.yaml_documents(self._span(event))])
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        span = self._span(event)
        self._check_tag(event.tag, span)
        value = Scalar(event.value, span, event.style or "")
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._add(value, 1)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        span = self._span(event, empty=True)
        self._check_tag(event.tag, span)
        if len(self.stack) >= MAX_DEPTH:
            raise ContentError([catalogue.yaml_too_deep(MAX_DEPTH, span)])
        self._count(1, span)
        self.anchors.pop(event.anchor or "", None)
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), event.anchor, span))

    def _close(self) -> None:
        done = self.stack.pop()
        value = Entries(done.values, done.keys, done.span) if done.mapping else Items(tuple(done.items), done.span)
        if done.anchor:
            self.anchors[done.anchor] = (value, done.size)
        self._add(value, done.size, counted=True)

    def _alias(self, event: yaml.AliasEvent) -> None:
        span, name = self._span(event), event.anchor or ""
        if name not in self.anchors:
            inside = any(each.anchor == name for each in self.stack)
            why = "stands inside of what it refers to" if inside else "has no anchor before it"
            raise ContentError([catalogue.yaml_alias(name, why, span)])
        value, size = self.anchors[name]
        self._add(value, size, span)

    def _add(self, value: Value, size: int, span: Span | None = None, *, counted: bool = False) -> None:
        if not counted:
            self._count(size, span or value.span)
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        top.size += size
        if not top.mapping:
            top.items.append(value)
        elif top.key is None:
            top.key = self._key(top, value, span or value.span)
        else:
            top.values.setdefault(top.key, value)
            top.key = None

    def _key(self, top: _Open, value: Value, span: Span) -> str:
        if not isinstance(value, Scalar):
            raise ContentError([catalogue.yaml_key(value.span)])
        if value.text == "<<" and not value.style:
            raise ContentError([catalogue.yaml_merge(span)])
        if value.text in top.keys:
            lines = (self._line(top.keys[value.text]), self._line(span))
            self.problems.append(catalogue.duplicate_key(value.text, *lines, span))
        top.keys.setdefault(value.text, span)
        return value.text

    def _count(self, size: int, span: Span) -> None:
        self.count += size
        if self.count > MAX_VALUES:
            raise ContentError([catalogue.yaml_too_many(MAX_VALUES, span)])

    def _check_tag(self, tag: str | None, span: Span) -> None:
        if tag is not None and tag != "!" and tag not in _CORE:
            raise ContentError([catalogue.yaml_tag(tag.replace("tag:yaml.org,2002:", "!!", 1), span)])

    def _span(self, event: yaml.Event, *, empty: bool = False) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        return Span(self.source, start.index, start.index if empty else end.index)

    def _line(self, span: Span) -> int:
        return self.source.line_column(span.start)[0]


def _yaml_problem(error: yaml.YAMLError, source: Source) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = min(mark.index if mark else 0, len(source.text))
    span = Span(source, start, min(start + 1, len(source.text)))
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
    if "nesting depth" in problem:  # the library has a limit of its own, and meets it first where it reads ahead
        return catalogue.yaml_too_deep(MAX_DEPTH, span)
    return catalogue.invalid_yaml(problem, span, _advice(problem, span.text))


def _advice(problem: str, char: str) -> str:
    if char == "`" or char == "%":
        return f"a text that begins with {char!r} needs quotes around it, or `|` before it and its own lines"
    if char == "\t":
        return "YAML is indented with spaces, not with tabs"
    if "mapping values are not allowed" in problem:
        return "a text with `: ` in it needs quotes around it, or `|` before it and its own lines"
    return ""
