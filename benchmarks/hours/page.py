"""The page on how good hours are, and the table of a result: everything in them comes from the result's JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.hours.intruders import INSIDE, KINDS, NIGHT, RANDOM, ROBOT, TAUGHT

Result = Mapping[str, Any]

SYSTEMS = {
    "original": "Splunk's original",
    "original without robots": "the same, every robot filtered by hand",
    "by hand": "calendars written by hand",
    "learned": "calendars learned once",
    "learned, kept up": "learned again every four weeks",
    "learned, read": "the same, and the list for review read",
    "profile": "profile learned once",
    "profile, kept up": "profile learned again every four weeks",
}
_HEADS = {
    NIGHT: "victim's night",
    TAUGHT: "night, after three in the history",
    RANDOM: "any time",
    INSIDE: "inside hours",
    ROBOT: "robot's key",
}
ONE_A_MONTH = 12 / 52


def over_seeds(result: Result, system: str, *keys: str) -> list[float]:
    """One figure of each seed."""
    found = []
    for each in result["seeds"]:
        value = each["systems"][system]
        for key in keys:
            value = value.get(key, 0.0)
        found.append(float(value))
    return found


def precision(result: Result, system: str) -> list[float]:
    """The share of alarms that are intruders, if one comes a month in his victim's night."""
    caught = [share * ONE_A_MONTH for share in over_seeds(result, system, "recall", NIGHT)]
    false = over_seeds(result, system, "false_alarms_a_week")
    return [hits / (hits + each) if hits else 0.0 for hits, each in zip(caught, false, strict=True)]


def fewer(result: Result, system: str, than: str = "original") -> list[float]:
    """How many times fewer false alarms, seed by seed."""
    theirs, own = (over_seeds(result, each, "false_alarms_a_week") for each in (than, system))
    return [before / max(after, 1e-9) for before, after in zip(theirs, own, strict=True)]


def goal(result: Result) -> Iterator[str]:
    """The goal, and whether each system reaches it: by the median of all seeds."""
    best = median(over_seeds(result, "original", "recall", NIGHT))
    for name in list(SYSTEMS)[2:]:
        times, recall = median(fewer(result, name)), median(over_seeds(result, name, "recall", NIGHT))
        reached = times >= 20 and recall >= best
        people = median(fewer(result, name, "original without robots"))
        yield (
            f"| {SYSTEMS[name]} | {times:.0f} times | {people:.1f} times | {_percent([recall])} against "
            f"{_percent([best])} | {'reached' if reached else '**missed**'} |"
        )


def tables(result: Result) -> str:
    """All tables, as Markdown."""
    return "\n".join(
        [
            *("## False alarms and recall", "", *_main(result), ""),
            *("## The goal", "", *_GOAL, "", *_GOAL_HEAD, *goal(result), "", *_why(result), ""),
            *("## Why alarms are false", "", *_causes(result), ""),
            *("## How much history", "", *_sweep(result), "", *_first(result), ""),
        ]
    )


_GOAL = (
    "False alarms at least 20 times fewer than the original's, at a recall at least as high in the victim's night. The",
    "third column compares with the original whose robots somebody has filtered: what calendars give beyond that.",
)
_GOAL_HEAD = (
    "| system | fewer than the original | than the filtered one | recall in the night | goal |",
    "|---|---|---|---|---|",
)


_NIGHT_SHIFT, _MOVED = "night shift", "after a move"
_ASKED = (_NIGHT_SHIFT, _MOVED, "newcomer", "evening by habit")


def _why(result: Result) -> Iterator[str]:
    """What stands between learned calendars and the goal."""
    kept = [_cause(result, "learned, kept up", cause) for cause in _ASKED]
    original, false = (_alarms(result, name) for name in ("original", "learned, kept up"))
    answered = false - kept[0] + _cause(result, "learned, read", _NIGHT_SHIFT)
    yield from _folded(
        f"Of the {false:.1f} false alarms a week of calendars that are learned again every four weeks, and whose list for "
        f"review nobody reads, {sum(kept):.1f} are questions that history cannot answer:"
    )
    yield ""
    yield from _questions(result, *kept)
    yield ""
    yield from _folded(
        f"One answer, that the two of the night shift are ours, would make it {original / answered:.0f} times fewer. All "
        "answers, every four weeks, are the line where the list is read. The profile has fewer because it says nothing of "
        "newcomers, and takes up the habits of whoever has moved by itself, an intruder's as well if he stays for weeks."
    )


