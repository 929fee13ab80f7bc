"""Files too long to be held whole give what others give; short steps stand for long files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cloudtrail.scanning import PUSHES, Answer, record, run, text, want, write
from tests.cloudtrail.test_containers import CONTAINERS
from tocsin.cloudtrail import inflate, long, reader, usual, whole, window
from tocsin.cloudtrail.usual import records_in

TRAP = {"nested": [{"eventVersion": "1", "eventName": "x"}, {"eventVersion": "2"}], "text": '},{"eventVersion":"1"'}
MANY = [
    record(number, eventName="PutImage" if number % 50 == 0 else "GetObject", requestParameters=TRAP)
    for number in range(1, 301)
]
IDS = [f"id-{number}" for number in range(1, 301)]


def shorten(change: pytest.MonkeyPatch) -> None:
    change.setattr(inflate, "WHOLE", 500)
    change.setattr(inflate, "READ", 700)
    change.setattr(reader, "WHOLE", 500)
    change.setattr(whole, "WHOLE", 500)
    change.setattr(long, "PIECE", 3000)
    change.setattr(long, "_TAIL", 900)
    change.setattr(window, "_STEP", 1000)


@pytest.fixture
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch)


def lines(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in records)


SHAPES = {
    "records": text(*MANY),
    "records-indented": json.dumps({"Records": MANY}, indent=2),
    "records-and-more": json.dumps({"Records": MANY, "more": [{"Records": 1}]}),
    "records-last": json.dumps({"more": 1, "Records": MANY}),
    "array": json.dumps(MANY),
    "array-indented": json.dumps(MANY, indent=4),
    "lines": lines(MANY),
    "concatenated-indented": "\n".join(json.dumps(each, indent=1) for each in MANY),
    "many-envelopes": "".join(text(*MANY[at : at + 20]) for at in range(0, 300, 20)),
    "logs": lines([{"logEvents": [{"message": json.dumps(each)}]} for each in MANY]),
    "envelope-after-other-keys": json.dumps(
        {"messageType": "x", "logEvents": [{"message": json.dumps(each)} for each in MANY]}
    ),
    "array-of-envelopes": json.dumps([{"Records": MANY[:290]}, {"a": 1, "Records": MANY[290:299]}, MANY[299]]),
    "lines-then-indented": lines(MANY[:150]) + "\n".join(json.dumps(each, indent=1) for each in MANY[150:]),
    "keys-backwards": text(*(dict(reversed(each.items())) for each in MANY)),
    "mixed": "[" + ",".join([*map(json.dumps, MANY[:150]), "5", *map(json.dumps, MANY[150:])]) + "]",
}


def apart(answer: Answer) -> tuple[list[str], dict[str, int]]:
    account = answer.account
    counts = {
        name: getattr(account, name) for name in ("decoded", "not_cloudtrail", "unreadable", "failed", "raw_bytes")
    }
    return answer.ids, counts


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_long_files_give_every_record(tmp_path: Path, short_steps: None, content: str, packed: bool) -> None:
    path = write(tmp_path / "a", content, packed=packed)
    answer = run(path, want(raw=True))
    assert answer.ids == IDS
    assert (answer.account.failed, answer.account.unreadable) == (0, 0)
    assert [row["eventName"] for row in answer.rows] == [each["eventName"] for each in MANY]
    pushes = run(path, want(PUSHES))
    assert pushes.ids == IDS[49::50]
    assert [row["__tocsin_seq"] for row in answer.rows if row["eventName"] == "PutImage"] == [
        row["__tocsin_seq"] for row in pushes.rows
    ] or pushes.account.skipped_bytes


@pytest.mark.parametrize("content", CONTAINERS.values(), ids=CONTAINERS)
def test_short_files_in_shorter_steps(tmp_path: Path, short_steps: None, content: str) -> None:
    answer = run(write(tmp_path / "a", content))
    assert (answer.ids, answer.account.failed) == (["id-1", "id-2"], 0)


def broken() -> Iterator[str]:
    for content in (SHAPES["records"], SHAPES["lines"], SHAPES["array-indented"]):
        middle = content.index("id-150")
        yield content[:middle] + '"' + content[middle:]
        yield content[: middle - 100] + content[middle + 100 :]
        yield content[:-3]
        yield content[:middle]
        yield content.replace("id-150", "id-150\x00")
        yield content + "}"
        yield content + "\n" + text(record(301))


@pytest.mark.parametrize("content", list(broken()))
def test_a_broken_long_file_gives_what_a_short_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    path = write(tmp_path / "a", content)
    expected = apart(run(path))
    with monkeypatch.context() as change:
        shorten(change)
        assert apart(run(path)) == expected
    assert len(expected[0]) >= 148


def test_lines_that_no_record_can_match_go_unread(tmp_path: Path, short_steps: None) -> None:
    content = lines([{**each, "eventName": "GetObject"} for each in MANY])
    account = run(write(tmp_path / "a", content), want(PUSHES)).account
    assert account.skipped_bytes > len(content) * 0.8
    assert account.failed == 0


def test_a_record_longer_than_allowed_is_passed_over_in_a_long_file(tmp_path: Path, short_steps: None) -> None:
    long_one = record(2, userAgent="x" * 20_000)
    for content in (text(record(1), long_one, *MANY[2:]), lines([record(1), long_one, *MANY[2:]])):
        answer = run(write(tmp_path / "a", content), max_record=9_000)
        assert answer.ids == ["id-1", *IDS[2:]]
        assert answer.reasons == [(2, "longer than 9,000 bytes")]


def test_a_hundred_megabytes_take_little_memory(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, json; from tests.cloudtrail.scanning import record, text\n"
        "big = text(record(1), record(2, userAgent='x' * 100_000_000), record(3))\n"
        "open(sys.argv[1], 'w').write(big)"
    )
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("no /proc to read the peak of a process from")
    # Not getrusage: its peak begins with that of the process that started this one, here the tests'.
    scan = (
        "import sys, pathlib, re; from tests.cloudtrail.scanning import run\n"
        "answer = run(pathlib.Path(sys.argv[1]))\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+) kB', pathlib.Path('/proc/self/status').read_text())\n"
        "print(answer.ids, answer.reasons, int(peak[1]) // 1024)"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, tmp_path / "a"], check=True, cwd=root)
    done = subprocess.run(
        [sys.executable, "-c", scan, tmp_path / "a"], check=True, cwd=root, capture_output=True, text=True
    )
    told, _, megabytes = done.stdout.strip().rpartition(" ")
    assert told == "['id-1', 'id-3'] [(2, 'longer than 67,108,864 bytes')]"
    assert int(megabytes) < 450


def test_positions_count_what_went_unread(tmp_path: Path, short_steps: None) -> None:
    quiet = [{**each, "eventName": "GetObject"} for each in MANY]
    for blank in ("", "\n"):
        content = lines(quiet[:200]) + blank + lines([record(201)]) + lines(quiet[201:])
        path = write(tmp_path / "a", content)
        selective, full = run(path, want(PUSHES)), run(path, want(PUSHES), full_count=True)
        assert selective.rows == full.rows
        assert selective.rows[0]["__tocsin_seq"] == 201
        assert selective.account.skipped_bytes > 30_000


QUIET = [{**each, "eventName": "GetObject", "requestParameters": None} for each in MANY]
PLAIN = [json.dumps(each, separators=(",", ":")) for each in QUIET]
UNEVEN = {
    "a container": json.dumps({"Records": QUIET[:2]}),
    "a container of none": json.dumps({"Records": []}),
    "two records": PLAIN[0] + PLAIN[1],
    "two records and a blank": PLAIN[0] + " " + PLAIN[1],
    "two records and a comma": PLAIN[0] + "," + PLAIN[1],
    "a message": json.dumps({"message": PLAIN[0]}),
    "two messages": json.dumps({"logEvents": [{"message": PLAIN[0]}, {"message": PLAIN[1]}]}),
    "what is no record": '{"eventVersion":"1.0"}',
    "nothing": " ",
}


@pytest.mark.parametrize("odd", UNEVEN.values(), ids=UNEVEN)
@pytest.mark.parametrize("spell", [json.dumps, lambda each: json.dumps(each, separators=(",", ":"))])
def test_lines_that_hold_more_or_less_than_a_record_move_no_position(
    tmp_path: Path, short_steps: None, odd: str, spell: Callable[[object], str]
) -> None:
    made = [odd if n % 7 == 3 else spell(each) for n, each in enumerate(QUIET)]
    made[280] = spell(record(1000))
    path = write(tmp_path / "a", "\n".join(made) + "\n")
    selective, full = run(path, want(PUSHES)), run(path, want(PUSHES), full_count=True)
    assert selective.rows == full.rows
    assert selective.ids == ["id-1000"]


def test_plain_lines_are_counted_and_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "_record", None)
    content = lines(QUIET).encode()
    assert records_in(content) == records_in(content.replace(b"\n", b"\r\n")) == 300


@pytest.mark.parametrize("odd", UNEVEN.values(), ids=UNEVEN)
def test_lines_are_counted_as_the_decoder_does(odd: str) -> None:
    content = "\n".join([*PLAIN[:5], odd, *PLAIN[5:9], ""]).encode()
    expected = {UNEVEN["two records"]: 11, UNEVEN["two records and a blank"]: 11, UNEVEN["nothing"]: 9}
    assert records_in(content) == expected.get(odd)


def test_nested_names_of_records_are_counted_by_the_decoder() -> None:
    nested = [{**each, "requestParameters": {"eventName": "x", "eventSource": "y"}} for each in QUIET]
    assert records_in(lines(nested).encode()) == 300
