"""The scan as a whole: real records, standard input, the window, and an end by Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.cloudtrail.scanning import PUSHES, SHARED, record, run, run_all, text, want, write
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME, Request
from tocsin.cloudtrail.scan import scan

ROOT = Path(__file__).parents[2]
real = pytest.mark.skipif(not SHARED.exists(), reason="real CloudTrail is not here")


def test_tables_have_hidden_columns_first_and_paths_as_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a", text(record(1, resources=[{"ARN": "x"}])))
    wanted = want(paths=("eventName", "resources{}.ARN", "absent"), raw=True)
    found = find([str(path)], None, None)
    ((index, table),) = scan(Request((wanted,)), found.files, jobs=1, account=ScanAccount())
    assert index == 0
    assert table.column_names[:4] == [EVENT_ID, TIME, OFFSET, SEQ]
    assert set(table.column_names[4:]) == {"eventName", "resources{}.ARN", RAW}
    assert [table.schema.field(name).type for name in (EVENT_ID, TIME, OFFSET, SEQ)] == [
        pa.string(),
        pa.float64(),
        pa.int16(),
        pa.int64(),
    ]
    assert table.schema.field("resources{}.ARN").type == pa.list_(pa.string())


def test_the_window_is_half_open_and_what_is_outside_is_counted(tmp_path: Path) -> None:
    times = ["2026-03-07T00:59:59.999999Z", "2026-03-07T01:00:00Z", "2026-03-07T02:59:59+01:00", "2026-03-07T02:00:00Z"]
    write(tmp_path / "a", text(*(record(n, eventTime=each) for n, each in enumerate(times))))
    answer = run(tmp_path, earliest=1772845200.0, latest=1772848800.0)
    assert answer.ids == ["id-1", "id-2"]
    assert [row[OFFSET] for row in answer.rows] == [0, 60]
    assert (answer.account.decoded, answer.account.outside_window, answer.account.candidates) == (4, 2, 2)


def test_one_pass_serves_all_wants(tmp_path: Path) -> None:
    write(tmp_path / "a", text(record(1), record(2, eventName="GetObject")))
    rows, account = run_all(
        tmp_path, [want(PUSHES, paths=("eventName",)), want(paths=("awsRegion",)), want(patterns=("user*",))]
    )
    assert [[row[EVENT_ID] for row in each] for each in rows] == [["id-1"], ["id-1", "id-2"], ["id-1", "id-2"]]
    assert [set(each[0]) - {EVENT_ID, TIME, OFFSET, SEQ} for each in rows[:2]] == [{"eventName"}, {"awsRegion"}]
    assert (account.files, account.decoded, account.candidates) == (1, 2, 2)


def test_a_scan_of_nothing_gives_nothing() -> None:
    account = ScanAccount()
    assert list(scan(Request((want(),)), (), jobs=4, account=account)) == []
    assert account == ScanAccount()


def test_files_that_went_away_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a", text(record(1)))
    found = find([str(tmp_path)], None, None)
    path.unlink()
    account = ScanAccount()
    assert list(scan(Request((want(),)), found.files, jobs=1, account=account)) == []
    assert (account.files, account.failed) == (1, 1)
    assert account.problems[0].reason == "cannot be read: no such file or directory"


def test_a_file_that_has_grown_is_read_to_its_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a", json.dumps(record(1)) + "\n")
    found = find([str(tmp_path)], None, None)
    write(path, "".join(json.dumps(record(number)) + "\n" for number in range(1, 4)))
    account = ScanAccount()
    ((_, table),) = scan(Request((want(),)), found.files, jobs=1, account=account)
    assert (table.num_rows, account.bytes) == (3, path.stat().st_size)


PIPED = "import sys, pathlib; from tests.cloudtrail.scanning import run\nprint(run(pathlib.Path(sys.argv[1])).ids)"


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_and_pipes_are_read(tmp_path: Path, packed: bool) -> None:
    data = write(tmp_path / "a", text(record(1), record(2)), packed=packed).read_bytes()
    done = subprocess.run([sys.executable, "-c", PIPED, "-"], input=data, capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.decode().strip() == "['id-1', 'id-2']"
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(
        [sys.executable, "-c", PIPED, tmp_path / "pipe"], stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        (tmp_path / "pipe").write_bytes(data)
        assert process.communicate()[0].decode().strip() == "['id-1', 'id-2']"


ENDLESS = """
import contextlib, os, signal, sys, time
from tests.cloudtrail.scanning import want
from tocsin.cloudtrail import scan as scanning
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import Request

signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
scanning.LITTLE = 0
files = find([sys.argv[1]], None, None).files * 2000
with contextlib.closing(scanning.scan(Request((want(),)), files, jobs=2, account=ScanAccount())) as batches:
    print(*(worker._process.pid for worker in batches._workers._workers), flush=True)
    try:
        for number, _ in enumerate(batches):
            if not number:
                print("reading", flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
os._exit(0)  # one that came while Python made a class is remembered, and would be the exit code though it was caught
"""


def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    for number in range(100):
        write(tmp_path / f"{number}", text(*(record(each) for each in range(50))))
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        pids = [int(each) for each in process.stdout.readline().split()]
        assert process.stdout.readline() == "reading\n"
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (out, err, process.returncode) == ("interrupted\n", "", 0)
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@real
def test_real_trails_are_read_whole() -> None:
    counts = {"invictus": 2900, "stratus.jsonl": 312, "custodian.jsonl": 24, "opensearch.jsonl": 891, "ecr": 1}
    counts |= {"shapes/array.json": 6, "shapes/concatenated.json": 6, "shapes/eventbridge.json": 1}
    counts |= {"shapes/lookup-events.jsonl": 6}
    for name, count in counts.items():
        answer = run(SHARED / name, want(patterns=("*",), raw=True))
        account = answer.account
        assert (name, len(answer.rows), account.decoded) == (name, count, count)
        assert (account.failed, account.unreadable, account.not_cloudtrail) == (0, 0, 0)


@real
def test_the_real_push_is_found_among_all() -> None:
    full = run(SHARED, want(PUSHES), full_count=True)
    selective = run(SHARED, want(PUSHES))
    assert [row["eventName"] for row in selective.rows] == ["PutImage"]
    assert selective.rows == full.rows
    assert selective.account.skipped_files > 50


def leaves(value: Any, name: str = "") -> set[str]:
    """The names of a record's leaves, by plain recursion."""
    match value:
        case dict():
            return {each for key, inner in value.items() for each in leaves(inner, f"{name}.{key}" if name else key)}
        case list():
            return {each for inner in value for each in leaves(inner, name + "{}")}
        case _:
            return {name}


@real
def test_leaves_have_the_names_that_splunk_listed(tmp_path: Path) -> None:
    for line in (SHARED / "field-names.jsonl").read_text().splitlines():
        case = json.loads(line)
        event = next(value for value in case.values() if isinstance(value, dict))
        names = next(value for value in case.values() if isinstance(value, list))
        (row,) = run(write(tmp_path / "a", json.dumps(event)), want(patterns=("*",))).rows
        visible = {name for name in row if not name.startswith("__")}
        assert visible == leaves(event)
        assert visible <= set(names)


def test_few_rows_of_many_tasks_come_as_one_table(tmp_path: Path) -> None:
    for number in range(300):  # three tasks
        names = {"eventName": "PutImage"} if number % 2 else {"eventName": "Other", "resources": [{"ARN": f"{number}"}]}
        write(tmp_path / f"{number}.json", text(record(number, **names)))
    files = find([str(tmp_path)], None, None).files
    found = list(scan(Request((want(PUSHES), want())), files, jobs=1, account=ScanAccount()))
    assert [(index, table.num_rows) for index, table in found] == [(0, 150), (1, 300)]
    rows = {row[EVENT_ID]: row for row in found[1][1].to_pylist()}
    assert rows["id-8"]["resources{}.ARN"] == ["8"]
    assert rows["id-9"]["resources{}.ARN"] is None


@pytest.mark.parametrize("name", [EVENT_ID, TIME, OFFSET, SEQ])
def test_no_key_of_a_record_is_taken_for_a_column_of_ours(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "a", text(record(1), record(2, **{name: "x"})))
    asked = run(path, want(paths=(name,))).rows, run(path, want(patterns=("*",))).rows
    for rows in asked:
        assert [row[EVENT_ID] for row in rows] == ["id-1", "id-2"]
        assert [row[SEQ] for row in rows] == [1, 2]
        assert [row[TIME] for row in rows] == [1772845200.0] * 2