def _questions(result: Result, night: float, moved: float, new: float, evenings: float) -> Iterator[str]:
    """The causes, and what each alone would make of the goal."""
    original, false, best = (_alarms(result, name) for name in ("original", "learned, kept up", "by hand"))
    bound = original / (best - _cause(result, "by hand", _NIGHT_SHIFT) + night)
    followed = original / (false - moved + _cause(result, "by hand", _MOVED))
    yield from _folded(
        f"- **The night shift, {night:.1f}.** Two people who are only seen at night, as an intruder would be. They are never "
        "believed without a person's word, and until then each of their pushes is an alarm. With that alone, and everybody "
        f"else known as well as by hand, no more than {bound:.0f} times fewer could be reached. An earlier learning took them "
        "for people of Sydney, whose day that is: fewer alarms, for a wrong reason."
    )
    yield from _folded(
        f"- **The one who has moved, {moved:.1f}.** What the last file closes, history does not open: else it would open it "
        "for whoever took over a key that nobody uses any more. Followed at once, without a word from anybody, he would make "
        f"it {followed:.0f} times fewer at best."
    )
    yield f"- **Newcomers, {new:.1f}**, until two weeks of them were seen and the file is next learned."
    yield f"- **Evenings, {evenings:.1f}**, that are held back until somebody says whose they are."


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, 118, subsequent_indent="  " if text.startswith("- ") else "", break_on_hyphens=False)


def _alarms(result: Result, system: str) -> float:
    return _mean(over_seeds(result, system, "false_alarms_a_week"))


def _cause(result: Result, system: str, cause: str) -> float:
    return _mean(over_seeds(result, system, "causes_a_week", cause))


def _main(result: Result) -> Iterator[str]:
    yield "| system | false alarms a week | precision | " + " | ".join(_HEADS[kind] for kind in KINDS) + " |"
    yield "|---" * (3 + len(KINDS)) + "|"
    for name, words in SYSTEMS.items():
        recalls = [_percent(over_seeds(result, name, "recall", kind)) for kind in KINDS]
        false = _spread(over_seeds(result, name, "false_alarms_a_week"))
        yield f"| {words} | {false} | {_percent(precision(result, name))} | " + " | ".join(recalls) + " |"


def _causes(result: Result) -> Iterator[str]:
    shown = ("original", "by hand", "learned, kept up", "learned, read", "profile, kept up")
    causes = {cause for each in result["seeds"] for name in shown for cause in each["systems"][name]["causes_a_week"]}
    yield "| cause, alarms a week | " + " | ".join(SYSTEMS[name] for name in shown) + " |"
    yield "|---" * (1 + len(shown)) + "|"
    for cause in sorted(causes, key=lambda each: (-sum(over_seeds(result, "original", "causes_a_week", each)), each)):
        cells = [f"{_mean(over_seeds(result, name, 'causes_a_week', cause)):.1f}" for name in shown]
        yield f"| {cause} | " + " | ".join(cells) + " |"


def _sweep(result: Result) -> Iterator[str]:
    yield "| weeks of history | calendars: false alarms | recall in the night | profile: false alarms | in the night |"
    yield "|---|---|---|---|---|"
    for weeks in result["swept"]:
        cells = []
        for name in (f"learned from {weeks} weeks", f"profile of {weeks} weeks"):
            cells += [_spread(over_seeds(result, name, "false_alarms_a_week"))]
            cells += [_percent(over_seeds(result, name, "recall", NIGHT))]
        yield f"| {weeks} | " + " | ".join(cells) + " |"


def _first(result: Result) -> Iterator[str]:
    yield "| after weeks | people whose calendar is believed | people whose profile says something |"
    yield "|---|---|---|"
    for week in result["seeds"][0]["believed"]:
        known = [each["believed"][week] for each in result["seeds"]]
        cells = [_percent([each[what] for each in known]) for what in ("calendar", "profile")]
        yield f"| {week} | " + " | ".join(cells) + " |"


def usable(result: Result, what: str, share: float = 0.9) -> str:
    """The first week after which so many people are known, in each seed: median and range."""
    weeks = []
    for each in result["seeds"]:
        reached = [int(week) for week, known in each["believed"].items() if known[what] >= share]
        weeks.append(min(reached, default=99))
    return f"{median(weeks):.0f} weeks ({min(weeks)} to {max(weeks)})"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.1f} ({min(values):.1f}-{max(values):.1f})"


def _percent(values: Sequence[float]) -> str:
    low, middle, high = (round(100 * each) for each in (min(values), median(values), max(values)))
    return f"{middle} %" if low == high else f"{middle} % ({low}-{high})"
