"""What `tocsin check` finds out: for each detection whether it can run, and every diagnostic."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from tocsin.cli.library import report
from tocsin.cli.needs import needed
from tocsin.config import Settings
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, Diagnostic, Severity, worst
from tocsin.run import Compiled, compile_detection
from tocsin.run.execution import open_engine
from tocsin.run.rehearsal import load_lookups, rehearse

# A compiled search does not depend on the clock except through `now()`; any moment will do here.
_SETTINGS = Settings(now=0.0)
_TELLING = "matches-nothing"  # a warning that says why a detection that is ready will never ring


class Outcome(Struct, frozen=True):
    """One detection: `state` is ready, unsupported, error, or the option that it needs."""

    detection: Detection
    state: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def why(self) -> tuple[Diagnostic, ...]:
        """What keeps it from running, or from ever matching."""
        return tuple(each for each in self.diagnostics if each.severity > Severity.warning or each.name == _TELLING)


def outcomes(detections: Sequence[Detection], library: Library) -> list[Outcome]:
    """Each detection compiled, and carried out over no records; diagnostics are printed."""
    found: list[Outcome] = []
    compiled: dict[int, Compiled] = {}
    for number, detection in enumerate(detections):
        try:
            compiled[number] = compile_detection(detection, library, _SETTINGS)
        except CompileError as error:
            found.append(_refused(detection, error, library))
        else:
            _report(compiled[number].warnings, detection, library)
            found.append(Outcome(detection, "ready", compiled[number].warnings))
    for number, refusal in _refusals(compiled, library).items():
        refused = _refused(detections[number], refusal, library)
        found[number] = replace(refused, diagnostics=(*found[number].diagnostics, *refused.diagnostics))
    return found


def _report(problems: Sequence[Diagnostic], detection: Detection, library: Library) -> None:
    """Those of the library's files, such as lookups, have been told."""
    report([each for each in problems if each not in library.diagnostics], detection.name)


def _refused(detection: Detection, error: CompileError, library: Library) -> Outcome:
    if option := needed(error):
        return Outcome(detection, f"needs {option}", ())
    _report(error.diagnostics, detection, library)
    gravest = worst(error.diagnostics) or Severity.error
    return Outcome(detection, gravest.name, error.diagnostics)


def _refusals(compiled: dict[int, Compiled], library: Library) -> dict[int, CompileError]:
    """What only the engine refuses."""
    if not compiled:
        return {}
    numbers = list(compiled)
    with closing(open_engine(_SETTINGS)) as engine:
        load_lookups(engine, compiled.values(), library)
        return {numbers[at]: error for at, error in rehearse(engine, compiled.values()).items()}
