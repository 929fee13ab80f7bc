"""How long reading and compiling a detection take inside one process, as JSON: medians in milliseconds.

Run by run.py with the Python that tocsin is installed for.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from tools import DETECTION

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.run import compile_detection
from tocsin.spl.macros import expand
from tocsin.spl.parser import parse

TIMES = 50


def milliseconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return 1000 * statistics.median(taken)


def main() -> None:
    library = load_library([])
    detection = library.find(DETECTION)
    macros = library.macro_table(detection)
    settings = Settings(now=1.8e9)
    stages = {
        "read the library's files": milliseconds(lambda: load_library([])),
        "expand macros and parse": milliseconds(lambda: parse(expand(detection.search, macros))),
        "compile (expand, parse, plan, demand)": milliseconds(lambda: compile_detection(detection, library, settings)),
    }
    print(json.dumps(stages))


if __name__ == "__main__":
    main()
