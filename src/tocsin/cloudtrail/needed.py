"""Fields that a record must have for a search to give anything, and the JSON paths that tell whether any has them."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.cloudtrail.fields import FieldOptions, expression
from tocsin.cloudtrail.prefilter import NEED_A_VALUE, Literals, key_group
from tocsin.cloudtrail.request import RAW
from tocsin.cloudtrail.shape import ALWAYS, holdable
from tocsin.plan.expr import Apply, Column, Expr
from tocsin.plan.names import is_pattern

_TRUE_OF_A_VALUE = NEED_A_VALUE | {"search_equal"}
_HIDDEN = "__tocsin_"


def needed(condition: Expr) -> frozenset[str]:
    """The fields without which a base search is true of no record.

    >>> a, b = (Apply("exists", (Column(name),)) for name in "ab")
    >>> sorted(needed(Apply("and", (a, Apply("not", (b,))))))
    ['a']
    """
    match condition:
        case Apply("and", args):
            return frozenset().union(*map(needed, args))
        case Apply("or", (first, *others)):
            return needed(first).intersection(*map(needed, others))
        case Apply(function, (Column(name), *_)) if function in _TRUE_OF_A_VALUE:
            return frozenset((name,))
        case _:
            return frozenset()


def sources(name: str, options: FieldOptions) -> tuple[str, ...] | None:
    """Paths of which a record has one if it has the field. None if that cannot be told by paths."""
    computed = expression(name, options)
    found = (name,) if computed is None else _paths(computed)
    if found is None or is_pattern(name) or not all(holdable(path) and path != RAW for path in found):
        return None
    return None if any(path in ALWAYS or path.startswith(_HIDDEN) for path in found) else found


def _paths(computed: Expr) -> tuple[str, ...] | None:
    """Those of a field that has no value but theirs."""
    match computed:
        case Column(path):
            return (path,)
        case Apply("coalesce", args):
            parts = [_paths(arg) for arg in args]
            return tuple(path for part in parts for path in part or ()) if all(parts) else None
        case _:
            return None


def surely_lack(paths: Iterable[str], texts: Literals | None) -> bool:
    """Whether what was ruled out unread for lack of some texts has none of the paths, as if it had been read."""
    groups = () if texts is None else texts.groups
    return len(groups) == 1 and all(key_group(path) == groups[0] for path in paths)
