"""Several detections in one run: one pass over the input, and one that cannot run stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import detection, lookup, macro
from tests.cli.pushes import other, push, text, write, zipped
from tests.cli.running import Json, Ran, Tocsin

HUGE = "eventName=PutImage " + "| eval x=1 " * 600
LOOP = "`never_ending`"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Two pushes by ann, one of them delivered twice, one by bob, and two records of another kind."""
    return write(
        tmp_path / "logs",
        a__json=text(push(1), push(2), other(3)),
        b__json__gz=zipped(push(2), push(4, "bob"), other(5)),
    )


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def by_name(ran: Ran) -> dict[str, Json]:
    return {each["name"]: each for each in ran.summary["detections"]}


def names(ran: Ran) -> list[str]:
    return [line["detection"]["name"] for line in ran.lines]


def test_each_file_is_read_once_for_all_detections(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    detection(mine, "Pushes", "`cloudtrail` eventName=PutImage | stats count by user")
    detection(mine, "Everything", "`cloudtrail` | stats count by user, eventName")
    detection(mine, "Listing", "`cloudtrail` eventName=Describe* | stats count by user")
    ran = tocsin.scan(logs, "--content", mine)
    assert names(ran) == ["Everything", "Everything", "Everything", "Listing", "Pushes", "Pushes"]
    assert ran.summary["files"]["total"] == 2
    assert ran.summary["records"]["decoded"] == 6
    assert (ran.summary["records"]["matched"], ran.summary["records"]["duplicates"]) == (5, 1)
    found = by_name(ran)
    assert [found[name]["matched"] for name in ("Everything", "Listing", "Pushes")] == [5, 2, 3]
    assert [found[name]["duplicates"] for name in ("Everything", "Listing", "Pushes")] == [1, 0, 1]


def test_those_of_the_folder_run_and_named_ones_alone_if_any_are_named(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    one = detection(mine, "One", "eventName=PutImage | stats count by user")
    two = detection(mine, "Two", "eventName=PutImage | stats count by user")
    assert set(names(tocsin.scan(logs, "--content", mine))) == {"One", "Two"}
    assert set(names(tocsin.scan(logs, "--content", mine, "-d", "two"))) == {"Two"}
    assert set(names(tocsin.scan(logs, "-d", one))) == {"One"}
    assert set(names(tocsin.scan(logs, "-d", one, "-d", two))) == {"One", "Two"}
    some_id = tocsin.scan(logs, "-d", one).lines[0]["detection"]["id"]
    assert set(names(tocsin.scan(logs, "--content", mine, "-d", some_id))) == {"One"}


@pytest.mark.parametrize(
    "broken",
    [
        "name: One\nid: 00000000-0000-4000-8000-000000000001\ntype: Anomoly\nsearch: eventName=PutImage\n",
        "name: One\nsearch: eventName=PutImage\ntags: [\n",
        "name: One\nsearch: eventName=\x80",
    ],
)
def test_the_shipped_ones_do_not_stand_in_for_a_broken_one(tocsin: Tocsin, logs: Path, mine: Path, broken: str) -> None:
    path = mine / "detections" / "one.yml"
    path.parent.mkdir(parents=True)
    path.write_text(broken, encoding="latin-1")
    ran = tocsin("scan", logs, "--content", mine, code=2)
    assert ran.out == ""
    assert "no detection can run: 1 detection in error, see above" in ran.err
    assert "is in error" in tocsin("scan", logs, "--content", mine, "-d", "one", code=2).err
    detection(mine, "Two", "eventName=PutImage | stats count by user")
    assert set(names(tocsin.scan(logs, "--content", mine, code=2))) == {"Two"}


def test_of_many_warnings_of_files_the_first_are_printed(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    for number in range(14):
        detection(mine, f"D{number}", "eventName=PutImage | stats count by user", status="odd")
    ran = tocsin.scan(logs, "--content", mine)
    assert ran.err.count("warning[odd-value]") == 10
    assert f"and 4 more warnings (`tocsin check {mine}` prints them)" in ran.err
    assert tocsin("check", mine).err.count("warning[odd-value]") == 14


def test_an_unknown_detection_is_wrong_usage(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin("scan", logs, "-d", "AWS ECR Container Upload Outside Busines Hours", code=2)
    assert "there is no detection `AWS ECR Container Upload Outside Busines Hours`" in ran.err


@pytest.mark.parametrize(
    ("search", "diagnostic"),
    [
        ('eventName="PutImage', "error[unclosed-quote]: a quoted text is never closed"),
        ("`no_such_macro`", "error[unknown-macro]: no macro named `no_such_macro`"),
        (LOOP, "error[macro-cycle]: a macro calls itself"),
        ("eventName=PutImage | transaction user", "unsupported[unsupported-command]: the command `transaction`"),
        ("eventName=PutImage | lookup nowhere user", "error[unknown-lookup]: there is no lookup table `nowhere`"),
        ('* | where match(user, "(?=x)y")', "unsupported[unsupported-regex]"),
        ('* | where match(user, "(x{999}){999}")', "error[bad-regex]: the regular expression does not run"),
        ('* | eval x=strftime(_time, "%K")', "unsupported[unsupported-time-format]"),
        ('* | where cidrmatch("10.0.0.0/99", src_ip)', "error[bad-cidr]: `10.0.0.0/99` is no block of addresses"),
        ("earliest=soon eventName=PutImage", "error[bad-time]: a time cannot be read"),
        ("earliest=-1d latest=-2d *", "error[empty-window]: the time window is empty"),
        (HUGE, "unsupported[too-many-commands]: the search has more than 500 commands"),
        ("* | where " + "(" * 500 + "a=1" + ")" * 500, "error[nested-too-deep]"),
        ("", "error[empty-search]: the search is empty"),
    ],
    ids=lambda value: value[:30],
)
def test_a_detection_that_cannot_run_stops_no_other(
    tocsin: Tocsin, logs: Path, mine: Path, search: str, diagnostic: str
) -> None:
    macro(mine, "never_ending", "eventName=x OR `never_ending_either`")
    macro(mine, "never_ending_either", "eventName=y OR `never_ending`")
    path = detection(mine, "Bad", search)
    detection(mine, "Good", "eventName=PutImage | stats count by user")
    ran = tocsin.scan(logs, "--content", mine, code=2)
    assert names(ran) == ["Good", "Good"]
    assert diagnostic in ran.err
    assert str(path) in ran.err or str(mine / "macros") in ran.err
    assert by_name(ran)["Good"]["failed"] == ""
    assert by_name(ran)["Bad"]["failed"] in diagnostic + ran.err
    assert by_name(ran)["Bad"]["failed"] != ""
    assert "Did not run\n  Bad: " in ran.err


def test_nothing_is_read_if_no_detection_can_run(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    for name, search in (("One", 'eventName="x'), ("Two", "* | transaction user")):
        detection(mine, name, search)
    ran = tocsin("scan", logs, "--content", mine, "--output", mine / "out", code=2)
    assert "no detection can run: 2 detections tried, see above" in ran.err
    assert not (mine / "out").exists()


def test_what_only_the_engine_refuses_is_refused_before_anything_is_read(
    tocsin: Tocsin, logs: Path, mine: Path
) -> None:
    detection(mine, "One", '* | eval x=strftime(_time, "%K")')
    ran = tocsin("scan", logs, "--content", mine, code=2)
    assert "unsupported[unsupported-time-format]: the time format's `%K` does not run yet" in ran.err
    assert ran.out == ""


def test_a_catastrophic_pattern_takes_no_longer_than_another(tocsin: Tocsin, tmp_path: Path, mine: Path) -> None:
    logs = write(tmp_path / "long", a__json=text(push(1, userAgent="a" * 50_000 + "!")))
    detection(
        mine, "Slow", '* | where match(userAgent, "^(a+)+$") OR match(userAgent, "(a|aa)+$") | stats count by user'
    )
    ran = tocsin.scan(logs, "--content", mine)
    assert ran.lines == []
    assert ran.summary["seconds"] < 5


def test_files_that_are_no_content_are_named_and_the_rest_runs(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    detection(mine, "Good", "eventName=PutImage | stats count by user")
    bombs = "\n".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdef", "bcdefg", strict=True))
    broken = {
        "list.yml": "- a\n- b\n",
        "bomb.yml": f"a: &a [1, 2, 3]\n{bombs}\nname: x\nsearch: y\n",
        "tag.yml": "name: !!python/object/apply:os.system [exit]\nsearch: x\n",
        "deep.yml": "a: " + "[" * 5000,
        "open.yml": 'name: "open\n',
        "tab.yml": "name: x\n\tsearch: y\n",
        "empty.yml": "",
    }
    for name, content in broken.items():
        (mine / "detections" / name).write_text(content)
    (mine / "detections" / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    ran = tocsin.scan(logs, "--content", mine, code=2)
    assert names(ran) == ["Good", "Good"]
    for name in (*broken, "bytes.yml"):
        assert str(mine / "detections" / name) in ran.err
    assert "error[yaml-too-many-values]" in ran.err
    assert "error[yaml-tag]: the YAML tag `!!python/object/apply:os.system` is not allowed" in ran.err


def test_a_file_of_something_else_is_passed_over_with_a_warning(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    detection(mine, "Good", "eventName=PutImage | stats count by user")
    (mine / "detections" / "workflow.yml").write_text("on: push\njobs: []\n")
    ran = tocsin.scan(logs, "--content", mine)
    assert "warning[not-content]: the file is passed over" in ran.err


def test_content_in_error_tells_in_the_exit_code_of_a_search_too(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    mine.mkdir()
    (mine / "macros.conf").write_text("[open\n")
    assert tocsin.search("* | stats count", logs, "--content", mine, code=2).column("count") == ["5"]


def test_a_field_that_no_record_can_supply_is_named(tocsin: Tocsin, logs: Path, mine: Path) -> None:
    detection(mine, "Nobody", "eventName=PutImage | stats count by user, requestParameters.colour")
    ran = tocsin.scan(logs, "--content", mine)
    assert ran.lines == []
    found = by_name(ran)["Nobody"]
    assert found["dropped"] == [
        {
            "rows": 3,
            "by_field": {"user": 0, "requestParameters.colour": 3},
            "command": "stats count by user, requestParameters.colour",
        }
    ]
    assert found["missing_fields"] == ["requestParameters.colour"]
    assert "no matched record has requestParameters.colour, which the search reads" in ran.err


@pytest.mark.parametrize(
    "commands",
    [
        "rename requestParameters.* AS * | stats count by imageTag",
        "eval imageTag=user | stats count by imageTag",
        "spath output=imageTag path=requestParameters.imageTag | stats count by imageTag",
        "stats values(user) AS imageTag by user",
        'rex field=user "(?<imageTag>.*)" | stats count by imageTag',
        "lookup tags user OUTPUTNEW imageTag | stats count by imageTag",
    ],
)
def test_a_required_field_that_the_search_makes_is_not_missed(
    tocsin: Tocsin, logs: Path, mine: Path, commands: str
) -> None:
    lookup(mine, "tags", "user,imageTag", "ann,one", "bob,two")
    tags = {"analytic_story": [], "required_fields": ["_time", "imageTag", "requestParameters.imageTag"]}
    detection(mine, "Tags", f"eventName=PutImage | {commands}", tags=tags)
    ran = tocsin.scan(logs, "--content", mine)
    assert ran.lines != []
    assert by_name(ran)["Tags"]["missing_fields"] == []


def test_dropped_rows_are_counted_by_the_field_that_lacks(tocsin: Tocsin, tmp_path: Path, mine: Path) -> None:
    untagged = {"registryId": "111122223333", "repositoryName": "web/shop"}
    records = [push(1), push(2, requestParameters=untagged), push(3, awsRegion=None), push(4, requestParameters=None)]
    logs = write(tmp_path / "some", a__json=text(*records))
    detection(mine, "Tags", "eventName=PutImage | stats count by awsRegion, requestParameters.imageTag")
    (dropped,) = by_name(tocsin.scan(logs, "--content", mine))["Tags"]["dropped"]
    assert dropped["rows"] == 3
    assert dropped["by_field"] == {"awsRegion": 1, "requestParameters.imageTag": 2}


def test_what_is_wrong_with_a_lookup_is_told_where_it_is_used(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    detection(mine, "Plain", "eventName=PutImage | stats count by user")
    for name in ("Uses", "Uses Too"):
        detection(mine, name, "eventName=PutImage | lookup model user OUTPUT ok | stats count by user")
    (mine / "lookups").mkdir()
    (mine / "lookups" / "model.yml").write_text("name: model\nfilename: model.mlmodel\n")
    (mine / "lookups" / "torn.yml").write_text("name: torn\nfilename: nowhere.csv\n")
    told = "unsupported[lookup-kind]"
    for plain in (("scan", "--format", "jsonl", "-d", "Plain"), ("search", "* | stats count")):
        assert tocsin(*plain, logs, "--content", mine).err.startswith("2 files = 2 read")
    assert tocsin("show", "Plain", "--content", mine).err == ""
    assert tocsin("explain", "Plain", "--content", mine).err == ""
    for verb in (("explain", "Uses"), ("scan", logs, "-d", "Uses"), ("search", "* | lookup model user", logs)):
        err = tocsin(*verb, "--content", mine, code=2).err
        assert err.index(told) < err.index("there is no lookup table `model`")
    scanned = tocsin("scan", logs, "--content", mine, code=2).err
    assert (scanned.count(told), scanned.count("there is no lookup table `model`")) == (1, 2)
    checked = tocsin("check", mine, code=2).err
    assert (checked.count(told), checked.count("lookup-missing")) == (1, 1)


def test_a_lookup_that_is_made_up_for_is_not_told(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "lookups").mkdir(parents=True)
    (tmp_path / "one" / "lookups" / "teams.yml").write_text("name: teams\nfilename: teams.mlmodel\n")
    lookup(tmp_path / "two", "teams", "user,team", "ann,web")
    layers = ("--content", tmp_path / "one", "--content", tmp_path / "two")
    ran = tocsin("search", "* | lookup teams user | table team", logs, *layers)
    assert "lookup-kind" not in ran.err
