"""`--hours`, `--profile` and `--compare`: what runs, what is said, what it ends with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, Tocsin
from tests.library.uploaders import DATA, push, user
from tocsin.cli.hours_names import calendars_at
from tocsin.hours import load_hours
from tocsin.sinks.formats import SINKS

EXAMPLES = Path(__file__).parents[2] / "examples"
HOURS = ("--hours", DATA / "hours.yml")
PROFILE = ("--profile", DATA / "profile.json")
ORIGINAL = "AWS ECR Container Upload Outside Business Hours"
OURS = "AWS ECR Container Upload Outside Uploader Business Hours"
FAILED = "AWS ECR Failed Container Upload Outside Uploader Business Hours"
UNUSUAL = "AWS ECR Push At An Hour Unusual For This Principal"


def written(folder: Path, *records: dict[str, Any], name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def detections(ran: Ran) -> set[str]:
    return {line["detection"]["name"] for line in ran.lines if "detection" in line}


def test_without_hours_our_detections_are_passed_over_and_that_is_said(tocsin: Tocsin) -> None:
    ran = tocsin.scan(DATA / "pushes.jsonl")
    assert detections(ran) == {ORIGINAL}
    assert "not run: 2 detections that need --hours, 1 that needs --profile" in ran.err
    assert ran.summary["needs"] == {"--hours": [OURS, FAILED], "--profile": [UNUSUAL]}
    assert [each["name"] for each in ran.summary["detections"]] == [ORIGINAL]


def test_with_both_files_all_run(tocsin: Tocsin) -> None:
    ran = tocsin.scan(DATA / "pushes.jsonl", *HOURS, *PROFILE)
    assert detections(ran) == {ORIGINAL, OURS, FAILED, UNUSUAL}
    assert "not run" not in ran.err
    assert ran.summary["needs"] == {}


def test_the_original_is_not_changed_by_hours(tocsin: Tocsin) -> None:
    def original(ran: Ran) -> list[Any]:
        return [line for line in ran.lines if line["detection"]["name"] == ORIGINAL]

    assert original(tocsin.scan(EXAMPLES / "trail", *HOURS)) == original(tocsin.scan(EXAMPLES / "trail"))


@pytest.mark.parametrize("name", [OURS, UNUSUAL])
def test_asked_for_by_name_without_its_file_a_detection_is_refused(tocsin: Tocsin, name: str) -> None:
    ran = tocsin("scan", DATA / "pushes.jsonl", "-d", name, code=2)
    assert "requires a" in ran.err


def test_check_says_what_a_detection_needs(tocsin: Tocsin) -> None:
    ran = tocsin("check")
    assert "4 detections: 1 ready, 0 unsupported, 0 error, 2 needs --hours, 1 needs --profile" in ran.out
    assert ran.err == ""


def test_content_of_ones_own_may_judge_by_hours(tocsin: Tocsin, tmp_path: Path) -> None:
    text = (DATA.parents[1] / "detections" / "cloud").joinpath(
        "aws_ecr_container_upload_outside_uploader_business_hours.yml"
    )
    own = text.read_text().replace("| businesshours", "| businesshours calendar=nowhere")
    (tmp_path / "mine.yml").write_text(own)
    ran = tocsin("scan", DATA / "pushes.jsonl", *HOURS, "--content", tmp_path, code=2)
    assert "error[unknown-calendar]" in ran.err


def test_a_wrong_calendar_file_ends_the_run_before_it_begins(tocsin: Tocsin, tmp_path: Path) -> None:
    wrong = tmp_path / "hours.yml"
    wrong.write_text("calendars: {a: {zone: Europe/Belin, week: {mon: 08:00-17:00}}}\ndefault: a\n")
    ran = tocsin("scan", DATA / "pushes.jsonl", "--hours", wrong, code=2)
    assert ran.out == ""
    assert "error[unknown-zone]" in ran.err
    assert "Europe/Berlin" in ran.err


def test_a_warning_of_the_calendar_file_is_printed_and_the_run_goes_on(tocsin: Tocsin, tmp_path: Path) -> None:
    path = tmp_path / "hours.yml"
    path.write_text("calendars: {a: {zone: Europe/Berlin, week: {mon: 08:00-17:00}}}\n")
    ran = tocsin.scan(DATA / "pushes.jsonl", "--hours", path)
    assert "warning[no-default]" in ran.err
    reasons = {line["result"]["reason"] for line in ran.lines if line["detection"]["name"] == OURS}
    assert reasons == {"unknown"}


@pytest.mark.parametrize("text", ["", "{}", '{"format": "tocsin-profiles", "version": 9}'])
def test_a_wrong_profile_is_one_line(tocsin: Tocsin, tmp_path: Path, text: str) -> None:
    path = tmp_path / "profile.json"
    path.write_text(text)
    ran = tocsin("scan", DATA / "pushes.jsonl", "--profile", path, code=2)
    assert ran.err.startswith(f"error: {path}: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("verb", ["scan", "search"])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("calendars: {a: {zone: UTC, week: {daily: 08:00-20:00}, holidays: XX}}\ndefault: a\n", "unknown-country"),
        ("calendars: {a: {zone: UTC, week: {daily: 08:00-20:00}}}\ndefault: b\n", "unknown-calendar"),
        ("calendars: [a]\ndefault: a\n", "wrong-kind"),
        ("calendars: {a: \n", "invalid-yaml"),
    ],
)
def test_what_is_wrong_in_a_calendar_file_ends_the_run_and_leaves_nothing(
    tocsin: Tocsin, tmp_path: Path, verb: str, wrong: str, said: str
) -> None:
    hours, output = tmp_path / "hours.yml", tmp_path / "out.csv"
    hours.write_text(wrong)
    spl = ["eventName=PutImage"] if verb == "search" else []
    ran = tocsin(verb, *spl, DATA / "pushes.jsonl", "--hours", hours, "--format", "csv", "-o", output, code=2)
    assert said in ran.err
    assert "hours.yml" in ran.err
    assert "records decoded" not in ran.err
    assert [each.name for each in tmp_path.iterdir()] == ["hours.yml"]


def test_a_warning_about_a_calendar_file_is_printed_once(tocsin: Tocsin, tmp_path: Path) -> None:
    hours = tmp_path / "hours.yml"
    hours.write_text("calendars: {a: {zone: UTC, week: {daily: 08:00-20:00}}}\n")
    assert tocsin.scan(DATA / "pushes.jsonl", "--hours", hours).err.count("no-default") == 1


@pytest.mark.parametrize("path", [DATA / "hours.yml", EXAMPLES / "hours.yml"])
def test_the_names_of_calendars_are_known_before_the_file_is_read(path: Path) -> None:
    early, read = calendars_at(path), load_hours(path).hours
    assert early
    assert read
    assert early.names == read.names == early.whole().names


def test_compare_needs_hours(tocsin: Tocsin) -> None:
    ran = tocsin("scan", DATA / "pushes.jsonl", "--compare", code=2)
    assert "--compare needs --hours FILE" in ran.err


def test_compare_needs_the_detections(tocsin: Tocsin) -> None:
    ran = tocsin("scan", DATA / "pushes.jsonl", *HOURS, "--compare", "-d", OURS, code=2)
    assert f"--compare needs the detection `{ORIGINAL}`" in ran.err


def kinds(ran: Ran) -> dict[int, tuple[str, str, str]]:
    changes = ran.summary["compare"]["changes"]
    return {int(each["event_id"][-12:]): (each["kind"], each["before"], each["now"]) for each in changes}


def test_every_push_is_compared_by_its_event(tocsin: Tocsin) -> None:
    ran = tocsin.scan(DATA / "pushes.jsonl", *HOURS, "--compare")
    found = kinds(ran)
    assert found[1] == ("new", "10:03 UTC on a Wednesday", "night (los angeles)")
    assert found[2] == ("gone", "03:00 UTC", "open (sydney)")
    assert found[4] == ("gone", "02:00 UTC", "open (builds)")
    assert found[5] == ("both", "Saturday in UTC", "weekend (berlin)")
    assert found[6] == ("new", "dropped for lack of user", "closure: no hours (none)")
    assert found[12] == ("new", "dropped for lack of imageTag", "night (berlin)")
    assert found[14] == ("both", "21:00 UTC", "night (berlin)")
    assert found[16] == ("new", "ECR Public is not read", "night (berlin)")
    assert found[20] == ("gone", "03:11 UTC", "left out as a service push, by `aws_ecr_service_pushes`")
    assert found[22] == ("lowered", "23:00 UTC", "night (berlin); failed: ImageTagAlreadyExistsException")
    counts = ran.summary["compare"]["counts"]
    assert sum(counts.values()) == ran.summary["compare"]["pushes"] == 22
    assert counts["neither"] == 22 - len(found)
    assert ran.lines[-1] == {"compare": ran.summary["compare"]}


def test_a_failed_push_that_only_we_see(tocsin: Tocsin) -> None:
    found = kinds(tocsin.scan(DATA / "failed.jsonl", *HOURS, "--compare"))
    lacks = "dropped for lack of imageTag, registryId, repository"
    assert found[32] == ("new_failed", lacks, "night (berlin); failed: AccessDenied")


def test_a_filter_macro_is_named(tocsin: Tocsin, tmp_path: Path) -> None:
    macros = {
        "aws_ecr_container_upload_outside_business_hours_filter": "search NOT user=ben",
        "aws_ecr_container_upload_outside_uploader_business_hours_filter": "search NOT user=eve",
    }
    (tmp_path / "macros").mkdir()
    for name, text in macros.items():
        (tmp_path / "macros" / f"{name}.yml").write_text(f"name: {name}\ndefinition: {text}\n")
    found = kinds(tocsin.scan(DATA / "pushes.jsonl", *HOURS, "--compare", "--content", tmp_path))
    assert found[14] == ("new", "removed by its filter macro", "night (berlin)")
    assert found[17] == ("gone", "22:09 UTC", "night (berlin), but removed by a filter macro")


def test_more_records_than_a_finding_lists_are_compared(tocsin: Tocsin, tmp_path: Path) -> None:
    path = written(tmp_path, *(push(number, "2026-06-10T03:00:00Z", user("kai")) for number in range(250)))
    ran = tocsin.scan(path, *HOURS, "--compare")
    assert ran.summary["compare"]["counts"]["gone"] == 250


def test_a_record_delivered_twice_is_one_push(tocsin: Tocsin, tmp_path: Path) -> None:
    once = push(1, "2026-06-10T03:00:00Z", user("kai"))
    written(tmp_path, once, name="a.jsonl")
    written(tmp_path, once, push(2, "2026-06-10T12:00:00Z", user("ben")), name="b.jsonl")
    counts = tocsin.scan(tmp_path, *HOURS, "--compare").summary["compare"]["counts"]
    assert (counts["gone"], counts["neither"]) == (1, 1)


def test_no_pushes_compare_to_nothing(tocsin: Tocsin, tmp_path: Path) -> None:
    path = written(tmp_path, push(1, "2026-06-10T03:00:00Z", user("kai"), eventName="GetObject"))
    ran = tocsin.scan(path, *HOURS, "--compare")
    assert (ran.summary["compare"]["pushes"], ran.summary["compare"]["changes"]) == (0, [])


@pytest.mark.parametrize("form", sorted(SINKS.keys() - {"jsonl"}))
def test_people_read_it_beside_the_data(tocsin: Tocsin, form: str) -> None:
    ran = tocsin.scan(DATA / "pushes.jsonl", *HOURS, "--compare", form=form)
    where, other = (ran.out, ran.err) if form in ("table", "html") else (ran.err, ran.out)
    assert f"What changes against {ORIGINAL}" in where
    assert "What changes" not in other


def test_the_account_is_that_of_a_run_without_the_comparison(tocsin: Tocsin) -> None:
    with_it, without = (tocsin.scan(EXAMPLES / "trail", *HOURS, *more).summary for more in (("--compare",), ()))
    assert with_it["records"] == without["records"]
    assert with_it["detections"] == without["detections"]


def test_a_search_judges_by_hours_and_profile(tocsin: Tocsin) -> None:
    spl = "eventName=PutImage user=dana | businesshours | unusualhour | table business_hours_reason surprise_zone"
    ran = tocsin.search(spl, DATA / "pushes.jsonl", *HOURS, *PROFILE)
    assert ran.lines == [{"business_hours_reason": "night", "surprise_zone": "America/Los_Angeles"}]


def test_explain_shows_where_the_judge_is_asked(tocsin: Tocsin) -> None:
    ran = tocsin("explain", OURS, *HOURS)
    assert "\nask      businesshours: local_time," in ran.out
    for heading in ("-- matched", "-- before businesshours 1", "-- result"):
        assert heading in ran.out


def test_what_is_dropped_and_filtered_after_the_judge_is_counted(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    macro = "businesshours prefix=x_ | search x_business_hours=unknown NOT user=ben"
    name = "aws_ecr_container_upload_outside_business_hours_filter"
    (tmp_path / "macros" / "m.yml").write_text(f"name: {name}\ndefinition: '{macro}'\n")
    ran = tocsin.scan(DATA / "pushes.jsonl", *HOURS, "--content", tmp_path, "-d", ORIGINAL)
    (entry,) = ran.summary["detections"]
    assert entry["filter_macro"] == name
    assert (entry["removed_by_filter"], entry["rows"]) == (2, 5)
    assert entry["dropped"][0]["by_field"]["user"] == 7
