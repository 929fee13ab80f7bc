"""Records of images pushed at night, and containers of them, for runs of the command line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

FLAGSHIP = "AWS ECR Container Upload Outside Business Hours"
FILTER = "aws_ecr_container_upload_outside_business_hours_filter"

Record = dict[str, Any]


def push(number: int, user: str = "ann", **changes: Any) -> Record:
    """A push at 22:00:00 UTC and as many seconds; the number is its tag and its id. None takes a key away."""
    record: Record = {
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "IAMUser",
            "principalId": "AIDAEXAMPLE",
            "arn": f"arn:aws:iam::111122223333:user/{user}",
            "accountId": "111122223333",
            "userName": user,
        },
        "eventTime": f"2026-03-04T22:{number // 60 % 60:02}:{number % 60:02}Z",
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": "eu-west-1",
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "docker/27.1",
        "requestParameters": {"registryId": "111122223333", "repositoryName": "web/shop", "imageTag": f"t{number:03}"},
        "responseElements": None,
        "requestID": f"request-{number}",
        "eventID": f"event-{number}",
        "eventType": "AwsApiCall",
        "recipientAccountId": "111122223333",
    }
    return {key: value for key, value in (record | changes).items() if value is not None or key == "responseElements"}


def other(number: int, **changes: Any) -> Record:
    """A record that is no push."""
    return push(number, eventName="DescribeRepositories", **changes)


def text(*records: Record) -> bytes:
    """What S3 holds, before compression."""
    return json.dumps({"Records": records}).encode()


def zipped(*records: Record) -> bytes:
    return gzip.compress(text(*records), mtime=0)


def write(folder: Path, **files: bytes) -> Path:
    """Files with their contents; `__` in a name stands for a dot."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder
