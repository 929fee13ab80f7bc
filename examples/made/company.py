"""Lanternfish Books, a made-up company: its accounts, its people and machines, and how CloudTrail names them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Record = dict[str, Any]

PROD, DEV, DATA, PARTNER = "111122223333", "444455556666", "777788889999", "555566667777"
HOME = {PROD: "eu-west-1", DEV: "eu-west-1", DATA: "eu-central-1"}
SSO_ROLE = "AWSReservedSSO_Developer_8f3a6c1d2b4e5f70"


class Draw:
    """Random choices of one seed: every number, id and pick in the trail comes from here."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pick = self.random.choice
        self.number = self.random.randrange

    def hex(self, digits: int) -> str:
        return f"{self.random.getrandbits(4 * digits):0{digits}x}"

    def uuid(self) -> str:
        text = self.hex(32)
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

    def word(self, length: int, letters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") -> str:
        return "".join(self.pick(letters) for _ in range(length))


@dataclass(frozen=True)
class Caller:
    """Whoever calls AWS. `name` is the user's or role's; `session` says who or what assumed the role."""

    kind: str  # IAMUser, AssumedRole, Root, WebIdentityUser, AWSService, AWSAccount
    account: str = PROD
    name: str = ""
    session: str = ""
    address: str = "198.51.100.20"
    agent: str = "aws-cli/2.24.1 md/awscrt#0.23.8 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.9"


_READING = ("Assume", "Batch", "Decrypt", "Describe", "Generate", "Get", "Head", "List", "Lookup")
CONSOLE = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0"
TERRAFORM = "APN/1.0 HashiCorp/1.0 Terraform/1.10.5 (+https://www.terraform.io) aws-sdk-go-v2/1.36.1 lang/go#1.23.5"
BOTO = "Boto3/1.36.21 md/Botocore#1.36.21 ua/2.0 os/linux#5.10.234 md/arch#aarch64 lang/python#3.12.8"

MAYA = Caller("IAMUser", PROD, "maya.okafor", address="198.51.100.21")
TOM = Caller("IAMUser", PROD, "tom.brennan", address="198.51.100.34")
PRIYA = Caller("IAMUser", PROD, "priya.nair", address="203.0.113.77")  # in Sydney
JAKUB = Caller("IAMUser", PROD, "jakub.nowak", address="192.0.2.145")  # a contractor
JENKINS = Caller("IAMUser", PROD, "old-jenkins", address="192.0.2.8", agent="Boto3/1.17.27 Python/3.8.5")
LENA = Caller("AssumedRole", PROD, SSO_ROLE, "lena.fischer@lanternfish.example", "198.51.100.52", CONSOLE)
GITHUB = Caller("AssumedRole", PROD, "github-deploy", "GitHubActions", "20.55.120.9", TERRAFORM)
NIGHTLY = Caller("AssumedRole", DATA, "codebuild-nightly", "AWSCodeBuild-0d9c7a52", "10.20.3.14", BOTO)
LAMBDA = Caller("AssumedRole", PROD, "order-mailer-role", "order-mailer", "10.10.8.41", BOTO)
READER = Caller("AssumedRole", DATA, "warehouse-reader", "dbt-run", "10.20.5.60", BOTO)
DEV_ROOT = Caller("Root", DEV, address="198.51.100.34", agent=CONSOLE)
REPLICATION = Caller("AWSService", name="replication.ecr.amazonaws.com")
CACHE = Caller("AWSService", name="pullthroughcache.ecr.amazonaws.com")
VISITOR = Caller("AWSAccount", PARTNER, "label-printer", address="203.0.113.201", agent="docker/27.5.1")


def identity(caller: Caller, at: datetime, draw: Draw, invoked_by: str = "") -> Record:
    """`userIdentity` as CloudTrail writes it for this kind of caller."""
    match caller.kind:
        case "IAMUser":
            shown = _user(caller)
        case "AssumedRole":
            shown = _role(caller, at, draw)
        case "Root":
            shown = {"type": "Root", "principalId": caller.account, "arn": f"arn:aws:iam::{caller.account}:root"}
            shown |= {"accountId": caller.account, "accessKeyId": _key(caller.account, "ASIA")}
        case "WebIdentityUser":
            provider = f"arn:aws:iam::{caller.account}:oidc-provider/token.actions.githubusercontent.com"
            shown = {"type": "WebIdentityUser", "principalId": f"{provider}:sts.amazonaws.com:{caller.name}"}
            shown |= {"userName": caller.name, "identityProvider": provider}
        case "AWSAccount":
            shown = {"type": "AWSAccount", "principalId": f"AROA{_stable(caller.name, 10)}EXAMPLE:{caller.name}"}
            shown |= {"accountId": caller.account}
        case _:
            return {"type": "AWSService", "invokedBy": caller.name}
    return shown | ({"invokedBy": invoked_by} if invoked_by else {})


def _user(caller: Caller) -> Record:
    return {
        "type": "IAMUser",
        "principalId": f"AIDA{_stable(caller.account + caller.name, 10)}EXAMPLE",
        "arn": f"arn:aws:iam::{caller.account}:user/{caller.name}",
        "accountId": caller.account,
        "accessKeyId": _key(caller.account + caller.name, "AKIA"),
        "userName": caller.name,
    }


def _role(caller: Caller, at: datetime, draw: Draw) -> Record:
    principal = f"AROA{_stable(caller.account + caller.name, 10)}EXAMPLE"
    started = at.replace(second=0) - timedelta(minutes=draw.number(40))
    return {
        "type": "AssumedRole",
        "principalId": f"{principal}:{caller.session}",
        "arn": f"arn:aws:sts::{caller.account}:assumed-role/{caller.name}/{caller.session}",
        "accountId": caller.account,
        "accessKeyId": f"ASIA{draw.word(9)}EXAMPLE",
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": principal,
                "arn": f"arn:aws:iam::{caller.account}:role/{caller.name}",
                "accountId": caller.account,
                "userName": caller.name,
            },
            "attributes": {"creationDate": f"{started:%Y-%m-%dT%H:%M:%SZ}", "mfaAuthenticated": "false"},
        },
    }


def _key(name: str, prefix: str) -> str:
    return f"{prefix}{_stable(name, 9)}EXAMPLE"


def _stable(name: str, length: int) -> str:
    """Letters that are always the same for a name."""
    return Draw(int.from_bytes(name.encode(), "big")).word(length)


def call(caller: Caller, at: datetime, draw: Draw, source: str, name: str, **more: Any) -> Record:
    """One record of an API call, its fields in CloudTrail's order; `more` replaces or adds fields."""
    account = more.pop("account", caller.account)
    region = more.pop("region", HOME.get(account, "eu-west-1"))
    internal = caller.kind == "AWSService"
    record: Record = {
        "eventVersion": "1.11",
        "userIdentity": identity(caller, at, draw, more.pop("invoked_by", "")),
        "eventTime": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": region,
        "sourceIPAddress": caller.name if internal else caller.address,
        "userAgent": caller.name if internal else caller.agent,
        **{key: more.pop(key) for key in ("errorCode", "errorMessage") if key in more},
        "requestParameters": None,
        "responseElements": None,
        "requestID": draw.uuid(),
        "eventID": draw.uuid(),
        "readOnly": name.startswith(_READING),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": account,
        "eventCategory": "Management",
    }
    return record | more
