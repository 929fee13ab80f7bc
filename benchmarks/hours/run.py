"""Measure everything, and write the result, its tables, the page and the figure.

    python benchmarks/hours/run.py [--seeds 5] [--first 300] [--intruders 300] [--processes 1]

Seeds run in as many processes as there are cores, or as asked. The same seeds always give the same figures.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.hours.figure import figure  # noqa: E402 - the root must be on the path first
from benchmarks.hours.how_good import page  # noqa: E402
from benchmarks.hours.measuring import SWEPT, measure  # noqa: E402
from benchmarks.hours.page import Result, tables  # noqa: E402


def main() -> None:
    asked = _arguments()
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = list(
            pool.map(partial(measure, intruders=asked.intruders), range(asked.first, asked.first + asked.seeds))
        )
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    result = {"date": day, "intruders": asked.intruders, "swept": SWEPT, "seeds": seeds}
    asked.results.mkdir(parents=True, exist_ok=True)
    stem = asked.results / f"hours-{day}"
    stem.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    stem.with_suffix(".md").write_text(f"# Business hours, {day}\n\n{tables(result)}", encoding="utf-8")
    if asked.docs:
        _document(asked.docs, result)
    print(tables(result))


def _document(folder: Path, result: Result) -> None:
    (folder / "how-good.md").write_text(page(result), encoding="utf-8")
    (folder / "how-good.svg").write_text(figure(result), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=300, help="the first seed; learning was worked on with lower ones")
    parser.add_argument("--intruders", type=int, default=300, help="of each kind")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="that run at a time")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs" / "hours", help="where the page and the figure go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
