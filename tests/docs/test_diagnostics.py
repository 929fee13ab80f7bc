"""Every diagnostic has a page, and no other has one; an example shows the diagnostic that its page is about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.catalogue import NAME, names
from tests.docs.console import ROOT

DOCS = ROOT / "docs" / "diagnostics"
PAGES = sorted(set(DOCS.glob("*.md")) - {DOCS / "README.md"})


def test_every_name_has_a_page_and_every_page_a_name() -> None:
    assert {page.stem for page in PAGES} == set(names())


def test_names_are_kebab_case() -> None:
    assert all(NAME.fullmatch(name) for name in names())


def test_the_list_names_them_all() -> None:
    listed = re.findall(r"^- \[`([\w-]+)`\]\(\1\.md\)$", (DOCS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(names())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_means_shows_it_and_says_what_to_do(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.stem}\n\n")
    meaning, *blocks, advice = re.split(r"^```.*?^```$", text.split("\n", 1)[1], flags=re.MULTILINE | re.DOTALL)
    assert meaning.strip()
    assert advice.strip()
    assert re.search(rf"^(error|unsupported|warning)\[{page.stem}\]: ", text, re.MULTILINE)
    assert not any(block.strip() for block in blocks)
