"""What names, user agents and identities say of who acted."""

from __future__ import annotations

import pytest

from tocsin.hours import Subject
from tocsin.hours.learn import Principal, principals_of
from tocsin.hours.learn.agents import hand_of
from tocsin.hours.learn.principals import conditions
from tocsin.hours.learn.session_names import session_kind
from tocsin.hours.rules import Condition

SSO = "AWSReservedSSO_Developer_0123456789abcdef"


@pytest.mark.parametrize(
    ("role", "session", "kind"),
    [
        (SSO, "anna", "person"),
        (SSO, "anna@example.com", "person"),
        ("Developer", "anna@example.com", "person"),
        ("Developer", "anna.smith", "person"),
        ("Developer", "anna", "unclear"),
        ("Developer", "anna_smith", "unclear"),
        ("Developer", "ci-bot@example.com", "machine"),
        ("Web", "i-0abc12345678def90", "machine"),
        ("Deploy", "GitHubActions", "machine"),
        ("Deploy", "botocore-session-1706000000", "machine"),
        ("Deploy", "1706000000123456789", "machine"),
        ("Deploy", "aws-go-sdk-1706000000000000000", "machine"),
        ("Task", "0123456789abcdef0123456789abcdef", "machine"),
        ("Pod", "eks-prod-app-7d9f-6b1e3c62-8f4a-4a0e-9a1a-3f4f1c2d5e6f", "machine"),
        ("AWSServiceRoleForAutoScaling", "AutoScaling", "machine"),
        ("Deploy", "", "machine"),
        ("Deploy", "a b*c", "machine"),
    ],
)
def test_a_sessions_name_tells_people_from_machines(role: str, session: str, kind: str) -> None:
    assert session_kind(role, session) == kind


@pytest.mark.parametrize(
    ("agent", "service", "hand"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64)", "", "human"),
        ("[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488]", "", "human"),
        ("console.amazonaws.com", "", "human"),
        ("aws-cli/2.15.30 md/Botocore#1.34.30", "", "tool"),
        ("aws-cli/2.15.30 exec-env/CloudShell", "", "human"),
        ("docker/24.0.5 go/go1.20.4", "", "tool"),
        ("AWS Internal", "AWS Internal", "tool"),
        ("prod.frontend.ecr.aws.internal", "", "tool"),
        ("Boto3/1.26.165 Python/3.10.6", "", "sdk"),
        ("Boto3/1.26 exec-env/AWS_Lambda_python3.12", "", "machine"),
        ("aws-sdk-nodejs/2.1 configure-aws-credentials-for-github-actions", "", "machine"),
        ("autoscaling.amazonaws.com", "autoscaling.amazonaws.com", "service"),
        ("ecs.amazonaws.com", "", "service"),
        ("", "", "tool"),
        ("something never heard of", "", "tool"),
    ],
)
def test_a_user_agent_tells_the_hand(agent: str, service: str, hand: str) -> None:
    assert hand_of(agent, service) == hand


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        (Subject(user="Anna", account="1", identity="IAMUser"), (Principal("user", "anna", "1"),)),
        (Subject(role=SSO, session="Anna@Example.com", account="1"), (Principal("session", "anna@example.com"),)),
        (
            Subject(role="Dev", session="anna", account="1", identity="AssumedRole"),
            (Principal("session", "anna"), Principal("role", "dev", "1")),
        ),
        (Subject(role="Dev", session="i-0abc12345678def90", account="1"), (Principal("role", "dev", "1"),)),
        (Subject(identity="Root", account="1"), (Principal("root", "root", "1"),)),
        (Subject(identity="AWSService"), (Principal("service", "AWS services"),)),
        (Subject(identity="AWSAccount", account="2"), (Principal("account", "2"),)),
        (Subject(identity="AWSAccount"), ()),
        (Subject(principal="arn:x", identity="FederatedUser"), (Principal("other", "arn:x"),)),
        (Subject(), ()),
    ],
)
def test_activity_belongs_to_the_person_behind_it_or_else_the_role(
    subject: Subject, found: tuple[Principal, ...]
) -> None:
    assert principals_of(subject) == found


def test_a_rule_for_a_person_names_the_roles_as_well() -> None:
    person = Principal("session", "anna@example.com")
    asked = conditions(person, ("AWSReservedSSO_*", "Dev"), with_account=False)
    assert asked == (Condition("role", ("AWSReservedSSO_*", "Dev")), Condition("session", ("anna@example.com",)))
    assert conditions(person, (), with_account=False) == ()


def test_a_name_with_a_wildcard_gets_no_rule() -> None:
    assert conditions(Principal("user", "an*a", "1"), (), with_account=False) == ()


def test_the_account_is_asked_for_where_a_name_is_used_twice() -> None:
    asked = conditions(Principal("user", "deploy", "1"), (), with_account=True)
    assert asked == (Condition("user", ("deploy",)), Condition("account", ("1",)))
