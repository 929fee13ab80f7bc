"""Groups of a pattern, and the text that stands for a match: from PCRE's spelling to RE2's."""

from __future__ import annotations

import re

# What may hide or open a group: escapes, classes, openings.
_TOKEN = re.compile(
    r"\\Q(?s:.*?)(?:\\E|\Z)|\\(?s:.)|\[\^?\]?(?:\[:\^?\w+:\]|\\(?s:.)|[^\]\\])*\]|\((?:\?(?:P?<(\w+)>)?)?"
)


def groups(pattern: str) -> list[str]:
    """The names of the groups in order of their numbers, empty for those without name.

    >>> groups(r"(?P<a>x)(y)(?:z)[(]")
    ['a', '']
    """
    opened = [token for token in _TOKEN.finditer(pattern) if token.group().startswith("(")]
    return [token.group(1) or "" for token in opened if token.group() == "(" or token.group(1)]


def capturing(pattern: str, name: str) -> str:
    """The pattern in which that group alone captures: DuckDB counts groups up to nine only.

    >>> capturing(r"(?P<a>x)(y)(?P<b>[(]z)", "b")
    '(?:x)(?:y)(?P<b>[(]z)'
    """

    def respelt(token: re.Match[str]) -> str:
        captures = token.group() == "(" or token.group(1)
        return "(?:" if captures and token.group(1) != name else token.group()

    return _TOKEN.sub(respelt, pattern)


def rewrite(replacement: str, pattern: str) -> str:
    """`\\1` stays a group, one that the pattern lacks is nothing; every other backslash is itself.

    >>> rewrite(r"\\1-\\d", "(x)")
    '\\\\1-\\\\\\\\d'
    """
    known = len(groups(pattern))

    def respelt(token: re.Match[str]) -> str:
        follows = token.group(1)
        if follows.isdigit():
            return token.group() if int(follows) <= known else ""
        return r"\\" if follows == "\\" else r"\\" + follows

    return re.sub(r"\\((?s:.)|$)", respelt, replacement)
