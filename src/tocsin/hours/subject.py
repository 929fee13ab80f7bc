"""Who acted, from the fields of a CloudTrail record."""

from __future__ import annotations

from tocsin.hours.rules import Subject


def subject_of(
    kind: str, arn: str, principal: str, user: str, account: str, role: str, region: str, repository: str = ""
) -> Subject:
    """The subject of a record, from its fields; "" for those it lacks.

    An assumed role's name and session stand in its ARN, `assumed-role/ROLE/SESSION`; the session also in
    `principalId`, after the colon. A role has no `user`: that would be the role's name again.
    """
    session = ""
    resource = arn.split(":", 5)[-1]
    if kind == "AssumedRole" or resource.startswith("assumed-role/"):
        parts = resource.split("/")
        session = parts[-1] if len(parts) >= 3 else principal.partition(":")[2]
        role, user = role or (parts[1] if len(parts) >= 3 else ""), ""
    else:
        role = ""
    return Subject(arn, user, role, session, account, repository, region, kind)
