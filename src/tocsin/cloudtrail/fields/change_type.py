"""`change_type`: which part of the account a change touches; by the call's name first, then by its service.

The list of calls is ours. Only three services count as such: recordings from Splunk have no `change_type` on S3, KMS,
RDS, ECR, GuardDuty and CloudWatch Logs calls that are not listed by name.
"""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calls, lookup, quoted

CALLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("AAA", ("CheckMfa", "ConsoleLogin")),
    (
        "firewall",
        calls(
            """
            AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateNetworkAcl CreateNetworkAclEntry
            CreateSecurityGroup DeleteNetworkAcl DeleteNetworkAclEntry DeleteSecurityGroup
            ReplaceNetworkAclAssociation ReplaceNetworkAclEntry RevokeSecurityGroupEgress RevokeSecurityGroupIngress
            """
        ),
    ),
    ("logging", ("CreateLogGroup", "CreateLogStream")),
    (
        "network",
        calls(
            """
            CreateInternetGateway CreateLoadBalancerListeners CreateLoadBalancerPolicy CreateNetworkInterface
            CreateRoute CreateRouteTable CreateSubnet CreateVpc DeleteNetworkInterface
            """
        ),
    ),
    (
        "storage",
        calls(
            """
            AttachVolume CreateBucket CreateVolume DeleteBucket DeleteVolume DetachVolume GetBucketEncryption
            PutBucketAcl PutBucketPublicAccessBlock PutObject
            """
        ),
    ),
    ("virtual_server", ("RebootInstances", "RunInstances", "StartInstances", "StopInstances", "TerminateInstances")),
)
SERVICES = (("iam.amazonaws.com", "AAA"), ("ec2.amazonaws.com", "EC2"), ("sts.amazonaws.com", "STS"))

_CALLS = ",\n".join(f'    eventName IN ({quoted(names)}), "{kind}"' for kind, names in CALLS)
_SERVICES = ",\n".join(f'    eventSource="{service}", "{kind}"' for service, kind in SERVICES)

CHANGE_TYPE = (
    lookup(
        "change_type",
        f"case(\n{_CALLS},\n{_SERVICES})",
        "Which part of the account a change touches; NULL for calls and services that are not listed.",
    ),
)
