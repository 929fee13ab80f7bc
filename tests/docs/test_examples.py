"""Runs the examples of README and docs: what a page prints is what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import PAGES, ROOT, examples, matches, shell


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_print_what_it_says(page: Path) -> None:
    with shell(page) as running:
        stale = [each.name for each in examples(page) if not matches(running.run(each), each.output)]
    assert not stale, "scripts/examples.py shows what they print now"


def test_the_comparison_can_fail() -> None:
    assert matches("a\nb\nc\n", "a\n...\nc\n")
    assert not matches("a\nb\nc\n", "a\n...\nd\n")
    assert not matches("a\nb\n", "a\n")
    assert matches("a\nb\n", "...\n")
    assert matches('{"a":1,"b":2}\n', '{"a":[...]}\n')
    assert not matches('{"a":1}\n{"b":2}\n', '{"a":[...]}\n')
    assert matches("x\n0.31 s\n", "...\n1.00 s\n")
    assert not matches("x\n0.31 s\n", "...\n1.00 m\n")


def test_a_page_brings_its_files_along(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```text a/b.txt\nhello\n```\n```console\n$ cat a/b.txt\nhello\n```\n", encoding="utf-8")
    with shell(page) as running:
        (example,) = examples(page)
        assert running.run(example) == "hello\n"
        assert (running.folder / "examples" / "eight.jsonl").is_file()


def test_an_example_is_a_command_and_its_output(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text\n```console\n$ tocsin a \\\n    b 2>&1\nx\n\ny\n$ echo $?\n2\n```\n", encoding="utf-8")
    first, second = examples(page)
    assert (first.command, first.output, first.shows_code) == ("tocsin a \\\n    b 2>&1", "x\n\ny\n", True)
    assert (second.command, second.output, second.line) == ("echo $?", "2\n", 8)
