import json

from tests.sinks.made import account
from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.risk.account import RunAccount
from tocsin.sinks.summary import summary


def test_the_summary_is_plain_json_that_adds_up() -> None:
    told = json.loads(json.dumps(summary(account())))
    files, records = told["files"], told["records"]
    assert told["adds_up"] is True
    assert files["total"] == files["read"] + files["failed"] == 212
    parts = ("matched", "not_matched", "not_judged", "duplicates", "not_cloudtrail", "unreadable")
    assert records["decoded"] == sum(records[part] for part in parts) == 3012


def test_each_detection_tells_what_it_dropped() -> None:
    told = json.loads(json.dumps(summary(account())))["detections"]
    assert told == [
        {
            "name": "Pushes At Night",
            "matched": 33,
            "duplicates": 2,
            "rows": 3,
            "dropped": [
                {
                    "rows": 8,
                    "by_field": {"user": 4, "imageTag": 5, "awsRegion": 0},
                    "command": "stats count by user, imageTag, awsRegion",
                }
            ],
            "removed_by_filter": 1,
            "filter_macro": "pushes_at_night_filter",
            "missing_fields": ["src_user"],
            "absent_fields": [],
            "failed": "",
        }
    ]


def test_problems_that_are_not_listed_are_counted() -> None:
    scan = ScanAccount(
        files=3, failed=2, unreadable=5, decoded=5, problems=[Problem("a", "gone"), Problem("b", "odd", 4)]
    )
    told = summary(RunAccount(scan))
    assert told["problems"] == [
        {"path": "a", "record": None, "reason": "gone"},
        {"path": "b", "record": 4, "reason": "odd"},
    ]
    assert told["problems_not_listed"] == 5
