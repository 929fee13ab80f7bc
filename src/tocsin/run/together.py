"""What all searches of a run ask of the scan together: one pass over the input serves them all."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.cloudtrail.request import Request
from tocsin.config import Settings
from tocsin.run.compiled import Compiled
from tocsin.run.required import watched


def together(compiled: Sequence[Compiled], settings: Settings) -> Request:
    """What each of them wants, in their order."""
    earliest, latest = window(compiled)
    return Request(
        wants=tuple(search.want for search in compiled),
        earliest=earliest,
        latest=latest,
        full_count=settings.full_count,
        watched=watched(compiled, settings),
        max_raw=settings.max_raw,
        max_record=settings.max_record,
    )


def window(compiled: Sequence[Compiled]) -> tuple[float | None, float | None]:
    """The widest window for all; what lies outside a search's own is filtered later."""
    earliest = [search.window[0] for search in compiled]
    latest = [search.window[1] for search in compiled]
    return (
        None if None in earliest else min(each for each in earliest if each is not None),
        None if None in latest else max(each for each in latest if each is not None),
    )
