from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tocsin.engine.duckdb import DuckDBEngine


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    with closing(DuckDBEngine(threads=2)) as opened:
        yield opened
