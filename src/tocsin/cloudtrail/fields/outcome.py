"""How it went: the error code that is never missing, and how a sign-in was proven."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calculated
from tocsin.cloudtrail.fields.paths import MFA_USED, USER_TYPE

OUTCOME = (
    calculated(
        "errorCode",
        'coalesce(errorCode, if(\'responseElements.ConsoleLogin\'="Failure", "failure", "success"))',
        "The record's error code, else `failure` for a failed console login, else `success`: it always exists. "
        "The record's own code is `result_id`.",
    ),
    calculated(
        "msg",
        'coalesce(errorCode, "success")',
        "The record's error code, else `success`; it does not look at console logins.",
    ),
    calculated(
        "authentication_method",
        f"""
case(
    (eventName="ConsoleLogin" AND {MFA_USED}="Yes") OR eventName="CheckMfa", "MFA",
    eventName="ConsoleLogin" AND {MFA_USED}="No", "SFA",
    eventName IN ("AssumeRole", "ListAliases") AND {USER_TYPE}="AssumedRole"
        AND 'userIdentity.sessionContext.attributes.mfaAuthenticated'="false", "SFA")
""",
        "`MFA` or `SFA` (a single factor) for sign-ins and for roles assumed from a role.",
    ),
)
