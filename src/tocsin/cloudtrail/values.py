"""Values read one by one from text that may be cut off, be broken, or go on where the window ends."""

from __future__ import annotations

import json
import re

from msgspec import Struct

from tocsin.cloudtrail.containers import ARRAYS, RECORD
from tocsin.cloudtrail.exact import Json
from tocsin.cloudtrail.window import PEEK, STRIDE, Window

EARLY = "JSON ends too early"
DEEP = "nested too deeply"
KEY = re.compile(r'"((?:[^"\\]|\\.){0,1000})"\s*:\s*')

_OPEN = re.compile(r"\{\s*")
_COMMA = re.compile(r"\s*,\s*")
# What may be left at the place of an error where nothing is wrong but that the text ends.
_CUT = re.compile(r"\s*+(?:-?I?[a-z]{0,7}|Na?|u[0-9a-fA-F]{0,4}|\.|[eE][-+]?)\Z")

_json = json.JSONDecoder(parse_int=str, parse_float=str)


class Read(Struct):
    """A value and its end; or why it cannot be read, and where that shows."""

    end: int
    value: Json = None
    error: str = ""


class Values:
    """Reads the value at which the window stands, and does not move it."""

    def __init__(self, window: Window, longest: int) -> None:
        self._window = window
        self._longest = longest

    def read(self) -> Read:
        window = self._window
        try:
            value, end = _json.raw_decode(window.text, window.at)
        except RecursionError:
            return Read(window.at, error=DEEP)
        except json.JSONDecodeError as error:
            return Read(error.pos, error=error.msg)
        return Read(end, value)

    def go_on(self, read: Read) -> bool:
        """Whether the text has changed so that reading may now go further."""
        window = self._window
        if read.error.startswith("Invalid control character") and window.text[read.end] not in "\r\n":
            return window.clean()
        cut = self._cut(read) and window.left <= self._longest
        return cut and window.more(min(max(window.left, PEEK), STRIDE))

    def reason(self, read: Read) -> str:
        """Why it cannot be read, in our words."""
        if read.error == DEEP:
            return DEEP
        if self._cut(read):
            return EARLY if self._window.ended else f"longer than {self._longest:,} bytes"
        words = read.error.removesuffix(" at").removesuffix(" starting")  # the place would follow
        return f"invalid JSON: {words[:1].lower()}{words[1:]}"

    def _cut(self, read: Read) -> bool:
        left = _CUT.match(self._window.text, read.end) if read.end > self._window.at else None
        return left is not None or read.error.startswith("Unterminated")


def holds_records(value: Json) -> bool:
    """Whether to look into it for records, one by one."""
    match value:
        case list():
            return True
        case dict() if not value.keys() >= RECORD:
            return any(isinstance(value.get(key), list) and (value[key] or key != "events") for key in ARRAYS)
        case _:
            return False


def first_record(text: str, at: int) -> int:
    """Where the first record stands of an object that is no record but holds some; 0 if it seems to hold none."""
    keys: set[str] = set()
    found = _OPEN.match(text, at)
    while found and (key := KEY.match(text, found.end())):
        if key[1] in ARRAYS and text.startswith("[", key.end()) and not keys >= RECORD:
            return key.end() + 1
        keys.add(key[1])
        try:
            _, at = _json.raw_decode(text, key.end())
        except (json.JSONDecodeError, RecursionError):
            return 0
        found = _COMMA.match(text, at)
    return 0
