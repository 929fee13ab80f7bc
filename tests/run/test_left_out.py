"""A search that is left out of the account takes nothing of the others with it, wherever it stands among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.run import Compiled, compile_text, execute
from tocsin.source import Composed, Source

TRAIL = Path(__file__).parents[2] / "examples/trail"
LIBRARY = load_library([])
SETTINGS = Settings(now=1.8e9)
SEARCHES = {"pushes": "eventName=PutImage", "reads": "eventName=BatchGetImage", "logins": "eventName=ConsoleLogin"}


def compiled(name: str, text: str) -> Compiled:
    found = compile_text(Composed.whole(Source("<test>", f"{text} | stats count by eventName")), LIBRARY, SETTINGS)
    return replace(found, name=name)


@pytest.mark.parametrize("gone", SEARCHES)
def test_the_others_keep_their_results_and_entries(gone: str) -> None:
    searches = [compiled(name, text) for name, text in SEARCHES.items()]
    with execute(searches, [str(TRAIL)], SETTINGS, LIBRARY) as run:
        matched = {each.name: each.matched for each in run.account.detections}
        number = run.beside(gone)
        assert number is not None
        run.leave_out(number)
        names = [name for name in SEARCHES if name != gone]
        told = {search.name: [row.values for row in result.rows] for search, result in run.results(origins=False)}
        assert list(told) == names == [each.name for each in run.account.detections]
        assert all(rows[0][0] == SEARCHES[name].partition("=")[2] for name, rows in told.items())
        assert run.account.matched == sum(matched[name] for name in names) > 0
        assert run.account.adds_up()
        assert run.beside(gone) is None
