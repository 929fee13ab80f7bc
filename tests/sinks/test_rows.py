import csv
import io
import itertools
import json

import pytest

from tocsin.engine.protocol import Result, Row, Value
from tocsin.sinks.rows import write_rows


def written(form: str, columns: tuple[str, ...], *rows: tuple[Value, ...], width: int | None = None) -> str:
    stream = io.StringIO()
    write_rows(form, Result(columns, iter([Row(values) for values in rows])), stream, zone="UTC", width=width)
    return stream.getvalue()


def test_a_row_is_a_flat_object_without_its_missing_fields() -> None:
    text = written("jsonl", ("b", "a", "c"), ("1", None, ("x", "y")), ("", "2", None))
    assert [json.loads(line) for line in text.splitlines()] == [{"b": "1", "c": ["x", "y"]}, {"b": "", "a": "2"}]
    assert text.startswith('{"b":"1","c":["x","y"]}\n')


def test_csv_keeps_missing_fields_as_empty_cells() -> None:
    text = written("csv", ("user", "n"), ("=a", None), (("x", "y"), "-1"))
    assert list(csv.reader(io.StringIO(text))) == [["user", "n"], ["'=a", ""], ["x\ny", "-1"]]


def test_rows_are_columns_where_they_fit() -> None:
    text = written("table", ("user", "count"), ("maya", "3"), ("eve\x1b", "12"), width=80)
    assert text.splitlines() == ["user     count", "maya     3", r"eve\x1b  12"]


def test_many_columns_become_lists() -> None:
    columns = tuple(f"field{number}" for number in range(9))
    text = written("table", columns, tuple("value of some length" for _ in columns), width=80)
    assert text.splitlines()[:2] == ["row 1", "field0  value of some length"]


def test_times_are_moments_in_the_table_only() -> None:
    row = ("1629328650.5",)
    assert written("table", ("_time",), row).splitlines() == ["_time (UTC)", "Wed 2021-08-18 23:17:30"]
    assert json.loads(written("jsonl", ("_time",), row)) == {"_time": "1629328650.5"}
    assert written("table", ("_time",), ("soon",)).splitlines()[1] == "soon"


def test_no_rows_are_said_to_be_none() -> None:
    assert written("table", ("a",)) == "No rows.\n"
    assert written("jsonl", ("a",)) == ""
    assert written("csv", ("a",)) == "a\n"


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_rows_are_written_as_they_come(form: str) -> None:
    """An endless result must not be waited for: the reader leaves when it has seen enough."""
    stream = _Full(100_000)
    rows = (Row((str(number),)) for number in itertools.count())
    with pytest.raises(BrokenPipeError):
        write_rows(form, Result(("n",), rows), stream, zone="UTC")
    assert stream.tell() > 100_000


class _Full(io.StringIO):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, text: str) -> int:
        if self.tell() > self.limit:
            raise BrokenPipeError
        return super().write(text)


def test_short_columns_stay_whole_where_long_ones_can_give_way() -> None:
    text = written("table", ("_time", "long"), ("1629328650", "word " * 30), width=60)
    assert text.splitlines()[1].startswith("Wed 2021-08-18 23:17:30  word")


@pytest.mark.parametrize(
    ("value", "cell"),
    [("1629328650", "Wed 2021-08-18 23:17:30"), ("2026", "Thu 1970-01-01 00:33:46"), ("-1", "Wed 1969-12-31 23:59:59")],
)
def test_a_time_that_is_a_number_is_a_moment_however_it_was_made(value: str, cell: str) -> None:
    assert written("table", ("_time",), (value,)).splitlines()[1] == cell


@pytest.mark.parametrize("value", ["2021-08-18", "1_000", "inf", " 5", "12:00"])
def test_a_time_that_is_no_number_is_shown_as_it_is(value: str) -> None:
    assert written("table", ("_time",), (value,)).splitlines()[1] == value
