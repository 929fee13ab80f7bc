from __future__ import annotations

from collections.abc import Iterator

import pytest

from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.protocol import Engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    opened = DuckDBEngine()
    yield opened
    opened.close()
