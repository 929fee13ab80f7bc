"""JSON that is not valid as a whole, or too large to be held: value by value, and past a broken one to the next.

Enters the arrays in which records come, wherever they stand, so that one broken record costs no other and memory is
bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.cloudtrail.containers import ARRAYS, Opener
from tocsin.cloudtrail.exact import Json
from tocsin.cloudtrail.part import Part, Pieces
from tocsin.cloudtrail.torn import BEGINS, BEYOND, OUTER, Torn
from tocsin.cloudtrail.values import EARLY, KEY, Values, first_record, holds_records
from tocsin.cloudtrail.window import PEEK, Window

NO_JSON = "no JSON found"

_BLANK = re.compile(r"[\s,\x1e\ufeff]+")
_ARRAY = re.compile(r"\[\s*(?=[\[{\]])")
_OBJECT = re.compile(r'\{\s*"(?:[^"\\]|\\.){0,100}"\s*:')
_START = re.compile(r'(?<=\n)[\[{]|\{\s*"eventVersion"\s*:')  # where JSON may begin after something else
_PART = 4 << 20  # characters in one part, about
_DEEPEST = 5  # arrays that are entered


class Resync:
    """Reads pieces from blocks of bytes. `stopped` is known once all parts were taken."""

    def __init__(self, blocks: Iterator[bytes], opener: Opener, max_record: int) -> None:
        self.window = Window(blocks)
        self._values = Values(self.window, max_record)
        self.opener = opener
        self.max_record = max_record
        self.stopped: str | None = None
        self._pieces = Pieces(opener.shape)
        self._taken = 0
        self._open: list[str] = []  # arrays of records, and the objects that hold them
        self._keys: frozenset[str] = frozenset()  # those of the first value that gave a record
        self._torn = False  # a piece was broken
        self._whole_before = True  # the last one was not

    def parts(self) -> Iterator[Part]:
        if not self._begin():
            self.stopped = NO_JSON
        while self._step():
            if self._taken >= _PART:
                yield self._pieces.part
                self._pieces, self._taken = Pieces(self.opener.shape), 0
        self._pieces.part.stopped = self.stopped
        yield self._pieces.part

    def _begin(self) -> bool:
        self.window.skip(_BLANK)
        if self.window.text[self.window.at : self.window.at + 1] in ("{", "["):
            return True
        if _OBJECT.search(self.window.text, self.window.at):
            self._pass_over("not JSON")
            return True
        found = self.window.seek(_START)
        if found:
            self._pieces.broken("not JSON")
        return found

    def _step(self) -> bool:
        """One value or one mark; whether there may be more."""
        window = self.window
        window.skip(_BLANK)
        if window.left < PEEK:
            window.more(PEEK)
        if not window.left:
            if self._open:
                self.stopped = EARLY
            return False
        mark = window.text[window.at]
        if mark in "]}":
            self._close(mark)
        elif self._open and self._open[-1] == "{":
            self._tail()
        else:
            self._value()
        return True

    def _close(self, mark: str) -> None:
        """The end of an array or object. After a broken piece some are left over; before one they are broken."""
        outer = self._whole_before or OUTER.match(self.window.text, self.window.at)
        self.window.at += 1
        if mark == "]" and not outer:
            pass
        elif mark == "]" and "[" in self._open:
            while self._open.pop() != "[":
                self._complain(mark)
        elif mark == "}" and self._open[-1:] == ["{"]:
            self._open.pop()
        else:
            self._complain(mark)

    def _complain(self, mark: str) -> None:
        if not self._torn:
            self._torn = True
            self._pieces.broken(f"invalid JSON: unexpected {mark!r}")

    def _tail(self) -> None:
        """Another key of an object that holds records."""
        key = self.window.match(KEY)
        if key is None:
            self._open.pop()
        elif key[1] in ARRAYS and self.window.text.startswith("[", key.end()):
            self.window.at = key.end() + 1
            self._open.append("[")
        else:
            self.window.at = key.end()
            self._beside()

    def _beside(self) -> None:
        """A value that is no record."""
        while True:
            read = self._values.read()
            if not read.error:
                self.window.at = read.end
            elif self._values.go_on(read):
                continue
            else:
                self._open.pop()
                self._pass_over(self._values.reason(read), after=self.window.at)
            return

    def _value(self) -> None:
        while True:
            read = self._values.read()
            if (read.error or holds_records(read.value)) and self._enter():
                pass
            elif not read.error:
                self._take(read.end, read.value)
            elif self._values.go_on(read):
                continue
            else:
                self._pass_over(self._values.reason(read))
            return

    def _take(self, end: int, value: Json) -> None:
        """A value that can be read; but not if what follows shows that it is the half of one."""
        window = self.window
        if len(window.text) - end < PEEK and not window.ended:
            before = window.at
            window.more(PEEK)
            end -= before
        beyond = BEYOND.match(window.text, end)
        if not self._whole_before and not isinstance(value, dict | list):
            self._pass_over("")  # more of what is broken
        elif beyond and self._goes_on(value, beyond[1]):
            self._pass_over("invalid JSON: more follows its end")
        else:
            self._add(end, value)

    def _add(self, end: int, value: Json) -> None:
        window = self.window
        text = window.text[window.at : end]
        window.at, self._whole_before = end, True
        before = len(self._pieces.texts)
        self.opener.open(text.encode(), self._pieces)
        self._taken += len(text) + 100
        if len(self._pieces.texts) > before and not self._keys and isinstance(value, dict):
            self._keys = frozenset(value)

    def _goes_on(self, value: Json, key: str | None) -> bool:
        """Whether the key that follows a value is its own, and not what is left of a value that lacks its beginning."""
        if not isinstance(value, dict):
            return True
        return key is not None and key not in value and (not self._keys or key in self._keys)

    @property
    def _may_enter(self) -> bool:
        return self._open.count("[") < _DEEPEST

    def _enter(self) -> bool:
        """Go into the array that begins here, or into that of records in the object that does."""
        window = self.window
        if not self._may_enter:
            return False
        array = window.match(_ARRAY)
        place = array.end() if array else first_record(window.text, window.at)
        if place:
            window.at = place
            self._open += "[" if array else "{["
        return place > 0

    def _pass_over(self, reason: str, after: int | None = None) -> None:
        """Count the value as broken, and go to what comes next."""
        if self._whole_before or BEGINS.match(self.window.text, self.window.at):  # else it is more of the last one
            self._pieces.broken(reason)
        self._torn, self._whole_before = True, False
        if after is None:
            self.window.trim()
        torn = Torn(self.window, self.max_record, self._found, inside="[" in self._open, may_enter=self._may_enter)
        torn.pass_over(after)
        if torn.entered:
            self._open += "{["
        if torn.early:
            self.stopped = EARLY

    def _found(self, text: str) -> None:
        """Something in a broken value that looks like a record, and may be none."""
        found = Pieces(self.opener.shape)
        self.opener.open(text.encode(), found)
        if found.texts:
            self.opener.open(text.encode(), self._pieces)
            self._taken += len(text)
