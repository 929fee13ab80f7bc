"""Which field of a result row says who, from where, on what: detections and the AWS add-on name them differently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tocsin.plan.moments import BadMomentError, zone_of
from tocsin.risk.finding import Finding

PERSON = ("user", "userName", "user_name")
REPOSITORY = ("repository", "repositoryName", "requestParameters.repositoryName")
TAG = ("tag", "imageTag", "requestParameters.imageTag")
DIGEST = ("digest", "imageDigest", "responseElements.image.imageId.imageDigest")
ADDRESS = ("src_ip", "src", "sourceIPAddress")
REGION = ("awsRegion", "region", "vendor_region")
ACCOUNT = ("account", "registryId", "recipientAccountId", "aws_account_id", "vendor_account")
ERROR = ("errorCode",)
REASON = ("business_hours_reason", "reason", "surprise")
CALENDAR = ("business_calendar",)
RULE = ("business_hours_rule", "business_rule")


def values(finding: Finding, names: Sequence[str]) -> tuple[str, ...]:
    """The values, each once, of the first of these fields that the row has."""
    value = next((finding.result[name] for name in names if name in finding.result), ())
    return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))


def who(finding: Finding) -> tuple[str, ...]:
    """Users at risk; else any objects at risk; else the row's user."""
    users = dict.fromkeys(each.value for each in finding.objects if each.type == "user")
    return tuple(users or dict.fromkeys(each.value for each in finding.objects)) or values(finding, PERSON)


def source(finding: Finding) -> tuple[str, ...]:
    """What threatens, or the address that the calls came from."""
    return tuple(dict.fromkeys(each.value for each in finding.threat_objects)) or values(finding, ADDRESS)


def reasons(finding: Finding) -> tuple[str, ...]:
    """Why the hour is not the right one; only of rows that know whose clock it is."""
    return values(finding, REASON) if "local_time" in finding.result or "local_zone" in finding.result else ()


def local_time(finding: Finding) -> datetime | None:
    """The row's `local_time`, if it is a time of ISO 8601; of several, the first."""
    for text in values(finding, ("local_time",))[:1]:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def local_zone(finding: Finding) -> ZoneInfo | None:
    """The row's `local_zone`, if it is one zone and a known one."""
    names = values(finding, ("local_zone",))
    if len(names) != 1:
        return None
    try:
        return zone_of(names[0])
    except BadMomentError:
        return None
