"""What a report shows beside findings and account; a sink is given it before it is closed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tocsin.risk.comparison import Comparison
from tocsin.risk.pushes import Pushes


class Beside(Struct, frozen=True):
    """`pushes` are all of the input, `comparison` is what `--compare` asks for; None if not known or not asked.

    `searches` are the searches with their macros expanded, by the name of the detection. `inputs` are lines of how
    the run was told what to do: a word and its value.
    """

    pushes: Pushes | None = None
    comparison: Comparison | None = None
    searches: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[tuple[str, str], ...] = ()
