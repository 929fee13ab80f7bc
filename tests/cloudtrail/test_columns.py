"""The leaves of a record under Splunk's names, the same on the fast path, the exact one, and for wildcards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cloudtrail.scanning import record, run, text, want, write
from tocsin.cloudtrail import exact
from tocsin.cloudtrail.columns import Columns
from tocsin.cloudtrail.leaves import leaves, leaves_of
from tocsin.cloudtrail.paths import EACH, routes
from tocsin.cloudtrail.shape import shape


def value(content: str, path: str) -> Any:
    """A leaf as the fast decoder gives it, checked against the exact one."""
    import msgspec

    made = shape([path], joined=True)
    exactly = exact.record(content.encode(), made.record)
    fast: Any = msgspec.json.decode(content, type=made.record)
    found = [
        way
        for each in (fast, exactly)
        for way in (
            Columns(made, [each], lambda _: exactly, lambda _: content.encode()).value(path, 0),
            Columns(made, [each], lambda _: exactly, lambda _: content.encode()).whole(path)[0],
        )
    ]
    assert found.count(found[0]) == 4
    return found[0]


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        ('{"a":"x"}', "a", "x"),
        ('{"a":""}', "a", ""),
        ('{"a":null}', "a", "null"),
        ('{"a":true}', "a", "true"),
        ('{"a":false}', "a", "false"),
        ('{"a":3600}', "a", "3600"),
        ('{"a":1.0}', "a", "1.0"),
        ('{"a":1E5}', "a", "1E5"),
        ('{"a":12345678901234567890123}', "a", "12345678901234567890123"),
        ('{"a":{}}', "a", None),
        ('{"a":[]}', "a", None),
        ('{"a":{"b":1}}', "a", None),
        ('{"a":["x"]}', "a", None),
        ("{}", "a", None),
        ('{"a":{"b":{"c":"x"}}}', "a.b.c", "x"),
        ('{"a":{"b":"x"}}', "a.b.c", None),
        ('{"a":null}', "a.b", None),
        ('{"a":"text"}', "a.b", None),
        ('{"a":[{"b":1}]}', "a.b", None),
        ('{"a":{"b.c":"x"}}', "a.b.c", "x"),
        ('{"a.b":{"c":"x"}}', "a.b.c", "x"),
        ('{"a.b.c":"x"}', "a.b.c", "x"),
        ('{"a":{"b.c":"flat","b":{"c":"deep"}}}', "a.b.c", "deep"),
        ('{"a":{"x-amz/key: 1":"x"}}', "a.x-amz/key: 1", "x"),
        ('{"a":{"":"x"}}', "a.", "x"),
        ('{"ключ":{"é":"x"}}', "ключ.é", "x"),
        ('{"a":["x","y","x",1,2.50,null,true]}', "a{}", ["x", "y", "x", "1", "2.50", "null", "true"]),
        ('{"a":[]}', "a{}", None),
        ('{"a":"x"}', "a{}", None),
        ('{"a":[[1,[2]],[3]]}', "a{}{}", ["1", "3"]),
        ('{"a":[{"b":"x"},{"c":1},"z",{"b":null},{"b":["y"]}]}', "a{}.b", ["x", "null"]),
        ('{"a":{"b":[{"c":[{"d":1},{"d":2}]},{"c":[{"d":3}]}]}}', "a.b{}.c{}.d", ["1", "2", "3"]),
        ('{"a":"x","a":"y"}', "a", "y"),
        ('{"a":{"b":1},"a":{"c":2}}', "a.b", None),
    ],
)
def test_leaves(content: str, path: str, expected: Any) -> None:
    assert value(content, path) == expected


@pytest.mark.parametrize("path", ['a"b', "a\\b", "a\nb", "a." + "b." * 40 + "c", "x" + EACH * 40])
def test_paths_that_no_struct_can_have_are_found_all_the_same(tmp_path: Path, path: str) -> None:
    keys = path.replace(EACH, "").split(".")
    nested: Any = "x"
    for _ in range(path.count(EACH)):
        nested = [nested]
    for key in reversed(keys):
        nested = {key: nested}
    answer = run(write(tmp_path / "a", text(record(1, **nested))), want(paths=(path,)))
    assert answer.rows[0][path] == (["x"] if EACH in path else "x")


def test_flattened_exports_are_read(tmp_path: Path) -> None:
    flat = {"userIdentity.userName": "maya", **record(1, userIdentity=None)}
    assert run(write(tmp_path / "a", text(flat))).rows[0]["userIdentity.userName"] == "maya"


def test_a_wildcard_gives_every_leaf_that_fits(tmp_path: Path) -> None:
    parameters = {"a": 1.50, "b": {"c": ["x", None]}, "d": {}, "e.f": "y", "long": [{"g": 1}, {"g": 2}]}
    content = text(record(1, requestParameters=parameters), record(2)).replace("1.5,", "1.50,")
    rows = run(write(tmp_path / "a", content), want(paths=(), patterns=("requestParameters.*", "*.userName"))).rows
    visible = [{name: each for name, each in row.items() if not name.startswith("__")} for row in rows]
    assert visible == [
        {
            "requestParameters.a": "1.50",
            "requestParameters.b.c{}": ["x", "null"],
            "requestParameters.e.f": "y",
            "requestParameters.long{}.g": ["1", "2"],
            "userIdentity.userName": "maya",
        },
        {"requestParameters.repositoryName": "shop", "userIdentity.userName": "maya"},
    ]


def test_routes_are_all_ways_to_read_the_dots() -> None:
    assert set(routes("a.b.c")) == {("a", "b", "c"), ("a", "b.c"), ("a.b", "c"), ("a.b.c",)}
    assert len(routes(".".join("abcdefgh"))) == 128
    assert len(routes(".".join("abcdefghijklmnop"))) < 300


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["a", "null", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from("abc"), JSON))
def test_every_leaf_that_flattening_finds_is_found_by_its_path(object_: dict[str, Any]) -> None:
    content = json.dumps(object_)
    for name, leaf in leaves(exact.parse(content)).items():
        assert value(content, name) == leaf


ANY = st.recursive(
    JSON | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**70), 2**70),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["", "a", "a.b", "b{}", "\n", "\ud800"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["a", "a.b", "b", ""]), ANY))
@example({"a": {"": {"": 1}}})
@example({"b{}": 1, "b": [2, 3.50]})
def test_all_leaves_are_found_in_the_text_as_in_what_it_says(object_: dict[str, Any]) -> None:
    content = json.dumps(object_)
    found = leaves_of(content.encode())
    assert found == leaves(exact.parse(content))
    assert list(found) == list(leaves(exact.parse(content)))


@pytest.mark.parametrize(
    "content",
    ['{"a":-0,"b":1.50,"c":1e3}', '{"a":"x\ty"}', '{"a":1,"a":2}', '{"a":"\\ud800"}', "[" * 5000 + "]" * 5000],
)
def test_odd_texts_have_the_same_leaves(content: str) -> None:
    try:
        expected = leaves(exact.parse(content))
    except RecursionError:
        with pytest.raises(RecursionError):
            leaves_of(content.encode())
        return
    assert leaves_of(content.encode()) == expected
