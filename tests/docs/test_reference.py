"""Pages that the program writes are as it would write them now, and leave nothing out."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import click
import pytest

from tests.docs.console import ROOT
from tocsin.cli.main import VERBS, tocsin
from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.plan.functions import MEASURES
from tocsin.plan.lower.call import CALLABLE, NOT_YET, SPECIAL
from tocsin.risk.account import DetectionAccount, DroppedRows, RunAccount
from tocsin.sinks.summary import summary
from tocsin.spl.commands import other
from tocsin.spl.parser import TABLE as READ

DOCS = ROOT / "docs"


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / f"{name}.py"))


@pytest.mark.parametrize("name", ["reference", "functions"])
def test_a_written_page_is_not_stale(name: str) -> None:
    written = script(name)
    page: Path = written["PAGE"]
    assert page.read_text(encoding="utf-8") == written["text"](), f"run scripts/{name}.py"


def commands(command: click.Command, name: str = "tocsin") -> dict[str, click.Command]:
    """A command and those below it, by what a person types."""
    found = {name: command}
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for verb in command.list_commands(context):
            below = command.get_command(context, verb)
            assert below is not None
            found |= commands(below, f"{name} {verb}")
    return found


@pytest.mark.parametrize("name", commands(tocsin))
def test_every_verb_and_option_is_on_the_page_of_the_command_line(name: str) -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
    assert section, f"no section for `{name}`"
    for option in commands(tocsin)[name].params:
        if isinstance(option, click.Option) and not option.hidden:
            assert all(each in section for each in (*option.opts, *option.secondary_opts)), option.name


def test_every_verb_has_help() -> None:
    for name, command in commands(tocsin).items():
        assert command.get_short_help_str(), name
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "version":
                assert option.help, f"{name} {option.opts}"
    assert set(VERBS) <= {name.split()[1] for name in commands(tocsin) if " " in name}


def test_every_function_and_measure_can_be_written_on_their_page() -> None:
    assert not script("functions")["unknown"]()
    page = (DOCS / "spl" / "functions.md").read_text(encoding="utf-8")
    for name in (*CALLABLE, *SPECIAL, *MEASURES):
        assert f"`{name}(" in page or f"`{name}95(" in page, name
    for name in NOT_YET:
        assert f"`{name}`" in page, name


def test_the_support_table_names_every_command_as_it_is() -> None:
    page = (DOCS / "spl" / "README.md").read_text(encoding="utf-8")
    runs, _, refused = page.partition("## Read, and refused")
    running = {name for name, read in READ.items() if read is not other.parse}
    for name in running:
        assert f"`{name}`" in runs, name
    for name in (*other.COMMANDS, *other.APP_COMMANDS):
        assert f"`{name}`" in refused, name
        assert f"[`{name}`]" not in runs, name


def keys(value: object) -> set[str]:
    """The keys of objects, and of objects in them."""
    match value:
        case dict():
            return set(value) | set().union(*map(keys, value.values()))
        case list():
            return set().union(*map(keys, value))
        case _:
            return set()


def test_every_key_of_the_account_is_on_the_page_of_output() -> None:
    dropped = DroppedRows(1, {}, "stats")
    scan = ScanAccount(problems=[Problem("a", "b")])
    account = RunAccount(scan=scan, detections=[DetectionAccount("x", dropped=[dropped])])
    page = (DOCS / "output.md").read_text(encoding="utf-8")
    assert not {key for key in keys(summary(account)) if f"`{key}`" not in page}


def test_every_key_of_a_finding_is_on_the_page_of_output() -> None:
    page = (DOCS / "output.md").read_text(encoding="utf-8")
    printed = next(line for line in page.splitlines() if line.startswith('{"detection"'))
    found = json.loads(printed)
    rest = found | {"result": {}}
    assert not {key for key in keys(rest) if f"`{key}`" not in page}
