"""Rewrites the output below each example of the given pages (all, if none are given); review reads the difference.

Outputs that still match stay as they are, `...` included.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.docs.console import PAGES, examples, matches, shell


def rewritten(page: Path) -> str:
    """The page with what its examples print now."""
    text, parts, done = page.read_text(encoding="utf-8"), list[str](), 0
    with shell(page) as running:
        for each in examples(page):
            printed = "".join(f"{line.rstrip()}\n" for line in running.run(each).rstrip("\n").splitlines())
            parts += [text[done : each.start], each.output if matches(printed, each.output) else printed]
            done = each.end
    return "".join([*parts, text[done:]])


def main() -> int:
    """Write the pages that are not as they should be, and name them."""
    for page in [Path(name).resolve() for name in sys.argv[1:]] or PAGES:
        fresh = rewritten(page)
        if fresh != page.read_text(encoding="utf-8"):
            page.write_text(fresh, encoding="utf-8")
            print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
