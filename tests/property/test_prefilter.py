"""What the scan leaves out can never match: a random corpus with traps, judged by plain loops that share no code.

Records are spelled in odd ways (escapes, blanks, keys in any order and twice), hold look-alikes of themselves, nested
and in strings, and come in every container. Conditions are random, with parts that only the engine could decide.
"""

from __future__ import annotations

import itertools
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cloudtrail.scanning import both, either, negation, run, want
from tocsin.cloudtrail import absent, picked, reader
from tocsin.cloudtrail.request import EVENT_ID
from tocsin.plan.expr import Apply, Column, Constant, Expr

Record = dict[str, Any]
Draw = Any

UNKNOWN = Apply("unknown", ())
WORDS = (
    "PutImage",
    "putimage",
    "PUTIMAGE",
    "PutImageTag",
    "GetObject",
    "ecr.amazonaws.com",
    "a/b",
    'q"uote',
    "zoë",
    "x",
    "",
)
VALUES = st.sampled_from([*WORDS, None, True, 5, 1.5, [], {}, ["PutImage"], {"eventName": "PutImage"}, "K"])
PATHS = ("eventName", "eventSource", "userAgent", "requestParameters.name", "requestParameters.items{}", "errorCode")
TEXTS = (
    "PutImage",
    "putIMAGE",
    "Put*",
    "*Image*",
    "GetObject",
    "ecr.amazonaws.com",
    "a/b",
    'q"uote',
    "zoë",
    "ZOË",
    "*",
    "null",
    "5",
    "",
)

ASCII = tuple(text for text in TEXTS if text.isascii())  # of other letters only the engine knows the case


def look_alike(name: str) -> Record:
    return {
        "eventVersion": "1.0",
        "eventName": name,
        "eventSource": "ecr.amazonaws.com",
        "eventTime": "2026-01-01T00:00:00Z",
    }


TRAPS = st.sampled_from(
    [
        look_alike("PutImage"),
        json.dumps(look_alike("PutImage")),
        [look_alike("GetObject")],
        [{}, look_alike("GetObject"), look_alike("PutImage")],
        '"}]},{"eventVersion":"1',
        "},{",
    ]
)


@st.composite
def records(draw: Draw) -> Record:
    made: Record = {"eventVersion": "1.0", "eventTime": "2026-03-07T01:00:00Z"}
    made["eventName"] = draw(st.sampled_from(WORDS))
    made["eventSource"] = draw(st.sampled_from(["ecr.amazonaws.com", "ECR.amazonaws.com", "s3.amazonaws.com"]))
    made["requestParameters"] = draw(
        VALUES
        | TRAPS
        | st.fixed_dictionaries({}, optional={"name": VALUES | TRAPS, "items": st.lists(VALUES, max_size=3)})
    )
    if draw(st.booleans()):
        made["userAgent"] = draw(VALUES | TRAPS)
    if draw(st.booleans()):
        made["errorCode"] = draw(VALUES)
    return dict(draw(st.permutations(list(made.items())))) if draw(st.booleans()) else made


def spelled(text: str, draw: Draw) -> str:
    """A JSON string, some of its characters written as escapes."""
    out = []
    for character in text:
        plain = json.dumps(character, ensure_ascii=draw(st.booleans()))[1:-1]
        if character.isascii() and draw(st.integers(0, 15)) == 0:
            plain = f"\\u{ord(character):04{draw(st.sampled_from('xX'))}}"
        out.append("\\/" if character == "/" and draw(st.booleans()) else plain)
    return '"' + "".join(out) + '"'


def written(value: Any, draw: Draw, *, odd: bool) -> str:
    blank = draw(st.sampled_from(["", " ", "\n "])) if odd else ""
    match value:
        case dict():
            pairs = [
                f"{_text(key, draw, odd)}{blank}:{blank}{written(each, draw, odd=odd)}" for key, each in value.items()
            ]
            if pairs and odd and draw(st.integers(0, 9)) == 0:
                key = draw(st.sampled_from(list(value)))
                pairs.insert(0, f"{json.dumps(key)}:{json.dumps(draw(VALUES))}")  # the later one counts
            return "{" + f"{blank},".join(pairs) + "}"
        case list():
            return "[" + f"{blank},".join(written(each, draw, odd=odd) for each in value) + "]"
        case str():
            return _text(value, draw, odd)
        case _:
            return json.dumps(value)


def _text(text: str, draw: Draw, odd: bool) -> str:
    return spelled(text, draw) if odd else json.dumps(text)


@st.composite
def corpora(draw: Draw) -> tuple[str, list[Record]]:
    """The text of a file, and the records in it."""
    made = draw(st.lists(records(), min_size=1, max_size=7))
    for number, each in enumerate(made):
        each["eventID"] = f"id-{number}"
    texts = [written(each, draw, odd=draw(st.booleans())) for each in made]
    match draw(st.sampled_from(["records", "records", "nested", "lines", "array", "bridge", "lookup", "logs"])):
        case "records":
            return '{"Records":[' + ",".join(texts) + "]}", made
        case "nested":
            inner = draw(st.integers(0, len(texts)))
            return '{"Records":[' + ",".join(
                ['{"Records":[' + ",".join(texts[:inner]) + "]}", *texts[inner:]]
            ) + "]}", made
        case "lines":
            return "\n".join(text.replace("\n", " ") for text in texts) + "\n", made
        case "array":
            return "[" + ",\n".join(texts) + "]", made
        case "bridge":
            return "\n".join('{"detail-type":"x","detail":' + text + "}" for text in texts), made
        case "lookup":
            events = ",".join('{"CloudTrailEvent":' + spelled(text, draw) + "}" for text in texts)
            return '{"Events":[' + events + "]}", made
        case _:
            events = ",".join('{"id":"1","message":' + spelled(text, draw) + "}" for text in texts)
            return '{"logEvents":[' + events + "]}", made


