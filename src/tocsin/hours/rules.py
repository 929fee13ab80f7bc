"""Who keeps which calendar: rules over what a record says of who acted, first match wins."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tocsin.diagnostics import Diagnostic
from tocsin.hours.calendars import ALWAYS, FOREVER, NONE, Calendar, Lined, Listed, Validity

FIELDS = ("principal", "user", "role", "session", "account", "repository", "region", "identity")
"""What a rule may ask for, in the order of `Subject`; `unit` besides, a named list of accounts."""

UNIT = "unit"
EXACT_CASE = frozenset({"principal", "repository"})
"""Fields that compare case by case. All others ignore the case of ASCII letters, as AWS does for names."""


class Subject(Struct, frozen=True):
    """Who acted, on what, where, as a record says it; "" for what it does not say.

    `principal` is the ARN of `userIdentity`, `user` an IAM user's name, `role` the name of an assumed role and
    `session` its session name, `identity` the `userIdentity.type`.
    """

    principal: str = ""
    user: str = ""
    role: str = ""
    session: str = ""
    account: str = ""
    repository: str = ""
    region: str = ""
    identity: str = ""


class Condition(Struct, frozen=True):
    """The field's value matches one of the globs; a value of "" matches none.

    With the field `unit` the globs are names of units, and the account must match one of theirs.
    """

    field: str
    globs: tuple[str, ...]


class Rule(Lined, frozen=True):
    """Subjects that meet every condition keep `calendar`, as long as the rule and the calendar are valid."""

    conditions: tuple[Condition, ...]
    calendar: str
    robot: bool = False
    name: str = ""
    validity: Validity = FOREVER


class Hours(Struct, frozen=True, eq=False):
    """All that a calendar file says. Equal only to itself, so that what is made ready of it can be kept.

    `default` is "" where there is none: subjects without a rule are then unknown. `freezes` and `maintenance`
    hold for every calendar, the built-in ones too. `zone` is that of the built-in calendars and of unknown
    subjects.
    """

    calendars: Mapping[str, Calendar]
    rules: tuple[Rule, ...] = ()
    default: str = ""
    default_line: int = 0
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zone: str = "UTC"
    freezes: Listed = ()
    maintenance: Listed = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The calendars that may be named: the file's, then those built in."""
        return (*self.calendars, ALWAYS, NONE)


class HoursFile(Struct, frozen=True):
    """A calendar file as read. `hours` is None if any diagnostic is worse than a warning."""

    hours: Hours | None
    diagnostics: tuple[Diagnostic, ...]


def fold(field_name: str, text: str) -> str:
    """A value or glob of the field as it compares."""
    return text if field_name in EXACT_CASE else text.lower()


def rule_label(rule: Rule, number: int) -> str:
    """What a verdict calls a rule: its name, else its number from 1, and its line where it has one."""
    return labelled(rule.name or f"rule {number}", rule.line)


def labelled(name: str, line: int) -> str:
    return f"{name} (line {line})" if line else name
