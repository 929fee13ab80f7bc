"""Every container in which records come gives the same records."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cloudtrail.scanning import PUSHES, record, run, text, want, write
from tocsin.cloudtrail.request import OFFSET, RAW, SEQ, TIME

ONE, TWO = record(1), record(2, eventName="GetObject")
IDS = ["id-1", "id-2"]


def lines(*objects: Any) -> str:
    return "\n".join(json.dumps(each) for each in objects) + "\n"


def bridged(inner: Any) -> dict[str, Any]:
    return {"version": "0", "detail-type": "AWS API Call via CloudTrail", "source": "aws.ecr", "detail": inner}


def looked_up(inner: Any) -> dict[str, Any]:
    return {"EventId": "x", "EventName": inner["eventName"], "CloudTrailEvent": json.dumps(inner)}


def logged(*inner: Any) -> dict[str, Any]:
    events = [{"id": "1", "timestamp": 1, "message": json.dumps(each)} for each in inner]
    return {"messageType": "DATA_MESSAGE", "logGroup": "trail", "logEvents": events}


CONTAINERS = {
    "records": text(ONE, TWO),
    "records-indented": json.dumps({"Records": [ONE, TWO]}, indent=2),
    "records-blank-before": "\n\n  " + text(ONE, TWO) + "\n",
    "records-after-other-keys": json.dumps({"version": 1, "Records": [ONE, TWO]}),
    "records-before-other-keys": json.dumps({"Records": [ONE, TWO], "more": [1, {"eventName": "x"}]}),
    "records-twice": '{"Records":[' + json.dumps(ONE) + '],"Records":[' + json.dumps(TWO) + "]}",
    "array": json.dumps([ONE, TWO]),
    "array-indented": json.dumps([ONE, TWO], indent=1),
    "array-of-arrays": json.dumps([[ONE], [TWO]]),
    "concatenated": json.dumps(ONE) + json.dumps(TWO),
    "concatenated-indented": json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2),
    "concatenated-records": text(ONE) + text(TWO),
    "concatenated-arrays": json.dumps([ONE]) + json.dumps([TWO]),
    "lines": lines(ONE, TWO),
    "lines-crlf": lines(ONE, TWO).replace("\n", "\r\n"),
    "lines-with-blank-ones": lines(ONE) + "\n \n" + lines(TWO),
    "lines-without-last-break": lines(ONE, TWO).rstrip(),
    "lines-of-records": text(ONE) + "\n" + text(TWO) + "\n",
    "lines-of-mixed-containers": lines(ONE, bridged(TWO)),
    "lines-with-commas": json.dumps(ONE) + ",\n" + json.dumps(TWO) + "\n",
    "eventbridge-lines": lines(bridged(ONE), bridged(TWO)),
    "eventbridge-array": json.dumps([bridged(ONE), bridged(TWO)]),
    "lookup-events": json.dumps({"Events": [looked_up(ONE), looked_up(TWO)], "NextToken": "x"}),
    "lookup-events-indented": json.dumps({"Events": [looked_up(ONE), looked_up(TWO)]}, indent=4),
    "lookup-events-lines": lines(looked_up(ONE), looked_up(TWO)),
    "cloudwatch": json.dumps(logged(ONE, TWO)),
    "cloudwatch-concatenated": json.dumps(logged(ONE)) + json.dumps(logged(TWO)),
    "cloudwatch-filter-log-events": json.dumps({"events": logged(ONE, TWO)["logEvents"]}),
    "byte-order-mark": "\ufeff" + text(ONE, TWO),
    "byte-order-mark-lines": "\ufeff" + lines(ONE, TWO),
}


@pytest.mark.parametrize("content", CONTAINERS.values(), ids=CONTAINERS)
def test_records_come_out_of_every_container(tmp_path: Path, content: str) -> None:
    answer = run(write(tmp_path / "any.name", content))
    assert answer.ids == IDS
    assert (answer.account.decoded, answer.account.failed, answer.account.not_cloudtrail) == (2, 0, 0)
    assert [row[SEQ] for row in answer.rows] == [1, 2]
    assert answer.rows[0]["userIdentity.userName"] == "maya"
    assert (answer.rows[0][TIME], answer.rows[0][OFFSET]) == (1772845200.0, 0)


@pytest.mark.parametrize("content", CONTAINERS.values(), ids=CONTAINERS)
def test_a_selective_search_gives_the_same_from_every_container(tmp_path: Path, content: str) -> None:
    assert run(write(tmp_path / "a.json.gz", content, packed=True), want(PUSHES)).ids == ["id-1"]
    assert run(write(tmp_path / "a.json.gz", content, packed=True), want(PUSHES), full_count=True).ids == ["id-1"]


@pytest.mark.parametrize("name", ["records", "lines", "eventbridge-lines", "lookup-events", "cloudwatch"])
def test_raw_text_is_the_record_itself(tmp_path: Path, name: str) -> None:
    rows = run(write(tmp_path / "a", CONTAINERS[name]), want(raw=True)).rows
    assert [json.loads(row[RAW]) for row in rows] == [ONE, TWO]
    assert rows[0][RAW] in CONTAINERS[name] or rows[0][RAW] == json.dumps(ONE)


def test_keys_may_come_in_any_order(tmp_path: Path) -> None:
    backwards = dict(reversed(ONE.items()))
    assert run(write(tmp_path / "a", text(backwards)), want(PUSHES)).ids == ["id-1"]


def test_gzip_may_have_several_members_and_padding(tmp_path: Path) -> None:
    content = text(ONE, TWO).encode()
    packed = b"".join(gzip.compress(content[at : at + 100]) for at in range(0, len(content), 100)) + bytes(600)
    answer = run(write(tmp_path / "a.log", packed))
    assert (answer.ids, answer.account.failed, answer.account.bytes) == (IDS, 0, len(packed))


def test_gzip_data_may_be_packed_again(tmp_path: Path) -> None:
    inner = gzip.compress(text(ONE).encode()) + gzip.compress(text(TWO).encode())
    answer = run(write(tmp_path / "a", gzip.compress(inner[:100]) + gzip.compress(inner[100:])))
    assert (answer.ids, answer.account.failed, answer.account.raw_bytes) == (IDS, 0, len(text(ONE) + text(TWO)))


@pytest.mark.parametrize("packed", [False, True])
def test_a_byte_order_mark_is_no_content(tmp_path: Path, packed: bool) -> None:
    mark = b"\xef\xbb\xbf"
    assert run(write(tmp_path / "a", mark + text(ONE, TWO).encode(), packed=packed)).ids == IDS
    assert run(write(tmp_path / "b", mark, packed=packed)).reasons == [(None, "empty")]


def test_zip_archives_are_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", "")
        archive.writestr("folder/1.json", text(ONE))
        archive.writestr("../../2.json.gz", gzip.compress(text(TWO).encode()))
    answer = run(tmp_path / "a.zip")
    assert (answer.ids, answer.account.files, answer.account.failed) == (IDS, 1, 0)
    assert [row[SEQ] for row in answer.rows] == [1, 2]
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


FOREIGN = {
    "s3-notification": {
        "Records": [
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "eventTime": "2026-03-07T01:00:00Z",
                "eventName": "ObjectCreated:Put",
                "s3": {"object": {"key": "AWSLogs/1.json.gz"}},
            }
        ]
    },
    "sns-notification": {"Type": "Notification", "Message": '{"s3Bucket":"b","s3ObjectKey":["k"]}'},
    "sqs-message": {"Messages": [{"Body": '{"Type":"Notification"}'}]},
    "a-number": 5,
    "an-object": {"x": {"eventName": "a", "eventSource": "b"}},
    "a-name-alone": {"eventName": "PutImage", "eventTime": "2026-03-07T01:00:00Z"},
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_cloudtrail_is_counted(tmp_path: Path, content: Any) -> None:
    answer = run(write(tmp_path / "a", json.dumps(content)))
    assert answer.rows == []
    assert (answer.account.decoded, answer.account.not_cloudtrail, answer.account.failed) == (1, 1, 0)


def test_digests_and_insight_files_are_counted_as_such(tmp_path: Path) -> None:
    insight = {"eventVersion": "1.08", "eventTime": "2026-03-07T01:00:00Z", "insightDetails": {}, "eventID": "i"}
    write(tmp_path / "digest.json", json.dumps({"digestStartTime": "x", "digestS3Object": "y", "logFiles": []}))
    write(tmp_path / "insight.json", text(insight, {**insight, "eventCategory": "Insight"}))
    write(tmp_path / "log.json", text(ONE, insight))
    for condition in (want(), want(PUSHES)):
        account = run(tmp_path, condition).account
        assert (account.files, account.other_files, account.decoded, account.not_cloudtrail) == (3, 2, 2, 1)


def test_a_message_in_eventbridge_that_holds_no_record_is_not_cloudtrail(tmp_path: Path) -> None:
    account = run(write(tmp_path / "a", lines(bridged({"state": "running"}), bridged(ONE)))).account
    assert (account.decoded, account.candidates, account.not_cloudtrail) == (2, 1, 1)


def test_records_of_an_archive_are_numbered_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1", text(TWO, TWO))
        archive.writestr("2", text(ONE))
    assert [row[SEQ] for row in run(tmp_path / "a.zip", want(PUSHES)).rows] == [3]
