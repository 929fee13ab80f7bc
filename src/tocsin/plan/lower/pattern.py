"""Regular expressions: PCRE as SPL writes it, checked and respelt for a matcher that runs in linear time.

The matcher (RE2) has no lookaround, backreferences, possessive quantifiers or atomic groups; a pattern that
needs them is refused. A pattern is read here, never run: nothing in it can take long.
"""

from __future__ import annotations

import re
import warnings

from msgspec import Struct

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.source import Span

LONGEST = 4096
DEEPEST = 100
MOST_REPEATS = 1000  # what RE2 allows

# One alternative for each kind of token; none of them can backtrack into another.
TOKEN = re.compile(
    r"""
    (?P<quote>    \\Q (?s:.*?) (?:\\E|\Z) )
  | (?P<escape>   \\ (?: [pP]\{\^?\w+\} | x\{[0-9A-Fa-f]+\} | [1-9]\d* | (?s:.) ) )
  | (?P<class>    \[ \^? \]? (?: \[:\^?\w+:\] | \\(?s:.) | [^\]\\] )* \] )
  | (?P<named>    \(\? (?: P?< (?![=!]) | ' ) (?P<name>\w*) [>'] )
  | (?P<special>  \(\? (?: <[=!] | P[=>]\w* | [=!>|\#&(] | [+-]?\d+ | R ) )
  | (?P<flags>    \(\? [A-Za-z^]* (?:-[A-Za-z]*)? [:)] )
  | (?P<open>     \( (?:\*[A-Z_]+)? )
  | (?P<close>    \) )
  | (?P<repeat>   (?: [*+?] | \{\d+(?:,\d*)?\} ) [+?]? )
  | (?P<plain>    (?s:.) )
    """,
    re.VERBOSE,
)

SPECIAL = {
    "(?=": "lookahead",
    "(?!": "lookahead",
    "(?<=": "lookbehind",
    "(?<!": "lookbehind",
    "(?>": "an atomic group",
    "(?|": "a branch reset",
    "(?#": "a comment",
    "(?(": "a condition",
    "(?P=": "a backreference",
}
# Escapes that the matcher knows, and such as can be spelt otherwise.
KNOWN = frozenset("afnrtvdDwWsSbBAzpPx0")
RESPELT = {"h": r"[ \t]", "H": r"[^ \t]", "R": r"(?:\r\n|[\n\x0b\f\r])", "e": r"\x1b", "Z": r"\n?\z"}
# How Python spells what it does not share with the matcher, for the check of the whole.
PYTHON = {"z": r"\Z", "p": r"\w", "P": r"\W", "x": "x"}


class Pattern(Struct, frozen=True):
    """A pattern that the matcher accepts, and the names of its groups in order of their numbers."""

    text: str
    groups: tuple[str, ...] = ()

    def only(self, group: str) -> str:
        """The same pattern, capturing one group alone: engines tell few groups apart. Nothing refers to the others."""
        return "".join(_captured(token, group) for token in TOKEN.finditer(self.text))


class _Step(Struct, frozen=True):
    """One token: as the matcher reads it, as Python does, and what in it cannot run ("" for nothing)."""

    matcher: str
    python: str
    refused: str = ""


def check_pattern(text: str, span: Span, lowering: Lowering) -> Pattern:
    """The pattern for the matcher; reports `unsupported-regex` or `bad-regex` at its span."""
    if len(text) > LONGEST:
        lowering.report(catalogue.unsupported_regex(f"more than {LONGEST} characters", span))
        return Pattern("")
    steps = [_step(token) for token in TOKEN.finditer(text)]
    refused = next((step.refused for step in steps if step.refused), "") or _too_deep(text)
    if refused:
        lowering.report(catalogue.unsupported_regex(refused, span))
        return Pattern("")
    groups = _compile("".join(step.python for step in steps), span, lowering)
    return Pattern("".join(step.matcher for step in steps), groups)


def _compile(python: str, span: Span, lowering: Lowering) -> tuple[str, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's remarks on brackets in a class
            compiled = re.compile(python)
    except (re.error, OverflowError, RecursionError) as problem:
        lowering.report(catalogue.bad_regex(getattr(problem, "msg", str(problem)), span))
        return ()
    return tuple(sorted(compiled.groupindex, key=lambda name: compiled.groupindex[name]))


def _captured(token: re.Match[str], group: str) -> str:
    if token.lastgroup == "open" or (token.lastgroup == "named" and token["name"] != group):
        return "(?:"
    return token.group()


def _too_deep(text: str) -> str:
    depth = deepest = 0
    for token in TOKEN.finditer(text):
        depth += (token.lastgroup in ("named", "open")) - (token.lastgroup == "close")
        deepest = max(deepest, depth)
    return f"more than {DEEPEST} nested groups" if deepest > DEEPEST else ""


def _step(token: re.Match[str]) -> _Step:
    text = token.group()
    match token.lastgroup:
        case "quote":
            literal = re.escape(text[2:].removesuffix(r"\E"))
            return _Step(literal, literal)
        case "escape":
            return _escape(text)
        case "class":
            return _class(text)
        case "named":
            named = f"(?P<{token['name']}>"
            return _Step(named, named)
        case "special":
            known = next((SPECIAL[key] for key in SPECIAL if text.startswith(key)), "recursion")
            return _Step("", "", known)
        case "flags":
            return _flags(text)
        case "open" if len(text) > 1:
            return _Step("", "", f"the verb `{text[1:]}`")
        case "repeat":
            return _repeat(text)
        case _:
            return _Step(text, text)


def _escape(text: str) -> _Step:
    letter = text[1:2]
    if letter in "kg" or letter in "123456789":
        return _Step("", "", "a backreference")
    if letter in RESPELT:
        return _Step(RESPELT[letter], RESPELT[letter].replace(r"\z", r"\Z"))
    if letter.isalnum() and letter.isascii() and letter not in KNOWN:
        return _Step("", "", f"the escape `{text}`")
    if letter in "pPz" or text.startswith(r"\x{"):
        return _Step(text, PYTHON[letter])
    return _Step(text, text)


def _class(text: str) -> _Step:
    unknown = next((pair for pair in re.findall(r"\\[A-Za-z1-9]", text) if pair[1] not in KNOWN | {"h"}), "")
    if unknown:
        return _Step("", "", f"the escape `{unknown}` in a class")
    matcher = text.replace(r"\h", r" \t")
    python = re.sub(r"\[:\^?\w+:\]|\\[pP](?:\{\^?\w+\}|\w)|\\x\{[0-9A-Fa-f]+\}", r"\\w", matcher)
    return _Step(matcher, python)


def _flags(text: str) -> _Step:
    letters = text[2:-1]
    if not set(letters) <= set("imsU-"):
        return _Step("", "", f"the flags `{letters}`")
    return _Step(text, "(?:" if text.endswith(":") else "")


def _repeat(text: str) -> _Step:
    if len(text) > 1 and text.endswith("+"):
        return _Step("", "", "a possessive quantifier")
    if any(int(number) > MOST_REPEATS for number in re.findall(r"\d+", text)):
        return _Step("", "", f"more than {MOST_REPEATS} repetitions")
    return _Step(text, text)
