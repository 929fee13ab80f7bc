"""A page as a browser would read it: elements with attributes and text, and whether tags are balanced."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

CELLS = {"td", "th", "dt", "dd", "caption", "p", "li"}  # blanks between them, as a reader sees
VOID = {"meta", "br", "link", "img", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def kinds(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass
class Page(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().tag != tag:
            self.wrong.append(tag)
        if tag in CELLS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each.pieces.append(data)

    def all(self, tag: str, kind: str | None = None) -> list[Element]:
        return [each for each in self.elements if each.tag == tag and (kind is None or kind in each.kinds)]

    def texts(self, tag: str, kind: str | None = None) -> list[str]:
        return [" ".join(each.text.split()) for each in self.all(tag, kind)]

    def text(self, tag: str, kind: str | None = None) -> str:
        """That of the only one."""
        (found,) = self.texts(tag, kind)
        return found


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page
