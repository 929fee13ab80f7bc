"""Broken JSON costs the record that is broken and no other, in every container, and little work."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cloudtrail.scanning import PUSHES, record, run, text, want, write
from tocsin.cloudtrail import tokens, values
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.resync import Resync

ODD = {
    "resources": [{"ARN": "a"}, {"ARN": "b", "type": "t"}],
    "userAgent": 'x "q" {y} [z], \\',
    "additionalEventData": {"nested": [{"eventVersion": "1", "eventName": "x"}, []], "numbers": [1, 2.5, None, True]},
}


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def indented(value: Any) -> str:
    return json.dumps(value, indent=2)


def logged(inner: Any) -> Any:
    return {"id": "1", "timestamp": 1, "message": compact(inner)}


def found(inner: Any) -> Any:
    return {"EventId": "e", "Resources": [{"a": "b"}], "CloudTrailEvent": json.dumps(inner)}


def bridged(inner: Any) -> Any:
    return {"version": "0", "resources": [], "detail": inner}


def same(inner: Any) -> Any:
    return inner


Form = tuple[Callable[[Any], Any], Callable[[Any], str], str, str, str]
FORMS: dict[str, Form] = {
    "records": (same, compact, '{"Records":[', ",", "]}"),
    "records, indented": (same, indented, '{\n  "Records": [\n', ",\n", "\n  ]\n}\n"),
    "records after other keys": (same, compact, '{"note":1,"x":{"y":[1]},"Records":[', ",", "]}"),
    "records before other keys": (same, compact, '{"Records":[', ",", '],"more":[1,{"a":2}]}'),
    "array": (same, compact, "[", ",", "]"),
    "array, line by line": (same, compact, "[\n", ",\n", "\n]\n"),
    "array of containers": (same, compact, '[{"exported":[],"Records":[', ",", "]}]"),
    "lines": (same, compact, "", "\n", "\n"),
    "concatenated": (same, compact, "", "", ""),
    "concatenated, indented": (same, indented, "", "\n", "\n"),
    "lookup-events": (found, compact, '{"Events":[', ",", "]}"),
    "lookup-events, indented": (found, indented, '{\n  "NextToken": "x",\n  "Events": [\n', ",\n", "\n  ]\n}\n"),
    "CloudWatch subscription": (logged, compact, '{"messageType":"DATA_MESSAGE","logEvents":[', ",", "]}"),
    "filter-log-events": (logged, compact, '{"searchedLogStreams":[],"events":[', ",", "]}"),
    "EventBridge": (bridged, compact, "", "", ""),
    "EventBridge, lines": (bridged, compact, "", "\n", "\n"),
    "EventBridge, array": (bridged, compact, "[", ",", "]"),
}
DECODER = Decoder(["eventName", "eventID"], 64 << 20, joined=False)


class Found:
    """What a buffer gives: the numbers of records by position, and the rest."""

    def __init__(self, content: str) -> None:
        self.records: dict[int, int] = {}
        self.broken: list[tuple[int, str]] = []
        self.pieces = 0
        for part in DECODER.decode(content.encode()):
            for row, place in enumerate(part.positions):
                number = json.loads(part.text(row)).get("eventID", "-0").partition("-")[2]
                self.records[self.pieces + place] = int(number)
            self.broken += ((self.pieces + place, reason) for place, reason in part.broken)
            self.pieces += part.pieces
            self.stopped = part.stopped


class Made:
    """A file: its text, and where each record begins and ends in it."""

    def __init__(self, form: str, order: str, count: int, chance: random.Random) -> None:
        wrap, spell, self._head, self._between, self._tail = FORMS[form]
        self.texts = [spell(wrap(_ordered(record(n, **ODD), order, chance))) for n in range(1, count + 1)]

    def __str__(self) -> str:
        return self._head + self._between.join(self.texts) + self._tail

    @property
    def ends(self) -> Iterator[int]:
        end = len(self._head) - len(self._between)
        for each in self.texts:
            end += len(self._between) + len(each)
            yield end


def _ordered(made: dict[str, Any], order: str, chance: random.Random) -> dict[str, Any]:
    keys = list(made)
    match order:
        case "sorted":
            keys.sort()
        case "mixed":
            chance.shuffle(keys)
        case _:
            pass
    return {key: made[key] for key in keys}


MADE = st.builds(
    Made,
    st.sampled_from(list(FORMS)),
    st.sampled_from(["usual", "sorted", "mixed"]),
    st.integers(2, 5),
    st.builds(random.Random, st.integers(0, 10**6)),
)
CHANCE = st.builds(random.Random, st.integers(0, 10**6))
_SCALAR = re.compile(r'(?<=[:,\[ ])(?:"(?:[^"\\]|\\.)*"|\d[\d.]*|null)(?=\s*[,}\]])')


def _places(pattern: str, text: str) -> list[int]:
    return [found.start() + 1 for found in re.finditer(pattern, text[1:-1])]


def bad_value(text: str, chance: random.Random) -> str:
    start, end = chance.choice([found.span() for found in _SCALAR.finditer(text)])
    return text[:start] + chance.choice(["oops", "", "tru", "'x'", "0x1", "{a}", "[1 2]"]) + text[end:]


def bad_separator(text: str, chance: random.Random) -> str:
    at = chance.choice(_places("[:,]", text))
    return text[:at] + chance.choice(["", "::", ",,"]) + text[at + 1 :]


def lost_quote(text: str, chance: random.Random) -> str:
    at = chance.choice(_places(r'(?<!\\)"', text))
    return text[:at] + text[at + 1 :]


def lost_bracket(text: str, chance: random.Random) -> str:
    at = chance.choice(_places(r"[{}\[\]]", text))
    return text[:at] + text[at + 1 :]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.mark.property
@given(made=MADE, chance=CHANCE, damage=st.sampled_from([bad_value, bad_separator]))
def test_one_broken_record_costs_no_other_and_moves_none(
    made: Made, chance: random.Random, damage: Callable[[str, random.Random], str]
) -> None:
    count, number = len(made.texts), chance.randrange(len(made.texts))
    whole = made.texts[number]
    made.texts[number] = damage(whole, chance)
    if _is_json(made.texts[number]):
        return
    answer = Found(str(made))
    assert answer.records == {n: n for n in range(1, count + 1) if n != number + 1}
    assert [place for place, _ in answer.broken] == [number + 1]
    assert answer.stopped is None


@pytest.mark.property
@given(made=MADE, chance=CHANCE, damage=st.sampled_from([lost_quote, lost_bracket]))
def test_a_quote_or_bracket_that_is_lost_costs_no_other_record(
    made: Made, chance: random.Random, damage: Callable[[str, random.Random], str]
) -> None:
    count, number = len(made.texts), chance.randrange(len(made.texts))
    made.texts[number] = damage(made.texts[number], chance)
    if _is_json(made.texts[number]):
        return
    answer = Found(str(made))
    assert {n for n in range(1, count + 1) if n != number + 1} <= set(answer.records.values())
    assert answer.broken


@pytest.mark.property
@given(made=MADE, place=st.floats(0, 1, exclude_max=True))
def test_what_was_whole_before_the_text_ends_is_read(made: Made, place: float) -> None:
    content = str(made)
    end = max(1, int(place * len(content)))
    answer = Found(content[:end])
    assert answer.records == {n: n for n, each in enumerate(made.ends, 1) if each <= end}
    assert len(answer.broken) <= 1


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The characters of each look at a text, whoever looks."""
    seen: list[int] = []

    class Json:
        def raw_decode(self, text: str, at: int) -> tuple[Any, int]:
            try:
                read = decoder.raw_decode(text, at)
            except json.JSONDecodeError as error:
                seen.append(error.pos - at)
                raise
            except RecursionError:
                seen.append(20_000)
                raise
            seen.append(read[1] - at)
            return read

    class Token:
        def match(self, text: str, at: int) -> re.Match[str] | None:
            found = pattern.match(text, at)
            seen.append(found.end() - at if found else len(text) - at)
            return found

    decoder, pattern = values._json, tokens._TOKEN
    monkeypatch.setattr(values, "_json", Json())
    monkeypatch.setattr(tokens, "_TOKEN", Token())
    return seen


