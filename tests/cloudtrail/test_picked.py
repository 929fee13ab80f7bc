"""Of a long file with few matches, only those are decoded, with their positions in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cloudtrail.scanning import equal, record, run, text, want, write
from tocsin.cloudtrail import picked
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.request import SEQ

HITS = (3, 70, 71, 149)
OTHER = {"userAgent": "x" * 1000, "eventName": "GetObject"}
INNER = {"eventVersion": "1.0", "eventName": "PutImage", "eventSource": "ecr.amazonaws.com"}


@pytest.fixture(autouse=True, params=[1, 5000, 1 << 18], ids="pieces of {}".format)
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read over at a time: a record, a few of them, all."""
    monkeypatch.setattr(picked, "_PIECE", request.param)


def records() -> list[dict[str, Any]]:
    return [record(n, **({} if n in HITS else OTHER)) for n in range(1, 151)]


def lines(*given: Any) -> str:
    return "\n".join(json.dumps(each, separators=(",", ":")) for each in given)


@pytest.mark.parametrize("spell", [text, lines, lambda *given: lines(*given) + "\n"])
def test_few_are_decoded_and_keep_their_positions(tmp_path: Path, spell: Any) -> None:
    content = spell(*records())
    answer = run(write(tmp_path / "a", content), want(equal("eventName", "PutImage")))
    assert [row[SEQ] & 0xFFFFFFFF for row in answer.rows] == list(HITS)
    assert answer.account.decoded == len(HITS)
    assert len(content) - 2000 < answer.account.skipped_bytes < len(content)
    assert answer.account.skipped_files == 0


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(text(*records()).replace("},{", "} ,{"), id="blanks between records"),
        pytest.param(text(*records()).replace('"eventSource"', '"source"', 3), id="what is no record"),
        pytest.param(text(*records()).replace('"id-70"', '"id-70"}', 1), id="broken before a hit"),
        pytest.param(
            lines(*records()).replace('"eventName":"PutImage"', '\n"eventName":"PutImage"', 1), id="two lines"
        ),
        pytest.param(text(*records()).replace('"shop"', '["shop"', 1), id="broken in the first record"),
        pytest.param(
            text(record(0, **OTHER), {"Records": records()[:2]}, *records()[2:]), id="a container before a hit"
        ),
        pytest.param(
            lines(record(0, **OTHER), {"Records": records()[:2]}, *records()[2:]),
            id="a container before a line with a hit",
        ),
        pytest.param(lines(record(0, **OTHER)) + "," + lines(*records()), id="a comma between two on a line"),
        pytest.param(text(record(0, a=[{}, INNER, INNER], **OTHER), *records()), id="look-alikes before a hit"),
        pytest.param(text(*records()[:9], record(0, a=[{}, INNER, INNER])), id="look-alikes in the last record"),
        pytest.param(text(*records()[:9], record(0, a=[{}, INNER, OTHER | INNER, {}]), record(9)), id="in a record"),
    ],
)
def test_all_is_decoded_where_it_cannot_be_told_what_is_what(tmp_path: Path, content: str) -> None:
    path, asked = write(tmp_path / "a", content), want(equal("eventName", "PutImage"))
    answer, whole = run(path, asked), run(path, asked, full_count=True)
    assert answer.rows == whole.rows
    assert answer.account.decoded == whole.account.decoded > len(HITS)


def test_empty_lines_are_no_records(tmp_path: Path) -> None:
    path, asked = write(tmp_path / "a", lines(*records()).replace("\n", "\n\n")), want(equal("eventName", "PutImage"))
    answer = run(path, asked)
    assert answer.rows == run(path, asked, full_count=True).rows
    assert answer.account.decoded == len(HITS)


@pytest.mark.parametrize("odd", ['"}]},{"eventVersion":"1', '},{"eventVersion":"1"},{', json.dumps(INNER), "}\n{"])
@pytest.mark.parametrize("spell", [text, lines])
def test_what_looks_like_a_boundary_in_a_string_is_none(tmp_path: Path, odd: str, spell: Any) -> None:
    changed = [
        {**each, "userAgent": odd, "x": [{}, odd]} if n % 50 in (1, 19) else each for n, each in enumerate(records())
    ]
    path, asked = write(tmp_path / "a", spell(*changed)), want(equal("eventName", "PutImage"))
    answer = run(path, asked)
    assert answer.rows == run(path, asked, full_count=True).rows
    assert [row[SEQ] & 0xFFFFFFFF for row in answer.rows] == list(HITS)
    assert answer.account.decoded < 20


def test_every_byte_is_decoded_or_counted_as_left_out(tmp_path: Path) -> None:
    made = records()
    answer = run(write(tmp_path / "a", text(*made)), want(equal("eventName", "PutImage")))
    hits = sum(len(json.dumps(made[n - 1], separators=(",", ":"))) for n in HITS)
    assert answer.account.skipped_bytes == answer.account.raw_bytes - hits


def test_a_record_beyond_the_limit_is_not_picked() -> None:
    content = text(record(1, userAgent="x" * 100), record(2)).encode()
    place = [content.index(b"PutImage")]
    assert Decoder(["eventName"], 10_000, joined=False).picked(content, place) is not None
    assert Decoder(["eventName"], 200, joined=False).picked(content, place) is None


@pytest.mark.parametrize("places", [[0], [3], [10**9]])
def test_a_place_outside_of_records_is_in_none(places: list[int]) -> None:
    assert Decoder(["eventName"], 10_000, joined=False).picked(text(record(1)).encode(), places) is None


@pytest.mark.parametrize("between", ["", " "])
def test_several_records_may_stand_on_a_line(tmp_path: Path, between: str) -> None:
    content = lines(record(0, **OTHER)) + between + lines(*records())
    path, asked = write(tmp_path / "a", content), want(equal("eventName", "PutImage"))
    answer = run(path, asked)
    assert answer.rows == run(path, asked, full_count=True).rows
    assert [row[SEQ] & 0xFFFFFFFF for row in answer.rows] == [hit + 1 for hit in HITS]
