"""Whether a buffer can hold a text, in either case and in any JSON spelling.

ASCII letters are compared without case, as the search does; bytes that are no UTF-8 disturb nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import stringzilla as sz

from tocsin.cloudtrail.prefilter import Group, Literals
from tocsin.cloudtrail.sniff import Buffer

_LOWER = bytes(range(256)).lower()
_CHUNK = 1 << 18
_ESCAPE = b"\\u00"
_FEW = 4096
_MANY = 256  # places in a buffer from which on it is decoded as a whole just as fast
# An escape may itself be spelt with escapes where records stand in strings: those for `\`, `u` and hexadecimal digits.
_SPELLING = frozenset(b"\\u0123456789abcdefABCDEF")


class Absence:
    """Decides for many buffers whether all wants are ruled out."""

    def __init__(self, wants: Iterable[Literals]) -> None:
        self._wants = [[[text.encode() for text in sorted(group)] for group in want] for want in _common_first(wants)]
        texts = {text for want in self._wants for group in want for text in group}
        self._hidden = _hidden(texts)
        self._firsts = _firsts(self._wants)
        self._overlap = max(map(len, (*texts, _ESCAPE + b"00")))

    def rules_out(self, buffer: Buffer) -> bool:
        """Whether no record in the buffer can match any want."""
        if len(buffer) > _CHUNK:
            return self.places(buffer) == []
        return self._each_lacks(_Held(buffer)) and not self._may_hide(buffer, 0)

    def places(self, buffer: Buffer) -> list[int] | None:
        """Offsets, ascending: a record that matches some want holds one of them. None if in doubt, or if many.

        They are those of one group of each want, since a record that matches holds a text of every group. There are
        none if some group of each want is missing altogether.
        """
        held = _Held(buffer)
        found = self._found(held)
        if found is None or not self._each_lacks(held):
            return found if found is None or len(found) <= _MANY else None
        return None if len(found) > _MANY and self._may_hide(buffer, 0) else []

    def _found(self, held: _Held) -> list[int] | None:
        """Where the texts are that rule most out, as far as they are few; None if an escape may hide one.

        One pass for both, piece by piece: what is looked for first brings a piece into the processor's cache.
        """
        found: set[int] = set()
        counts: Counter[bytes] = Counter()
        for start, lower in held.pieces(self._overlap):
            if self._may_hide(lower, 0):
                return None
            for text in self._firsts:
                places = list(islice(_each(lower, text), _MANY + 1))
                counts[text] += len(places)
                found.update(start + at for at in places)
            if len(found) > _MANY:
                self._turn(counts.most_common(1)[0][0])
                return sorted(found)
        held.known = {text: counts[text] > 0 for text in self._firsts}
        return sorted(found)

    def _turn(self, common: bytes) -> None:
        """In the next buffer look for another group of the wants whose first one holds a text found at many places."""
        for want in self._wants:
            if common in want[0]:
                want.append(want.pop(0))
        self._firsts = _firsts(self._wants)

    def _each_lacks(self, held: _Held) -> bool:
        """Whether of each want a group is missing. That is the one to look for first in the next buffer."""
        for want in self._wants:
            lacking = next((place for place, group in enumerate(want) if not held.any(group)), None)
            if lacking is None:
                return False
            if lacking:
                want.insert(0, want.pop(lacking))
                self._firsts = _firsts(self._wants)
        return True

    def _may_hide(self, buffer: Buffer, start: int) -> bool:
        """Whether an escape from `start` on could spell a part of a text."""
        find, hides = sz.find, self._hidden.match
        at: int = find(buffer, _ESCAPE, start)
        for _ in range(_FEW):  # one by one is faster than the pattern as long as they are few
            if at < 0:
                return False
            if hides(buffer, at):
                return True
            at = find(buffer, _ESCAPE, at + len(_ESCAPE))
        return at >= 0 and self._hidden.search(buffer, at) is not None


class _Held:
    """The texts that a buffer holds, looked for once each."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self.known: dict[bytes, bool] = {}
        self._lower = sz.translate(buffer, _LOWER) if len(buffer) <= _CHUNK else None

    def pieces(self, overlap: int) -> Iterator[tuple[int, bytes]]:
        """The buffer in lower case, piece by piece, with their offsets; each goes on so far into the next."""
        if self._lower is not None:
            yield 0, self._lower
            return
        for start in range(0, len(self._buffer), _CHUNK):
            yield start, sz.translate(self._buffer, _LOWER, start=start, end=start + _CHUNK + overlap)

    def any(self, texts: list[bytes]) -> bool:
        for text in texts:
            known = self.known.get(text)
            if known is None:
                known = self.known[text] = self._find(text)
            if known:
                return True
        return False

    def _find(self, text: bytes) -> bool:
        if self._lower is not None:
            return bool(sz.find(self._lower, text) >= 0)
        return any(sz.find(lower, text) >= 0 for _, lower in self.pieces(len(text)))


def _each(lower: bytes, text: bytes) -> Iterator[int]:
    at: int = sz.find(lower, text)
    while at >= 0:
        yield at
        at = sz.find(lower, text, at + 1)


def _firsts(wants: list[list[list[bytes]]]) -> list[bytes]:
    return sorted({text for want in wants for group in want[:1] for text in group})


def _common_first(wants: Iterable[Literals]) -> list[list[Group]]:
    """The groups of each want, first those that many wants share: one look for them may rule out all."""
    wants = list(wants)
    shared = Counter(group for want in wants for group in want.groups)
    return [sorted(want.groups, key=lambda group: -shared[group]) for want in wants]


def _hidden(texts: set[bytes]) -> re.Pattern[bytes]:
    """An escape that could spell a character of any text, or part of such an escape."""
    codes = _SPELLING | {code for text in texts for code in text.lower() + text.upper()}
    spelt = b"|".join(b"%02x" % code for code in sorted(codes))
    return re.compile(rb"\\u00(?:" + spelt + b")", re.IGNORECASE)
