"""The page in a browser: all elements arrive, and nothing is wider than a phone."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from tests.sinks.html.making import written
from tests.sinks.html.reading import read
from tests.sinks.made import week

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here")


def browse(folder: Path, text: str, *flags: str) -> str:
    page = folder / "report.html"
    page.write_text(text, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_the_browser_finds_what_was_written(tmp_path: Path) -> None:
    text = written(week())
    seen, wrote = read(browse(tmp_path, text, "--dump-dom")), read(text)
    for tag in ("h1", "h2", "table", "tr", "td", "th", "svg", "rect", "details", "section", "style"):
        assert len(seen.all(tag)) == len(wrote.all(tag)), tag
    assert seen.texts("h2") == wrote.texts("h2")


# The page itself allows no script; this copy does, to be measured.
MEASURE = "<script>document.title = innerWidth + ' ' + document.documentElement.scrollWidth</script></body>"


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window(tmp_path: Path, width: int) -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    text = written(week()).replace(policy, f"{policy}; script-src 'unsafe-inline'")
    text = text.replace("<details>", "<details open>").replace("</body>", MEASURE)
    page = read(browse(tmp_path, text, "--dump-dom", f"--window-size={width},1600"))
    inner, scroll = map(int, page.texts("title")[0].split())
    assert scroll <= inner


def test_the_page_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browse(tmp_path, written(week()), f"--screenshot={picture}", "--window-size=1200,1600", "--hide-scrollbars")
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 1600)
