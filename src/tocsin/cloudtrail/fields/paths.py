"""Pieces of SPL that several definitions share: paths of the record, parts of them, and groups of calls."""

from __future__ import annotations

USER_NAME = "'userIdentity.userName'"
USER_ARN = "'userIdentity.arn'"
USER_TYPE = "'userIdentity.type'"
ACCOUNT = "'userIdentity.accountId'"
ISSUER_NAME = "'userIdentity.sessionContext.sessionIssuer.userName'"
ISSUER_ARN = "'userIdentity.sessionContext.sessionIssuer.arn'"
ISSUER_ID = "'userIdentity.sessionContext.sessionIssuer.principalId'"
ISSUER_TYPE = "'userIdentity.sessionContext.sessionIssuer.type'"
PRINCIPAL = "'userIdentity.principalId'"
ROLE_ARN = "'requestParameters.roleArn'"
ASSUMED_ARN = "'responseElements.assumedRoleUser.arn'"
ASSUMED_ID = "'responseElements.assumedRoleUser.assumedRoleId'"
LOGIN_TO = "'additionalEventData.LoginTo'"
MFA_USED = "'additionalEventData.MFAUsed'"

# A principal ID of a session is `AROA...:session name`.
PRINCIPAL_ID = f'mvindex(split({PRINCIPAL}, ":"), 0)'
PRINCIPAL_SESSION = f'mvindex(split({PRINCIPAL}, ":"), 1)'

# The last part of an ARN: a user, a session, or `root`.
ARN_TAIL = f'mvindex(split(mvindex(split(coalesce({USER_ARN}, {ROLE_ARN}), ":"), -1), "/"), -1)'

# "... is not authorized to perform: iam:CreateAccessKey on resource: user anna"
MESSAGE_RESOURCE = 'trim(mvindex(split(errorMessage, "resource:"), 1))'

# "... is not authorized to perform: iam:GetUser on resource: arn:aws:iam::123456789012:user/anna because ..."
MESSAGE_USER = (
    'if(match(errorMessage, "resource:.*user/"), replace(errorMessage, "^.*resource:.*user/([^ ]+).*$", "\\1"), null())'
)

ASSUME_ROLE = '"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"'

# Calls about users that name the user only in a refusal's message.
READ_USERS = '"ListSigningCertificates", "ListAccessKeys", "GetUser", "GetAccountSummary", "ListAccountAliases"'


def target_cases(created_user: str, created_key: str) -> str:
    """Cases that give the user a call is about, with the paths that tell of a new user and of a new access key."""
    return f"""\
    eventName="CreateLoginProfile", 'responseElements.loginProfile.userName',
    eventName="CreateUser", {created_user},
    eventName IN ("DeleteUser", "DeleteLoginProfile"), 'requestParameters.userName',
    eventName="UpdateUser", 'requestParameters.newUserName',
    eventName="CreateAccessKey", coalesce({created_key}, {MESSAGE_RESOURCE}),
    eventName IN ({READ_USERS}), {MESSAGE_USER}"""


# The user that a call is about: the "target", never the caller.
TARGET_CASES = target_cases("'responseElements.user.userName'", "'responseElements.accessKey.userName'")

# Calls that manage users: their caller is `src_user`, and `user` is the target.
MANAGES_USERS = f"""\
eventName IN ("CreateLoginProfile", "CreateUser", "DeleteUser", "DeleteLoginProfile", "UpdateUser", "CreateAccessKey",
        {READ_USERS})"""
