"""A place in the text of one command: the next token, the subsearch here, spans, and the problems to report.

The reader of pipelines is handed in (`Reading.pipeline`), so that commands can hold subsearches and no module
needs to import the parser.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypedDict

from msgspec import Struct, field

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Pipeline, Subsearch
from tocsin.spl.lexer import BLANKS, OPTION_VALUE, WORDS, Token
from tocsin.spl.locate import Locator
from tocsin.spl.structure import MAX_PROBLEMS, Block

MAX_DEPTH = 100
MAX_SUBSEARCHES = 20


class Reading(Struct):
    """One text being read. `errors` and `warnings` collect; `depth` counts open brackets of every kind."""

    text: str
    locate: Locator
    inner: dict[int, Block]
    pipeline: Callable[[Reading, Block], Pipeline]
    brackets: list[int]
    warnings: list[Diagnostic] = field(default_factory=list)
    errors: list[Diagnostic] = field(default_factory=list)
    depth: int = 0
    subsearches: int = 0


class Identity(TypedDict):
    """The fields that every `Command` has."""

    span: Span
    keyword: Span
    macro: str | None


class Cursor:
    """The next token at `at`, none from `end` on; the last one taken ended at `done`.

    `keyword` is the range of the command's name.
    """

    def __init__(self, reading: Reading, start: int, end: int, keyword: tuple[int, int] | None = None) -> None:
        self.reading = reading
        self.at = start
        self.done = start
        self.end = start + len(reading.text[start:end].rstrip())
        self.keyword = keyword or (start, start)
        self._seen: tuple[re.Pattern[str], Token] | None = None

    # --- tokens ---------------------------------------------------------------------------------

    def look(self, pattern: re.Pattern[str]) -> Token | None:
        """The next token, left where it is; None at the command's end."""
        self._skip()
        if self.at >= self.end:
            return None
        if self._seen is not None and self._seen[0] is pattern and self._seen[1].start == self.at:
            return self._seen[1]
        match = pattern.match(self.reading.text, self.at, self.end)
        assert match is not None and match.lastgroup is not None  # every pattern ends in "any character"
        token = Token(match.lastgroup, match[0], self.at, match.end())
        self._seen = (pattern, token)
        return token

    def take(self, pattern: re.Pattern[str]) -> Token | None:
        token = self.look(pattern)
        if token is not None:
            self.move(token.end)
        return token

    def take_kind(self, pattern: re.Pattern[str], *kinds: str) -> Token | None:
        """The next token if it is of one of these kinds."""
        token = self.look(pattern)
        if token is None or token.kind not in kinds:
            return None
        self.move(token.end)
        return token

    def take_word(self, *words: str, pattern: re.Pattern[str] = WORDS) -> Token | None:
        """The next token if it is one of these words, unquoted, in any case."""
        token = self.look(pattern)
        if token is None or token.kind != "word" or token.text.lower() not in words:
            return None
        self.move(token.end)
        return token

    def looks_at(self, pattern: re.Pattern[str], kind: str) -> bool:
        token = self.look(pattern)
        return token is not None and token.kind == kind

    def looks_at_word(self, *words: str) -> bool:
        token = self.look(WORDS)
        return token is not None and token.kind == "word" and token.text.lower() in words

    def expect(self, pattern: re.Pattern[str], kind: str, wanted: str) -> Token:
        return self.take_kind(pattern, kind) or self.fail_unexpected(wanted, pattern)

    def at_end(self) -> bool:
        self._skip()
        return self.at >= self.end

    def start(self) -> int:
        """Where the next token begins."""
        self._skip()
        return self.at

    def mark(self) -> tuple[int, int]:
        """Where to go back to with `rewind`."""
        return self.at, self.done

    def rewind(self, mark: tuple[int, int]) -> None:
        self.at, self.done = mark

    def skip_commas(self) -> None:
        while self.take_kind(WORDS, "comma"):
            pass

    def touches(self, token: Token, sign: str) -> bool:
        """Whether `sign` follows the token with no blank between."""
        return token.end < self.end and self.reading.text.startswith(sign, token.end)

    def looks_at_digit(self) -> bool:
        """Whether the very next character is a digit."""
        return self.at < self.end and self.reading.text[self.at].isdigit()

    def move(self, end: int) -> None:
        self.at = self.done = end

    def _skip(self) -> None:
        match = BLANKS.match(self.reading.text, self.at, self.end)
        assert match is not None
        self.at = match.end()

    # --- brackets -----------------------------------------------------------------------------------

    def next_bracket(self) -> int | None:
        """Where the next subsearch of this command begins."""
        brackets = self.reading.brackets
        index = bisect_left(brackets, self.at)
        return brackets[index] if index < len(brackets) and brackets[index] < self.end else None

    def subsearch(self) -> Subsearch:
        """The `[ ... ]` that begins here."""
        token = self.expect(WORDS, "bracket", "a subsearch")
        block = self.reading.inner[token.start]
        self.move(min(block.end + 1, self.end))
        if self.reading.subsearches >= MAX_SUBSEARCHES:
            self.fail(catalogue.nested_too_deep(self.span(token.start, token.end), MAX_SUBSEARCHES))
        self.reading.subsearches += 1
        with self.nested(token):
            pipeline = self.reading.pipeline(self.reading, block)
        self.reading.subsearches -= 1
        return Subsearch(pipeline, span=self.span(token.start, self.at))

    @contextmanager
    def nested(self, token: Token) -> Iterator[None]:
        """One level deeper; fails where that is too deep."""
        self.reading.depth += 1
        if self.reading.depth > MAX_DEPTH:
            self.fail(catalogue.nested_too_deep(self.span(token.start, token.end), MAX_DEPTH))
        yield
        self.reading.depth -= 1

    # --- places and problems --------------------------------------------------------------------

    def span(self, start: int, end: int) -> Span:
        return self.reading.locate(start, end)

    def of(self, token: Token) -> Span:
        return self.reading.locate(token.start, token.end)

    def since(self, start: int) -> Span:
        """From `start` to the end of the last token taken."""
        return self.reading.locate(start, self.done)

    def here(self) -> Span:
        """The next token, or the place after the last one."""
        token = self.look(OPTION_VALUE)
        return self.of(token) if token else self.span(self.end, self.end)

    def identity(self) -> Identity:
        """A command without a keyword is the search that a person began, whatever macro stands first in it."""
        keyword = self.span(*self.keyword)
        written = self.keyword[0] < self.keyword[1]
        span = self.span(self.keyword[0], self.end)
        return Identity(span=span, keyword=keyword, macro=keyword.macro if written else None)

    def fail(self, diagnostic: Diagnostic) -> NoReturn:
        raise CompileError([diagnostic])

    def warn(self, diagnostic: Diagnostic) -> None:
        if len(self.reading.warnings) < MAX_PROBLEMS:
            self.reading.warnings.append(diagnostic)

    def fail_unexpected(self, wanted: str, pattern: re.Pattern[str] = WORDS) -> NoReturn:
        token = self.look(pattern)
        if token is None:
            self.fail(catalogue.unexpected_end(self.span(self.end, self.end), wanted))
        self.fail(catalogue.unexpected_token(self.of(token), token.text, wanted))
