"""Who: the caller of ordinary calls, and the target of calls that manage users."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calculated
from tocsin.cloudtrail.fields.paths import (
    ACCOUNT,
    ARN_TAIL,
    ASSUME_ROLE,
    ASSUMED_ARN,
    ASSUMED_ID,
    ISSUER_ID,
    ISSUER_NAME,
    ISSUER_TYPE,
    LOGIN_TO,
    PRINCIPAL_ID,
    PRINCIPAL_SESSION,
    ROLE_ARN,
    TARGET_CASES,
    USER_ARN,
    USER_NAME,
    USER_TYPE,
)

USER = (
    calculated(
        "user",
        f"""
case(
    eventName="PutBucketAcl", {USER_NAME},
    eventName IN ("CreateLoadBalancerListeners", "CreateLoadBalancerPolicy", "CreateLogGroup", "CreateLogStream",
        "GetBucketEncryption"), {ISSUER_NAME},
{TARGET_CASES},
    eventName="CreateVirtualMFADevice", {USER_NAME},
    eventName IN ("CreateNetworkInterface", "DeleteNetworkInterface"), {ISSUER_NAME},
    eventName="AssumeRole" AND {USER_TYPE}="AssumedRole", mvindex(split({ROLE_ARN}, "/"), -1),
    eventName IN ({ASSUME_ROLE}), mvindex(split({ASSUMED_ARN}, "/"), -1),
    eventName="ConsoleLogin" AND {USER_TYPE}="AssumedRole" AND isnotnull({LOGIN_TO}),
        coalesce({PRINCIPAL_SESSION}, {USER_NAME}),
    eventType="AwsConsoleSignIn" OR eventName IN ("ListAliases", "ListRoles"), coalesce({USER_NAME}, {ISSUER_NAME}),
    like(eventName, "%Instances") OR like(eventName, "%Volume") OR like(eventName, "%Bucket")
        OR like(eventName, "Put%"), coalesce({USER_NAME}, {ISSUER_NAME}),
    true(), {USER_NAME})
""",
        "The caller's user name, but the *target* where a call manages users. NULL for most calls by Root, assumed "
        "roles, federated users and services, so `stats ... by user` drops them; `--user-fallback` fills it from "
        "`userName`.",
    ),
    calculated(
        "userName",
        f"coalesce({USER_NAME}, 'requestParameters.sourceIdentity', {ISSUER_NAME}, {ARN_TAIL})",
        "The best general name of the caller: user, source identity, role, or the end of the ARN (`root`).",
    ),
    calculated(
        "user_name",
        f"""
case(
    eventName="ListRoles", {PRINCIPAL_ID},
{TARGET_CASES},
    eventName="CreateVirtualMFADevice", {USER_NAME},
    true(), coalesce({USER_NAME}, {ISSUER_NAME}, {ARN_TAIL}))
""",
        "As `userName`, but the target where a call manages users.",
    ),
    calculated(
        "user_arn",
        f"coalesce({USER_ARN}, {ROLE_ARN})",
        "The caller's ARN, else the ARN of the role that is asked for.",
    ),
    calculated(
        "user_id",
        f"""
case(
    (eventName="ConsoleLogin" AND {USER_TYPE}="IAMUser") OR eventName="CheckMfa", coalesce({PRINCIPAL_ID}, {ACCOUNT}),
    eventName IN ("ConsoleLogin", "ListAliases", "ListRoles", "DeleteNetworkInterface") AND {USER_TYPE}="AssumedRole",
        coalesce({ISSUER_ID}, {PRINCIPAL_ID}),
    eventName="CreateUser", 'responseElements.user.userId',
    eventName IN ("DeleteUser", "UpdateUser"), 'requestParameters.userName',
    eventType="AwsApiCall", mvindex(split({ASSUMED_ID}, ":"), 0),
    true(), {USER_NAME})
""",
        "A principal ID for sign-ins, the target for calls that manage users, the assumed role's ID for AssumeRole "
        "calls; NULL for other API calls.",
    ),
    calculated(
        "user_type",
        f"""
case(
    like(eventName, "%User") OR eventName IN ("CreateLoginProfile", "ListSigningCertificates", "CreateAccessKey",
        "ListAccessKeys", "CreateVirtualMFADevice", "GetAccountSummary", "ListAccountAliases"), null(),
    eventName="ConsoleLogin" AND {USER_TYPE}="AssumedRole" AND isnull({LOGIN_TO}), {ISSUER_TYPE},
    eventType="AwsConsoleSignIn", {USER_TYPE},
    eventName IN ("ListAliases", "ListRoles", "DeleteNetworkInterface"), {ISSUER_TYPE},
    eventName IN ({ASSUME_ROLE}),
        coalesce(mvjoin('resources{{}}.type', ","), mvindex(split({ASSUMED_ARN}, "/"), 1)),
    true(), {USER_TYPE})
""",
        "`userIdentity.type` for most calls; NULL for calls that manage users and for every call whose name ends in "
        "`User`.",
    ),
    calculated(
        "user_role",
        f"""
case(
    NOT eventName IN ({ASSUME_ROLE}), null(),
    {USER_TYPE}="AssumedRole", {ROLE_ARN},
    {USER_TYPE}!="AWSService", {ASSUMED_ARN})
""",
        "The role that an AssumeRole call asked for or got.",
    ),
    calculated(
        "user_agent",
        "coalesce(userAgent, 'userAgent{}')",
        "The program that made the call, as it calls itself.",
    ),
)
