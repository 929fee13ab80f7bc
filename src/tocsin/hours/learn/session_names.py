"""What a role session's name says: a person, a machine, or nothing certain."""

from __future__ import annotations

import re
from functools import lru_cache

PERSON = "person"
MACHINE = "machine"
UNCLEAR = "unclear"

SSO_ROLE = "AWSReservedSSO_"
SERVICE_ROLE = "AWSServiceRoleFor"

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+=-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_FULL_NAME = re.compile(r"[a-z]{2,20}[._][a-z]{2,20}", re.IGNORECASE)
_USER_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.IGNORECASE)
_NUMBERED = re.compile(
    r"i-[0-9a-f]{8,17}|[0-9]{9,}|[0-9a-f]{16,}|.*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-.*|.*[0-9]{10,}.*|"
    r".*[0-9a-f]{12,}",
    re.IGNORECASE,
)
_MACHINE_WORDS = re.compile(
    r"(?:^|[^a-z])(?:botocore|boto3?|aws|awscli|sdk|go|golang|ci|cd|cicd|github\w*|gitlab\w*|jenkins\w*|circleci|"
    r"buildkite|codebuild|codepipeline|codedeploy|build|builder|deploy\w*|pipeline|runner|terraform\w*|tf|pulumi|cdk|"
    r"lambda|ecs|eks|ec2|task|worker|cron|job|batch|bot|robot|svc|service|system|automation|autoscaling|prod|staging|"
    r"backup|monitor\w*|scan\w*|sync|session|assume\w*|role|provider|vault|datadog|prometheus|grafana|kube\w*|pod|"
    r"node|cluster|default)(?:$|[^a-z])",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def session_kind(role: str, session: str) -> str:
    """Whose session it is by its name: of a person, of a machine, or unclear.

    IAM Identity Center sets the name itself, so a session of one of its roles is a person's. Elsewhere whoever
    assumes the role chooses the name: it is no proof, and rules made of it name the role as well.

    >>> session_kind("Developer", "anna@example.com"), session_kind("Web", "i-0abc12345678def90")
    ('person', 'machine')
    """
    if role.startswith(SSO_ROLE):
        return PERSON
    if not session or role.startswith(SERVICE_ROLE):
        return MACHINE
    if _EMAIL.fullmatch(session):
        return MACHINE if machine_words(session.partition("@")[0]) else PERSON
    if _NUMBERED.fullmatch(session) or machine_words(session):
        return MACHINE
    if _FULL_NAME.fullmatch(session):
        return PERSON if "." in session else UNCLEAR
    return UNCLEAR if _USER_NAME.fullmatch(session) else MACHINE


def machine_words(name: str) -> bool:
    """Whether a name holds a word that machines are named by, such as `ci`, `deploy`, `bot`."""
    return _MACHINE_WORDS.search(name) is not None
