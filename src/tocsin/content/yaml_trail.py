"""Text with the places it came from, while a scalar is being read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

_BREAK = re.compile("[\n\r\x85\u2028\u2029]")

Part = tuple[int, int, int]  # characters of the text, and the raw range they stand for


class Trail(Struct):
    """Grows by characters; neighbours that map one to one become one part."""

    chars: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def put(self, text: str, start: int, end: int) -> None:
        """`text` stands for raw characters `start` up to `end`."""
        if not text:
            return
        self.chars.append(text)
        if self.parts and len(text) == end - start:
            length, low, high = self.parts[-1]
            if high == start and length == high - low:
                self.parts[-1] = (length + len(text), low, end)
                return
        self.parts.append((len(text), start, end))

    def run(self, raw: str, start: int, end: int) -> None:
        """Raw characters that stand for themselves."""
        self.put(raw[start:end], start, end)


def cut(parts: Sequence[Part], length: int) -> list[Part]:
    """The parts of the first `length` characters."""
    kept: list[Part] = []
    for size, start, end in parts:
        take = min(size, length)
        if take <= 0:
            break
        kept.append((take, start, start + take if size == end - start else end))
        length -= take
    return kept


def next_break(raw: str, at: int, end: int) -> tuple[int, int]:
    """Where the next line break stands and where the line after it begins; `end` twice if there is none."""
    found = _BREAK.search(raw, at, end)
    if not found:
        return end, end
    return found.start(), found.start() + (2 if raw.startswith("\r\n", found.start()) else 1)