NEST = '{"eventVersion":1,"x":['
HOSTILE = {
    "objects in objects": '{"Records":[' + '{"eventVersion":' * 20_000,
    "arrays in objects": '{"Records":[' + NEST * 300 + "1," * 100_000 + "oops",
    "arrays in objects, closed": '{"Records":[' + NEST * 300 + "1," * 100_000 + "oops" + "]}" * 300 + "]}",
    "containers": '{"note":1,"Records":[' * 10_000,
    "containers with a broken head": '{"note":oops,"Records":[' * 10_000,
    "what looks like records": '{"eventName":1,"eventSource":1,"x":[' * 10_000,
    "what looks like records, one after another": '{"eventName":1,"eventSource":1,' * 10_000,
    "brackets alone": "[{" + "[" * 200_000,
    "closing brackets": '{"a":' * 50_000 + "]" * 50_000,
    "quotes": '{"a":"' * 50_000,
    "a string without an end": '{"a":"' + "x" * 2_000_000,
    "values and their keys": '{"Records":[' + '{"a":1},"b":2},' * 20_000,
    "lines without an end": '{"a":{"b":"c\n' * 20_000,
    "blanks": '{"a":oops' + " \t" * 500_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_size_alone(looked_at: list[int], content: str) -> None:
    answer = Found(content)
    assert answer.broken or answer.stopped
    assert sum(looked_at) < 12 * len(content) + 1_000_000
    assert len(looked_at) < 2 * len(content) + 1_000


@pytest.mark.parametrize("name", ["objects in objects", "arrays in objects", "arrays in objects, closed", "quotes"])
def test_what_nests_is_one_broken_record(name: str) -> None:
    answer = Found(HOSTILE[name])
    assert len(answer.broken) == 1


MANY = [record(number, userAgent="x" * 500) for number in range(4, 100)]


def test_records_are_told_from_a_broken_one_that_seems_to_hold_them() -> None:
    torn = compact(record(3))[:-1] + ',"resources":[{"a":oops}'
    content = '{"Records":[' + ",".join([*(compact(record(n)) for n in (1, 2)), torn, *map(compact, MANY)]) + "]}"
    for most in (4_000, 20_000):
        opener = Decoder(["eventName", "eventID"], most, joined=False).opener
        parts = list(Resync(iter((content.encode(),)), opener, most).parts())
        ids = [json.loads(part.text(row))["eventID"] for part in parts for row in range(len(part.records))]
        assert ids == ["id-1", "id-2", *(f"id-{number}" for number in range(4, 100))]
        assert [each for part in parts for each in part.broken] == [(3, "invalid JSON: expecting value")]


ENDS = {
    "in the last record": (text(record(1))[:-2] + ',{"a":oops,"bbbbbbbbbbbbbbbbbbbb":1}]}', "expecting value"),
    "at the very end": (text(record(1))[:-2] + ',{"a":oops}]}', "expecting value"),
    "after the last record": (text(record(1)) + "junk", "expecting value"),
    "in the last text": (text(record(1))[:-2] + ',{"a":"b"x}]}', "expecting ',' delimiter"),
}


@pytest.mark.parametrize(("content", "reason"), ENDS.values(), ids=ENDS)
def test_what_is_broken_at_the_end_does_not_end_too_early(tmp_path: Path, content: str, reason: str) -> None:
    for condition in (want(), want(PUSHES)):
        answer = run(write(tmp_path / "a", content), condition)
        assert (answer.ids, answer.account.failed, answer.account.unreadable) == (["id-1"], 0, 1)
        assert answer.reasons == [(2, f"invalid JSON: {reason}")]
