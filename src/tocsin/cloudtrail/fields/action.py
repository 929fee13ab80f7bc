"""`action` and `status`: what a call does, as a verb, and whether it did; by the call's exact name.

A call that is not listed has neither field: so it is for deleting trails, for data events of S3, for KMS, ECR, RDS
and GuardDuty. The list is ours, made from what is known of the add-on's and from AWS's names of calls.
"""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calls, lookup, quoted

SIGN_IN = calls(
    "ConsoleLogin AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken"
)

# Of IAM; on failure their action is `unknown`.
IAM_CREATED = calls(
    """
    CreateAccountAlias CreateGroup CreateInstanceProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion
    CreateRole CreateSAMLProvider CreateServiceLinkedRole CreateServiceSpecificCredential CreateUser
    """
)
IAM_DELETED = calls(
    """
    DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile
    DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole
    DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate
    DeleteServiceLinkedRole DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser
    DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice
    """
)
IAM_MODIFIED = calls(
    """
    AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
    AttachUserPolicy ChangePassword CreateAccessKey CreateLoginProfile CreateVirtualMFADevice DeactivateMFADevice
    DetachGroupPolicy DetachRolePolicy DetachUserPolicy EnableMFADevice PutGroupPolicy PutRolePermissionsBoundary
    PutRolePolicy PutUserPermissionsBoundary PutUserPolicy RemoveClientIDFromOpenIDConnectProvider
    RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential ResyncMFADevice
    SetDefaultPolicyVersion SetSecurityTokenServicePreferences TagRole TagUser UntagRole UntagUser UpdateAccessKey
    UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile
    UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription UpdateSAMLProvider UpdateSSHPublicKey
    UpdateServerCertificate UpdateServiceSpecificCredential UpdateSigningCertificate UpdateUser UploadSSHPublicKey
    UploadServerCertificate UploadSigningCertificate
    """
)
IAM_READ = calls(
    """
    GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary GetCredentialReport
    GetGroup GetGroupPolicy GetInstanceProfile GetLoginProfile GetOpenIDConnectProvider GetPolicy GetPolicyVersion
    GetRole GetRolePolicy GetSAMLProvider GetSSHPublicKey GetServerCertificate GetUser GetUserPolicy ListAccessKeys
    ListAccountAliases ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies
    ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser ListInstanceProfiles
    ListInstanceProfilesForRole ListMFADevices ListOpenIDConnectProviders ListPolicies ListPolicyVersions
    ListRolePolicies ListRoleTags ListRoles ListSAMLProviders ListSSHPublicKeys ListServerCertificates
    ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags ListUsers
    ListVirtualMFADevices
    """
)

# Of other services; on failure their action is the verb all the same.
CREATED = calls(
    """
    CreateBucket CreateInternetGateway CreateKeyPair CreateLoadBalancerListeners CreateLoadBalancerPolicy
    CreateLogGroup CreateLogStream CreateNetworkAcl CreateNetworkInterface CreatePlatformEndpoint CreateRoute
    CreateRouteTable CreateSecurityGroup CreateSubnet CreateTags CreateVolume CreateVpc RunInstances
    """
)
DELETED = calls(
    """
    DeleteBucket DeleteEndpoint DeleteNetworkAcl DeleteNetworkInterface DeleteSecurityGroup DeleteVolume
    RevokeSecurityGroupEgress RevokeSecurityGroupIngress TerminateInstances
    """
)
MODIFIED = calls(
    """
    AttachVolume AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateNetworkAclEntry DeleteNetworkAclEntry
    DetachVolume PutBucketAcl PutBucketPublicAccessBlock ReplaceNetworkAclAssociation ReplaceNetworkAclEntry
    """
)
READ = ("GetBucketEncryption",)

IAM = IAM_CREATED + IAM_DELETED + IAM_MODIFIED + IAM_READ

VERBS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("created", IAM_CREATED + CREATED),
    ("deleted", IAM_DELETED + DELETED),
    ("modified", IAM_MODIFIED + MODIFIED),
    ("read", IAM_READ + READ),
    ("started", ("StartInstances",)),
    ("stopped", ("StopInstances",)),
    ("restarted", ("RebootInstances",)),
)
LISTED = SIGN_IN + tuple(call for _, names in VERBS for call in names)

_OUTCOME = 'if(errorCode="success", "success", "failure")'
_CASES = ",\n".join(f'    eventName IN ({quoted(names)}), "{verb}"' for verb, names in VERBS)

ACTION = (
    lookup(
        "action",
        f"""
case(
    eventName IN ({quoted(SIGN_IN)}), {_OUTCOME},
    errorCode!="success" AND eventName IN ({quoted(IAM)}), "unknown",
{_CASES})
""",
        "A verb for the calls that are listed; `success` or `failure` for signing in and assuming roles; `unknown` for "
        "failed IAM calls. NULL for all other calls.",
    ),
    lookup(
        "status",
        f"if(eventName IN ({quoted(LISTED)}), {_OUTCOME}, null())",
        "`success` or `failure`, for the calls that have an `action`.",
    ),
)
