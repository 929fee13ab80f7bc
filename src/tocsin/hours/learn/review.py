"""The end of a learned file: whom nobody vouches for, each with the reason, all of it comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.hours.learn.changes import Comparison
from tocsin.hours.learn.evidence import evidence, proposal
from tocsin.hours.learn.learn import Learned
from tocsin.hours.learn.lesson import ADOPTED, COLD, REVIEW, Lesson
from tocsin.hours.learn.numbers import counted, folded

MOST_COLD = 200


def review_text(learned: Learned, compared: Comparison, unnamed: Sequence[Lesson]) -> str:
    """Comments to stand at the end of the file; "" if there is nothing to look at."""
    lines = [part for line in _lines(learned, compared, unnamed) for part in folded(line)]
    text = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    return "\n" + text.removeprefix("#\n") if lines else ""


def _lines(learned: Learned, compared: Comparison, unnamed: Sequence[Lesson]) -> Iterator[str]:
    told = {change.lesson.principal for change in compared.changes}
    doubtful = [each for each in learned.lessons if each.status == REVIEW and each.principal not in told]
    if doubtful:
        yield f"To review: {counted(len(doubtful), 'principal')}. Nothing of this holds."
        yield "To believe one of them, write a rule, or learn again with --adopt NAME."
    for lesson in doubtful:
        yield ""
        yield evidence(lesson, learned.limits)
        yield from (f"  not adopted: {reason}" for reason in lesson.reasons)
        if lesson.hours.blocks:
            yield f"  history says: {proposal(lesson)}"
    in_part = [each for each in learned.lessons if each.status == ADOPTED and each.held_back]
    yield from _in_part([each for each in in_part if each.principal not in compared.decided], learned)
    if unnamed:
        yield ""
        yield "No rule can name: " + ", ".join(str(each.principal) for each in unnamed[:MOST_COLD])
    cold = [each for each in learned.lessons if each.status == COLD]
    if cold:
        yield ""
        limits = learned.limits
        yield f"Too little history yet (of {limits.min_days} days in {limits.min_weeks} weeks needed):"
        yield from (_cold(each) for each in cold[:MOST_COLD])
        if len(cold) > MOST_COLD:
            yield f"  and {len(cold) - MOST_COLD:,} more"


def _in_part(lessons: Sequence[Lesson], learned: Learned) -> Iterator[str]:
    if lessons:
        yield ""
        yield f"Believed in part: {counted(len(lessons), 'principal')}. What stands here does not hold."
    for lesson in lessons:
        yield ""
        yield evidence(lesson, learned.limits)
        yield from (f"  not adopted: {reason}" for reason in lesson.held_back)


def _cold(lesson: Lesson) -> str:
    amount = lesson.amount
    if not amount.days:
        return f"  {lesson.principal}: only calls that failed"
    more = "".join(f"; {reason}" for reason in lesson.reasons[1:])
    return f"  {lesson.principal}: {counted(amount.days, 'day')} in {counted(amount.weeks, 'week')}{more}"
