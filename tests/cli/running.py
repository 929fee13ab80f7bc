"""The command line, run in this process, and what came of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tocsin.cli.main import entry

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ran:
    """The end of a run: its exit code, what it printed, and its account if it wrote one."""

    code: int
    out: str
    err: str
    account: Json | None

    @property
    def lines(self) -> list[Json]:
        """The output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def summary(self) -> Json:
        assert self.account is not None, self.err
        return self.account

    def column(self, field: str) -> list[Any]:
        """A field of all findings, or of all rows."""
        return [line.get("result", line).get(field) for line in self.lines]

    @property
    def reasons(self) -> list[tuple[str, int | None, str]]:
        """The problems of the account: name of the file, record, reason."""
        return [(Path(each["path"]).name, each["record"], each["reason"]) for each in self.summary["problems"]]


class Tocsin:
    """Runs verbs. Whatever happens, no run may end in a traceback, and an account must add up."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self._summary = folder / "account of the run.json"

    def __call__(self, *arguments: str | Path, code: int | None = 0) -> Ran:
        """Any arguments; `code` is the exit code expected, None for any of those that input can cause."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            entry([str(each) for each in arguments])
        out, err = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in err
        assert ended.value.code in ((0, 2, 3) if code is None else (code,)), err
        return Ran(ended.value.code, out, err, self._account())

    def scan(self, *arguments: str | Path, code: int | None = 0, form: str = "jsonl") -> Ran:
        return self("scan", *arguments, "--format", form, "--summary", self._summary, code=code)

    def search(self, spl: str, *arguments: str | Path, code: int | None = 0, form: str = "jsonl") -> Ran:
        return self("search", spl, *arguments, "--format", form, "--summary", self._summary, code=code)

    def _account(self) -> Json | None:
        if not self._summary.exists():
            return None
        account: Json = json.loads(self._summary.read_text())
        self._summary.unlink()
        assert_adds_up(account)
        return account


def assert_adds_up(account: Json) -> None:
    """The identities that every account must keep."""
    files, records = account["files"], account["records"]
    parts = ("matched", "not_matched", "not_judged", "duplicates", "not_cloudtrail", "unreadable")
    assert account["adds_up"] is True
    assert files["total"] == files["read"] + files["failed"]
    assert records["decoded"] == sum(records[part] for part in parts)
    assert min(*files.values(), *records.values(), *account["bytes"].values()) >= 0
    listed = Counter(each["record"] is None for each in account["problems"])
    assert files["failed"] <= listed[True]
    assert records["unreadable"] == listed[False] + account["problems_not_listed"]
    for detection in account["detections"]:
        assert detection["matched"] <= records["matched"]
