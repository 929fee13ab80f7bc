"""Names and texts the way SPL wants them written, quoted where they must be."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W\d][\w.{}*:@#-]*|\*[\w.*]*")
_PLAIN_VALUE = re.compile(r"[\w.{}*:@#%+-]+")
_WORDS_OF_COMMANDS = frozenset(("as", "by", "output", "outputnew", "sortby", "eval", "d", "desc"))


def quoted(text: str) -> str:
    r"""In double quotes, so that it reads as the same text again.

    >>> quoted('say "no"')
    '"say \\"no\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def name(text: str) -> str:
    """A field's name for a command's argument: quoted unless it is a plain word that no command takes as its own."""
    plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS_OF_COMMANDS
    return text if plain else quoted(text)


def option(key: str, value: str) -> str:
    return f"{key}={value if _PLAIN_VALUE.fullmatch(value) else quoted(value)}"


def flag(key: str, value: bool) -> str:
    """`key=true`, or nothing for what is false anyway."""
    return f"{key}=true" if value else ""


def words(*parts: str) -> str:
    """The parts that are not empty, a blank between."""
    return " ".join(part for part in parts if part)
