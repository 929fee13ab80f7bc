"""Values that many records share are the same values as of each record alone."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cloudtrail.scanning import record
from tocsin.cloudtrail import exact
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.columns import MANY, Columns
from tocsin.cloudtrail.shape import shape
from tocsin.cloudtrail.shared import shared
from tocsin.cloudtrail.tables import joined

PATHS = ["userIdentity.userName", "userIdentity.sessionContext.sessionIssuer.userName"]
LEAF = st.sampled_from(["a", "b", "1", "true", 1, 1.0, True, ["a"], {"b": "c"}])
IDENTITY = st.dictionaries(st.sampled_from(["userName", "type"]), LEAF, max_size=2)
CONTEXT = st.just("none") | st.fixed_dictionaries({"sessionIssuer": st.fixed_dictionaries({"userName": LEAF})})


def columns_of(identities: list[Any]) -> Columns:
    made = shape(PATHS, joined=False, usual=True)
    texts = [json.dumps(record(userIdentity=each)).encode() for each in identities]
    records: list[Any] = [msgspec.json.decode(each, type=made.record) for each in texts]
    return Columns(made, records, lambda row: exact.record(texts[row], made.record), texts.__getitem__)


@given(st.lists(st.tuples(IDENTITY, CONTEXT), min_size=1, max_size=8))
def test_a_shared_column_holds_what_the_plain_one_does(pairs: list[tuple[dict[str, Any], Any]]) -> None:
    identities = [{**identity, "sessionContext": context} for identity, context in pairs] * 40
    found = shared(PATHS, columns_of(identities), range(len(identities)))
    plain = columns_of(identities)
    for path, column in found.items():
        assert [column.texts[place] for place in column.places] == plain.whole(path)


def test_texts_that_few_records_differ_in_are_shared() -> None:
    columns = columns_of([{"userName": f"u{row % 5}"} for row in range(100)])
    found = shared(PATHS, columns, range(10, 60))
    assert found[PATHS[0]].texts == [f"u{number}" for number in range(5)]
    assert found[PATHS[0]].places == [row % 5 for row in range(10, 60)]


@pytest.mark.parametrize(
    "identities",
    [
        pytest.param([{"userName": f"u{row}"} for row in range(100)], id="all differ"),
        pytest.param([{"userName": [1]}] * 100, id="a list cannot be compared fast"),
        pytest.param([{"userName": 1}, {"userName": True}, {"userName": 1.0}] * 30, id="numbers need their spelling"),
    ],
)
def test_what_cannot_be_shared_is_left_alone(identities: list[Any]) -> None:
    assert PATHS[0] not in shared(PATHS, columns_of(identities), range(len(identities)))


def test_shared_and_plain_columns_join() -> None:
    identities = [{"userName": f"u{row % 5}"} for row in range(MANY)]
    columns = columns_of(identities)
    batch = Batch()
    batch.add(MANY, dict(shared(PATHS, columns, range(MANY))))
    batch.add(1, {PATHS[0]: ["late"]})
    table = batch.table()
    assert table.column(PATHS[0]).to_pylist() == [*(each["userName"] for each in identities), "late"]
    alone = batch.tables[0]
    assert pa.types.is_dictionary(alone.schema.field(PATHS[0]).type)
    assert joined([alone, alone]).column(PATHS[0]).to_pylist() == [each["userName"] for each in identities] * 2
