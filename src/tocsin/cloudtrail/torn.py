"""How far a value goes that is not valid JSON, told by its brackets in one pass over it.

Where brackets are wrong, the value ends with the first of them that stands where no value may stand and begins a
record. Nothing is looked at twice, however deeply it nests.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from tocsin.cloudtrail.containers import ARRAYS
from tocsin.cloudtrail.tokens import END, NONSENSE, VALUE, Tokens
from tocsin.cloudtrail.window import Window

BEYOND = re.compile(r'\s*+(?::|,?\s*+"((?:[^"\\]|\\.){0,100})"\s*+:)')  # what comes after a value only in an object
OUTER = re.compile(r"\]\s*+(?:\}\s*+)?(?:\Z|[,\[{\]}])")  # perhaps that
BEGINS = re.compile(r'\{\s*+["}]|\[\s*+[\[{\]]')

_SHUT = re.compile(r"\s*+\]")
_OUTER = re.compile(r"\]\s*+\}?\s*+(?:\Z|[\[{])")  # surely the end of an array of records
_DEEPEST = 1 << 20  # brackets that are kept; those beyond are passed over

_NAME, _SOURCE, _HOLDS = 1, 2, 4
_RECORD = _NAME | _SOURCE
_MARKS = {"eventName": _NAME, "eventSource": _SOURCE} | dict.fromkeys(
    (*ARRAYS, "detail", "CloudTrailEvent", "message"), _HOLDS
)
_OUTSIDE = ""  # instead of a bracket: text that is in none
_LOST = -1  # instead of a place


class _Frame(Struct, gc=False):
    """An open bracket: `free` where a record may stand; `starts` where nothing else than the next one may."""

    kind: str
    start: int  # counted from where the value begins
    free: bool = False
    starts: bool = False
    marks: int = 0

    @property
    def likely(self) -> bool:
        """Whether it has the keys of a record, or of what holds records."""
        return self.marks >= _HOLDS or self.marks == _RECORD


class Torn:
    """Passes over one broken value. `found` is called with the text of objects in it that look like records, where
    brackets do not tell that they are a part of it; they may be none.
    """

    def __init__(
        self, window: Window, longest: int, found: Callable[[str], None], *, inside: bool, may_enter: bool
    ) -> None:
        self.early = False  # the text ended before the value did
        self.entered = False  # it holds an array of records, and the window is at the first
        self._window = window
        self._longest = longest
        self._found = found
        self._inside = inside  # the value stands in an array
        self._may_enter = may_enter
        self._gone = 0  # characters of the value that the window has left behind
        self._frames: list[_Frame] = []
        self._open = {"{": 0, "[": 0}
        self._spans: list[tuple[int, int]] = []
        self._uneven = False
        self._done = False

    def pass_over(self, after: int | None = None) -> None:
        """The value that begins at the window; or from a colon on, all up to the end of the object around it."""
        whole = after is None and self._window.text[self._window.at] in "{["
        self._tokens = Tokens(self._window, after or self._window.at, ":" if after else NONSENSE, self._hold)
        self.early, self._uneven = whole, not whole
        if not whole:
            self._push(_Frame("{" if after else _OUTSIDE, _LOST))
        while not self._done:
            self._step()

    def _step(self) -> None:
        mark = self._tokens.next()
        if self._done:
            return
        if mark == END:
            self._settle(self._tokens.at)
            self._done = True
        elif mark in "{[":
            self._opens(mark)
        elif mark in "}]":
            self._closes(mark)
        elif mark == ":":
            self._named()
        elif mark == "," and self._frames[-1].kind == "[":
            self._tokens.pass_flat()

    def _named(self) -> None:
        if self._tokens.before == '"':
            if self._frames[-1].kind == _OUTSIDE:  # the rest of an object
                self._frames.clear()
                self._push(_Frame("{", _LOST))
            self._frames[-1].marks |= _MARKS.get(self._tokens.key, 0)

    def _opens(self, mark: str) -> None:
        start = self._tokens.start
        if not self._frames:
            self._push(_Frame(mark, 0))
        elif self._frames[0].kind == _OUTSIDE:
            if BEGINS.match(self._window.text, start):
                self._stop(start)
        elif len(self._frames) >= _DEEPEST:
            pass
        elif mark == "{":
            self._object(start)
        elif self._holds_records():
            self.entered = True
            self._stop(self._tokens.at)
        else:
            self._push(_Frame(mark, self._place(start)))

    def _holds_records(self) -> bool:
        named = len(self._frames) == 1 and self._tokens.before == ":" and self._tokens.key in ARRAYS
        return self._may_enter and named and self._frames[0].marks & _RECORD != _RECORD

    def _object(self, start: int) -> None:
        above, before = self._frames[-1], self._tokens.before
        lost = before != ":" if above.kind == "{" else before not in ("[", ",")  # where no value may stand
        line = self._window.text.startswith("\n", max(0, start - 1))
        if lost and line:
            self._stop(start)
            return
        starts = lost or line or (len(self._frames) == 1 and above.start == _LOST)
        bridged = self._tokens.key == "detail"  # a record in what is broken
        free = (starts or above.kind == "[") and not bridged
        self._push(_Frame("{", self._place(start), free, starts))

    def _push(self, frame: _Frame) -> None:
        self._frames.append(frame)
        if frame.kind != _OUTSIDE:
            self._open[frame.kind] += 1

    def _pop(self) -> _Frame:
        frame = self._frames.pop()
        self._open[frame.kind] -= 1
        return frame

    def _closes(self, mark: str) -> None:
        tokens, kind = self._tokens, "{" if mark == "}" else "["
        tokens.last = VALUE
        if self._frames[0].kind == _OUTSIDE:
            self._stop(tokens.start)
        elif self._open[kind]:
            self._closed(kind)
        elif self._inside and _OUTER.match(self._window.text, tokens.start):
            self._stop(tokens.start)
        else:
            self._uneven, tokens.last = True, NONSENSE

    def _closed(self, kind: str) -> None:
        if self._frames[-1].kind != kind:
            self._uneven = True
            if _SHUT.match(self._window.text, self._tokens.at):  # its like is lost, not that of the array around it
                return
        frame = self._pop()
        while frame.kind != kind:
            frame = self._pop()
        if not self._frames:
            self._whole()
        elif frame.free and frame.likely and frame.start >= self._gone:
            self._keep(frame)

    def _keep(self, frame: _Frame) -> None:
        if frame.starts:
            self._stop(self._window.at + frame.start - self._gone)
            return
        while self._spans and self._spans[-1][0] > frame.start:
            self._spans.pop()
        self._spans.append((frame.start, self._place(self._tokens.at)))

    def _whole(self) -> None:
        """The value has ended, unless what follows says that a bracket was too many."""
        if BEYOND.match(self._window.text, self._tokens.at):
            self._uneven = True
            self._push(_Frame("{", _LOST))
            return
        if not self._uneven and not self._tokens.mended:
            self._spans.clear()
        self._stop(self._tokens.at)

    def _hold(self) -> bool:
        """Make room for more text. If records were found in so much, they are those after the value."""
        if self._window.left > self._longest:
            if self._spans:
                self._stop(self._window.at + self._spans[-1][1] - self._gone)
                return False
            self._settle(self._tokens.at)
        return True

    def _stop(self, at: int) -> None:
        self.early = False
        self._settle(at)
        self._done = True

    def _settle(self, at: int) -> None:
        """Hand over what was found, and let the text go up to there."""
        window, upto = self._window, self._place(at)
        begin = window.at - self._gone
        for start, end in self._spans:
            if end <= upto:
                self._found(window.text[begin + start : begin + end])
        self._spans.clear()
        window.at, self._gone = at, upto

    def _place(self, at: int) -> int:
        return self._gone + at - self._window.at
