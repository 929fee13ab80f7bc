"""Text that is read on while it is looked at: a piece of a file too large, or too broken, to be held whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

PEEK = 4096  # characters that are looked ahead, at least
STRIDE = 16 << 20  # characters read on at a time, at most
_STEP = 1 << 20
_PASSED = 1 << 14  # characters that may stay before the place where the window is
# Control characters that may stand nowhere in JSON; a tab or line break may stand between values.
_CONTROL = {code: "\ufffd" for code in range(32) if code not in b"\t\n\r"} | {ord("\t"): " "}


class Window:
    """`text[at:]` is what comes next. Bytes that are no UTF-8 become U+FFFD."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.text = ""
        self.at = 0
        self.ended = False
        self._blocks = _steps(blocks)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cleaned = False
        self.more()

    @property
    def left(self) -> int:
        return len(self.text) - self.at

    def more(self, least: int = 1) -> bool:
        """Read on, dropping what was passed; whether anything came."""
        parts = [self.text[self.at :]]
        gained = 0
        while gained < least and not self.ended:
            block = next(self._blocks, None)
            self.ended = block is None
            piece = self._decoder.decode(block or b"", final=self.ended)
            parts.append(piece.translate(_CONTROL) if self._cleaned else piece)
            gained += len(piece)
        self.text, self.at = "".join(parts), 0
        return gained > 0

    def trim(self) -> None:
        """Drop what was passed if it is much: Python counts the lines before each error."""
        if self.at > _PASSED:
            self.text, self.at = self.text[self.at :], 0

    def clean(self) -> bool:
        """Replace control characters, from here on; whether that changed anything."""
        before, self._cleaned = self._cleaned, True
        if not before:
            self.text = self.text.translate(_CONTROL)
        return not before

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.text, self.at)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Pass over all that the pattern matches, however long."""
        while True:
            found = self.match(pattern)
            self.at = found.end() if found else self.at
            if self.left or not self.more():
                return

    def seek(self, pattern: re.Pattern[str], keep: int = 4096) -> bool:
        """Go to the next match; to the end if there is none. `keep` is the longest match."""
        while True:
            found = pattern.search(self.text, self.at)
            if found:
                self.at = found.start()
                return True
            self.at = max(self.at, len(self.text) - (0 if self.ended else keep))
            if not self.more():
                self.at = len(self.text)
                return False


def _steps(blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), _STEP):
            yield block[start : start + _STEP]
