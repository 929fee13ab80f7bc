"""The report on the example in a browser: what arrives, in the light, in the dark, on a phone and on paper.

Pictures are left in the test's folder (`pytest --basetemp=DIR` keeps it) for a person to look at.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from tests.sinks.html.reading import Page, read
from tocsin.cli.main import entry

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EXAMPLES = Path(__file__).parents[3] / "examples"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"

# No browser window is as narrow as a phone, but a frame is. Its page runs no script; the page around it measures.
FRAME = """<!DOCTYPE html><title></title><body style="margin:0">
<iframe id="frame" src="{page}" style="border:0;width:{width}px;height:{height}px"></iframe>
<script>onload = () => {{
  const page = frame.contentDocument, shown = name => getComputedStyle(page.querySelector(name)).display
  document.title = [page.documentElement.scrollWidth, getComputedStyle(page.body).backgroundColor,
    shown('.wide'), shown('.tall'), page.scripts.length].join('|')
}}</script>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("report") / "report.html"
    options = ("--hours", EXAMPLES / "hours.yml", "--compare", "--now", "2026-03-09", "--format", "html", "-o", page)
    with pytest.raises(SystemExit):
        entry(["scan", str(EXAMPLES / "trail"), *map(str, options)])
    return page


def browse(page: Path, name: str, *flags: str) -> Page:
    """Open a page; the elements that the browser has. Each run has a profile of its own."""
    profile = page.parent / f"profile {name}"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", *flags, "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return read(done.stdout)


def framed(report: Path, name: str, width: int, *flags: str) -> list[str]:
    """The report in a frame of that width: how wide it is, its background, what is shown, how many scripts."""
    height = 6000
    frame = report.parent / f"{name}.html"
    frame.write_text(FRAME.format(page=report.as_uri(), width=width, height=height))
    picture = f"--screenshot={report.parent / name}.png"
    page = browse(frame, name, *flags, picture, f"--window-size={max(width, 500)},{height}")
    return page.text("title").split("|")


def size(picture: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


def test_the_browser_has_what_was_written_draws_it_and_prints_it(report: Path) -> None:
    paper, picture = report.parent / "paper.pdf", report.parent / "light.png"
    flags = (f"--print-to-pdf={paper}", f"--screenshot={picture}", "--window-size=1200,6000")
    seen, wrote = browse(report, "light", *flags), read(report.read_text(encoding="utf-8"))
    for tag in ("h1", "h2", "h3", "h4", "table", "caption", "th", "td", "svg", "rect", "circle", "details", "article"):
        assert len(seen.all(tag)) == len(wrote.all(tag)), tag
    for tag in ("h1", "h2", "h3", "h4"):
        assert seen.texts(tag) == wrote.texts(tag)
    assert seen.text("h1") == "24 findings"
    assert len(seen.all("article", "finding")) == 24
    assert size(picture) == (1200, 6000)
    assert paper.read_bytes().startswith(b"%PDF-")


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_week_stands_upright(report: Path) -> None:
    wide, paper, flat, upright, scripts = framed(report, "phone", 360)
    assert (int(wide), flat, upright, scripts) == (360, "none", "table", "0")
    assert paper == "rgb(255, 255, 255)"


def test_in_the_dark_the_paper_is_dark(report: Path) -> None:
    wide, paper, flat, upright, _ = framed(report, "dark", 1200, DARK)
    assert (int(wide), flat, upright) == (1200, "table", "none")
    assert max(int(each) for each in paper[4:-1].split(",")) < 40
