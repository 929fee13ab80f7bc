"""What `--hours` costs over the same scan without it, on the same files and in the same minutes.

    python benchmarks/hours_cost.py ~/bench/large-1000 [more corpora] [--repeats 7]

Three scans take turns: `plain` is `tocsin scan` with the shipped library, `detections` runs also the two detections
that judge by calendars, with constants in the place of `businesshours`, and `hours` is `tocsin scan --hours`.
Ratios to `plain` are taken within a round. Processor time, of all processes together, is the steadier of the two.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import measure
import tools

ROOT = Path(__file__).resolve().parents[1]
HOURS = ROOT / "examples/hours.yml"
SHIPPED = ROOT / "src/tocsin/library/detections/cloud"
DETECTIONS = (
    "aws_ecr_container_upload_outside_business_hours.yml",
    "aws_ecr_container_upload_outside_uploader_business_hours.yml",
    "aws_ecr_failed_container_upload_outside_uploader_business_hours.yml",
)
ASKED = "| businesshours\n"
CONSTANTS = (
    '| eval local_time="2026-03-07T03:00:00+00:00", local_zone="UTC", business_calendar="none",'
    ' business_hours="closed", business_hours_reason="night", business_hours_rule="default"\n'
)


def main() -> None:
    asked = _arguments()
    program = tools.tocsin_in(asked.tocsin_python).command("flagship", Path())[0]
    for corpus in asked.corpora:
        with tempfile.TemporaryDirectory() as folder:
            scan: list[str | Path] = [program, "scan", corpus, "--format", "jsonl"]
            commands = {
                "plain": scan,
                "detections": [*scan, "--content", without_calendars(Path(folder))],
                "hours": [*scan, "--hours", asked.hours],
            }
            rounds = [_round(commands, backwards=number % 2 == 1) for number in range(asked.repeats + 1)]
        print(f"{corpus.name}, {asked.repeats} rounds")
        for line in compared(rounds[1:]):  # the first warms the cache
            print(line, flush=True)


def without_calendars(folder: Path) -> Path:
    """Write the detections that run with `--hours` so that they need no calendar; gives the folder."""
    for name in DETECTIONS:
        (folder / name).write_text((SHIPPED / name).read_text().replace(ASKED, CONSTANTS))
    return folder


def compared(rounds: list[dict[str, measure.Run]]) -> Iterator[str]:
    """A line for each command: medians of times, and of ratios to the first command of the same round."""
    first = next(iter(rounds[0]))
    for name in rounds[0]:
        line = f"  {name:<12}"
        for what in ("cpu", "seconds"):
            times = [getattr(each[name], what) for each in rounds]
            ratios = [getattr(each[name], what) / getattr(each[first], what) for each in rounds]
            line += f"  {what} {statistics.median(times):.3f} s, {statistics.median(ratios):.3f} of {first}"
        rows = len({json.dumps(json.loads(row), sort_keys=True) for row in rounds[0][name].output.splitlines()})
        yield f"{line}  {rows} findings"


def _round(commands: dict[str, list[str | Path]], *, backwards: bool) -> dict[str, measure.Run]:
    order = list(reversed(commands)) if backwards else list(commands)
    runs = {name: measure.run(commands[name]) for name in order}
    return {name: runs[name] for name in commands}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "corpora", nargs="+", type=Path, help="folders of CloudTrail files, as make_events.py makes them"
    )
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--hours", type=Path, default=HOURS, help="the calendar file")
    parser.add_argument("--tocsin-python", default=sys.executable, help="the Python that tocsin is installed for")
    return parser.parse_args()


if __name__ == "__main__":
    main()
