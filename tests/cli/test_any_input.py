"""Whatever the input, the content or the search: the run ends with an exit code that input can cause, and adds up."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.content import detection
from tests.cli.pushes import FLAGSHIP, other, push, text
from tests.cli.running import assert_adds_up
from tocsin.cli.main import entry

pytestmark = pytest.mark.property

RECORDS = (push(1), other(2), push(3, "bob", requestParameters={"a": [{"b": 1.5}, None, True]}), push(1))
SEARCH = (
    "`cloudtrail` eventName=PutImage (date_hour>=20 OR NOT user IN (bob, c*)) | rename requestParameters.* as * "
    '| eval x=if(match(userName, "^a.*n$"), upper(user)." ".user, null()), y=round(_time/3600, 1) '
    '| rex field=user "(?<first>.)" | spath input=_raw path=userIdentity.arn output=arn | bin _time span=5m '
    "| eventstats dc(user) as users | where users>0 | stats count min(_time) as firstTime values(*) as * by user "
    '| fillnull value=none arn | sort - count, user | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime) '
    "| fields - x | dedup user | head 5 | table user count *"
)
# Fragments that mean something somewhere: mutations with them go deeper than those with mere noise.
PIECES = (
    *"{}[](),:|=*\"'`\\ \n\0%$-.",
    "\ud7ff", "\x1b[", "null", "1e999", "-0", "\\u0000", "\\ud800", '"Records":', "{}", "[[[[", "NOT ", " OR ", "| ",
    "`cloudtrail`", "stats ", " by ", "user", "eventName=", "*", "values(*) as *", "eval ", "where ", "earliest=-1d ",
    "true", "&a ", "*a", "!!", "---\n", "? ", "- ", "\t", "eventTime", "2026-13-01T00:00:00Z", "_time", "_raw", "((",
)  # fmt: skip

Edit = tuple[float, int, str]
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES) | st.text(max_size=4)),
    min_size=1,
    max_size=4,
)


def mutated(whole: bytes, changes: list[Edit]) -> bytes:
    """The bytes with slices replaced: at a share of the length, so many, by a piece."""
    for share, gone, piece in changes:
        at = int(share * len(whole))
        whole = whole[:at] + piece.encode("utf-8", "surrogatepass") + whole[at + gone :]
    return whole


def packed(content: bytes, form: str) -> bytes:
    match form:
        case "gzip":
            return gzip.compress(content, mtime=0)
        case "members":
            half = len(content) // 2
            return gzip.compress(content[:half], mtime=0) + gzip.compress(content[half:], mtime=0)
        case "zip":
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w") as whole:
                whole.writestr("a.json", content)
            return archive.getvalue()
        case _:
            return content


def documents() -> list[bytes]:
    """The same records in every container."""
    lines = [json.dumps(record) for record in RECORDS]
    events = [{"EventId": str(at), "CloudTrailEvent": line} for at, line in enumerate(lines)]
    messages = [{"id": str(at), "message": line} for at, line in enumerate(lines)]
    return [
        text(*RECORDS),
        json.dumps({"Records": RECORDS}, indent=2).encode(),
        "\n".join(lines).encode(),
        f"[{','.join(lines)}]".encode(),
        json.dumps({"Events": events}).encode(),
        json.dumps({"logEvents": messages}).encode(),
        json.dumps({"detail-type": "x", "detail": RECORDS[0]}).encode(),
    ]


def run(*arguments: str, summary: Path | None = None) -> int:
    """The exit code of a run that ended as every run must."""
    out, err = io.StringIO(), io.StringIO()
    account = ("--summary", str(summary)) if summary else ()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        entry([*arguments, *account])
    assert ended.value.code in (0, 2, 3), err.getvalue()
    assert "Traceback" not in err.getvalue()
    assert "\x1b" not in out.getvalue() + err.getvalue()
    if summary and summary.exists():
        assert_adds_up(json.loads(summary.read_text()))
    return int(ended.value.code)


def scan(*files: bytes, options: tuple[str, ...] = ()) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(files):
            (Path(folder) / f"{number}.json").write_bytes(content)
        run("scan", folder, "-d", FLAGSHIP, *options, summary=Path(folder) / "summary")


@settings(max_examples=15)
@given(st.binary(max_size=300), st.sampled_from(["plain", "gzip"]))
def test_any_bytes_are_a_file(content: bytes, form: str) -> None:
    scan(packed(content, form), text(*RECORDS))


@settings(max_examples=30)
@given(
    st.sampled_from(documents()),
    edits,
    st.sampled_from(["plain", "gzip", "members", "zip"]),
    st.sampled_from(["jsonl", "csv", "risk", "table"]),
    st.booleans(),
)
def test_a_damaged_document_is_read_as_far_as_it_goes(
    whole: bytes, changes: list[Edit], form: str, output: str, inside: bool
) -> None:
    damaged = packed(mutated(whole, changes), form) if inside else mutated(packed(whole, form), changes)
    scan(damaged, text(*RECORDS), options=("--format", output, "--full-count"))


@settings(max_examples=8)
@given(edits)
def test_a_damaged_record_is_searched_for_everything(changes: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_bytes(mutated(text(*RECORDS), changes))
        run("search", "* | eval n=len(_raw)", str(Path(folder) / "a.json"), "--format", "jsonl")


@settings(max_examples=20)
@given(edits)
def test_any_detection_file_is_content(changes: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        mine = Path(folder) / "mine"
        path = detection(mine, "Mine", SEARCH)
        path.write_bytes(mutated(path.read_bytes(), changes))
        (Path(folder) / "a.json").write_bytes(text(*RECORDS))
        detection(mine, "Other", "eventName=PutImage | stats count by user")
        run("check", str(mine))
        run("scan", str(Path(folder) / "a.json"), "--content", str(mine), summary=Path(folder) / "summary")


@settings(max_examples=25)
@given(edits)
def test_any_text_is_a_search(changes: list[Edit]) -> None:
    spl = mutated(SEARCH.encode(), changes).decode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.json").write_bytes(text(*RECORDS))
        run("search", "--", spl, str(Path(folder) / "a.json"))


@settings(max_examples=15)
@given(st.text(max_size=60), edits)
def test_any_text_is_a_macros_conf(content: str, changes: list[Edit]) -> None:
    conf = b"[cloudtrail]\ndefinition = sourcetype=aws:cloudtrail\n[two(1)]\nargs = a\ndefinition = search user=$a$\n"
    with tempfile.TemporaryDirectory() as folder:
        mine = Path(folder) / "mine"
        mine.mkdir()
        (mine / "macros.conf").write_bytes(mutated(conf, changes) + content.encode("utf-8", "surrogatepass"))
        (Path(folder) / "a.json").write_bytes(text(*RECORDS))
        run("search", "`cloudtrail` | `two(a*)` | stats count", str(Path(folder) / "a.json"), "--content", str(mine))
