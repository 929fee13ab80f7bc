"""What the call was about: the thing that was called, and the object that changed."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import FieldDoc, calculated
from tocsin.cloudtrail.fields.paths import ASSUME_ROLE, LOGIN_TO, target_cases

_ASKED_INSTANCES = "'requestParameters.instancesSet.items{}.instanceId'"
_MADE_INSTANCES = "'responseElements.instancesSet.items{}.instanceId'"

_DEST = f"""
case(
    eventName="PutBucketAcl", 'requestParameters.Host',
    eventName="GetBucketEncryption" OR like(eventName, "%Bucket"), 'requestParameters.host{{}}',
    eventName="RunInstances", coalesce({_MADE_INSTANCES}, eventSource),
    eventName="StartInstances", coalesce({_ASKED_INSTANCES}, eventSource),
    eventName IN ("StopInstances", "TerminateInstances", "RebootInstances"), {_ASKED_INSTANCES},
    like(eventName, "%Volume"), coalesce('requestParameters.instanceId', eventSource),
    like(eventName, "Put%"), coalesce('requestParameters.host{{}}', 'requestParameters.Host'),
    eventName="DeleteLoginProfile", 'requestParameters.userName',
    eventName IN ("ConsoleLogin", {ASSUME_ROLE}, "CheckMfa", "ListAliases"), coalesce({LOGIN_TO}, eventSource),
    true(), eventSource)
"""

# Objects with a name of their own, by call: our list for the twenty or so that the add-on treats one by one.
_NAMED = (
    (("CreateStack", "UpdateStack", "DeleteStack"), "'requestParameters.stackName'"),
    (("CreateTable", "UpdateTable", "DeleteTable"), "'requestParameters.tableName'"),
    (("CreateFunction20150331", "DeleteFunction20150331"), "'requestParameters.functionName'"),
    (("CreateLogGroup", "DeleteLogGroup"), "'requestParameters.logGroupName'"),
    (("CreateLogStream",), "'requestParameters.logStreamName'"),
    (("CreateLoadBalancerListeners", "CreateLoadBalancerPolicy"), "'requestParameters.loadBalancerName'"),
    (("CreateAutoScalingGroup", "DeleteAutoScalingGroup"), "'requestParameters.autoScalingGroupName'"),
    (("CreateLaunchConfiguration",), "'requestParameters.launchConfigurationName'"),
    (("CreateNetworkInterface",), "'responseElements.networkInterface.networkInterfaceId'"),
    (("DeleteNetworkInterface",), "'requestParameters.networkInterfaceId'"),
    (("CreateKeyPair", "DeleteKeyPair"), "'requestParameters.keyName'"),
    (("CreateDBInstance", "DeleteDBInstance"), "'requestParameters.dBInstanceIdentifier'"),
)

_FAMILIES = f"""\
    like(eventName, "%Instances"), coalesce({_ASKED_INSTANCES}, {_MADE_INSTANCES}, eventSource),
    like(eventName, "%SecurityGroup%"), coalesce('responseElements.groupId', 'requestParameters.groupId'),
    like(eventName, "%Volume"), coalesce('requestParameters.volumeId', 'responseElements.volumeId'),
    like(eventName, "%NetworkAcl%"),
        coalesce('requestParameters.networkAclId', 'responseElements.networkAcl.networkAclId'),
    like(eventName, "%Bucket%") OR eventName="PutObject", 'requestParameters.bucketName',
    eventName="CreateVirtualMFADevice", mvindex(split('responseElements.virtualMFADevice.serialNumber', "/"), -1)"""


def _object(created_user: str, created_key: str) -> str:
    cases = (_FAMILIES, target_cases(created_user, created_key), *_named_cases())
    return "case(\n" + ",\n".join(cases) + ")"


def _named_cases() -> list[str]:
    return [f"    {_is_one_of(calls)}, {path}" for calls, path in _NAMED]


def _is_one_of(calls: tuple[str, ...]) -> str:
    return " OR ".join(f'eventName="{call}"' for call in calls)


TARGET: tuple[FieldDoc, ...] = (
    calculated(
        "dest",
        _DEST,
        "Where the call went: instances, a bucket's host, or the service. "
        "NULL for calls that begin with `Put` and name no host, such as PutImage.",
    ),
    calculated(
        "object",
        _object("'responseElements.user.userName'", "'responseElements.accessKey.userName'"),
        "The thing that the call made or changed, by name; NULL for calls that are not listed.",
    ),
    calculated(
        "object_id",
        _object("'responseElements.user.userId'", "'responseElements.accessKey.accessKeyId'"),
        "As `object`, but the ID where a new user or access key has one.",
    ),
)
