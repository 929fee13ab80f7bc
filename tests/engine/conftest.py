from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tocsin.engine.duckdb import WAITING, DuckDBEngine


@pytest.fixture(params=[0, WAITING], ids=["in tables", "waiting"])
def engine(request: pytest.FixtureRequest) -> Iterator[DuckDBEngine]:
    """An engine that keeps records in its own tables, and one that reads them where Arrow has them."""
    with closing(DuckDBEngine(threads=2, waiting=request.param)) as opened:
        yield opened
