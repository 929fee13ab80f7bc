"""Aliases: a second name for a leaf of the record. They see the record alone, so `result_id` is the raw error code."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import FieldDoc, Kind


def _alias(name: str, path: str, doc: str) -> FieldDoc:
    return FieldDoc(name, Kind.alias, path, doc)


ALIASES = (
    _alias("src", "sourceIPAddress", "Where the call came from: an address, or the name of an AWS service."),
    _alias("src_ip", "sourceIPAddress", "The same as `src`; it may hold a name such as `AWS Internal`."),
    _alias("region", "awsRegion", "The AWS region that took the call."),
    _alias("vendor_region", "awsRegion", "The same as `region`."),
    _alias("app", "eventType", "The kind of record, such as `AwsApiCall`."),
    _alias("dvc", "eventSource", "The service that took the call."),
    _alias("signature", "eventName", "The call."),
    _alias("command", "eventName", "The same as `signature`."),
    _alias("user_group_id", "userIdentity.accountId", "The account of the caller."),
    _alias("reason", "errorMessage", "What the service said about a failure."),
    _alias("result", "errorMessage", "The same as `reason`."),
    _alias("result_id", "errorCode", "The error code of the record itself, so it exists on failures only."),
    _alias("start_time", "eventTime", "The time as the record writes it."),
    _alias("user_access_key", "userIdentity.accessKeyId", "The access key that signed the call."),
    _alias("temp_access_key", "responseElements.credentials.accessKeyId", "The access key that the call handed out."),
    _alias("image_id", "requestParameters.instancesSet.items{}.imageId", "The machine images of started instances."),
    _alias("instance_type", "requestParameters.instanceType", "The size of started instances."),
    _alias("desc", "requestParameters", "Exists only where `requestParameters` is no object: JSON null, or text."),
)
