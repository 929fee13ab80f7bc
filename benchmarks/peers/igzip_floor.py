"""The floor: nothing but decompression, two processes, half of the files each; it answers nothing.

With `igzip` (Debian's package isal) if it is there, else with the same library from Python.
"""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

import asked

PROCESSES = 2
_ARGUMENTS = 1000  # files on one command line


def with_igzip(paths: list[Path]) -> None:
    for start in range(0, len(paths), _ARGUMENTS):
        subprocess.run(["igzip", "-dc", *paths[start : start + _ARGUMENTS]], check=True, stdout=subprocess.DEVNULL)


def with_library(paths: list[Path]) -> None:
    from isal import isal_zlib

    for path in paths:
        isal_zlib.decompress(path.read_bytes(), wbits=31)


def main() -> None:
    paths = asked.files(Path(sys.argv[2]))
    work = with_igzip if shutil.which("igzip") else with_library
    halves = [paths[start::PROCESSES] for start in range(PROCESSES)]
    workers = [multiprocessing.Process(target=work, args=(half,)) for half in halves]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("decompression failed")


if __name__ == "__main__":
    main()
