"""The page `docs/hours/how-good.md`: the words around the tables of a result."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from statistics import median

from benchmarks.hours.by_hand import CLOSES, OPENS
from benchmarks.hours.intruders import INSIDE, KINDS, ROBOT
from benchmarks.hours.page import Result, over_seeds, tables, usable
from benchmarks.hours.people import NIGHT_SHIFT, TEAMS
from benchmarks.hours.rates import HISTORY, RATES, RELEARN, START, WEEKS
from benchmarks.hours.systems import BITS


def page(result: Result) -> str:
    """All of it. `result` is what `run.py` wrote as JSON."""
    parts = (_head(), _short(result), tables(result), _blind(result), _company(), _teams(), _rates(), _systems(result))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _flow(text: str) -> str:
    """Paragraphs, headings and items of lists, one a line, folded."""
    return "\n".join(
        textwrap.fill(line, 118, subsequent_indent="  " if line.startswith("- ") else "", break_on_hyphens=False)
        for line in text.strip().split("\n")
    )


def _joined(*lines: str) -> str:
    return _flow("\n".join(lines))


def _head() -> str:
    return _joined(
        "# How good hours are",
        "",
        "<!-- Written by benchmarks/hours/run.py; a test compares it with the result. -->",
        "",
        "Who raises how many false alarms, and who catches which intruder, in a simulated company over half a year. The "
        "company is made up; its rates stand below. Another company will have other figures: what carries over is "
        "the order of the systems, and why alarms are false.",
        "",
        "![False alarms a week and recall in the victim's night, by system](how-good.svg)",
        "",
        "One command makes the tables, the figure and this page: `python benchmarks/hours/run.py`.",
    )


def _short(result: Result) -> str:
    pushes = median(each["pushes_a_week"] for each in result["seeds"])
    return _joined(
        f"{len(result['seeds'])} seeds; medians, with the range over the seeds in brackets. Judged are the last "
        f"{WEEKS - HISTORY} weeks, with {pushes:.0f} images pushed a week, and {result['intruders']} intruders of each kind "
        "and seed, one push each. Precision is the share of alarms that are intruders if one comes a month, in his "
        "victim's night.",
        "",
        "After a first look at seed 0, two things of the simulation were changed: who works at odd hours pushes more "
        "often, which is against us, and who has moved keeps the working week of the new place, which is for us. "
        "After seeds 0 to 6, two things of learning were changed: trips, and weeks half known. After seeds 0 to 9 and "
        "100 to 104, four more: nights that are another team's day, split days, moves, newcomers; 20 to 27 and 200 to 204 were the "
        "check on them. So the figures are of seeds that nobody had looked at before: "
        f"{result['seeds'][0]['seed']} to {result['seeds'][-1]['seed']}.",
        "",
        f"Nine of ten people have a calendar after {usable(result, 'calendar')}, a profile after "
        f"{usable(result, 'profile')}. Until then calendars call somebody's pushes `unknown` and report every one; the "
        "profile keeps silent.",
    )


def _blind(result: Result) -> str:
    hand, original = (100 * median(over_seeds(result, each, "recall", INSIDE)) for each in ("by hand", "original"))
    robots = 100 * median(over_seeds(result, "original", "recall", ROBOT))
    return _joined(
        "## What none of them can see",
        "",
        "**An intruder who works inside his victim's hours looks like his victim.** Perfect calendars catch "
        f"{hand:.0f} % of those. What learned ones catch are pushes of people whom they do not know: alarms that come "
        f"for everything these people do. The original catches {original:.0f} %, because it reports as many of the "
        "victims' own pushes at the same hours: it does not tell one from the other.",
        "",
        "**A robot's key that may be used at all times is never outside its hours.** The original reports "
        f"{robots:.0f} % of such pushes, among all that the robots push themselves; with the robots filtered, none. Hours "
        "do not help here: give robots hours where they have any, and watch addresses and images.",
    )


def _company() -> str:
    return _joined(
        "## The company",
        "",
        f"{WEEKS} weeks from {START.isoformat()}, so that each team's change of clocks lies in it (Bangalore has none).",
    )


def _teams() -> str:
    lines = ["| team | people | zone | public holidays | week |", "|---|---|---|---|---|"]
    for team in (*TEAMS, NIGHT_SHIFT):
        week = "Sunday to Thursday" if 6 in team.weekdays else "Monday to Friday"
        holidays = f"{team.country} {team.subdivision}".strip()
        lines.append(f"| {team.name} | {team.size} | {team.zone} | {holidays} | {week} |")
    return "\n".join(lines)


def _rates() -> str:
    return _joined(*_rate_lines())


def _rate_lines() -> Iterator[str]:
    rates = RATES
    yield (
        f"- Days begin at {rates.begin[0]} hours, spread by {rates.begin[1]} between people and by {rates.jitter[0]} to "
        f"{rates.jitter[1]} from day to day, and take {rates.length[0]}. The night shift works from 22:00 to 06:00."
    )
    yield (
        f"- {_share(rates.stays_late)} of days end one to four hours later, {_share(rates.evening)} have work in the "
        f"evening, {_share(rates.early)} begin two hours earlier; {_share(rates.weekend)} of free days and "
        f"{_share(rates.on_holiday)} of public holidays are worked; {rates.hotfixes} times a week somebody is called at "
        "any hour."
    )
    yield f"- Pushes by hand: {rates.pushes} a person and day, and at least {rates.late_pushes} in a stretch at such odd times."
    yield (
        f"- Four people travel for {rates.trip_days} days and keep office hours there; one moves to Los Angeles; two are "
        "new; one works every other evening, by habit. Everybody has two vacations, and is ill now and then."
    )
    yield (
        f"- The pipeline runs {rates.builds} times a person and day, and {rates.updates:.0f} times a day by itself at any "
        f"hour. {rates.nightly} images are built anew every night; a mirror looks every six hours. The registry copies "
        "images to another region."
    )
    yield (
        f"- {_share(rates.platforms)} of pushes are for two architectures: three records, one with a tag. "
        f"{_share(rates.failed)} fail. {_share(rates.latest)} use the tag `latest`."
    )
    low, high = rates.calls
    yield f"- Other calls: {low} to {high} an hour and person, one in five to `us-east-1`, the others to the team's region."
    yield f"- Intruders push one image each: {'; '.join(KINDS.values())}."


def _systems(result: Result) -> str:
    return _joined(
        "## The systems",
        "",
        "- **Splunk's original**: 20:00 to 08:00 and weekends by UTC, as a search over each day of UTC, run once a day. "
        "Every row is an alert: one for each person or role, address, region, repository and tag of that day. Records "
        "without a tag are in no row, and failed pushes are in one, as in the search itself. The second line has all "
        "robots, and nobody else, in its filter macro.",
        f"- **Calendars by hand**: what calendars can do at best. Teams from {OPENS} to {CLOSES} with their public "
        "holidays; the night shift, the evenings by habit, the move, the newcomers and the robots are known. Trips and "
        "late work are not: nobody writes them down before.",
        f"- **Learned calendars**: `tocsin hours learn` on the first {HISTORY} weeks, the file read back as it is. Whom it "
        "does not believe is unknown, and unknown raises an alarm. *Again every four weeks* has `--since` the last file "
        f"every {RELEARN} weeks; *read* has somebody who each time adopts those listed whose hours are one person's "
        "day: he knows who works at night or in the evening, and who has moved.",
        f"- **Profile**: pushes at an hour {BITS:.0f} bits above what is usual for whoever pushes, as shipped. Who has too "
        "little history raises no alarm: part of why it has fewer, and of what it misses.",
        "",
        "Findings of ours fold what one principal pushes to one repository within ten minutes. Failed pushes have a "
        "detection of their own, with a lower score, and are not counted.",
        "",
        f"The figures come from `benchmarks/results/hours-{result['date']}.json`.",
    )


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
