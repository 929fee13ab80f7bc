import csv
import io

import pytest
from msgspec.structs import replace

from tests.sinks.made import finding
from tocsin.risk.account import RunAccount
from tocsin.sinks.csv import FindingsCsv, cell


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1+1", "'＝1+1"),
        ("-1", "-1"),
        ("+1.5e3", "+1.5e3"),
        ("-1.", "'-1."),
        ("\t=1", r"\t=1"),
        ("\r=1", r"\r=1"),
        (("a", "=b"), "a\n=b"),
        (("=a", "b"), "'=a\nb"),
        ("two\nlines", r"two\nlines"),
        ("\x1b[2J", r"\x1b[2J"),
        ("", ""),
        (None, ""),
    ],
)
def test_cells_that_start_a_formula_are_defused(value: str | tuple[str, ...] | None, shown: str) -> None:
    assert cell(value) == shown


def test_columns_are_the_union_of_all_results() -> None:
    stream = io.StringIO()
    sink = FindingsCsv(stream)
    sink.write([finding("maya", extra="1")])
    sink.write([finding("=eve()", other=("x", "y"))])
    sink.close(RunAccount())
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert list(rows[0])[:4] == ["detection", "score", "message", "awsRegion"]
    assert list(rows[0])[-2:] == ["extra", "other"]
    assert [row["user"] for row in rows] == ["maya", "'=eve()"]
    assert (rows[1]["extra"], rows[1]["other"]) == ("", "x\ny")


def test_names_of_fields_are_defused_too() -> None:
    stream = io.StringIO()
    sink = FindingsCsv(stream)
    sink.write([replace(finding(), result={"=cmd()": "v"})])
    sink.close(RunAccount())
    assert "'=cmd()" in stream.getvalue().splitlines()[0].split(",")


def test_no_findings_leave_the_heading() -> None:
    stream = io.StringIO()
    sink = FindingsCsv(stream)
    sink.close(RunAccount())
    assert stream.getvalue() == "detection,score,message\n"
