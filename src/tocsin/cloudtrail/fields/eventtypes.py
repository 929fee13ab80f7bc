"""Event types: conditions in search syntax, and the tags that they put on a record.

Tags are what the CIM data models select by. A record that no condition matches has no `eventtype` and no `tag`, and
is invisible to the models. Names of event types are ours where the add-on's are not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from tocsin.cloudtrail.fields.field import FieldDoc, Kind
from tocsin.plan.expr import NULL, Apply, Column, Constant, Expr


class EventType(Struct, frozen=True):
    """`condition` is a search expression over every other field; `tags` are in no order."""

    name: str
    condition: str
    tags: tuple[str, ...]


def _eventtype(name: str, condition: str, tags: str) -> EventType:
    return EventType(f"aws_cloudtrail_{name}", " ".join(condition.split()), tuple(tags.split()))


_NOT_READING = "NOT eventName IN (Get*, List*, Describe*)"
_IAM = "(eventSource=*iam*.amazonaws.com OR eventName=PutBucketAcl)"

EVENT_TYPES = (
    _eventtype("sign_in_to", "eventName=ConsoleLogin additionalEventData.LoginTo=*", "authentication default"),
    _eventtype(
        "sign_in",
        "eventName=ConsoleLogin NOT additionalEventData.LoginTo=*",
        "authentication privileged cloud",
    ),
    _eventtype("session", "eventName IN (AssumeRole*, GetFederationToken, GetSessionToken, ConsoleLogin)", "cloud"),
    _eventtype(
        "assume_role",
        "eventName IN (AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity) NOT userIdentity.type=AWSService",
        "assume_role cloud",
    ),
    _eventtype("multifactor", "additionalEventData.MFAUsed=Yes", "multifactor cloud"),
    _eventtype(
        "endpoint",
        """
        eventName IN (DeleteEndpoint, CreatePlatformEndpoint, CreateVolume, DeleteVolume, AttachVolume, DetachVolume,
        CreateBucket, DeleteBucket, PutBucketPublicAccessBlock, PutObject)
        """,
        "change endpoint cloud",
    ),
    _eventtype(
        "create_events",
        "eventName IN (Create*, ListRoles, ListAliases, PutBucketAcl, GetBucketEncryption)",
        "change cloud",
    ),
    _eventtype("iam", f"{_IAM} {_NOT_READING}", "cloud"),
    _eventtype("acctmgmt", f"eventSource=*iam*.amazonaws.com {_NOT_READING}", "change account management"),
    _eventtype(
        "acctmgmt_refused",
        """
        eventName IN (ListSigningCertificates, ListAccessKeys, ListAccountAliases, GetUser, GetAccountSummary)
        errorCode IN (*Unauthorized*, *AccessDenied*, *AuthFailure*, *OperationNotPermitted*)
        """,
        "change account management cloud",
    ),
    _eventtype("delete_events", "*Delete* OR *Remove* OR *Reboot*", "change cloud"),
    _eventtype(
        "network",
        f"""
        {_NOT_READING} NOT eventName=PutBucketAcl
        eventName IN (*address*, *gateway*, *acl*, *interface*, *security*, *route*, *subnet*, *vpc*)
        """,
        "change network cloud",
    ),
    _eventtype("errors", "errorCode=* errorCode!=success", "error cloud"),
    _eventtype("instance", "object_category=instance", "change instance cloud"),
)

# Tags that hang on a value of `action` itself.
ACTION_TAGS = ("failure", "success")

EVENT_TYPE_FIELDS = (
    FieldDoc(
        "eventtype",
        Kind.eventtype,
        "the event types whose conditions the record meets",
        "Multivalue, in the order of the names; NULL if there is none.",
    ),
    FieldDoc(
        "tag::eventtype",
        Kind.tag,
        "the tags of these event types",
        "Multivalue, in the order of the names, each once; NULL if there is none.",
    ),
    FieldDoc(
        "tag::action",
        Kind.tag,
        "the tag of the value of `action`",
        "`success` or `failure` where `action` is that; else NULL.",
    ),
    FieldDoc(
        "tag",
        Kind.tag,
        "all tags: of the event types and of `action`",
        "Multivalue, in the order of the names, each once; NULL if there is none.",
    ),
)


def event_type_field(name: str, condition: Callable[[str], Expr]) -> Expr:
    """The field's expression: tags read `eventtype` and `action`. `condition` lowers a search's text."""
    match name:
        case "eventtype":
            return _listed({each.name: condition(each.condition) for each in EVENT_TYPES})
        case "tag::eventtype":
            return _listed(_of_event_types())
        case "tag::action":
            return _listed(_of_action())
        case _:
            return _listed(_of_event_types() | _of_action())


def _of_event_types() -> dict[str, Expr]:
    tags = {tag for each in EVENT_TYPES for tag in each.tags}
    return {tag: _is_any("eventtype", (each.name for each in EVENT_TYPES if tag in each.tags)) for tag in tags}


def _of_action() -> dict[str, Expr]:
    return {tag: _is_any("action", (tag,)) for tag in ACTION_TAGS}


def _is_any(field: str, values: Iterable[str]) -> Expr:
    return Apply("in", (Column(field), *(Constant(value) for value in values)))


def _listed(names: dict[str, Expr]) -> Expr:
    """The names whose conditions are true, as a multivalue in their order; NULL if there is none."""
    chosen = (Apply("if", (condition, Constant(name), NULL)) for name, condition in sorted(names.items()))
    return Apply("mvappend", tuple(chosen))
