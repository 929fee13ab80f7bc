"""Fills a risk message: `$field$` becomes the field's value in the row.

A name may have dots (`$requestParameters.roleArn$`); one with spaces stands in quotes (`$"user name"$`). Several
values are joined with ", ". `$result.field$`, as alerts write it, is understood where no field has that very name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

_TOKEN = re.compile(r"""\$(?:"([^"$]+)"|'([^'$]+)'|([^\s$"']+))\$""")
_RESULT = "result."

Fields = Mapping[str, str | tuple[str, ...]]


class Filler(Struct):
    """Fills messages from one row. `missing` are the fields that it lacks, in order; their tokens stay as they are.

    >>> filler = Filler({"user": ("ann", "bob")})
    >>> filler.fill("push by $user$ to $repository$"), list(filler.missing)
    ('push by ann, bob to $repository$', ['repository'])
    """

    row: Fields
    missing: dict[str, None] = field(default_factory=dict)

    def fill(self, message: str) -> str:
        return _TOKEN.sub(self._value, message)

    def _value(self, match: re.Match[str]) -> str:
        name = match[1] or match[2] or match[3]
        found = self.row.get(name)
        if found is None:
            found = self.row.get(name.removeprefix(_RESULT))
        if found is None:
            self.missing[name] = None
            return match[0]
        return found if isinstance(found, str) else ", ".join(found)
