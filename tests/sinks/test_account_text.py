from tests.sinks.made import account
from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.risk.account import DetectionAccount, DroppedRows, RunAccount
from tocsin.sinks.account_text import absent_lines, account_line, account_lines, dropped_lines, problem_lines


def test_the_account_is_one_line_of_sums() -> None:
    assert account_line(account()) == (
        "212 files = 211 read + 1 failed (512.0 KB, 4.1 MB unpacked); 3 files of other days not opened; "
        "2 digest or Insight files; ruled out unread 180 files (3.6 MB); 3,012 records decoded = 33 matched + "
        "2,974 not matched + 2 duplicates + 1 not CloudTrail + 2 unreadable; 0.41 s"
    )


def test_an_empty_run_says_so_in_full() -> None:
    assert account_line(RunAccount()) == (
        "0 files = 0 read + 0 failed (0 bytes, 0 bytes unpacked); ruled out unread 0 files (0 bytes); "
        "0 records decoded = 0 matched + 0 not matched + 0 duplicates + 0 not CloudTrail + 0 unreadable"
    )


def test_an_account_that_does_not_add_up_is_called_a_bug() -> None:
    assert "does not add up" in account_line(RunAccount(ScanAccount(decoded=1), matched=2))


def test_the_time_window_is_part_of_what_did_not_match() -> None:
    line = account_line(RunAccount(ScanAccount(decoded=5, outside_window=3), matched=1))
    assert "1 matched + 4 not matched (3 outside the time window)" in line


def test_what_a_failed_search_did_not_judge_is_not_called_unmatched() -> None:
    failed = DetectionAccount("D", failed="no memory", judged=False)
    line = account_line(RunAccount(ScanAccount(decoded=5, outside_window=3), [failed]))
    assert "0 matched + 3 not matched (3 outside the time window) + 2 not judged + 0 duplicates" in line
    assert "does not add up" not in line


def test_dropped_rows_name_the_fields_that_lack() -> None:
    assert dropped_lines(account()) == [
        "Left out of the findings",
        "  Pushes At Night (33 records matched)",
        "    8 rows dropped, as in Splunk, for lack of user (4), imageTag (5); one may lack several; "
        "by `stats count by user, imageTag, awsRegion`",
        "    1 row removed by the filter macro `pushes_at_night_filter`",
        "    no matched record has src_user, which the search reads",
    ]


def test_rows_that_lack_one_field_each_are_not_said_to_lack_several() -> None:
    dropped = DroppedRows(2, {"user": 1, "src_ip": 1}, "stats count by user, src_ip")
    lines = dropped_lines(RunAccount(detections=[DetectionAccount("D", matched=2, dropped=[dropped])]))
    assert "several" not in lines[-1]


def test_a_detection_that_lost_nothing_is_not_listed() -> None:
    quiet = DetectionAccount("Quiet", matched=4, rows=4)
    assert dropped_lines(RunAccount(detections=[quiet])) == []


def test_missing_fields_say_nothing_where_nothing_matched() -> None:
    assert dropped_lines(RunAccount(detections=[DetectionAccount("D", missing_fields=["user"])])) == []


def test_required_fields_that_no_record_has_are_told_of_the_first_ten() -> None:
    lacking = [DetectionAccount(f"D{number}", absent_fields=["a", "b"]) for number in range(12)]
    told = absent_lines(RunAccount(ScanAccount(looked_at=2000, skipped_bytes=1), lacking))
    assert told[:2] == ["Required fields that none of the 2,000 records read has", "  D0: a, b"]
    assert told[-2:] == ["  and of 2 more detections", "  (`--full-count` reads what was ruled out unread, too)"]
    assert len(told) == 13


def test_a_field_that_the_matched_records_are_told_to_lack_is_told_once() -> None:
    matched = DetectionAccount("D", matched=1, missing_fields=["a"], absent_fields=["a"])
    assert absent_lines(RunAccount(ScanAccount(looked_at=1), [matched])) == []


def test_a_detection_that_did_not_run_says_why() -> None:
    failed = DetectionAccount("D", failed="`tstats` is not supported")
    lines = account_lines(RunAccount(detections=[failed]))
    assert lines[:3] == ["Did not run", "  D: `tstats` is not supported", ""]


def test_ten_problems_are_shown_and_the_rest_counted() -> None:
    problems = [Problem("logs/\x1bx.gz", "broken\nJSON", position) for position in range(1, 41)]
    lines = problem_lines(RunAccount(ScanAccount(unreadable=1500, problems=problems)))
    assert lines[1] == r"  logs/\x1bx.gz, record 1: broken\nJSON"
    assert len(lines) == 12
    assert lines[-1] == "  and 1,490 more"


def test_sections_are_parted_by_one_blank_line() -> None:
    lines = account_lines(account())
    assert lines.count("") == 3
    assert lines[-1] == account_line(account())
