"""A comparison for machines: what `--summary` holds under `compare`, and the last line of JSON lines."""

from __future__ import annotations

from typing import Any

from tocsin.risk.comparison import KINDS, Change, Comparison
from tocsin.risk.json_line import iso


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Plain values; the keys are a contract, more may be added.

    `counts` are pushes by kind. `changes` has a push for each entry, by time: `before` and `now` say in words what the
    original and ours make of it; times are ISO 8601, `local_time` with the uploader's offset; null is not known.
    """
    return {
        "original": comparison.original,
        "ours": list(comparison.ours),
        "pushes": comparison.pushes,
        "counts": {kind: comparison.counts[kind] for kind in KINDS},
        "changes": [_change(each) for each in comparison.changes],
        "changes_not_listed": comparison.not_listed,
    }


def _change(change: Change) -> dict[str, Any]:
    push = change.push
    names = (
        "user", "account", "repository", "tag", "digest", "error", "local_time", "zone", "calendar", "state", "reason",
        "rule",
    )  # fmt: skip
    return {
        "kind": change.kind,
        "event_id": push.event.event_id,
        "file": push.event.file,
        "record": push.event.position,
        "time": iso(push.time),
        **{name: getattr(push, name) or None for name in names},
        "before": change.before,
        "now": change.now,
    }
