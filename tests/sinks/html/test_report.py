"""The page: its parts, what it needs from elsewhere (nothing), and what text from logs may do in it (nothing)."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.sinks.html.making import SATURDAY, abroad, behind, everything, written
from tests.sinks.html.reading import Page, read
from tests.sinks.made import PUSH, account, epoch, finding, week
from tocsin import __version__
from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.risk.account import DetectionAccount, DroppedRows, RunAccount
from tocsin.risk.finding import EventPointer
from tocsin.sinks.formats import Setting, open_sink
from tocsin.sinks.html import limits
from tocsin.sinks.html.sink import HtmlReport
from tocsin.source import Composed, Source

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></svg></details></table><h1>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#x3c;",
    "\x1b[2J\u202e\u2028\x00",
    "<!--",
    "]]>",
)
SUNDAY = epoch("2026-03-01T00:00Z")


def full(text: str = "plain") -> str:
    """A page with something in every place, and the text in all that comes from elsewhere."""
    detection = replace(
        PUSH,
        name=text,
        id=text,
        version=text,
        date=text,
        author=text,
        type=text,
        path=text,
        description=text,
        known_false_positives=text,
        analytic_story=(text,),
        mitre_attack=(text,),
        search=Composed.whole(Source("x", text)),
    )
    judged = replace(abroad(text, text), detection=detection, message=text)
    named = ("user", "repository", "digest", "errorCode", "business_calendar", "business_rule", "awsRegion", "account")
    judged.result.update(dict.fromkeys((text, *named), text))
    judged.result["tag"] = (text, text + "2")
    pointed = replace(judged, events=(EventPointer(text, text, 1, SATURDAY),), event_count=1)
    dropped = DroppedRows(1, {text: 1}, text)
    entry = DetectionAccount(text, 9, 1, 1, [dropped], 1, text, [text])
    scan = ScanAccount(
        files=1, failed=1, unreadable=1, decoded=1, problems=[Problem(text, text), Problem(text, text, 2)]
    )
    run = RunAccount(scan, [entry, DetectionAccount(text + " two", failed=text)], warnings=[text])
    return written([pointed], run=run, beside=everything(text))


def parts(page: Page) -> list[str]:
    return page.texts("h2")


def test_the_page_has_its_parts_in_order() -> None:
    latest = epoch("2026-03-09T00:00Z")
    page = read(written(week(), beside=everything(), earliest=SUNDAY, latest=latest))
    assert (page.wrong, page.open) == ([], [])
    assert page.text("h1") == "3 findings"
    assert parts(page) == [
        "The week",
        "Timeline",
        "Who and what",
        "Pushes At Night",
        "What changes against Pushes At Night",
        "Left out, and why",
        "Could not be read",
        "How it was computed",
    ]
    assert page.texts("dl", "meta")[0] == (
        "Window from Sun 2026-03-01 00:00:00 up to Mon 2026-03-09 00:00:00 Times UTC, where no other clock is named "
        "Computed Mon 2026-03-09 00:00:00 UTC"
    )


def test_the_summary_says_how_many_who_and_what() -> None:
    found = [behind(each, SATURDAY + at, name=f"f{at}") for at, each in enumerate((*week(), finding("ci-release")))]
    page = read(written(found, beside=everything()))
    assert page.text("p", "lead") == "Most often named: ci-release (2 findings), and the repository web/shop (3)."
    assert page.text("dl", "numbers") == (
        "detection with findings 1 highest score (medium) 49 people and machines 3 repositories 2 records behind "
        "findings 4 pushes in all 5"
    )


def test_what_keeps_the_page_from_being_whole_stands_at_the_top() -> None:
    failed = replace(account(), detections=[DetectionAccount("Quiet"), DetectionAccount("Bad", failed="no such field")])
    page = read(written([], run=failed))
    alerts = page.text("ul", "alerts")
    assert "1 detection did not run" in alerts
    assert "3 files or records could not be read" in alerts
    assert "does not add up" not in alerts
    assert "did not run: no such field" in page.text("table", "outcomes")
    odd = RunAccount(ScanAccount(decoded=5), matched=9)
    assert "does not add up" in read(written([], run=odd)).text("ul", "alerts")
    assert not read(written([], run=RunAccount())).all("ul", "alerts")


def test_headings_and_tables_tell_what_they_are() -> None:
    page = read(full())
    assert all(each.attributes.get("scope") in ("col", "row") for each in page.all("th"))
    assert len(page.all("table")) == len(page.all("caption"))
    for drawing in page.all("svg"):
        named = drawing.attributes.get("role") == "img" and "aria-labelledby" in drawing.attributes
        assert named or drawing.attributes.get("aria-hidden") == "true"
    names = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(names) == len(set(names))
    referred = [name for each in page.elements for name in each.attributes.get("aria-labelledby", "").split()]
    assert set(referred) <= set(names)
    assert {each.attributes["href"][1:] for each in page.all("a")} <= set(names)
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = written(week(), beside=everything())
    page = read(text)
    assert not {each.tag for each in page.elements} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'; style-src 'unsafe-inline'" in text


def test_a_finding_tells_when_why_who_and_what() -> None:
    page = read(written([abroad()]))
    text = page.text("article", "finding")
    assert text.startswith(
        "00:02 Sun 2026-03-08 Pacific/Auckland, their clock Sat 2026-03-07 11:02:45 UTC "
        "priya → to web/shop:1, latest night pushed by priya "
        "from AWS Internal in eu-west-1, account 111122223333; calendar nz, by rule 2 (line 35) sha256:a sha256:b"
    )
    assert page.text("h4") == "priya → to web/shop:1, latest"
    assert page.text("span", "score") == "49 medium"


def test_a_finding_leads_back_to_its_records() -> None:
    events = tuple(EventPointer(f"e-{number}" if number else None, "logs/a.gz", number + 1) for number in range(100))
    page = read(written([replace(finding(), events=events, event_count=1234)]))
    assert "The first 100 of 1,234 records" in page.texts("caption")
    records = page.text("table", "records")
    assert "none logs/a.gz 1 e-1 logs/a.gz 2" in records
    assert "e-99 logs/a.gz 100" in records
    assert "1,134 records behind findings are not in the map" in page.texts("p", "note")[0]


def test_the_map_marks_findings_among_all_pushes() -> None:
    page = read(written([behind(finding(), SATURDAY)], beside=everything()))
    assert page.texts("table", "week")[0].startswith("Pushes by weekday and hour, on the clock of whoever acted")
    for shape in page.all("table", "week"):
        assert " ".join(shape.text.split()).count("1of 2 behind findings") == 1
    assert len(page.all("td", "hit")) == 2
    assert "n of them behind findings".replace(" ", "") in page.text("ul", "legend").replace(" ", "")


def test_the_map_says_by_whose_clock_it_goes() -> None:
    captions = {
        "UTC": [behind(finding(), SATURDAY)],
        "whoever acted": [abroad()],
        "whoever acted, where it is known (1 of 2), else of UTC": [abroad(), behind(finding(), SATURDAY, name="other")],
    }
    for words, found in captions.items():
        assert read(written(found)).texts("table", "week")[0].split(" Mon")[0].split(" 00")[0].endswith(words)


def test_the_comparison_is_a_part_of_the_page() -> None:
    page = read(written([abroad()], beside=everything()))
    gone, new = page.texts("table", "changes")
    assert gone.startswith("Gone: only the original reports them (1)")
    assert "Sat 2026-03-07 11:02 1 priya web/plain:1.0 Sun 00:02 Auckland plain now" in gone
    assert new.endswith("plain now plain before")


def test_the_account_says_what_is_missing_without_the_time_that_the_run_took() -> None:
    text = written(week())
    page = read(text)
    assert "8 rows dropped, as in Splunk" in page.text("table", "outcomes")
    assert "logs/a.json.gz 17 eventTime is missing" in page.text("table", "problems")
    assert page.text("ul", "account").startswith("212 files = 211 read + 1 failed")
    assert text == written(week(), run=replace(account(), seconds=99.0))


def test_how_it_was_computed_names_search_version_and_input() -> None:
    page = read(full())
    how = page.texts("section")[-1]
    assert f"Tocsin {__version__}" in how
    for text in ("Logs plain", "Calendar file hours.yml", "Search name ESCU - plain - Rule"):
        assert text in how
    assert page.all("pre")[0].text == "plain"
    page = read(written([finding()], beside=everything()))
    assert [each.text for each in page.all("pre")] == ["search x", "search x\n| where plain"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_elsewhere_is_text_only(hostile: str) -> None:
    calm, text = full(), full(hostile)
    shape = [(each.tag, sorted(each.attributes)) for each in read(calm).elements]
    assert [(each.tag, sorted(each.attributes)) for each in read(text).elements] == shape
    assert not set("\x1b\u202e\u2028\x00") & set(text)


def test_hostile_text_is_shown_as_it_is() -> None:
    page = read(written([finding("<b>eve</b>")]))
    assert "<b>eve</b>" in page.texts("table", "sums")[0]


def test_text_may_be_that_of_a_broken_file_name() -> None:
    odd = replace(finding(), events=(EventPointer("e", "logs/\udcff.gz", 1),))
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sink = HtmlReport(stream, zone="UTC", now=0.0)
    sink.write([odd])
    sink.close(account())
    stream.seek(0)
    assert "logs/\\udcff.gz" in stream.read()


def test_no_findings_make_a_page() -> None:
    page = read(written([], run=RunAccount(detections=[DetectionAccount("Quiet", matched=4)])))
    assert page.wrong == []
    assert page.text("h1") == "No findings"
    assert page.text("p", "lead") == "1 detection ran on what was read, and found nothing."
    assert parts(page) == ["Left out, and why", "Could not be read", "How it was computed"]
    assert "Quiet 4 0 nothing" in page.text("table", "outcomes")
    quiet = read(written([], run=RunAccount(), beside=everything()))
    assert parts(quiet)[:2] == ["The week", "Timeline"]


def test_one_finding_is_shown_open() -> None:
    page = read(written([finding()]))
    assert page.text("h1") == "1 finding"
    assert "open" in next(each for each in page.all("details") if "all fields" in each.text).attributes


def test_long_lists_are_cut_and_sums_are_not() -> None:
    found = [finding(f"user{at}") for at in range(5000)]
    page = read(written(found))
    assert len(page.all("article", "finding")) == limits.LISTED
    assert page.text("p", "cut").startswith("4,000 earlier findings are not listed here")
    assert page.text("h1") == "5,000 findings"
    assert "people and machines 5,000" in page.text("dl", "numbers")
    assert "And 4,950 more: --format jsonl has all." in page.texts("p", "note")


def test_names_past_the_most_that_is_held_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NAMES", 2)
    page = read(written([finding(f"user{at}") for at in range(9)]))
    assert "7 mentions of further names are not counted apart." in page.texts("p", "note")


def test_the_page_is_bounded_whatever_the_logs_hold() -> None:
    times = [SATURDAY + at for at in range(100)]
    long = finding("u" * 10_000)
    long.result.update({f"f{at}": ("v" * 5000,) * 30 for at in range(90)})
    found = [behind(long, *times, name=f"n{at}") for at in range(1500)]
    one = written(found)
    several = written([replace(each, detection=replace(PUSH, name=f"D{at % 75}")) for at, each in enumerate(found)])
    assert max(len(one), len(several)) < 12_000_000
    assert several.count('<article class="finding">') == 75 * (limits.LISTED // 75)


def test_findings_of_one_detection_may_come_in_parts() -> None:
    stream = io.StringIO()
    sink = open_sink("html", stream, Setting(zone="UTC", now=0.0))
    for each in week():
        sink.write([each])
    sink.close(account())
    assert stream.getvalue().count('class="findings"') == 1


def test_the_page_says_when_it_was_computed_or_is_not_made() -> None:
    with pytest.raises(ValueError, match="when it was computed"):
        open_sink("html", io.StringIO(), Setting(zone="UTC"))


def test_other_formats_do_not_load_the_template_engine() -> None:
    code = "import sys, tocsin.sinks.formats; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
