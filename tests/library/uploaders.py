"""The records that our detections of pushes are tested on: every kind of uploader, and no real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tocsin.content.library import SHIPPED
from tocsin.hours.learn import Principal
from tocsin.hours.profile import Profile, Profiles, profiles_text

DATA = SHIPPED / "data" / "aws_ecr_uploader_hours"
ACCOUNT, PARTNER = "111122223333", "555566667777"

Record = dict[str, Any]


def user(name: str) -> Record:
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    return {"type": "IAMUser", "principalId": "AIDAEXAMPLE", "arn": arn, "accountId": ACCOUNT, "userName": name}


def role(name: str, session: str, **more: str) -> Record:
    issuer = {"type": "Role", "arn": f"arn:aws:iam::{ACCOUNT}:role/{name}", "accountId": ACCOUNT, "userName": name}
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE:{session}",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}",
        "accountId": ACCOUNT,
        "sessionContext": {"sessionIssuer": issuer},
        **more,
    }


SSO = "AWSReservedSSO_Developer_8f3a6c1d2b4e5f70"
ROOT = {"type": "Root", "principalId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "accountId": ACCOUNT}
VISITOR = {"type": "AWSAccount", "principalId": "AROAPARTNER:printer", "accountId": PARTNER}
STRANGER = {"type": "AWSAccount", "principalId": "AIDAPARTNER", "accountId": PARTNER}
FEDERATED = {
    "type": "FederatedUser",
    "principalId": f"{ACCOUNT}:fay",
    "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/fay",
    "accountId": ACCOUNT,
}
CENTER = {"type": "IdentityCenterUser", "accountId": ACCOUNT, "onBehalfOf": {"userId": "94482488-3041"}}
REPLICATION = {"type": "AWSService", "invokedBy": "replication.ecr.amazonaws.com"}
CACHE = role("AWSServiceRoleForECRPullThroughCache", "cache", invokedBy="pullthroughcache.ecr.amazonaws.com")
NOBODY = {"type": "Unknown"}


def push(
    number: int, at: str, who: Record, repository: str = "web/shop", tag: str | None = "1.0", **more: Any
) -> Record:
    """A successful push; its number is its id and the last digits of its digest."""
    digest = {"imageDigest": f"sha256:{number:064}"} | ({"imageTag": tag} if tag else {})
    asked = {"registryId": ACCOUNT, "repositoryName": repository} | ({"imageTag": tag} if tag else {})
    record = {
        "eventVersion": "1.11",
        "userIdentity": who,
        "eventTime": at,
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "docker/27.5.1",
        "requestParameters": asked,
        "responseElements": {"image": {"registryId": ACCOUNT, "repositoryName": repository, "imageId": digest}},
        "eventID": f"00000000-0000-4000-a000-{number:012}",
        "eventType": "AwsApiCall",
        "recipientAccountId": ACCOUNT,
    }
    return record | more


def pushes() -> Iterator[Record]:
    """Of a Wednesday, and a Saturday."""
    day = "2026-06-10T"
    yield push(1, f"{day}10:03:00Z", user("dana"))  # 03:03 in Los Angeles
    yield push(2, f"{day}03:00:00Z", user("kai"))  # 13:00 in Sydney
    yield push(3, f"{day}12:00:00Z", role("ci-build", "i-0abc"), "web/base")
    yield push(4, f"{day}02:00:00Z", role("ci-build", "i-0abc"), "web/base")
    yield push(5, "2026-06-13T12:00:00Z", role(SSO, "lena@example.com"))
    yield push(6, f"{day}22:00:00Z", ROOT, "scratch")
    yield push(7, f"{day}22:01:00Z", VISITOR, "labels")
    yield push(8, f"{day}22:02:00Z", STRANGER, "labels")
    yield push(9, f"{day}22:03:00Z", FEDERATED)
    yield push(10, f"{day}22:04:00Z", CENTER)
    yield push(11, f"{day}22:05:00Z", NOBODY)
    who = user("ben") | {"invokedBy": "AWS Internal"}
    yield push(12, f"{day}21:00:03Z", who, "web/api", None)
    yield push(13, f"{day}21:00:04Z", who, "web/api", None)
    yield push(14, f"{day}21:00:05Z", who, "web/api", "2.0")
    yield push(15, f"{day}21:30:00Z", user("ben"), "web/api", None)
    yield push(16, f"{day}21:40:00Z", user("ben"), "open/tool", eventSource="ecr-public.amazonaws.com")
    yield push(17, f"{day}22:09:59Z", user("eve"))
    yield push(18, f"{day}22:10:01Z", user("eve"))
    yield push(19, f"{day}03:10:00Z", REPLICATION)
    yield push(20, f"{day}03:11:00Z", CACHE, "cache/nginx")
    yield push(21, f"{day}08:00:00Z", user("ben"))  # 10:00 in Berlin
    yield push(
        22, f"{day}23:00:00Z", user("ben"), errorCode="ImageTagAlreadyExistsException", errorMessage="it is there"
    )


def failures() -> Iterator[Record]:
    day = "2026-06-10T23:"
    there = {"errorCode": "ImageTagAlreadyExistsException", "errorMessage": "The image tag '1.0' already exists"}
    arn = f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/vault/keys"
    denied = {
        "errorCode": "AccessDenied",
        "errorMessage": f"User: eve is not authorized to perform: ecr:PutImage on resource: {arn} because no policy",
    }
    yield push(31, f"{day}00:00Z", user("eve"), responseElements=None, **there)
    yield push(32, f"{day}00:05Z", user("eve"), responseElements=None, requestParameters=None, **denied)
    yield push(33, f"{day}00:09Z", user("eve"), responseElements=None, requestParameters=None, **denied)
    yield push(34, f"{day}00:30Z", user("eve"))


def profiles() -> Profiles:
    """Half a year of dana's office hours in Los Angeles, and two days of ben."""
    dana = _profile("dana", "America/Los_Angeles", range(9, 18), 26)
    ben = replace(_profile("ben", "UTC", range(9, 17), 1), dates=2)
    return Profiles(1_765_000_000, 1_780_000_000, {each.principal: each for each in (dana, ben)})


def _profile(name: str, zone: str, hours: range, weeks: int) -> Profile:
    worked = [slot // 24 < 5 and slot % 24 in hours for slot in range(168)]
    near = [any((hour + step) % 24 in hours for step in (-1, 0, 1)) for hour in range(24)]
    return Profile(
        principal=Principal("user", name, ACCOUNT),
        shown=name,
        zone=zone,
        days=tuple(weeks * each for each in worked),
        calls=tuple(3 * weeks * each for each in worked),
        weekdays=(*[weeks] * 5, 0, 0),
        hour_days=tuple(5 * weeks * each for each in near),
        hour_weeks=tuple(weeks * each for each in near),
        first=1_780_000_000 - weeks * 7 * 86_400,
        last=1_780_000_000,
        dates=5 * weeks,
        weeks=weeks,
        believed=True,
    )


def files() -> dict[str, str]:
    """The files of the data, but for the calendar file, which is written by hand."""
    return {
        "pushes.jsonl": "".join(json.dumps(each) + "\n" for each in pushes()),
        "failed.jsonl": "".join(json.dumps(each) + "\n" for each in failures()),
        "profile.json": profiles_text(profiles()),
    }


def write(folder: Path = DATA) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
