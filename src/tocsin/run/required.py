"""Required fields that the input cannot supply: no record that was read has them.

Where a base search needs a field, that is looked for in every record that is decoded; it costs next to nothing, since
the field is decoded anyway. With `--full-count`, where nothing goes unread, it is all that a search reads, and all that
its author calls required.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from tocsin.cloudtrail.bind import fold
from tocsin.cloudtrail.fields import FieldOptions
from tocsin.cloudtrail.needed import needed, sources, surely_lack
from tocsin.cloudtrail.prefilter import Literals, chosen
from tocsin.cloudtrail.request import Request
from tocsin.config import Settings
from tocsin.plan.schema import makes
from tocsin.risk.account import RunAccount
from tocsin.run.compiled import Compiled, field_options


class _Asked(set[str]):
    """Knows no name, and keeps those that it was asked for."""

    def __contains__(self, name: object) -> bool:
        self.add(str(name))
        return False


class _Seen:
    """Knows the fields that some record may have, given the paths that some has."""

    def __init__(self, seen: Set[str], options: FieldOptions) -> None:
        self._seen, self._options = seen, options

    def __contains__(self, name: object) -> bool:
        paths = sources(str(name), self._options)
        return paths is None or not self._seen.isdisjoint(paths)


def watched(compiled: Sequence[Compiled], settings: Settings) -> frozenset[str]:
    """The paths to look for: those of required fields, and of what a wildcard `rename` may make such a field of."""
    options, found = field_options(settings), set[str]()
    for search in compiled:
        asked, others = _Asked(), _others(search, settings)
        for name in others:
            makes(search.plan, name, asked)
        found.update(path for name in (*_needed(search), *others, *asked) for path in sources(name, options) or ())
    return frozenset(found)


def note_absent(compiled: Sequence[Compiled], request: Request, settings: Settings, account: RunAccount) -> None:
    """Enter the fields that were not seen with each search that needs them."""
    texts = chosen(request) or (None,) * len(compiled)
    for search, entry, held in zip(compiled, account.detections, texts, strict=False):
        if not entry.failed:
            entry.absent_fields = sorted(set(_absent(search, held, settings, account)))


def _absent(search: Compiled, texts: Literals | None, settings: Settings, account: RunAccount) -> Iterator[str]:
    scan, options = account.scan, field_options(settings)
    seen = _Seen(scan.seen, options)
    told = scan.looked_at > 0
    for name in _needed(search):
        if name not in seen and (told or (scan.skipped_bytes and surely_lack(sources(name, options) or (), texts))):
            yield name
    yield from (
        name for name in _others(search, settings) if told and name not in seen and not makes(search.plan, name, seen)
    )


def _needed(search: Compiled) -> frozenset[str]:
    return needed(fold(search.scan.condition))


def _others(search: Compiled, settings: Settings) -> frozenset[str]:
    if not settings.full_count:
        return frozenset()
    stated = search.detection.required_fields if search.detection else ()
    return (search.demand.names - search.demand.optional).union(stated)
