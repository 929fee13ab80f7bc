"""The page: its parts, what it needs from elsewhere (nothing), and what text from logs may do in it (nothing)."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.sinks.html.making import written
from tests.sinks.html.reading import read
from tests.sinks.made import PUSH, account, epoch, finding, week
from tocsin import __version__
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import EventPointer
from tocsin.sinks.formats import open_sink
from tocsin.sinks.html.sink import LISTED
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


def test_the_page_has_its_parts_in_order() -> None:
    page = read(written(week(), earliest=epoch("2026-03-01T00:00Z"), latest=epoch("2026-03-09T00:00Z")))
    assert (page.wrong, page.open) == ([], [])
    assert page.texts("h1") == ["Findings in CloudTrail"]
    assert page.texts("h2") == [
        "Summary",
        "Over the window",
        "Over the week",
        "Who and what",
        "Pushes At Night",
        "Left out, and why",
        "Could not be read",
        "Warnings",
        "How it was computed",
    ]
    assert page.texts("dl", "head") == [
        "Window from Sun 2026-03-01 00:00:00 up to Mon 2026-03-09 00:00:00"
        " Times UTC, unless marked as local Computed Mon 2026-03-09 00:00:00 UTC, Tocsin " + __version__
    ]


def test_headings_and_tables_tell_what_they_are() -> None:
    page = read(written(week()))
    assert all(each.attributes.get("scope") in ("col", "row") for each in page.all("th"))
    assert len(page.all("table")) == len(page.all("caption"))
    drawings = page.all("svg")
    assert drawings
    assert all(each.attributes.get("aria-label") and each.attributes["role"] == "img" for each in drawings)
    names = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(names) == len(set(names))
    referred = [each.attributes["aria-labelledby"] for each in page.elements if "aria-labelledby" in each.attributes]
    assert set(referred) <= set(names)
    assert {each.attributes["href"][1:] for each in page.all("a")} <= set(names)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = written(week())
    page = read(text)
    assert not {each.tag for each in page.elements} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text


def test_a_finding_leads_back_to_its_records() -> None:
    events = tuple(EventPointer(f"e-{number}" if number else None, "logs/a.gz", number + 1) for number in range(100))
    page = read(written([replace(finding(), events=events, event_count=1234)]))
    assert "The first 100 of 1,234 records" in page.texts("caption")
    (records,) = page.texts("table", "records")
    assert "none logs/a.gz 1 e-1 logs/a.gz 2" in records
    assert "e-99 logs/a.gz 100" in records


def test_the_account_says_what_is_missing_without_the_time_that_the_run_took() -> None:
    text = written(week())
    page = read(text)
    assert "8 rows dropped, as in Splunk" in page.texts("pre")[0]
    assert "logs/a.json.gz, record 17: eventTime is missing" in page.texts("pre")[1]
    assert page.texts("p", "account")[0].startswith("212 files = 211 read + 1 failed")
    assert text == written(week(), run=replace(account(), seconds=99.0))


def test_the_search_stands_in_the_page_as_it_is_written() -> None:
    search = Composed.whole(Source("x", 'index=a user="<b>"\n  | stats count by user'))
    page = read(written([finding(detection=replace(PUSH, search=search))]))
    assert [each.text for each in page.all("pre", "search")] == ['index=a user="<b>"\n  | stats count by user']


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_logs_is_text_only(hostile: str) -> None:
    plain, attacked = (
        finding(
            text,
            source=text,
            message=text,
            detection=replace(PUSH, name=text, id=text, description=text, analytic_story=(text,)),
            repository=text,
            tag=(text, text + "2"),
            digest=text,
            reason=text,
            local_zone=text,
        )
        for text in ("plain", hostile)
    )
    plain, attacked = (
        replace(each, events=(EventPointer(text, text, 1),)) for each, text in ((plain, "plain"), (attacked, hostile))
    )
    runs = [
        RunAccount(detections=[DetectionAccount(text, failed=text)], warnings=[text]) for text in ("plain", hostile)
    ]
    calm, text = written([plain], run=runs[0]), written([attacked], run=runs[1])
    shape = [(each.tag, sorted(each.attributes)) for each in read(calm).elements]
    assert [(each.tag, sorted(each.attributes)) for each in read(text).elements] == shape
    assert not set("\x1b\u202e\u2028\x00") & set(text)


def test_hostile_text_is_shown_as_it_is() -> None:
    page = read(written([finding("<b>eve</b>")]))
    assert "<b>eve</b>" in page.texts("table", "sums")[0]


def test_no_findings_make_a_page() -> None:
    page = read(written([], run=RunAccount(detections=[DetectionAccount("Quiet", matched=4)])))
    assert page.wrong == []
    assert page.texts("h2") == ["Summary", "Left out, and why", "Could not be read", "How it was computed"]
    assert "No findings." in page.texts("p")
    assert "Quiet (4 records matched)" in page.texts("li")


def test_long_lists_are_cut_and_sums_are_not() -> None:
    page = read(written([finding(f"user{number}") for number in range(5000)]))
    (findings,) = page.all("table", "findings")
    assert len(page.all("details")) == LISTED
    assert findings.text.count("pushed by user") == LISTED
    (cut,) = page.texts("p", "cut")
    assert cut.startswith("4,500 more findings are not listed")
    assert "--format jsonl" in cut
    assert page.texts("dl", "numbers")[0].startswith("findings 5,000")
    assert page.texts("table", "heat")[0].endswith("5,000 0 5,000")


def test_findings_of_one_detection_may_come_in_parts() -> None:
    stream = io.StringIO()
    sink = open_sink("html", stream, zone="UTC", now=0.0)
    for each in week():
        sink.write([each])
    sink.close(account())
    assert stream.getvalue().count('class="findings"') == 1


def test_the_page_says_when_it_was_computed_or_is_not_made() -> None:
    with pytest.raises(ValueError, match="when it was computed"):
        open_sink("html", io.StringIO(), zone="UTC")


def test_other_formats_do_not_load_the_template_engine() -> None:
    code = "import sys, tocsin.sinks.formats; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
