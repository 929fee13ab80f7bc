"""JSON that is not valid as a whole: piece by piece, and after a broken one on from the next that looks like one.

Enters the arrays in which records come, so that one broken record costs no other. Also reads what is too large to be
held whole, in bounded memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tocsin.cloudtrail.containers import Opener
from tocsin.cloudtrail.part import Part, Pieces
from tocsin.cloudtrail.window import Window

EARLY = "JSON ends too early"
NO_JSON = "no JSON found"

_BLANK = re.compile(r"[\s,\x1e\ufeff]+")
_ENTRY = re.compile(r'\{?\s*"(?:Records|Events|events|logEvents)"\s*:\s*\[')
_ARRAY = re.compile(r"\[\s*(?=[\[{\]])")
_KEY = re.compile(r'"(?:[^"\\]|\\.){0,1000}"\s*:\s*')
_OBJECT = re.compile(r'\{\s*"((?:[^"\\]|\\.){0,100})"\s*:')
_NEXT = r'(?<=\n)[\[{]|\{\s*"(?:eventVersion'  # where a record may begin: a line, or a known first key
_PEEK = 4096
_STRIDE = 16 << 20  # characters read on at a time, at most
_PART = 4 << 20  # characters in one part, about

_json = json.JSONDecoder(parse_int=str, parse_float=str)


class Resync:
    """Reads pieces from blocks of bytes. `stopped` is known once all parts were taken."""

    def __init__(self, blocks: Iterator[bytes], opener: Opener, max_record: int) -> None:
        self.window = Window(blocks)
        self.opener = opener
        self.max_record = max_record
        self.stopped: str | None = None
        self._pieces = Pieces(opener.shape)
        self._taken = 0
        self._array = False  # in an array of records
        self._object = False  # in the object that holds that array
        self._next = re.compile(_NEXT + ')"\\s*:')
        self._learned = False  # how records of this file begin
        self._torn = False  # a piece was broken

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
        found = self.window.seek(self._next)
        if found:
            self._pieces.broken("not JSON")
        return found

    def _step(self) -> bool:
        """One piece or one mark; whether there may be more."""
        window = self.window
        window.skip(_BLANK)
        if window.left < _PEEK:
            window.more(_PEEK)
        if not window.left:
            if self._array or self._object:
                self.stopped = EARLY
            return False
        mark = window.text[window.at]
        if mark in "]}":
            self._close(mark)
        elif self._object and not self._array:
            self._tail()
        elif not self._array and mark in "{[" and self._enter(mark):
            pass
        else:
            self._value()
        return True

    def _enter(self, mark: str) -> bool:
        found = self.window.match(_ENTRY if mark == "{" else _ARRAY)
        if found:
            self.window.at = found.end()
            self._array, self._object = True, mark == "{"
        return found is not None

    def _close(self, mark: str) -> None:
        """The end of an array or object. After a broken piece some are left over; before one they are broken."""
        self.window.at += 1
        if mark == "]" and self._array:
            self._array = False
        elif mark == "}" and self._object and not self._array:
            self._object = False
        elif not self._torn:
            self._torn = True
            self._pieces.broken(f"invalid JSON: unexpected {mark!r}")

    def _tail(self) -> None:
        """Another key of the object that holds the records."""
        entry = self.window.match(_ENTRY)
        key = self.window.match(_KEY)
        if entry:
            self.window.at, self._array = entry.end(), True
        elif key:
            self.window.at = key.end()
            if self._read() is None:
                self._object = False
        else:
            self._object = False

    def _value(self) -> None:
        text = self._read()
        if text is None:
            return
        before = len(self._pieces.texts)
        self.opener.open(text.encode(), self._pieces)
        self._taken += len(text) + 100
        if not self._learned and len(self._pieces.texts) > before:
            self._learn(text)

    def _learn(self, text: str) -> None:
        """Records of one file begin alike: look for the first key of this one as well."""
        self._learned = True
        first = _OBJECT.match(text)
        if first:
            self._next = re.compile(f'{_NEXT}|{re.escape(first[1])})"\\s*:')

    def _read(self) -> str | None:
        """The next value's text; None if it is broken, and then what comes next may be the next record."""
        window = self.window
        while True:
            try:
                _, end = _json.raw_decode(window.text, window.at)
            except RecursionError:
                self._broken("nested too deeply")
                return None
            except json.JSONDecodeError as error:
                if self._again(error):
                    continue
                self._broken(self._reason(error))
                return None
            text, window.at = window.text[window.at : end], end
            return text

    def _again(self, error: json.JSONDecodeError) -> bool:
        """Whether the text has changed so that reading may now go further."""
        window = self.window
        if error.msg.startswith("Invalid control character") and window.text[error.pos] not in "\r\n":
            return window.clean()
        return (
            self._cut(error) and window.left <= self.max_record and window.more(min(max(window.left, _PEEK), _STRIDE))
        )

    def _cut(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated") or error.pos >= len(self.window.text) - 16

    def _reason(self, error: json.JSONDecodeError) -> str:
        if self.window.left > self.max_record and not self.window.ended:
            return f"longer than {self.max_record:,} bytes"
        if self._cut(error) and self.window.ended:
            self.stopped = EARLY
            return EARLY
        words = error.msg.removesuffix(" at").removesuffix(" starting")  # the place would follow
        return f"invalid JSON: {words[:1].lower()}{words[1:]}"

    def _broken(self, reason: str) -> None:
        self._torn = True
        self._pieces.broken(reason)
        self.window.at += 1
        found = self.window.seek(self._next)
        if found and reason == EARLY:
            self.stopped = None  # only the piece was cut short: more came after it
