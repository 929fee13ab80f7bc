"""Columns of text for a screen of a given width, or for a pipe that has none. Nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len, chop_cells
from rich.color import ColorSystem
from rich.style import Style

GAP = 2
NARROWEST = 12  # cells; no column is squeezed below this
_PIPE = 60  # in a pipe a column is no wider; a longer cell runs over and keeps its line whole


class Page(Struct, frozen=True):
    """Where text goes: `width` in cells, None for a pipe (lines stay whole there); `color` for escape codes."""

    width: int | None
    color: bool

    def paint(self, text: str, style: str) -> str:
        if not self.color or not style or not text:
            return text
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)

    def wrapped(self, text: str, indent: int = 0) -> list[str]:
        """The text as lines with an indent; whole in a pipe."""
        if self.width is None:
            return [" " * indent + text.replace("\n", " ")]
        return [" " * indent + line for line in fold(text, max(self.width - indent, NARROWEST))]


def fold(text: str, width: int) -> list[str]:
    """Lines no wider than `width` cells, parted at line feeds, then at blanks, then anywhere."""
    return [line for part in text.split("\n") for line in _fold_line(part, width)]


def _fold_line(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = chop_cells(word, width) or [""]
        lines[-1:] = [*filter(None, lines[-1:]), *pieces]
    return [line.rstrip(" ") for line in lines]


def natural(page: Page, cells: Sequence[str]) -> int:
    """The width at which no cell of a column needs folding; in a pipe at most `_PIPE`."""
    if page.width is None:
        return min(max((cell_len(cell) for cell in cells), default=0), _PIPE)
    return max((cell_len(line) for cell in cells for line in cell.split("\n")), default=0)


def total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * max(len(widths) - 1, 0)


def squeeze(widths: Sequence[int], room: int, narrowest: int = NARROWEST) -> list[int]:
    """The widths, the widest made narrower first until they fit or none can give more."""
    fitting = [min(width, max(room, narrowest)) for width in widths]
    while total(fitting) > room and max(fitting, default=0) > narrowest:
        widest = max(range(len(fitting)), key=fitting.__getitem__)
        fitting[widest] -= 1
    return fitting


def row(page: Page, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> Iterator[str]:
    """The lines of one row: cells folded to their widths, or whole and on one line in a pipe."""
    if page.width is None:
        folded = [[cell.replace("\n", " ")] for cell in cells]
    else:
        folded = [fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, folded), default=0)):
        pieces = [lines[at] if at < len(lines) else "" for lines in folded]
        while pieces and not pieces[-1]:
            pieces.pop()
        yield _line(page, pieces, widths, styles)


def _line(page: Page, pieces: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> str:
    painted = [
        page.paint(piece, style) + " " * (max(width - cell_len(piece), 0) + GAP)
        for piece, width, style in zip(pieces, widths, styles, strict=False)
    ]
    return "".join(painted).rstrip(" ")
