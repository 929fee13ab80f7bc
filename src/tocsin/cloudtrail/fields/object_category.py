"""`object_category`: what sort of thing `object` is, by the call's exact name. The list is ours."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calls, lookup, quoted

CALLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("instance", ("RebootInstances", "RunInstances", "StartInstances", "StopInstances", "TerminateInstances")),
    (
        "security_group",
        calls(
            """
            AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup DeleteSecurityGroup
            RevokeSecurityGroupEgress RevokeSecurityGroupIngress
            """
        ),
    ),
    (
        "network_acl",
        calls(
            """
            CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclAssociation
            ReplaceNetworkAclEntry
            """
        ),
    ),
    ("volume", ("AttachVolume", "CreateVolume", "DeleteVolume", "DetachVolume")),
    ("bucket", ("CreateBucket", "DeleteBucket", "GetBucketEncryption", "PutBucketAcl", "PutBucketPublicAccessBlock")),
    (
        "user",
        calls(
            """
            AttachUserPolicy CreateLoginProfile CreateUser DeleteLoginProfile DeleteUser DeleteUserPolicy
            DetachUserPolicy GetUser PutUserPolicy UpdateLoginProfile UpdateUser
            """
        ),
    ),
    ("group", ("AddUserToGroup", "CreateGroup", "DeleteGroup", "RemoveUserFromGroup", "UpdateGroup")),
    ("role", ("AttachRolePolicy", "CreateRole", "DeleteRole", "DetachRolePolicy", "PutRolePolicy", "UpdateRole")),
    ("policy", ("CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion")),
    ("access_key", ("CreateAccessKey", "DeleteAccessKey", "ListAccessKeys", "UpdateAccessKey")),
)

_CASES = ",\n".join(f'    eventName IN ({quoted(names)}), "{category}"' for category, names in CALLS)

OBJECT_CATEGORY = (
    lookup(
        "object_category",
        f'case(\n{_CASES},\n    true(), "unknown")',
        "What sort of thing the call is about; `unknown` for calls that are not listed, so it always exists.",
    ),
)
