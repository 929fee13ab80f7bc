"""The story of the week: who pushed which container image, when, and what CloudTrail wrote about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from made.company import (
    CACHE,
    DEV,
    DEV_ROOT,
    GITHUB,
    HOME,
    JAKUB,
    JENKINS,
    LENA,
    MAYA,
    NIGHTLY,
    PRIYA,
    PROD,
    REPLICATION,
    TOM,
    VISITOR,
    Caller,
    Draw,
    Record,
    call,
)

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - the whole trail is UTC, as CloudTrail is


@dataclass(frozen=True)
class Push:
    """One `docker push`: `day` from Monday = 0, the clock in UTC, what is pushed and how it goes."""

    day: int
    clock: str
    caller: Caller
    image: str  # repository:tag; without a tag the push is by digest
    account: str = PROD
    region: str = ""
    platforms: int = 0  # of a multi-architecture image: a manifest for each by digest, then the index by tag
    error: str = ""
    public: bool = False
    twice: bool = False  # delivered in two files

    @property
    def at(self) -> datetime:
        hours, minutes, seconds = map(int, self.clock.split(":"))
        return MONDAY + timedelta(days=self.day, hours=hours, minutes=minutes, seconds=seconds)


OFFICE_HOURS = (
    Push(0, "10:15:20", MAYA, "web/shop:2.14.0"),
    Push(0, "15:32:04", GITHUB, "web/search:0.9.1"),
    Push(1, "14:20:37", GITHUB, "web/shop:2.14.1"),
    Push(1, "19:58:40", TOM, "ops/toolbox:7"),
    Push(2, "09:41:12", LENA, "web/search:0.9.2"),
    Push(2, "16:05:55", GITHUB, "web/checkout:1.8.1", platforms=2),
    Push(3, "11:27:48", JAKUB, "web/labels:3"),
    Push(4, "08:00:00", MAYA, "web/shop:2.15.0-rc1"),
    Push(4, "13:12:30", GITHUB, "web/checkout:1.8.2"),
)
FOUND = (
    *(Push(day, f"02:10:{11 - day:02}", NIGHTLY, "data/etl:nightly", NIGHTLY.account) for day in range(7)),
    Push(0, "22:41:07", PRIYA, "web/shop:2.14.1-rc1"),
    Push(1, "03:05:52", PRIYA, "web/checkout:1.8.0"),
    Push(1, "20:03:12", TOM, "ops/toolbox:7", error="ImageTagAlreadyExistsException"),
    Push(1, "20:05:51", TOM, "ops/toolbox:8"),
    Push(2, "23:50:29", LENA, "web/search:0.9.3"),
    Push(4, "21:47:33", GITHUB, "web/shop:2.15.0", platforms=2),  # its two manifests by digest are dropped
    Push(5, "03:33:08", JENKINS, "web/checkout:latest"),
    Push(5, "11:02:45", MAYA, "web/shop:2.15.1", twice=True),
    Push(6, "15:15:19", GITHUB, "web/search:0.9.4"),
    Push(6, "23:56:41", TOM, "ops/toolbox:9"),  # delivered after midnight, in Monday's folder
)
DROPPED = (
    Push(2, "01:30:16", DEV_ROOT, "scratch:test", DEV),
    Push(3, "04:12:03", REPLICATION, "web/shop:2.14.1", region="us-east-1"),
    Push(3, "05:25:44", CACHE, "cache/library/nginx:1.27"),
    Push(3, "06:30:58", VISITOR, "web/labels:42"),
    Push(3, "21:15:36", MAYA, "web/shop"),
    Push(4, "23:20:02", JAKUB, "web/shop:2.15.0", error="AccessDenied"),
)
ELSEWHERE = (Push(5, "14:10:27", JAKUB, "lanternfish/labels:3", public=True),)
PUSHES = (*OFFICE_HOURS, *FOUND, *DROPPED, *ELSEWHERE)


def push_records(push: Push, draw: Draw) -> Iterator[Record]:
    """The calls of one push, ending with its PutImage (one a platform, then the index)."""
    if push.caller.kind not in ("AWSService", "AWSAccount"):
        yield from _uploads(push, draw)
    repository, _, tag = push.image.partition(":")
    for number in range(push.platforms):
        yield _put_image(push, draw, repository, "", push.at - timedelta(seconds=2 * (push.platforms - number)))
    yield _put_image(push, draw, repository, tag, push.at)


def _uploads(push: Push, draw: Draw) -> Iterator[Record]:
    layers = 1 + draw.number(2)
    parameters = {"registryId": push.account, "repositoryName": push.image.partition(":")[0]}
    steps = ["GetAuthorizationToken", "BatchCheckLayerAvailability"]
    steps += ["InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload"] * layers
    for number, step in enumerate(steps):
        at = push.at - timedelta(seconds=20 + 3 * (len(steps) - number))
        if step == "GetAuthorizationToken":
            yield _ecr(push, push.caller, at, draw, step, invoked_by="")
        else:
            asked = parameters | _step(step, draw)
            yield _ecr(push, push.caller, at, draw, step, requestParameters=asked)


def _step(step: str, draw: Draw) -> Record:
    upload = {"uploadId": draw.uuid()}
    digests = {"layerDigests": [f"sha256:{draw.hex(64)}"]}
    match step:
        case "BatchCheckLayerAvailability":
            return digests
        case "UploadLayerPart":
            return upload | {"partFirstByte": 0, "partLastByte": draw.number(40_000_000)}
        case "CompleteLayerUpload":
            return upload | digests
        case _:
            return {}


def _put_image(push: Push, draw: Draw, repository: str, tag: str, at: datetime) -> Record:
    manifest = _manifest(draw, index=bool(push.platforms and tag))
    kind = json.loads(manifest)["mediaType"]
    asked = {"registryId": push.account, "repositoryName": repository, "imageManifest": manifest}
    asked |= {"imageManifestMediaType": kind} | ({"imageTag": tag} if tag else {})
    if push.error:
        return _ecr(push, push.caller, at, draw, "PutImage", **_failure(push, repository, tag, asked))
    digest = {"imageDigest": f"sha256:{draw.hex(64)}"} | ({"imageTag": tag} if tag else {})
    image = {"registryId": push.account, "repositoryName": repository, "imageId": digest}
    answer = {"image": image | {"imageManifest": manifest, "imageManifestMediaType": kind}}
    return _ecr(push, push.caller, at, draw, "PutImage", requestParameters=asked, responseElements=answer)


def _failure(push: Push, repository: str, tag: str, asked: Record) -> Record:
    if push.error == "AccessDenied":
        who = f"arn:aws:iam::{push.account}:user/{push.caller.name}"
        what = f"is not authorized to perform: ecr:PutImage on resource: {_arn(push, repository)}"
        return {"errorCode": push.error, "errorMessage": f"User: {who} {what}"}
    text = f"The image tag '{tag}' already exists in the '{repository}' repository and cannot be overwritten"
    return {"errorCode": push.error, "errorMessage": text, "requestParameters": asked}


def _ecr(push: Push, caller: Caller, at: datetime, draw: Draw, name: str, **more: object) -> Record:
    """An ECR record; the registry's own front end stands between the docker client and CloudTrail."""
    region = push.region or ("us-east-1" if push.public else HOME[push.account])
    source = "ecr-public" if push.public else "ecr"
    more.setdefault("invoked_by", "" if caller.kind == "AWSService" else "AWS Internal")
    if more["invoked_by"]:
        caller = replace(caller, address="AWS Internal", agent="AWS Internal")
    arn = _arn(push, push.image.partition(":")[0])
    more.setdefault("resources", [{"accountId": push.account, "ARN": arn}])
    return call(caller, at, draw, source, name, account=push.account, region=region, **more)


def _arn(push: Push, repository: str) -> str:
    if push.public:
        return f"arn:aws:ecr-public::{push.account}:repository/{repository}"
    return f"arn:aws:ecr:{push.region or HOME[push.account]}:{push.account}:repository/{repository}"


def _manifest(draw: Draw, *, index: bool) -> str:
    if index:
        platforms = [{"architecture": name, "os": "linux"} for name in ("amd64", "arm64")]
        kind = "application/vnd.oci.image.manifest.v1+json"
        parts = [
            {"mediaType": kind, "size": 1669, "digest": f"sha256:{draw.hex(64)}", "platform": p} for p in platforms
        ]
        value = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": parts}
    else:
        layer = "application/vnd.docker.image.rootfs.diff.tar.gzip"
        sizes = [draw.number(30_000_000) for _ in range(3)]
        layers = [{"mediaType": layer, "size": size, "digest": f"sha256:{draw.hex(64)}"} for size in sizes]
        config = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 6591}
        value = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}
        value |= {"config": config | {"digest": f"sha256:{draw.hex(64)}"}, "layers": layers}
    return json.dumps(value, indent=3)
