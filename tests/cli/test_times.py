"""The window, the moment of the search, and the searcher's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.pushes import push, write, zipped
from tests.cli.running import Tocsin

Options = tuple[str, str]
DAYS = ("02", "03", "04", "05")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A trail as S3 has it: a push a day at 22:00 UTC, tagged with the day."""
    logs = tmp_path / "logs"
    for day in DAYS:
        folder = logs / f"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/{day}"
        folder.mkdir(parents=True)
        name = f"111122223333_CloudTrail_eu-west-1_202603{day}T2210Z_abcdefghijklmnop.json.gz"
        write(folder, **{name: zipped(push(int(day), eventTime=f"2026-03-{day}T22:00:00Z"))})
    return logs


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--earliest", "2026-03-04"], ["04", "05"]),
        (["--latest", "2026-03-04"], ["02", "03"]),
        (["--earliest", "2026-03-03T22:00:00Z", "--latest", "2026-03-04T22:00:00Z"], ["03"]),
        (["--earliest", "1772575200"], ["03", "04", "05"]),
        (["--earliest", "1772575201"], ["04", "05"]),
        (["--earliest", "2026-03-04T23:00:00+01:00"], ["04", "05"]),
        (["--earliest", "-24h@h", "--now", "2026-03-05T22:59:00Z"], ["04", "05"]),
        (["--earliest", "-23h@h", "--now", "2026-03-05T22:59:00Z"], ["05"]),
        (["--earliest", "-1d@d", "--latest", "@d", "--now", "2026-03-05T08:00:00Z"], ["04"]),
        (["--earliest", "@d", "--latest", "now", "--now", "2026-03-05T21:00:00Z"], []),
        (["--earliest", "@d", "--now", "2026-03-05T23:30:00Z", "--timezone", "Europe/Berlin"], []),
        (["--earliest", "2026-03-05", "--timezone", "Asia/Tokyo"], ["04", "05"]),
        (["--earliest", "2026-03-05", "--timezone", "America/New_York"], ["05"]),
    ],
)
def test_the_window_begins_with_earliest_and_ends_before_latest(
    tocsin: Tocsin, logs: Path, flagship: Options, options: list[str], days: list[str]
) -> None:
    assert tocsin.scan(logs, *flagship, *options).column("imageTag") == [f"t0{day}" for day in days]


def test_files_of_other_days_are_not_opened_and_not_counted_as_read(
    tocsin: Tocsin, logs: Path, flagship: Options
) -> None:
    ran = tocsin.scan(logs, *flagship, "--earliest", "2026-03-05T00:00:00Z")
    assert ran.column("imageTag") == ["t005"]
    files = ran.summary["files"]
    assert files["not_opened"] >= 2
    assert files["total"] + files["not_opened"] == len(DAYS)


def test_a_file_that_was_delivered_late_is_still_opened(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    folder = logs / "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/05"
    late = "111122223333_CloudTrail_eu-west-1_20260305T0005Z_late000000000000.json.gz"
    write(folder, **{late: zipped(push(77, eventTime="2026-03-04T23:50:00Z"))})
    assert "t077" in tocsin.scan(logs, *flagship, "--latest", "2026-03-05").column("imageTag")


def test_records_outside_the_window_are_counted(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    records = [push(number, eventTime=f"2026-03-0{number}T22:00:00Z") for number in range(1, 6)]
    ran = tocsin.scan(write(tmp_path / "one", a=zipped(*records)), *flagship, "--latest", "2026-03-03")
    assert ran.summary["records"]["outside_window"] == 3
    assert ran.summary["records"]["not_matched"] == 3


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("UTC", "2026-03-02T22:00:00"),
        ("Asia/Kolkata", "2026-03-03T03:30:00"),
        ("America/New_York", "2026-03-02T17:00:00"),
    ],
)
def test_times_are_shown_in_the_searchers_zone(
    tocsin: Tocsin, logs: Path, flagship: Options, zone: str, first: str
) -> None:
    options = (*flagship, "--latest", "2026-03-03T12:00:00Z", "--timezone", zone)
    ran = tocsin.scan(logs, *options)
    assert ran.column("firstTime") == [first]
    assert ran.lines[0]["time"]["earliest"] == "2026-03-02T22:00:00Z"  # machines get UTC
    table = tocsin.scan(logs, *options, form="table").out
    assert f"when ({zone})" in table
    assert f"{datetime.fromisoformat(first):%a %Y-%m-%d %H:%M:%S}" in table


def test_the_hour_of_a_record_is_that_of_its_text_in_every_zone(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    everywhere = [tocsin.scan(logs, *flagship, "--timezone", zone) for zone in ("UTC", "Asia/Tokyo", "America/Lima")]
    assert len({tuple(ran.column("imageTag")) for ran in everywhere}) == 1


def test_a_search_has_its_own_window(tocsin: Tocsin, logs: Path) -> None:
    spl = "earliest=-2d@d latest=@d eventName=PutImage | table requestParameters.imageTag"
    ran = tocsin.search(spl, logs, "--now", "2026-03-05T12:00:00Z", "--earliest", "2020-01-01")
    assert ran.column("requestParameters.imageTag") == ["t004", "t003"]


def test_without_now_the_clock_tells_the_moment(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    recent, old = ((midnight - timedelta(days=days, hours=1)).isoformat() for days in (0, 9))
    logs = write(tmp_path / "now", a=zipped(push(1, eventTime=recent), push(2, eventTime=old)))
    assert tocsin.scan(logs, *flagship, "--earliest", "-3d").column("imageTag") == ["t001"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--earliest", "soon"], "--earliest: 'soon' is no time"),
        (["--latest", "-1fortnight"], "--latest: '-1fortnight' has no time unit 'fortnight'"),
        (["--now", "nan"], "--now: 'nan' is no time"),
        (["--timezone", "Mars/Base"], "--timezone: no time zone named 'Mars/Base'"),
        (["--timezone", "../../etc/passwd"], "--timezone: no time zone"),
        (["--earliest", "2026-03-05", "--latest", "2026-03-04"], "--earliest is not before --latest"),
        (["--earliest", "now", "--latest", "now"], "--earliest is not before --latest"),
    ],
)
def test_times_that_cannot_be_meant_are_wrong_usage(
    tocsin: Tocsin, logs: Path, flagship: Options, options: list[str], words: str
) -> None:
    assert words in tocsin("scan", logs, *flagship, *options, code=2).err
