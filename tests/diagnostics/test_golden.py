"""Every problem with a search's text, as a person sees it: `<name>-<case>.spl` in, `<name>-<case>.out` out.

After a change of wording, `python -m tests.diagnostics.test_golden` writes the `.out` files anew; read the diff.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.diagnostics.render import render
from tocsin.source import Composed, Source
from tocsin.spl.macros import Macro, expand
from tocsin.spl.parser import MAX_LENGTH, parse

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*.spl"))
# Its input would be a megabyte.
TOO_LARGE_FOR_A_FILE = {"search-too-long"}


def _macro(name: str, definition: str, *arguments: str) -> Macro:
    return Macro(name, arguments, Composed.whole(Source(f"macros/{name}.yml", definition)))


MACROS = {
    macro.key: macro
    for macro in (
        _macro("cloudtrail", "sourcetype=aws:cloudtrail"),
        _macro("ctime", 'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)', "field"),
        _macro("filter", "search *"),
        _macro("loop", "x `round`"),
        _macro("round", "y `loop`"),
        _macro("broken", "\n  search user=\n"),
        _macro("doubled", "".join(f"`d{i}`" for i in range(2))),
        *(_macro(f"d{i}", f"`d{i + 2}``d{i + 2}`") for i in range(40)),
        *(_macro(f"d{i}", "x") for i in range(40, 42)),
    )
}


def found(path: Path) -> list[Diagnostic]:
    text = path.read_text(encoding="utf-8").removesuffix("\n")
    try:
        return list(parse(expand(Composed.whole(Source(path.name, text)), MACROS)).warnings)
    except CompileError as error:
        return list(error.diagnostics)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_message_is_as_agreed(path: Path) -> None:
    problems = found(path)
    assert path.stem.startswith(problems[0].name)
    assert render(problems) == path.with_suffix(".out").read_text(encoding="utf-8")


def test_every_problem_has_a_case() -> None:
    source = Path(catalogue.__file__).read_text(encoding="utf-8")
    names = set(re.findall(r'_(?:error|warning|unsupported)\(\s*"([a-z-]+)"', source))
    shown = {problem.name for path in CASES for problem in found(path)}
    assert names - TOO_LARGE_FOR_A_FILE == shown
    assert MAX_LENGTH == 1 << 20


def test_messages_are_one_line_in_lower_case_without_reproach() -> None:
    for path in CASES:
        for problem in found(path):
            assert "\n" not in problem.message
            assert not re.search(r"\b(you|please|must|illegal|invalid)\b|!$|\.$", problem.message)
            assert problem.message[0] == "`" or problem.message[0].islower()


if __name__ == "__main__":
    for case in CASES:
        case.with_suffix(".out").write_text(render(found(case)), encoding="utf-8")
