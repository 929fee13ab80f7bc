"""The tokens of text that is no valid JSON. Quotes decide what a bracket is, so those are put right.

What is a string is told by what stands around it: after one comes a colon, a comma, a bracket that closes, or the end.
No line break is in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tocsin.cloudtrail.window import PEEK, STRIDE, Window

VALUE, NONSENSE, END = "v", "?", ""  # beside `"` for a string, and marks for themselves

_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_TOKEN = re.compile(
    rf"\s*+(?:({_STRING})"
    r"|([{}\[\],:])"
    r'|([^\s"{}\[\],:]++)'  # a word
    r'|("))'  # the beginning of a string that does not end in this text or line
)
_FLAT = re.compile(rf"(?:\s*+(?:{_STRING}|[-\w.+]++)\s*+,)++")  # values of an array, as long as they are flat
_BODY = re.compile(r'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+')
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity")
_SHUT = re.compile(r'"\s*+[:,}\]]')
_AFTER = re.compile(r"\s*+(?:[:,}\]]|\Z)")
_BETWEEN = re.compile(r"(?:[}\]][}\]\s]*)?,?\s*\{\s*\Z")  # what stands between two records, up to the first quote
_RECENT = 200  # characters in which a string's end is looked at


class Tokens:
    """Reads on from a place in the window. `hold` is asked before more is held; if it says no, that is the end."""

    def __init__(self, window: Window, at: int, last: str, hold: Callable[[], bool]) -> None:
        self.window = window
        self.at = at
        self.start = at  # of the last token
        self.last = last
        self.before = last
        self.key = ""  # the last string
        self.mended = False  # quotes were not as they should be
        self._hold = hold

    def next(self) -> str:
        """The next token: a mark, or what else it is."""
        self.before = self.last
        while True:
            self._look_ahead()
            found = _TOKEN.match(self.window.text, self.at)
            if found:
                kind = found.lastindex or 0
                self.start, self.at = found.span(kind)
                self.last = (self._string, self._mark, self._word, self._quote)[kind - 1](found[kind])
                return self.last
            self.at = len(self.window.text)  # nothing but blanks
            if not self.more():
                return END

    def pass_flat(self) -> None:
        """Pass over values without brackets: arrays may have millions of them."""
        found = _FLAT.match(self.window.text, self.at)
        self.at = found.end() if found else self.at

    def more(self) -> bool:
        if not self._hold():
            return False
        before = self.window.at
        gained = self.window.more(min(max(self.window.left, PEEK), STRIDE))
        self.at -= before
        self.start -= before
        return gained

    def _look_ahead(self) -> None:
        if len(self.window.text) - self.at < PEEK and not self.window.ended:
            self.more()

    def _mark(self, mark: str) -> str:
        return mark

    def _word(self, text: str) -> str:
        sense = self.before in ("[", ",", ":") and not self.window.text.startswith('"', self.at)
        return VALUE if sense and _PLAIN.fullmatch(text) else NONSENSE

    def _string(self, text: str) -> str:
        return self._shut() or self._read(text[1:-1])

    def _quote(self, _: str) -> str:
        """A string that is not held whole, or has no end."""
        shut = self._shut()
        if shut:
            return shut
        while True:
            body = _BODY.match(self.window.text, self.at)
            self.at = body.end() if body else self.at
            mark = self.window.text[self.at : self.at + 2]
            if mark.startswith('"'):
                self.at += 1
                return self._read(self.window.text[max(0, self.start + 1, self.at - 1 - _RECENT) : self.at - 1])
            if mark.startswith("\n") or len(mark) > 1:
                self.at += len(mark) - 1
                self.mended = True
                return NONSENSE
            if not self.more():
                self.at = len(self.window.text)
                return END

    def _shut(self) -> str:
        """The end of a string of which the beginning is lost, if the quote is one."""
        if self.before != NONSENSE or not _SHUT.match(self.window.text, self.start):
            return ""
        self.at, self.key, self.mended = self.start + 1, "", True
        return '"'

    def _read(self, content: str) -> str:
        """A string; if it makes no sense as one, perhaps its quotes are those of its neighbours."""
        self._look_ahead()
        self.key = content
        if _AFTER.match(self.window.text, self.at):
            return '"'
        self.mended = True
        between = _BETWEEN.search(content[-_RECENT:])
        if between is None:
            return '"'
        self.at -= len(between[0]) + 1
        return NONSENSE
