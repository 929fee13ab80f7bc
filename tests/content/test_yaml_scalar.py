"""Each character of a scalar leads back to the one that a person typed."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.content.yaml_document import read_document
from tocsin.content.yaml_scalar import compose_scalar
from tocsin.content.yaml_value import Scalar
from tocsin.source import Composed, Source, Span


def scalar(yaml_text: str) -> Composed:
    value = read_document(Source("a.yml", yaml_text)).values["k"]
    assert isinstance(value, Scalar)
    return value.composed


def origin(composed: Composed, word: str) -> str:
    """What stands in the file where `word` of the text came from."""
    at = composed.text.index(word)
    return composed.span(at, at + len(word)).text


@pytest.mark.parametrize(
    ("yaml_text", "text"),
    [
        ("k: plain words", "plain words"),
        ("k: two\n  lines", "two lines"),
        ("k: two\n\n\n  lines", "two\n\nlines"),
        ("k: two\r\n  lines\r\nj: x", "two lines"),
        ("k: 'it''s ''quoted'''", "it's 'quoted'"),
        ("k: 'two   \n    lines'", "two lines"),
        ("k: ' edges '", " edges "),
        ('k: "tab\\tand \\"quote\\" \\u00e9 \\x41"', 'tab\tand "quote" é A'),
        ('k: "joined \\\n   lines"', "joined lines"),
        ('k: "joined\\\n\n\n   lines"', "joined\n\nlines"),
        ('k: "kept\\ \n  blank"', "kept  blank"),
        ("k: |\n  one\n   two\n\n  three\n", "one\n two\n\nthree\n"),
        ("k: |-\n  one\n  two\n", "one\ntwo"),
        ("k: |+\n  one\n\n\nj: x\n", "one\n\n\n"),
        ("k: |2\n    deep\n  flat\n", "  deep\nflat\n"),
        ("k: |\n\n\n  late\n", "\n\nlate\n"),
        ("k: |\n  a\n# not of it\nj: x", "a\n"),
        ("k: >\n  one\n  two\n\n  three\n", "one two\nthree\n"),
        ("k: >-\n  one\n    more\n  two\n", "one\n  more\ntwo"),
        ("k: >+\n  one\n  two\n\n", "one two\n\n"),
        ("k: >-\r\n  one\r\n  two\r\n", "one two"),
        ("k: ''", ""),
        ("k: |\nj: x", ""),
        ("k: \U0001f600 smiles", "\U0001f600 smiles"),
    ],
)
def test_text_and_places_agree(yaml_text: str, text: str) -> None:
    composed = scalar(yaml_text)
    assert composed.text == text
    assert sum(piece.length for piece in composed.pieces) == len(text)
    assert all(piece.exact or piece.length == 1 for piece in composed.pieces), "every character has its own place"


@pytest.mark.parametrize(
    ("yaml_text", "word", "written"),
    [
        ("k: find me here", "me", "me"),
        ("k: find\n     me here", "find me", "find\n     me"),
        ("k: 'it''s me'", "it's", "it''s"),
        ("k: 'it''s me'", "me", "me"),
        ('k: "\\"me\\" too"', '"me"', '\\"me\\"'),
        ('k: "\\u0041me"', "A", "\\u0041"),
        ('k: "long \\\n      line me"', "me", "me"),
        ("k: |\n    one\n    me\n", "me", "me"),
        ("k: >\n  one\n  two me\n", "me", "me"),
        ("k: >\n  one\n  two\n", "one two", "one\n  two"),
    ],
)
def test_a_word_leads_back_to_where_it_was_written(yaml_text: str, word: str, written: str) -> None:
    assert origin(scalar(yaml_text), word) == written


def test_what_cannot_be_followed_maps_as_a_whole() -> None:
    source = Source("a", "raw")
    composed = compose_scalar("something else", Span(source, 0, 3), "")
    assert composed.text == "something else"
    assert composed.span(3, 5) == Span(source, 0, 3)


TYPED = st.text(alphabet=st.sampled_from("ab '\"\\\t:#-|>`$\n\r\u00e9\U0001f600"), max_size=40)
WORDS = st.text(alphabet=st.sampled_from("ab '\"\\\t:#-|>`$\n\r\u00e9\x85\u2028\U0001f600"), max_size=40)


@pytest.mark.property
@settings(max_examples=400, deadline=None)
@given(text=TYPED, style=st.sampled_from([None, "'", '"', "|", ">"]), width=st.sampled_from([5, 20, 1000]))
def test_any_scalar_that_yaml_writes_is_followed(text: str, style: str | None, width: int) -> None:
    written = yaml.dump({"k": text}, default_style=style, width=width, allow_unicode=True)
    value = read_document(Source("a.yml", written)).values["k"]
    assert isinstance(value, Scalar)
    composed = value.composed
    assert composed.text == value.text
    assert sum(piece.length for piece in composed.pieces) == len(composed.text)
    followed = all(piece.exact or piece.length == 1 for piece in composed.pieces)
    assert followed, "no scalar maps as a whole"
    for at, char in enumerate(composed.text):
        if char.isalnum():
            place = composed.span(at, at + 1).text
            assert place == char or place.startswith("\\")


@pytest.mark.property
@settings(max_examples=400, deadline=None)
@given(raw=WORDS, style=st.sampled_from(["'", '"', "|\n", ">\n", ">-\n", "|2\n", ""]))
def test_any_text_that_yaml_reads_keeps_its_length(raw: str, style: str) -> None:
    lines = raw.replace("\n", "\n   ")
    written = f"k: {style}   {lines}" if style.endswith("\n") else f"k: {style}{lines}{style}"
    try:
        events = list(yaml.parse(written, Loader=yaml.CBaseLoader))
    except yaml.YAMLError:
        return
    source = Source("a.yml", written)
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            assert event.start_mark is not None and event.end_mark is not None
            span = Span(source, event.start_mark.index, event.end_mark.index)
            composed = compose_scalar(event.value, span, event.style or "")
            assert composed.text == event.value
            assert sum(piece.length for piece in composed.pieces) == len(event.value)
