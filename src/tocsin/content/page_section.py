"""What a page is made of: titled sections of plain blocks. How they look is for whoever shows them."""

from __future__ import annotations

from msgspec import Struct


class Prose(Struct, frozen=True):
    """Text for people; an empty line ends a paragraph, a line that begins with `- ` an item."""

    text: str


class Bullets(Struct, frozen=True):
    items: tuple[str, ...]


class Pairs(Struct, frozen=True):
    """Labels and their values."""

    items: tuple[tuple[str, str], ...]


class Grid(Struct, frozen=True):
    """A small table; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Spl(Struct, frozen=True):
    """Search text, word for word."""

    text: str


Block = Prose | Bullets | Pairs | Grid | Spl


class Section(Struct, frozen=True):
    title: str
    blocks: tuple[Block, ...]
