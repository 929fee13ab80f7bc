"""Pushes as CloudTrail records, so that the product can be asked about the same pushes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.hours.pushes import REGISTRY, Push

from tocsin.hours import Subject

Record = dict[str, Any]


def records_of(pushes: Iterable[Push]) -> Iterator[Record]:
    """A PutImage record for each."""
    for number, push in enumerate(pushes):
        yield _record(number, push)


def _record(number: int, push: Push) -> Record:
    image = {"registryId": REGISTRY, "repositoryName": push.subject.repository}
    tag = {"imageTag": push.tag} if push.tag else {}
    digest = {"imageDigest": f"sha256:{number:064}"} | tag
    outcome: Record = {"responseElements": {"image": image | {"imageId": digest}}}
    if push.failed:
        outcome = {
            "responseElements": None,
            "errorCode": "ImageTagAlreadyExistsException",
            "errorMessage": "it is there",
        }
    return {
        "eventVersion": "1.11",
        "userIdentity": _identity(push.subject),
        "eventTime": datetime.fromtimestamp(push.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": push.subject.region,
        "sourceIPAddress": push.address,
        "userAgent": "docker/27.5.1",
        "requestParameters": image | tag,
        "eventID": f"00000000-0000-4000-a000-{number:012}",
        "eventType": "AwsApiCall",
        "recipientAccountId": REGISTRY,
        **outcome,
    }


def _identity(who: Subject) -> Record:
    if who.identity == "AWSService":
        return {"type": "AWSService", "invokedBy": "replication.ecr.amazonaws.com"}
    if who.user:
        named = {"principalId": "AIDAEXAMPLE", "userName": who.user}
        return {"type": "IAMUser", "arn": who.principal, "accountId": who.account, **named}
    issuer = {"type": "Role", "accountId": who.account, "userName": who.role}
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE:{who.session}",
        "arn": who.principal,
        "accountId": who.account,
        "sessionContext": {"sessionIssuer": issuer},
    }
