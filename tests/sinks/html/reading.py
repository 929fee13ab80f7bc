"""A page as a browser would read it: elements with attributes and text, and whether tags are balanced."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

CELLS = {"td", "th", "dt", "dd", "caption"}  # blanks between them, as a reader sees
VOID = {"meta", "br", "link", "img", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(each.tag for each in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, ()))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().tag != tag:
            self.wrong.append(tag)
        if tag in CELLS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each.text += data

    def all(self, tag: str, kind: str | None = None) -> list[Element]:
        return [each for each in self.elements if each.tag == tag and kind in (None, each.attributes.get("class"))]

    def texts(self, tag: str, kind: str | None = None) -> list[str]:
        return [" ".join(each.text.split()) for each in self.all(tag, kind)]


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page
