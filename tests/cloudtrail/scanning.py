"""Small inputs for the scan, and its answers in plain values."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.packed import names_in
from tocsin.cloudtrail.paths import EACH
from tocsin.cloudtrail.request import EVENT_ID, NAMES, SEQ, VALUES, Request, Want
from tocsin.cloudtrail.scan import scan
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr

PATHS = ("eventName", "eventSource", "userIdentity.userName", "requestParameters.repositoryName", "resources{}.ARN")
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An ordinary record; a change of None takes the key away."""
    ordinary = {
        "eventVersion": "1.09",
        "userIdentity": {"type": "IAMUser", "userName": "maya"},
        "eventTime": "2026-03-07T01:00:00Z",
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": "eu-west-1",
        "requestParameters": {"repositoryName": "shop"},
        "eventID": f"id-{number}",
    }
    return {key: value for key, value in {**ordinary, **changes}.items() if value is not None}


def text(*records: Any, key: str = "Records") -> str:
    """The records as S3 delivers them."""
    return json.dumps({key: list(records)}, separators=(",", ":"))


def write(path: Path, content: str | bytes, *, packed: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return path


def equal(path: str, value: str) -> Expr:
    return Apply("search_equal", (Column(path), Constant(value)))


def both(*args: Expr) -> Expr:
    return Apply("and", args)


def either(*args: Expr) -> Expr:
    return Apply("or", args)


def negation(arg: Expr) -> Expr:
    return Apply("not", (arg,))


PUSHES = both(equal("eventSource", "ecr.amazonaws.com"), equal("eventName", "PutImage"))


@dataclass(frozen=True)
class Answer:
    """`rows` are in the order of arrival, each without what it lacks; `account` is the scan's."""

    rows: list[dict[str, Any]]
    account: ScanAccount

    @property
    def ids(self) -> list[str]:
        return [row[EVENT_ID] for row in self.rows]

    @property
    def reasons(self) -> list[tuple[int | None, str]]:
        return [(problem.position, problem.reason) for problem in self.account.problems]


def want(condition: Expr = TRUE, paths: Sequence[str] = PATHS, **more: Any) -> Want:
    return Want(condition, tuple(paths), **more)


def run(paths: Sequence[Path] | Path, wanted: Want | None = None, *, jobs: int = 1, **more: Any) -> Answer:
    """Scan for one want."""
    answers, account = run_all(paths, [wanted or want()], jobs=jobs, **more)
    return Answer(answers[0], account)


def run_all(
    paths: Sequence[Path] | Path, wants: Sequence[Want], *, jobs: int = 1, **more: Any
) -> tuple[list[list[dict[str, Any]]], ScanAccount]:
    """Scan for several wants: the rows of each."""
    given = [paths] if isinstance(paths, Path) else paths
    found = find([str(path) for path in given], more.get("earliest"), more.get("latest"))
    account = ScanAccount()
    rows: list[list[dict[str, Any]]] = [[] for _ in wants]
    for index, table in scan(Request(tuple(wants), **more), found.files, jobs=jobs, account=account):
        rows[index].extend(map(_held, table.to_pylist()))
    for each in rows:
        each.sort(key=lambda row: row[SEQ])
    check(account)
    return rows, account


def check(account: ScanAccount) -> None:
    """What must add up, does."""
    assert account.failed + account.skipped_files + account.other_files <= account.files
    assert account.candidates + account.not_cloudtrail + account.unreadable + account.outside_window <= account.decoded


def _held(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the row has, in columns of its own or packed."""
    names = names_in(row.get(NAMES))
    packed = zip(names, row.get(VALUES) or (), strict=True)
    leaves = {name: values if EACH in name else values[0] for name, values in packed}
    assert len(leaves) == len(names)
    return leaves | {name: value for name, value in row.items() if value is not None and name not in (NAMES, VALUES)}
