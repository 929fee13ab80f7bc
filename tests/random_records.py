"""CloudTrail records with every oddity that real ones show, from a seed: pushes to a registry and their look-alikes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

Record = dict[str, Any]

_START = datetime(2026, 3, 2)  # noqa: DTZ001 - a wall clock: each record adds a zone of its own
_SOURCES = ("ecr.amazonaws.com",) * 12 + ("ECR.amazonaws.com", "ecr-public.amazonaws.com", "s3.amazonaws.com", "ecr")
_NAMES = ("PutImage",) * 12 + ("putimage", "PUTIMAGE", "PutImageTagMutability", "BatchGetImage", "PutObject")
_ZONES = ("Z",) * 12 + ("+00:00", "+02:00", "-08:00", "+05:45", "+14:00", "-0330", "z", "")
_FRACTIONS = ("",) * 12 + (".5", ".123", ".999999", ".000")
_PEOPLE = ("maya", "o'neil", "zoë", "日本", "ci-bot", "a b", "", "null", "-1", "12", "7.50", 'q"uote', "back\\slash")
_TAGS = ("latest", "v1.2", "20260307", "1.4", "Latest", "10", "9", "release/1", "tag with blank", 'x"y', "é")
_SHAPES: tuple[Any, ...] = (None, 5, 1.25, True, False, [], {}, "", ["v1", "v2"], {"tag": "v1"}, 0, "null")
_ADDRESSES = ("AWS Internal", "198.51.100.7", "2001:db8::1", "ecr.amazonaws.com", "")
_TRAP = '{"eventSource":"ecr.amazonaws.com","eventName":"PutImage","eventTime":"2026-03-07T01:00:00Z"}'


def random_records(seed: int, count: int, *, collisions: bool = False) -> list[Record]:
    """`count` records, in an order that is not that of time; about one in thirty comes twice.

    With `collisions` some carry request parameters whose names collide with fields that the search groups by;
    since a rename holds for all rows, one such record changes the answer for all.
    """
    rng = random.Random(seed)
    records: list[Record] = []
    while len(records) < count:
        again = records and rng.random() < 0.03
        records.append(rng.choice(records) if again else _record(rng, len(records), collisions))
    return records


def written(records: Sequence[Record], seed: int) -> str:
    """The records as one file, each spelled in its own way: blanks, escapes within words, keys in any order."""
    rng = random.Random(seed)
    return '{"Records":[' + ",".join(_spelled(record, rng) for record in records) + "]}"


def _record(rng: random.Random, number: int, collisions: bool) -> Record:
    record: Record = {
        "eventVersion": rng.choice(("1.05", "1.08", "1.11")),
        "userIdentity": _identity(rng),
        "eventTime": _time(rng),
        "eventSource": rng.choice(_SOURCES),
        "eventName": rng.choice(_NAMES),
        "awsRegion": rng.choice(("eu-west-1", "us-east-1", "nowhere-9")),
        "sourceIPAddress": rng.choice(_ADDRESSES),
        "userAgent": rng.choice(("AWS Internal", "docker/26.1", _TRAP)),
        "requestParameters": _parameters(rng, collisions),
        "responseElements": rng.choice((None, {}, {"image": {"imageId": {"imageTag": "latest"}}}, json.loads(_TRAP))),
        "eventID": f"{rng.getrandbits(64):016x}-{number}",
        "eventType": rng.choice(("AwsApiCall",) * 9 + ("AwsServiceEvent", "AwsConsoleSignIn")),
        "recipientAccountId": "111122223333",
    }
    _damage(record, rng)
    if rng.random() < 0.2:
        keys = list(record)
        rng.shuffle(keys)
        return {key: record[key] for key in keys}
    return record


def _damage(record: Record, rng: random.Random) -> None:
    """Now and then take a field away, or put something there that does not belong."""
    for name in ("userIdentity", "awsRegion", "sourceIPAddress", "requestParameters", "eventID", "eventType"):
        chance = rng.random()
        if chance < 0.02:
            del record[name]
        elif chance < 0.04:
            record[name] = None
        elif chance < 0.05 and name != "eventID":
            record[name] = rng.choice(_SHAPES)
    if rng.random() < 0.03:
        record["errorCode"] = "ImageTagAlreadyExistsException"
    if rng.random() < 0.02:
        record["requestParameters"] = json.dumps(record.get("requestParameters"))


def _time(rng: random.Random) -> str:
    at = _START + timedelta(seconds=rng.randrange(14 * 86400))
    if rng.random() < 0.2:
        at = at.replace(hour=rng.choice((7, 8, 19, 20)), minute=rng.choice((0, 59)), second=rng.choice((0, 59)))
    text = at.isoformat(" " if rng.random() < 0.02 else "T")
    return text + rng.choice(_FRACTIONS) + rng.choice(_ZONES)


def _identity(rng: random.Random) -> Any:
    person = rng.choice(_PEOPLE)
    kind = rng.randrange(8)
    if kind < 3:
        return {"type": "IAMUser", "arn": f"arn:aws:iam::111122223333:user/team/{person}", "userName": person}
    if kind < 5:
        issuer = rng.choice(({"type": "Role", "userName": person}, {"type": "Role"}, {}, None, "Role"))
        arn = f"arn:aws:sts::111122223333:assumed-role/{person}/session"
        return {"type": "AssumedRole", "arn": arn, "sessionContext": rng.choice(({"sessionIssuer": issuer}, None))}
    return rng.choice(
        (
            {"type": "Root", "arn": "arn:aws:iam::111122223333:root"},
            {"type": "AWSService", "invokedBy": "replication.ecr.amazonaws.com"},
            {"type": "AWSAccount", "accountId": "444455556666", "principalId": "AIDAX:x"},
            {"type": "IAMUser", "userName": rng.choice((None, 7, True, [], ["a", "b"], {"x": "y"}))},
            {"type": "IAMUser", "arn": rng.choice((None, "plain", ":", "/", "a:b/c:d", 9))},
            {"userName": person},
            {},
        )
    )


def _parameters(rng: random.Random, collisions: bool) -> Record:
    tag: Any = rng.choice(_SHAPES) if rng.random() < 0.1 else rng.choice(_TAGS)
    wanted: Record = {"registryId": "111122223333", "repositoryName": rng.choice(("web/shop", "etl")), "imageTag": tag}
    for name in list(wanted):
        if rng.random() < 0.05:
            wanted[name] = rng.choice(_SHAPES)
        if rng.random() < 0.05:
            del wanted[name]
    for name in ("sourceIdentity", "roleArn", "imageManifest"):
        if rng.random() < 0.05:
            wanted[name] = rng.choice(("arn:aws:iam::111122223333:role/x", "someone", "", None, _TRAP))
    if collisions and rng.random() < 0.05:
        wanted[rng.choice(("userName", "user", "awsRegion", "repository", "src_ip", "phase", "x.y"))] = "collides"
    return wanted


def _spelled(record: Record, rng: random.Random) -> str:
    separators = rng.choice(((",", ":"), (", ", ": "), (" ,\n", "\t: ")))
    text = json.dumps(record, ensure_ascii=rng.random() < 0.5, separators=separators)
    if rng.random() < 0.1:
        word = rng.choice(("PutImage", "ecr.amazonaws.com", "eventName", "imageTag", "userName"))
        at = rng.randrange(len(word))
        text = text.replace(word, f"{word[:at]}\\u{ord(word[at]):04x}{word[at + 1 :]}")
    return text