def atoms(texts: tuple[str, ...]) -> st.SearchStrategy[Expr]:
    def comparison(function: str, path: str, text: str) -> Expr:
        return Apply(function, (Column(path), Constant(text)))

    functions = st.sampled_from(["search_equal", "search_equal", "search_not_equal"])
    return st.one_of(
        st.builds(comparison, functions, st.sampled_from(PATHS), st.sampled_from(texts)),
        st.builds(lambda path: Apply("exists", (Column(path),)), st.sampled_from(PATHS)),
    )


CONSTANTS = st.sampled_from([Constant(True), Constant(False), Constant(None)])


def conditions(*leaves: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.recursive(
        st.one_of(*leaves),
        lambda inner: st.one_of(
            st.builds(both, inner, inner),
            st.builds(either, inner, inner),
            st.builds(negation, inner),
            st.builds(both, inner),
        ),
        max_leaves=5,
    )


def matches(condition: Expr, record: Record, unknown: Iterator[bool | None]) -> bool | None:
    """Three-valued, by plain loops."""
    match condition:
        case Constant(value):
            return value  # type: ignore[return-value]
        case Apply("unknown", _):
            return next(unknown)
        case Apply("not", (arg,)):
            inner = matches(arg, record, unknown)
            return None if inner is None else not inner
        case Apply("and" | "or" as function, args):
            decisive = function == "or"
            outcomes = [matches(arg, record, unknown) for arg in args]
            return decisive if decisive in outcomes else None if None in outcomes else not decisive
        case Apply("exists", (Column(path),)):
            return bool(values(record, path))
        case Apply("search_equal", (Column(path), Constant(str() as text))):
            return any(same(value, text) for value in values(record, path))
        case Apply("search_not_equal", (Column(path), Constant(str() as text))):
            return any(not same(value, text) for value in values(record, path))
        case _:
            raise AssertionError(condition)


def may_match(condition: Expr, record: Record) -> bool:
    """Whether some outcome of the unknown parts makes the condition true."""
    count = str(condition).count("'unknown'")
    return any(
        matches(condition, record, iter(outcome)) is True
        for outcome in itertools.product([True, False, None], repeat=count)
    )


def values(record: Record, path: str) -> list[str]:
    found: list[Any] = [record]
    for key in path.split("."):
        found = [
            each[key.removesuffix("{}")] for each in found if isinstance(each, dict) and key.removesuffix("{}") in each
        ]
        if key.endswith("{}"):
            found = [inner for each in found if isinstance(each, list) for inner in each]
    return [each if isinstance(each, str) else json.dumps(each) for each in found if not isinstance(each, dict | list)]


def same(value: str, text: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in text.split("*"))
    return re.fullmatch(pattern, value, re.IGNORECASE | re.ASCII | re.DOTALL) is not None


@pytest.fixture(autouse=True, scope="module")
def small_steps() -> Iterator[None]:
    """Long files are read in steps; let short ones be long."""
    with pytest.MonkeyPatch.context() as change:
        change.setattr(absent, "_CHUNK", 64)
        change.setattr(reader, "_WORTH", 16)
        change.setattr(picked, "_PIECE", 64)
        yield


def candidates(content: str, condition: Expr, *, full_count: bool = False) -> set[str]:
    return {each[EVENT_ID] for each in placed(content, condition, full_count=full_count)}


def placed(content: str, condition: Expr, *, full_count: bool = False) -> list[Record]:
    """The candidates with their places in the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_text(content, encoding="utf-8", newline="")
        return run(path, want(condition, paths=()), full_count=full_count).rows


@pytest.mark.property
@settings(max_examples=120, deadline=None)
@given(corpora(), conditions(atoms(TEXTS), st.just(UNKNOWN), CONSTANTS))
def test_what_may_match_is_never_left_out(corpus: tuple[str, list[Record]], condition: Expr) -> None:
    content, made = corpus
    possible = {each["eventID"] for each in made if may_match(condition, each)}
    assert possible <= candidates(content, condition)
    assert possible <= candidates(content, condition, full_count=True)


@pytest.mark.property
@settings(max_examples=120, deadline=None)
@given(corpora(), conditions(atoms(ASCII)))
def test_without_unknown_parts_the_candidates_are_the_matches(
    corpus: tuple[str, list[Record]], condition: Expr
) -> None:
    content, made = corpus
    expected = {each["eventID"] for each in made if matches(condition, each, iter(())) is True}
    found = placed(content, condition)
    assert {each[EVENT_ID] for each in found} == expected
    assert placed(content, condition, full_count=True) == found


@pytest.mark.property
@settings(max_examples=50, deadline=None)
@given(st.lists(corpora(), min_size=2, max_size=4), conditions(atoms(ASCII)))
def test_a_match_is_found_beside_any_other_file(corpora: list[tuple[str, list[Record]]], condition: Expr) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, (content, _) in enumerate(corpora):
            Path(folder, str(number)).write_text(content, encoding="utf-8", newline="")
        found = run(Path(folder), want(condition, paths=()))
    expected = [each["eventID"] for _, made in corpora for each in made if matches(condition, each, iter(())) is True]
    assert found.ids == expected
