"""Who called, for the calls whose `user` is the target: managing users, assuming roles."""

from __future__ import annotations

from tocsin.cloudtrail.fields.field import calculated
from tocsin.cloudtrail.fields.paths import (
    ARN_TAIL,
    ASSUME_ROLE,
    ISSUER_ARN,
    ISSUER_NAME,
    MANAGES_USERS,
    PRINCIPAL_ID,
    USER_NAME,
    USER_TYPE,
)

_CALLER = f"coalesce({USER_NAME}, {ISSUER_NAME}, {ARN_TAIL})"
_EITHER = f"{MANAGES_USERS}\n    OR eventName IN ({ASSUME_ROLE})"

SOURCE_USER = (
    calculated(
        "src_user",
        f"if({_EITHER},\n    {_CALLER},\n    {USER_NAME})",
        "The caller: by name, role or end of the ARN for these calls, by `userIdentity.userName` for all others.",
    ),
    calculated(
        "src_user_name",
        f"if({MANAGES_USERS},\n    {_CALLER}, null())",
        "The caller's name, on calls that manage users.",
    ),
    calculated(
        "src_user_id",
        f"if({_EITHER},\n    {PRINCIPAL_ID}, null())",
        "The caller's principal ID, on calls that manage users or assume roles.",
    ),
    calculated(
        "src_user_type",
        f"if({_EITHER},\n    {USER_TYPE}, null())",
        "The caller's kind, on calls that manage users or assume roles.",
    ),
    calculated(
        "src_user_role",
        f"if({_EITHER},\n    {ISSUER_ARN}, null())",
        "The role that the caller acts in, on calls that manage users or assume roles.",
    ),
)
