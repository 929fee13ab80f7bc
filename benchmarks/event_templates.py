"""The kinds of records in a benchmark corpus, as text with slots: fast to fill, of real shapes and sizes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

Slot = Callable[[random.Random], str]

ACCOUNTS = ("111122223333", "444455556666", "777788889999")
REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-2")
AGENTS = (
    "APN/1.0 HashiCorp/1.0 Terraform/1.10.%s (+https://www.terraform.io) provider-aws/5.8%s.0 aws-sdk-go-v2/1.3",
    "Boto3/1.36.%s md/Botocore#1.36.%s ua/2.0 os/linux#5.10.234.amzn2 md/arch#aarch64 lang/python#3.12.8 cfg/retry",
    "aws-sdk-java/2.30.%s md/io#sync md/http#Apache ua/2.1 os/Linux#5.1%s lang/java#21.0.6 exec-env/AWS_ECS_FARGATE",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1%s.0.%s.0 Safari",
    "aws-cli/2.24.%s md/awscrt#0.23.%s ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.9 md/command#s3.cp",
)
HEAD = (
    '{"eventVersion":"1.11","userIdentity":%s,"eventTime":"%s","eventSource":"%s","eventName":"%s","awsRegion":"%s",'
    '"sourceIPAddress":"%s","userAgent":"%s",'
)
TAIL = (
    ',"requestID":"%s","eventID":"%s","readOnly":true,"eventType":"AwsApiCall",%s,"recipientAccountId":"%s",'
    '"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"%s.%s"}}'
)
MANAGEMENT = '"managementEvent":true,"eventCategory":"Management"'
DATA = '"managementEvent":false,"eventCategory":"Data"'


@dataclass(frozen=True)
class Event:
    """One kind of call: `body` is the text between user agent and request id, with a `%s` for each slot."""

    source: str
    name: str
    body: str
    slots: tuple[Slot, ...] = ()
    kind: str = MANAGEMENT
    internal: bool = False


def hexes(digits: int) -> Slot:
    return lambda rng: f"{rng.getrandbits(4 * digits):0{digits}x}"


def below(limit: int) -> Slot:
    return lambda rng: str(rng.randrange(limit))


def one_of(*texts: str) -> Slot:
    return lambda rng: texts[rng.randrange(len(texts))]


def event(
    service: str, name: str, asked: Any, *slots: Slot, answer: Any = None, also: Any = None, **more: Any
) -> Event:
    """An event from values in which `~` marks a slot; each occurrence takes the next. `also` are further fields."""
    parts: dict[str, Any] = {"requestParameters": asked, "responseElements": answer} | (also or {})
    body = json.dumps(parts, separators=(",", ":"))[1:-1].replace("%", "%%").replace("~", "%s")
    return Event(f"{service}.amazonaws.com", name, body, slots, **more)


def described(name: str, kind: str, prefix: str) -> Event:
    filters = [{"name": "vpc-id", "valueSet": {"items": [{"value": "vpc-0~"}]}}, {"name": "tag:env", "valueSet": {}}]
    asked = {f"{kind}Set": {"items": [{f"{kind}Id": f"{prefix}-0~"}]}, "filterSet": {"items": filters}}
    return event("ec2", name, asked, hexes(16), hexes(4))


def stored(name: str) -> Event:
    asked = {"bucketName": "lanternfish-~", "key": "part/day\\u003d~/~.parquet", "Host": "lanternfish.s3.amazonaws.com"}
    shown = [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::lanternfish/part"}, {"type": "AWS::S3::Bucket"}]
    sent = {
        "SignatureVersion": "SigV4",
        "CipherSuite": "TLS_AES_128_GCM_SHA256",
        "bytesTransferredOut": "~",
        "x-amz-id-2": "~",
    }
    slots = (one_of("orders", "covers", "logs"), below(31), hexes(16), below(9_000_000), hexes(76))
    made = event("s3", name, asked, *slots, also={"additionalEventData": sent, "resources": shown})
    return Event(made.source, name, made.body.replace("\\\\u003d", "\\u003d"), slots, DATA)


def key_used(name: str) -> Event:
    function = "arn:aws:lambda:eu-west-1:111122223333:function:f~"
    asked = {"keyId": "alias/aws/lambda", "encryptionContext": {"aws:lambda:FunctionArn": function, "id": "~"}}
    key = "arn:aws:kms:eu-west-1:111122223333:key/5d1f0c2e-0000-4000-8000-0000000000~"
    shown = [{"accountId": "111122223333", "type": "AWS::KMS::Key", "ARN": key}]
    return event("kms", name, asked, below(40), hexes(16), hexes(2), also={"resources": shown})


def assumed(name: str) -> Event:
    role = "arn:aws:iam::111122223333:role/service-~"
    user = {"assumedRoleId": "AROAEXAMPLE:~", "arn": "arn:aws:sts::111122223333:assumed-role/service/~"}
    credentials = {"accessKeyId": "ASIA~", "expiration": "Mar 2, 2026, 9:46:15 PM", "sessionToken": "~"}
    slots = (below(30), hexes(8), hexes(12), hexes(60), hexes(8), hexes(8))
    answer = {"credentials": credentials, "assumedRoleUser": user}
    return event("sts", name, {"roleArn": role, "roleSessionName": "~"}, *slots, answer=answer)


def registry(name: str) -> Event:
    asked = {"registryId": "111122223333", "repositoryName": "~", "imageIds": [{"imageDigest": "sha256:~"}]}
    return event("ecr", name, asked, one_of("web/shop", "web/search", "etl"), hexes(64))


def push(*, tagged: bool) -> Event:
    layers = [{"size": 2811969, "digest": "sha256:~"}] * 2
    manifest = json.dumps({"schemaVersion": 2, "config": {"digest": "sha256:~"}, "layers": layers}, indent=3)
    asked = {"registryId": "111122223333", "repositoryName": "~", "imageManifest": manifest}
    asked |= {"imageTag": "~"} if tagged else {}
    answer = {"image": {"registryId": "111122223333", "imageId": {"imageDigest": "sha256:~"}}}
    tags = (one_of("latest", "1.4.0", "1.4.1", "2.0.0", "nightly"),) if tagged else ()
    digests = (hexes(64), hexes(64), hexes(64))
    slots = (one_of("web/shop", "web/search", "web/checkout", "etl"), *digests, *tags, hexes(64))
    return event("ecr", "PutImage", asked, *slots, answer=answer, internal=True)


PUT_IMAGE = (push(tagged=True), push(tagged=True), push(tagged=False))
DESCRIBED = (("instance", "i"), ("subnet", "subnet"), ("vpc", "vpc"), ("volume", "vol"), ("routeTable", "rtb"))
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:~"
GROUP = {"logGroupName": "/aws/lambda/f~", "logStreamName": "2026/03/02/[$LATEST]~"}
QUEUE = {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders-~"}
POLICY = {"policyArn": "arn:aws:iam::111122223333:policy/p~", "versionId": "v~"}
EVENTS = (
    tuple(described(f"Describe{kind[0].upper()}{kind[1:]}s", kind, prefix) for kind, prefix in DESCRIBED),
    (stored("GetObject"), stored("PutObject"), stored("HeadObject")),
    (stored("GetObject"), key_used("Decrypt"), key_used("GenerateDataKey")),
    (key_used("Decrypt"), event("secretsmanager", "GetSecretValue", {"secretId": SECRET}, hexes(6))),
    (assumed("AssumeRole"), assumed("AssumeRole"), event("sts", "GetCallerIdentity", None)),
    (registry("BatchGetImage"), registry("GetDownloadUrlForLayer")),
    (
        event("iam", "GetRole", {"roleName": "service-~"}, below(90)),
        event("iam", "ListAttachedRolePolicies", {"roleName": "service-~"}, below(90)),
        event("iam", "GetPolicyVersion", POLICY, below(90), below(9)),
    ),
    (
        event("logs", "CreateLogStream", GROUP, below(40), hexes(32)),
        event("lambda", "Invoke", {"functionName": "f~", "invocationType": "Event"}, below(40), kind=DATA),
    ),
    (
        event("dynamodb", "GetItem", {"tableName": "orders-~", "key": {"id": "~"}}, below(5), hexes(24), kind=DATA),
        event("sqs", "ReceiveMessage", QUEUE, below(5), kind=DATA),
    ),
)


@cache
def identities(account: str) -> tuple[str, ...]:
    """A few dozen callers of an account, mostly roles, some users and services, seldom root.

    JSON text with two slots: the session's name and an access key's end.
    """
    roles = [_role(account, number) for number in range(40)]
    users = [_user(account, number) for number in range(12)]
    services = [
        {"type": "AWSService", "invokedBy": f"{name}.amazonaws.com"} for name in ("lambda", "config", "ecs-tasks")
    ]
    root = {"type": "Root", "principalId": account, "arn": f"arn:aws:iam::{account}:root", "accountId": account}
    return tuple(json.dumps(each, separators=(",", ":")) for each in (*roles, *users, *services, root))


def caller(account: str, rng: random.Random) -> str:
    """`userIdentity` of somebody in the account, in a session of its own."""
    pool = identities(account)
    bits = f"{rng.getrandbits(128):032x}"
    return pool[rng.randrange(len(pool))].replace("~key", bits[16:27].upper()).replace("~session", bits[:16])


def agent(rng: random.Random) -> str:
    return AGENTS[rng.randrange(len(AGENTS))] % (rng.randrange(10, 40), rng.randrange(10))


def _user(account: str, number: int) -> dict[str, Any]:
    arn = f"arn:aws:iam::{account}:user/person{number}"
    shown = {"type": "IAMUser", "principalId": f"AIDAEXAMPLE{number:010d}", "arn": arn, "accountId": account}
    return shown | {"accessKeyId": f"AKIAEXAMPLE{number:09d}", "userName": f"person{number}"}


def _role(account: str, number: int) -> dict[str, Any]:
    name, principal = f"service-{number}", f"AROAEXAMPLE{number:010d}"
    arn = f"arn:aws:iam::{account}:role/{name}"
    issuer = {"type": "Role", "principalId": principal, "arn": arn, "accountId": account, "userName": name}
    return {
        "type": "AssumedRole",
        "principalId": f"{principal}:~session",
        "arn": f"arn:aws:sts::{account}:assumed-role/{name}/~session",
        "accountId": account,
        "accessKeyId": "ASIAEXAMP~key",
        "sessionContext": {
            "sessionIssuer": issuer,
            "attributes": {"creationDate": f"2026-03-02T{number % 24:02d}:00:00Z", "mfaAuthenticated": "false"},
        },
    }
