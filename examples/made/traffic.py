"""Ordinary traffic of the week: people at consoles, plans and deployments, functions, jobs, services, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from made.company import (
    CONSOLE,
    DATA,
    DEV,
    GITHUB,
    HOME,
    JAKUB,
    LAMBDA,
    LENA,
    MAYA,
    NIGHTLY,
    PRIYA,
    PROD,
    READER,
    TOM,
    Caller,
    Draw,
    Record,
    call,
)
from made.pushes import MONDAY

Burst = tuple[datetime, list[Record]]
Make = Callable[[Draw, str], Record]

BUCKETS = ("lanternfish-orders", "lanternfish-covers", "lanternfish-warehouse", "lanternfish-logs")


@dataclass(frozen=True)
class Rhythm:
    """Who is at work when: hours in UTC on working days, how many bursts a day, and which kind."""

    caller: Caller
    account: str
    hours: range
    bursts: int
    kind: tuple[tuple[str, str, Make], ...]
    weekend: bool = False


def nothing(draw: Draw, account: str) -> Record:
    return {}


def bucket(draw: Draw, account: str) -> Record:
    name = draw.pick(BUCKETS)
    return {
        "requestParameters": {"bucketName": name, "Host": f"{name}.s3.{HOME[account]}.amazonaws.com"},
        "additionalEventData": {
            "SignatureVersion": "SigV4",
            "CipherSuite": "TLS_AES_128_GCM_SHA256",
            "bytesTransferredIn": 0,
        },
        "resources": [{"accountId": account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{name}"}],
    }


def thing(draw: Draw, account: str) -> Record:
    """An object read or written: a data event."""
    record = bucket(draw, account)
    record["requestParameters"]["key"] = f"{draw.pick(('in', 'out'))}/{draw.hex(8)}.parquet"
    return record | {"managementEvent": False, "eventCategory": "Data"}


def instances(draw: Draw, account: str) -> Record:
    values = {"items": [{"value": "running"}]}
    return {"requestParameters": {"instancesSet": {}, "filterSet": {"items": [{"name": "state", "valueSet": values}]}}}


def network(draw: Draw, account: str) -> Record:
    values = {"items": [{"value": f"vpc-0{account[:4]}c0ffee"}]}
    return {"requestParameters": {"filterSet": {"items": [{"name": "vpc-id", "valueSet": values}]}}}


def role(draw: Draw, account: str) -> Record:
    return {"region": "us-east-1", "requestParameters": {"roleName": draw.pick(("github-deploy", "order-mailer-role"))}}


def whole_account(draw: Draw, account: str) -> Record:
    return {"region": "us-east-1"}


def secret(draw: Draw, account: str) -> Record:
    arn = f"arn:aws:secretsmanager:{HOME[account]}:{account}:secret:{draw.pick(('smtp', 'orders-db'))}-Xa{account[:4]}"
    return {"requestParameters": {"secretId": arn}}


def key(draw: Draw, account: str) -> Record:
    arn = f"arn:aws:kms:{HOME[account]}:{account}:key/5d1f0c2e-0000-4000-8000-{account}"
    context = {"aws:lambda:FunctionArn": f"arn:aws:lambda:{HOME[account]}:{account}:function:order-mailer"}
    return {
        "requestParameters": {"encryptionAlgorithm": "SYMMETRIC_DEFAULT", "encryptionContext": context},
        "resources": [{"accountId": account, "type": "AWS::KMS::Key", "ARN": arn}],
    }


def repository(draw: Draw, account: str) -> Record:
    name = draw.pick(("web/shop", "web/checkout", "web/search", "data/etl"))
    return {"requestParameters": {"registryId": account, "repositoryName": name}}


def image(draw: Draw, account: str) -> Record:
    record = repository(draw, account)
    record["requestParameters"]["imageIds"] = [{"imageTag": "latest"}]
    return record | {"invoked_by": "ecs-tasks.amazonaws.com"}


def function(draw: Draw, account: str) -> Record:
    return {"requestParameters": {"functionName": "order-mailer", "qualifier": "live"}}


def logs(draw: Draw, account: str) -> Record:
    return {"requestParameters": {"logGroupName": "/aws/lambda/order-mailer", "logStreamName": f"[live]{draw.hex(32)}"}}


def refused(draw: Draw, account: str) -> Record:
    text = "User is not authorized to perform this action because no identity-based policy allows it"
    return {"errorCode": draw.pick(("AccessDenied", "Client.UnauthorizedOperation")), "errorMessage": text}


def hunt(draw: Draw, account: str) -> Record:
    """Somebody looks for pushes: the words of a push in a record that is none."""
    wanted = [{"attributeKey": "EventName", "attributeValue": "PutImage"}]
    return {"requestParameters": {"lookupAttributes": wanted, "maxResults": 50}}


BROWSING = (
    ("s3", "ListBuckets", nothing), ("s3", "GetBucketAcl", bucket), ("s3", "GetBucketPolicy", bucket),
    ("ec2", "DescribeInstances", instances), ("ec2", "DescribeSecurityGroups", network),
    ("iam", "GetRole", role), ("iam", "GetAccountSummary", whole_account), ("ecr", "DescribeRepositories", nothing),
    ("ecr", "DescribeImages", repository), ("lambda", "GetFunction20150331v2", function),
    ("cloudtrail", "LookupEvents", hunt), ("ec2", "StopInstances", refused), ("kms", "ListKeys", nothing),
)  # fmt: skip
PLANNING = (
    ("ec2", "DescribeVpcs", network), ("ec2", "DescribeSubnets", network), ("ec2", "DescribeRouteTables", network),
    ("iam", "GetRole", role), ("iam", "ListAttachedRolePolicies", role), ("s3", "GetBucketPolicy", bucket),
    ("s3", "GetBucketVersioning", bucket), ("ecr", "DescribeRepositories", nothing), ("kms", "ListAliases", nothing),
    ("ecr", "PutImageScanningConfiguration", repository), ("lambda", "UpdateFunctionConfiguration20150331v2", function),
    ("sts", "GetCallerIdentity", nothing),
)  # fmt: skip
MAILING = (
    ("kms", "Decrypt", key), ("secretsmanager", "GetSecretValue", secret), ("logs", "CreateLogStream", logs),
    ("s3", "GetObject", thing), ("s3", "PutObject", thing),
)  # fmt: skip
LOADING = (
    ("s3", "GetObject", thing), ("s3", "PutObject", thing), ("s3", "HeadObject", thing),
    ("kms", "GenerateDataKey", key),
)  # fmt: skip
PULLING = (
    ("ecr", "BatchGetImage", image),
    ("ecr", "GetDownloadUrlForLayer", repository),
    ("ec2", "RunInstances", refused),
)

RHYTHMS = (
    Rhythm(MAYA, PROD, range(9, 18), 2, BROWSING),
    Rhythm(TOM, PROD, range(8, 19), 2, BROWSING),
    Rhythm(PRIYA, PROD, range(6), 1, BROWSING),
    Rhythm(JAKUB, DEV, range(10, 17), 1, BROWSING),
    Rhythm(LENA, DEV, range(9, 17), 2, BROWSING),
    Rhythm(GITHUB, PROD, range(9, 18), 2, PLANNING),
    Rhythm(GITHUB, DEV, range(9, 18), 1, PLANNING),
    Rhythm(LAMBDA, PROD, range(24), 5, MAILING, weekend=True),
    Rhythm(LAMBDA, PROD, range(24), 2, PULLING, weekend=True),
    Rhythm(NIGHTLY, DATA, range(2, 4), 1, LOADING, weekend=True),
    Rhythm(READER, DATA, range(24), 3, LOADING, weekend=True),
)


def bursts(draw: Draw) -> Iterator[Burst]:
    """Every burst of the week: calls of one caller within a few minutes."""
    for day in range(7):
        for rhythm in RHYTHMS:
            for _ in range(rhythm.bursts if day < 5 or rhythm.weekend else 0):
                hour = rhythm.hours[draw.number(len(rhythm.hours))]
                start = MONDAY + timedelta(days=day, hours=hour, seconds=draw.number(3300))
                yield start, list(_burst(rhythm, start, draw))


def _burst(rhythm: Rhythm, start: datetime, draw: Draw) -> Iterator[Record]:
    at, caller = start, replace(rhythm.caller, account=rhythm.account)
    yield from _arrival(caller, rhythm.kind, start, draw)
    for _ in range(12 + draw.number(12)):
        at += timedelta(seconds=1 + draw.number(14))
        source, name, make = draw.pick(rhythm.kind)
        yield call(caller, at, draw, source, name, **make(draw, rhythm.account))


def _arrival(caller: Caller, kind: object, at: datetime, draw: Draw) -> Iterator[Record]:
    """How the burst begins: a console login by a person, an assumed role by a machine."""
    if kind is BROWSING and caller.kind == "IAMUser":
        yield _login(caller, at, draw)
    elif caller.kind == "AssumedRole":
        arn = f"arn:aws:iam::{caller.account}:role/{caller.name}"
        user = {"arn": f"arn:aws:sts::{caller.account}:assumed-role/{caller.name}/{caller.session}"}
        asked = {"roleArn": arn, "roleSessionName": caller.session, "durationSeconds": 3600}
        name, by = _assuming(caller)
        more = {"requestParameters": asked, "responseElements": {"assumedRoleUser": user}}
        yield call(by, at, draw, "sts", name, account=caller.account, **more)


def _assuming(caller: Caller) -> tuple[str, Caller]:
    """Who assumes a role, and by which call."""
    if caller.name == GITHUB.name:
        repository = "repo:lanternfish-books/shop:ref:refs/heads/main"
        return "AssumeRoleWithWebIdentity", Caller("WebIdentityUser", caller.account, repository, address="20.55.120.9")
    service = {LENA.name: "sso", NIGHTLY.name: "codebuild", READER.name: "ecs-tasks"}.get(caller.name, "lambda")
    return "AssumeRole", Caller("AWSService", caller.account, f"{service}.amazonaws.com")


def _login(caller: Caller, at: datetime, draw: Draw) -> Record:
    failed = draw.number(12) == 0
    page = {"LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No", "MFAUsed": "Yes"}
    return call(
        replace(caller, agent=CONSOLE), at, draw, "signin", "ConsoleLogin", region="us-east-1",
        **({"errorMessage": "Failed authentication"} if failed else {}), additionalEventData=page,
        responseElements={"ConsoleLogin": "Failure" if failed else "Success"}, eventType="AwsConsoleSignIn",
    )  # fmt: skip
