"""Whose hours are learned: a person behind many sessions, a role, a user; and how a rule names each."""

from __future__ import annotations

from msgspec import Struct

from tocsin.hours.learn.session_names import MACHINE, PERSON, SSO_ROLE, session_kind
from tocsin.hours.rules import Condition, Subject

USER = "user"
SESSION = "session"
ROLE = "role"
ROOT = "root"
SERVICE = "service"
ACCOUNT = "account"
OTHER = "other"

NOBODY = Subject()


class Principal(Struct, frozen=True, order=True):
    """Somebody or something with hours of its own.

    `kind` is `user` (an IAM user), `session` (a person, by the session name that his role sessions bear, in lower
    case and over all accounts), `role` (a role whose sessions bear no person's name), `root`, `service` (an AWS
    service), `account` (another account), or `other` (by its ARN). `account` is "" where it does not matter.
    """

    kind: str
    name: str
    account: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" + (f" in {self.account}" if self.account else "")


def principals_of(subject: Subject) -> tuple[Principal, ...]:
    """Whom the subject's activity may belong to, likeliest first; () if the record names nobody.

    Two where a role session's name may or may not be a person's: the person, then the role.
    """
    match subject.identity.lower():
        case "awsservice":
            return (Principal(SERVICE, "AWS services"),)
        case "awsaccount":
            return (Principal(ACCOUNT, subject.account),) if subject.account else ()
        case "root":
            return (Principal(ROOT, "root", subject.account),)
    if subject.role:
        return _of_role(subject)
    if subject.user:
        return (Principal(USER, subject.user.lower(), subject.account),)
    return (Principal(OTHER, subject.principal),) if subject.principal else ()


def _of_role(subject: Subject) -> tuple[Principal, ...]:
    role = Principal(ROLE, subject.role.lower(), subject.account)
    kind = session_kind(subject.role, subject.session)
    if kind == MACHINE:
        return (role,)
    person = Principal(SESSION, subject.session.lower())
    return (person,) if kind == PERSON else (person, role)


def role_glob(role: str) -> str:
    """How a rule names a role: those of IAM Identity Center together, any other by its name."""
    return f"{SSO_ROLE}*" if role.lower().startswith(SSO_ROLE.lower()) else role


def conditions(principal: Principal, roles: tuple[str, ...], *, with_account: bool) -> tuple[Condition, ...]:
    """What a rule asks for so that it takes this principal; () for one that no rule can name.

    `roles` are the globs of the roles that a person's sessions were seen with.
    """
    if not principal.name or "*" in principal.name or "?" in principal.name:
        return ()
    account = (Condition("account", (principal.account,)),) if with_account and principal.account else ()
    match principal.kind:
        case "user" | "role":
            return (Condition(principal.kind, (principal.name,)), *account)
        case "session":
            return (Condition("role", roles), Condition(SESSION, (principal.name,))) if roles else ()
        case "service":
            return (Condition("identity", ("AWSService",)),)
        case "account":
            return (Condition("identity", ("AWSAccount",)), Condition("account", (principal.name,)))
        case "root":
            return (Condition("identity", ("Root",)), *account)
        case _:
            return (Condition("principal", (principal.name,)),)
