"""`tocsin explain`: what is known of a search before it runs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.content import detection, lookup, macro
from tests.cli.pushes import FILTER, FLAGSHIP
from tests.cli.running import Tocsin
from tocsin.cloudtrail.fields import describe

TITLES = (
    "Search, macros expanded", "Tree", "Plan", "Fields and where they come from", "Prefilter", "SQL",
)  # fmt: skip


def section(out: str, title: str) -> str:
    return out.partition(f"{title}\n{'-' * len(title)}\n")[2].partition("\n\n")[0]


def test_it_has_its_sections_in_order(tocsin: Tocsin) -> None:
    out = tocsin("explain", FLAGSHIP).out
    places = [out.index(f"{title}\n{'-' * len(title)}\n") for title in TITLES]
    assert places == sorted(places)


def test_macros_are_expanded_as_they_are_overridden(tocsin: Tocsin, tmp_path: Path) -> None:
    assert section(tocsin("explain", FLAGSHIP).out, TITLES[0]).endswith("| search *")
    macro(tmp_path / "mine", FILTER, 'where user!="ann"')
    out = tocsin("explain", FLAGSHIP, "--content", tmp_path / "mine").out
    assert section(out, TITLES[0]).endswith('| where user!="ann"')


def test_the_precedence_of_or_can_be_seen(tocsin: Tocsin) -> None:
    tree = section(tocsin("explain", FLAGSHIP).out, "Tree")
    assert "    or\n      date_hour>=20\n      date_hour<8\n" in tree


def test_every_field_says_where_it_comes_from(tocsin: Tocsin) -> None:
    lines = section(tocsin("explain", FLAGSHIP).out, TITLES[3]).splitlines()
    kinds = {line.split()[0]: " ".join(line.split()[1:]) for line in lines}
    assert kinds["src_ip"] == "alias sourceIPAddress"
    assert kinds["requestParameters.imageTag"] == "JSON path"
    assert kinds["date_hour"].startswith("default the hour of `eventTime`")
    assert kinds["userName"].startswith("calculated coalesce(")


def test_a_field_that_the_search_makes_is_told_from_one_of_the_records(tocsin: Tocsin) -> None:
    out = tocsin("explain", 'eventName=PutImage | rex field=userAgent "(?<tool>docker)" | stats count by tool').out
    kinds = {line.split()[0]: " ".join(line.split()[1:]) for line in section(out, TITLES[3]).splitlines()}
    assert kinds["tool"] == "JSON path the search makes it, too"
    assert kinds["userAgent"] == "JSON path"


def test_a_long_definition_is_shortened_and_stands_in_full_below(tocsin: Tocsin) -> None:
    out = tocsin("explain", FLAGSHIP).out
    lines = section(out, TITLES[3]).splitlines()
    assert max(map(len, lines)) < 130
    (user,) = (" ".join(line.split()) for line in lines if line.startswith("user "))
    assert user.startswith("user calculated case(")
    assert user.endswith(" \u2026")
    whole = section(out, "Definitions in full")
    doc = describe("user")
    assert doc is not None
    assert " ".join(doc.definition.split()) in " ".join(whole.split())
    assert "Definitions in full" not in tocsin("explain", "eventName=PutImage | stats count by src_ip").out


def test_the_text_of_a_record_is_read_where_the_search_reads_it(tocsin: Tocsin) -> None:
    sql = tocsin("explain", 'eventName=PutImage | rex field=_raw "(?<x>abc)" | table x').out.partition("\nSQL\n")[2]
    assert 'REGEXP_EXTRACT("_raw"' in sql
    assert "CAST(NULL" not in sql


def test_the_window_of_a_search_is_in_its_sql(tocsin: Tocsin) -> None:
    assert '10e0 <= "__tocsin_time"' in tocsin("explain", "earliest=10 eventName=PutImage | stats count by user").out


def test_what_only_a_wildcard_asks_for_is_said_to_be_missing(tocsin: Tocsin) -> None:
    told = "-- fields that only a wildcard asks for are not known yet, and left out"
    assert told in tocsin("explain", "eventName=PutImage | head 3").out
    assert told not in tocsin("explain", "eventName=PutImage | table user").out


def test_the_prefilter_names_its_texts(tocsin: Tocsin) -> None:
    assert "`ecr.amazonaws.com`\nand `putimage`" in section(tocsin("explain", FLAGSHIP).out, "Prefilter")
    assert "none: any file may hold a match" in tocsin("explain", "* | stats count").out
    assert "no record can match" in section(tocsin("explain", "sourcetype=aws:config | stats count").out, "Prefilter")


def test_a_search_and_a_file_can_be_explained(tocsin: Tocsin, tmp_path: Path) -> None:
    lookup(tmp_path / "mine", "allowed", "user,ok", "ann,yes")
    spl = "`cloudtrail` eventName=PutImage | lookup allowed user | stats count by ok"
    out = tocsin("explain", spl, "--content", tmp_path / "mine").out
    assert "look up  allowed by user: ok" in out
    path = detection(tmp_path / "other", "Mine", "eventName=PutImage | stats count by user")
    assert "SELECT" in tocsin("explain", path).out


def test_a_search_may_be_longer_than_the_name_of_a_file(tocsin: Tocsin) -> None:
    long = (
        f"eventName=PutImage user IN ({', '.join(f'user-{number:03}' for number in range(60))}) | stats count by user"
    )
    assert len(long) > 500
    assert long in tocsin("explain", long).out


def test_a_file_is_no_search_whatever_its_name(tocsin: Tocsin, tmp_path: Path) -> None:
    path = detection(tmp_path, "Mine", "eventName=PutImage | stats count by user")
    assert "PutImage" in tocsin("explain", path.rename(path.with_name("a=b.yml"))).out


def test_what_cannot_run_is_told_as_elsewhere(tocsin: Tocsin) -> None:
    ran = tocsin("explain", "eventName=PutImage | transaction user", code=2)
    assert "unsupported[unsupported-command]" in ran.err
    assert ran.out == ""
    assert "error[bad-regex]" in tocsin("explain", '* | where match(user, "(x{999}){999}")', code=2).err


def test_nothing_in_a_search_can_move_a_cursor(tocsin: Tocsin) -> None:
    ran = tocsin("explain", 'user="\x1b[31m" | eval x="\x07" | rename user AS "\x1b[2J" | table *')
    assert not {"\x1b", "\x07"} & set(ran.out + ran.err)


def test_it_takes_what_a_search_means_and_nothing_about_reading(tocsin: Tocsin) -> None:
    spl = 'eventName=* | eval day=strftime(now(), "%d %H") | table day user'
    out = tocsin("explain", spl, "--now", "2026-03-08T12:00Z", "--timezone", "Asia/Tokyo", "--user-fallback").out
    assert "1772971200" in out
    assert "Asia/Tokyo" in out
    assert "No such option" in tocsin("explain", spl, "--jobs", "2", code=2).err
    assert "No such option" in tocsin("explain", spl, "--earliest", "-1d", code=2).err
