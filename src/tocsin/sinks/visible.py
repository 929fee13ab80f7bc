"""Text from the logs, made safe to show: nothing in it can move a cursor or turn a line around."""

from __future__ import annotations

import re
import unicodedata

# What JSON may carry as it stands but a terminal may act upon: DEL and C1, invisible and direction marks,
# line and paragraph separators, tag characters, halves of surrogate pairs.
_RISKY = re.compile(
    "[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""The text with every control, format and unassigned character written as an escape.

    Printable text of any script and all blanks but the line and paragraph separators stay as they are. A
    backslash stays single, so `\n` may stand for a newline or for itself; JSON lines tell the two apart.

    >>> visible("web\x1b[2Jshop")
    'web\\x1b[2Jshop'
    """
    if text.isprintable():
        return text
    return "".join(each if _harmless(each) else _escape(each) for each in text)


def ascii_escapes(json_text: str) -> str:
    r"""JSON text in which the same value is spelled without risky characters: they become `\uXXXX`."""
    return _RISKY.sub(lambda match: _json_escape(match[0]), json_text)


def _harmless(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
