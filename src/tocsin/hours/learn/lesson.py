"""What was learned of one principal, and whether it may be believed."""

from __future__ import annotations

from msgspec import Struct

from tocsin.hours.learn.company import Guess
from tocsin.hours.learn.moves import Move
from tocsin.hours.learn.open_hours import WeekHours
from tocsin.hours.learn.principals import NOBODY, Principal
from tocsin.hours.learn.robots import Nature
from tocsin.hours.rules import Subject

ADOPTED = "adopted"
REVIEW = "review"
COLD = "cold"

NEVER = WeekHours((), (), {})


class Amount(Struct, frozen=True):
    """How much was seen: days and weeks of UTC with activity, calls, first and last second seen (0 for never)."""

    days: int = 0
    weeks: int = 0
    calls: int = 0
    first: int = 0
    last: int = 0


class Lesson(Struct, frozen=True):
    """The hours that history proposes for a principal.

    `status` is `adopted`, `review` (a person must decide: `reasons` say why) or `cold` (too little history to say
    anything). `hours` are on the wall clock of `zone`; with `always` a robot's are all hours. `within` is the share of
    calls inside the core of the hours, from 0 to 1. `roles` are the globs of roles that a person's sessions came with.
    `places` says what else speaks for the zone. `subject` is an example of whom records name, `away` the days on
    trips, which are left out; if there was a `move`, the days of its other side are, too. Robots with a schedule of
    their own have no `guess`.

    What is believed may be a part: `held_back` says what of the history is not. Hours that are `lent` are those of
    colleagues, in words; `amount` is of the principal's own history all the same.
    """

    principal: Principal
    shown: str
    nature: Nature
    status: str
    reasons: tuple[str, ...]
    zone: str
    hours: WeekHours
    amount: Amount
    guess: Guess | None = None
    always: bool = False
    within: float = 0.0
    roles: tuple[str, ...] = ()
    places: str = ""
    subject: Subject = NOBODY
    away: int = 0
    move: Move | None = None
    held_back: tuple[str, ...] = ()
    lent: str = ""

    @property
    def robot(self) -> bool:
        return self.nature.kind == "robot"

    @property
    def sure(self) -> str:
        """`high`, `medium` or `low`, from the probability of the zone (or one near it) and the days seen."""
        probability = self.guess.sure if self.guess else 1.0
        if probability >= 0.9 and self.amount.days >= 20:
            return "high"
        return "medium" if probability >= 0.7 and self.amount.days >= 10 else "low"
