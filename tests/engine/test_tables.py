"""What an engine holds: batches of other columns, other types, other cases of a name."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from tests.conformance.case import packed_table, table
from tests.engine.plans import records, run, values
from tocsin.cloudtrail.request import SEQ, TIME
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.plan.expr import Apply, Column, Constant, Type
from tocsin.plan.nodes import Filter, Limit, Rows


def test_later_batches_bring_new_columns(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}]))
    engine.append("t", records([{"b": "2"}], start=1))
    assert values(engine, "* | table a b") == [(None, "2"), ("1", None)]


def test_a_column_of_text_becomes_one_of_lists(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}, {"a": None, "b": "x"}]))
    engine.append("t", records([{"a": ["2", "3"]}], start=2))
    engine.append("t", records([{"a": "4"}], start=3))
    assert engine.present("t")["a"] is Type.multi
    assert values(engine, "* | table a") == [("4",), (("2", "3"),), (None,), ("1",)]


def test_numbers_and_text_in_one_column_are_text(engine: DuckDBEngine) -> None:
    engine.append("t", pa.table({"a": pa.array([1.0, 2.5])}))
    engine.append("t", pa.table({"a": pa.array(["x"])}))
    assert engine.present("t") == {"a": Type.text}
    assert sorted(values(engine, "* | table a")) == [("1",), ("2.5",), ("x",)]


def test_an_empty_list_is_a_missing_field(engine: DuckDBEngine) -> None:
    lists = pa.array([[], None, ["x"], ["y", None]], pa.list_(pa.string()))
    engine.append("t", pa.table({"a": lists}))
    assert values(engine, '* | eval m=if(isnull(a),"missing",a) | table m') == [
        ("missing",),
        ("missing",),
        ("x",),
        ("y",),
    ]


def test_encoded_columns_are_text(engine: DuckDBEngine) -> None:
    engine.append("t", pa.table({"a": pa.array(["x", "y"]).dictionary_encode(), "n": pa.nulls(2)}))
    assert engine.present("t") == {"a": Type.text}
    assert values(engine, "* | stats count by a") == [("x", "1"), ("y", "1")]


def test_a_type_that_no_field_has_is_a_mistake_of_the_caller(engine: DuckDBEngine) -> None:
    with pytest.raises(TypeError, match="a column of date32"):
        engine.append("t", pa.table({"a": pa.array([0], pa.date32())}))


@pytest.mark.parametrize(
    "name", ["", " ", "a b", 'a"b', "a'b;--", "é", "\u0000x", "select", "__tocsin_row", "*", "k" * 300]
)
def test_any_name_is_a_column(engine: DuckDBEngine, name: str) -> None:
    engine.append("t", pa.table({name: pa.array(["x"]), name.upper() + "Q": pa.array(["y"])}))
    found = engine.run(Rows("t"), origins=False)
    assert found.columns == (name, name.upper() + "Q")
    assert [row.values for row in found.rows] == [("x", "y")]


def test_names_that_differ_in_case_are_different_columns(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"user": "a", "User": "b"}]))
    engine.append("t", records([{"USER": "c"}], start=1))
    assert values(engine, "* | table user User USER") == [(None, None, "c"), ("a", "b", None)]


def test_a_name_that_a_batch_has_twice_counts_once(engine: DuckDBEngine) -> None:
    twice = pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"])
    engine.append("t", twice)
    assert values(engine, "* | table a") == [("x",)]


def test_present_leaves_out_columns_without_values_and_our_own(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"b": "1", "empty": None, "a": ["x", "y"]}]))
    assert engine.present("t") == {"b": Type.text, "a": Type.multi}
    assert list(engine.present("t")) == ["b", "a"]


def test_a_table_that_nobody_filled_is_empty(engine: DuckDBEngine) -> None:
    assert engine.present("nothing") == {}
    assert engine.count(Filter(Rows("nothing"), Apply("less", (Column(TIME), Constant(5.0))))) == 0
    assert engine.keep_first("nothing", "new") == 0
    assert engine.distinct(["nothing", "new"]) == 0


def test_define_names_rows(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}, {"a": "2"}]))
    engine.define("hits", Filter(Rows("t"), Apply("search_equal", (Column("a"), Constant("2")))), stored=True)
    engine.define("again", Rows("hits"), stored=False)
    assert values(engine, "* | table a", "again") == [("2",)]
    assert run(engine, "*", "again", origins=True)[0].origin is not None


def test_a_stored_table_does_not_change_with_its_source(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}]))
    engine.define("now", Rows("t"), stored=True)
    engine.append("t", records([{"a": "2"}], start=1))
    assert engine.count(Rows("now")) == 1
    assert engine.count(Rows("t")) == 2


def test_a_forgotten_table_is_gone_and_what_was_stored_from_it_stays(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}]))
    engine.define("hits", Rows("t"), stored=True)
    engine.forget("t")
    engine.forget("never")
    assert engine.count(Rows("hits")) == 1
    assert engine.count(Rows("t")) == 0


def test_count_and_missing(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1", "b": "1"}, {"a": "2"}, {"b": "3"}, {"c": "4"}]))
    assert engine.count(Limit(Rows("t"), 3)) == 3
    assert engine.missing(Rows("t"), ["a", "b"]) == (3, {"a": 2, "b": 2})
    assert engine.missing(Rows("t"), ["a", "nowhere"]) == (4, {"a": 2, "nowhere": 4})


def test_rows_of_records_are_newest_first_and_by_arrival_within_a_second(engine: DuckDBEngine) -> None:
    engine.append(
        "t", records([{"n": "1", "time": 5}, {"n": "2", "time": 9}, {"n": "3", "time": 5}, {"n": "4", "time": 1}])
    )
    assert [value for (value,) in values(engine, "* | table n")] == ["2", "3", "1", "4"]


def test_rows_without_our_columns_keep_their_order(engine: DuckDBEngine) -> None:
    for start in range(0, 3000, 1000):
        engine.append("t", table([{"n": number} for number in range(start, start + 1000)]))
    assert [value for (value,) in values(engine, "* | table n")] == [str(number) for number in range(3000)]


def test_repeated_events_are_left_out_but_the_first(engine: DuckDBEngine) -> None:
    rows = [
        {"n": "1", "id": "x"},
        {"n": "2", "id": "y"},
        {"n": "3", "id": "x"},
        {"n": "4"},
        {"n": "5"},
        {"n": "6", "id": "x"},
    ]
    engine.append("t", records(rows))
    assert engine.keep_first("t", "kept") == 2
    assert sorted(value for (value,) in values(engine, "* | table n", "kept")) == ["1", "2", "4", "5"]
    assert engine.distinct(["t"]) - engine.distinct(["kept"]) == 2


def test_without_repeats_nothing_is_left_out(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"n": "1", "id": "x"}, {"n": "2"}, {"n": "3"}]))
    assert engine.keep_first("t", "kept") == 0
    assert engine.count(Rows("kept")) == 3


def test_one_repeat_among_many_is_found(engine: DuckDBEngine) -> None:
    many = 150_000  # more than one thread sorts at a time
    engine.append("t", records([{"n": "1", "id": f"{each}"} if each % 3 else {"n": "1"} for each in range(many)]))
    assert engine.keep_first("t", "once") == 0
    engine.append("t", records([{"n": "1", "id": "1"}], start=many))
    assert engine.keep_first("t", "once") == 1
    assert engine.count(Rows("once")) == many


def test_the_lowest_place_wins_whatever_the_order_of_arrival(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"n": "late", "id": "x"}], start=10))
    engine.append("t", records([{"n": "early", "id": "x"}], start=3))
    assert engine.keep_first("t", "kept") == 1
    assert values(engine, "* | table n", "kept") == [("early",)]


def test_distinct_counts_records_over_tables(engine: DuckDBEngine) -> None:
    engine.append("one", records([{"a": "1"}, {"a": "2"}]))
    engine.append("two", records([{"a": "2"}, {"a": "3"}], start=1))
    assert engine.distinct(["one", "two"]) == 3
    assert engine.distinct([]) == 0
    assert SEQ not in engine.present("one")


def test_what_has_no_column_is_found_all_the_same(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1", "b": "x"}, {"id": "e"}], made=packed_table))
    later: list[dict[str, Any]] = [{"c": "2", "n": ["3", "4"]}, {"": "", "a": "5", "id": "e"}]
    engine.append("t", records(later, start=2, made=packed_table))
    assert set(engine.present("t")) == {"", "a", "b", "c", "n"}
    assert values(engine, "* | table a b c n") == [
        ("5", None, None, None),
        (None, None, "2", ("3", "4")),
        (None, None, None, None),
        ("1", "x", None, None),
    ]
    assert engine.keep_first("t", "once") == 1
    assert set(engine.present("once")) == {"a", "b", "c", "n"}


def test_only_what_some_row_has_is_present(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1", "b": "x"}, {"a": "2"}], made=packed_table))
    engine.define("some", Filter(Rows("t"), Apply("equal", (Column("a"), Constant("2")))), stored=True)
    assert engine.present("some") == {"a": Type.text}


def test_a_field_that_is_in_both_places_is_a_mistake_of_the_caller(engine: DuckDBEngine) -> None:
    both = records([{"a": "1"}], made=packed_table).append_column("a", pa.array(["2"]))
    with pytest.raises(TypeError, match="a column and packed: a"):
        engine.append("t", both)
        engine.present("t")
