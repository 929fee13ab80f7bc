"""The tokens of SPL: three vocabularies over one text, read where a command asks for them.

SPL has no single set of tokens: `a-b` is one word in `search`, a subtraction in `eval`, and a field name in
`stats`. So there is a pattern for each, and the cursor takes the next token by the one that its reader needs.
Every pattern matches at any place that is not blank: what is none of its tokens is of kind "odd".
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """`kind` is the name of the pattern's group; `start` and `end` are offsets in the composed text."""

    kind: str
    text: str
    start: int
    end: int


BLANKS = re.compile(r"\s*+")

_STRING = r'(?P<string>"(?:[^"\\]++|\\.)*+")'
_BRACKETS = r"(?P<open>\()|(?P<close>\))|(?P<bracket>\[)"

# In `search`, a backslash takes the special meaning from a quote, a pipe or another backslash; it is itself otherwise.
_ESCAPED = r'\\["|\\]|\\'

SEARCH = re.compile(
    rf"{_STRING}|{_BRACKETS}|(?P<op>!=|<=|>=|==|=|<|>)"
    rf'|(?P<word>(?:[^\s"()\[\]|=<>!\\]|{_ESCAPED}|!(?!=))++)|(?P<odd>.)',
    re.DOTALL,
)
# After an operator anything up to a blank is the value, so that addresses with `?a=b` need no quotes.
SEARCH_VALUE = re.compile(
    rf'{_STRING}|{_BRACKETS}|(?P<word>(?:[^\s"()\[\]|\\]|{_ESCAPED})++)|(?P<odd>.)',
    re.DOTALL,
)
SEARCH_ITEM = re.compile(
    rf'{_STRING}|{_BRACKETS}|(?P<comma>,)|(?P<word>(?:[^\s"()\[\]|,\\]|{_ESCAPED})++)|(?P<odd>.)',
    re.DOTALL,
)

# `<<FIELD>>` stands for a name in the template that `foreach` runs.
EVAL = re.compile(
    rf"{_STRING}|{_BRACKETS}|(?P<comma>,)|(?P<field>'[^'\n]*+')"
    r"|(?P<number>\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+)"
    r"|(?P<word>(?:[^\W\d]|<<\w++>>)(?:\w|<<\w++>>)*+)"
    r"|(?P<op>==|!=|<=|>=|[-+*/%.=<>])|(?P<brace>[{}])|(?P<odd>.)",
    re.DOTALL,
)
EVAL_FRACTION = re.compile(r"(?P<number>\.\d++(?:[eE][+-]?\d++)?+)|(?P<odd>.)", re.DOTALL)

WORDS = re.compile(
    rf"{_STRING}|{_BRACKETS}|(?P<comma>,)|(?P<op>!=|<=|>=|==|=|<|>)"
    r'|(?P<word>(?:[^\s,"()\[\]|=<>!]|!(?!=))++)|(?P<odd>.)',
    re.DOTALL,
)
# A command option's value: `timeformat=%H:%M`, `path=a{}.b`, `span=5m`.
OPTION_VALUE = re.compile(rf'{_STRING}|{_BRACKETS}|(?P<comma>,)|(?P<word>[^\s,"()\[\]|]++)|(?P<odd>.)', re.DOTALL)

# What stands left of `=` in `eval`; in braces it is computed.
EVAL_TARGET = re.compile(
    rf"""{_STRING}|{_BRACKETS}|(?P<field>'[^'\n]*+')|(?P<word>(?:<<\w++>>|[^\s,"'()\[\]|=<>!])++)|(?P<odd>.)""",
    re.DOTALL,
)
PARENTHESES = re.compile(rf"{_STRING}|[()]", re.DOTALL)
SIGN = re.compile(r"(?P<sign>[-+])|(?P<odd>.)", re.DOTALL)
COMMAND = re.compile(r"(?P<word>[A-Za-z_][\w-]*+)|(?P<odd>.)", re.DOTALL)

_UNQUOTED = re.compile(r'\\(["\\])')
_UNQUOTED_IN_SEARCH = re.compile(r'\\(["|\\])')


def value(token: Token) -> str:
    """What a string or a word says: without its quotes, with `\\"` and `\\\\` resolved.

    Any other backslash stays, so that regular expressions survive: `"\\d+"` and `"\\\\d+"` both say `\\d+`, and
    `"\\\\\\\\"` says two backslashes, one for a regular expression. Splunk's manual, "SPL and regular expressions".
    """
    if token.kind == "string":
        return _UNQUOTED.sub(r"\1", token.text[1:-1])
    if token.kind == "field":
        return token.text[1:-1]
    return token.text


def search_value(token: Token) -> str:
    """The same in `search`, where `\\|` stands for a pipe and words know escapes too."""
    return _UNQUOTED_IN_SEARCH.sub(r"\1", token.text[1:-1] if token.kind == "string" else token.text)
