"""The plan: what a search means, as a chain of few relational nodes. No SPL, no SQL.

Rows carry, besides their fields, their order and the records behind them; engines keep both in hidden
columns. Until `resolve` has run, names may be wildcard patterns (`*`); afterwards every node names its columns.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tocsin.plan.expr import Expr, Spanned, Type


class _Node(Spanned, frozen=True, kw_only=True):
    """`span` is the command that asked for the node; `macro` the macro whose expansion wrote it."""

    macro: str | None = None


class Scan(_Node, frozen=True):
    """The records of the run for which `condition` is true, newest first; the leaf of every plan.

    `earliest` and `latest` are the search's own time modifiers, as written (relative grammar); None to take
    the run's window.
    """

    condition: Expr
    earliest: str | None = None
    latest: str | None = None


class Rows(_Node, frozen=True):
    """Rows given as they are, by the name under which the engine holds them (conformance cases, appendpipe)."""

    table: str


class Filter(_Node, frozen=True):
    """Keep rows whose condition is exactly true; false and NULL drop."""

    input: Node
    condition: Expr


class Extend(_Node, frozen=True):
    """Add or replace columns; every expression sees the input's columns, not its neighbours."""

    input: Node
    columns: tuple[tuple[str, Expr], ...]


class Select(_Node, frozen=True):
    """Keep the named columns (patterns before `resolve`), in this order.

    `create`: a plain name that does not exist becomes an empty column (`table`). `internal`: columns whose
    name begins with `_` stay though unnamed (`fields`).
    """

    input: Node
    names: tuple[str, ...]
    create: bool = False
    internal: bool = False


class Drop(_Node, frozen=True):
    """Remove the named columns (patterns before `resolve`)."""

    input: Node
    names: tuple[str, ...]


class Rename(_Node, frozen=True):
    """One renaming. A wildcard name renames each column that some row has a value for.

    The new name's former values go, also where the old name does not exist; if neither exists, nothing happens.
    """

    input: Node
    old: str
    new: str


class Measure(Spanned, frozen=True):
    """`function(argument)` as column `name`.

    `function` is canonical (`count`, `dc`, `values`, ...). `argument` is None for counting rows. Before
    `resolve`, `pattern` stands for every column it matches and `name` may carry a `*`.
    """

    function: str
    argument: Expr | None
    name: str
    pattern: str | None = None


class Aggregate(_Node, frozen=True):
    """Groups by `keys`, one row each in ascending order of the keys; without keys one row, even from none.

    A row in which any key is NULL belongs to no group and is dropped (and counted by an audit). A multivalue
    key puts the row into one group per value (each once if `split_once`).
    """

    input: Node
    keys: tuple[str, ...]
    measures: tuple[Measure, ...]
    split_once: bool = False


class Window(_Node, frozen=True):
    """Adds the measures of a row's group to the row; rows with a NULL key pass unchanged (`eventstats`)."""

    input: Node
    keys: tuple[str, ...]
    measures: tuple[Measure, ...]


class Order(Struct, frozen=True):
    """One sort key; NULLs come last.

    `mode` is auto (numbers, then addresses, then text), num, str, ip or, as the keys of groups are ordered, keys
    (numbers before text).
    """

    name: str
    descending: bool = False
    mode: str = "auto"


class Sort(_Node, frozen=True):
    """Order rows, stably, and keep the first `limit` (None: all)."""

    input: Node
    keys: tuple[Order, ...]
    limit: int | None = None


class Limit(_Node, frozen=True):
    """The first `count` rows in the present order."""

    input: Node
    count: int


class Dedup(_Node, frozen=True):
    """The first `limit` rows of each combination of `names`, in the present order.

    Rows with a NULL among the names are dropped unless `keep_empty`. A multivalue field counts as a whole.
    """

    input: Node
    names: tuple[str, ...]
    limit: int = 1
    keep_empty: bool = False


class FillNull(_Node, frozen=True):
    """Replace NULL by text. `names` None: only in columns that some row has a value for; named ones are created."""

    input: Node
    value: str
    names: tuple[str, ...] | None = None


class Transform(_Node, frozen=True):
    """Apply a one-argument function to every column a pattern matches (`convert`).

    `new` None replaces in place; otherwise it names the result and may carry the pattern's `*`.
    `arguments` are further constants of the function (a time format).
    """

    input: Node
    function: str
    pattern: str
    new: str | None = None
    arguments: tuple[str, ...] = ()


class Expand(_Node, frozen=True):
    """A row for each value of a multivalue column; NULL keeps the row; `limit` 0 is all."""

    input: Node
    name: str
    limit: int = 0


class Join(_Node, frozen=True):
    """`lookup`: add columns of a lookup table by key equality.

    `keys` and `outputs` are pairs (table column, event field); `outputs` None is every column that is no key.
    `only_new` leaves rows alone that have a value in any output field already.
    """

    input: Node
    lookup: str
    keys: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...] | None
    only_new: bool = False


class Answer(Struct, frozen=True):
    """What a judge says of a row under `key`, as column `name`."""

    key: str
    name: str
    type: Type = Type.text


class Judge(_Node, frozen=True):
    """Adds columns that no engine can compute: a function of the run, `judge`, answers row by row.

    It is told `reads`, by names of its own, and `option`, which is the same for all rows ("" for none). The run
    carries out what comes before, asks, and goes on over the answers.
    """

    input: Node
    judge: str
    reads: tuple[tuple[str, Expr], ...]
    answers: tuple[Answer, ...]
    option: str = ""


Node = (
    Scan
    | Rows
    | Filter
    | Extend
    | Select
    | Drop
    | Rename
    | Aggregate
    | Window
    | Sort
    | Limit
    | Dedup
    | FillNull
    | Transform
    | Expand
    | Join
    | Judge
)


def chain(node: Node) -> tuple[Node, ...]:
    """The nodes from the leaf to `node`."""
    nodes: list[Node] = [node]
    while not isinstance(nodes[-1], Scan | Rows):
        nodes.append(nodes[-1].input)
    return tuple(reversed(nodes))


def over(node: Node, input: Node) -> Node:
    """The same node over another input. A leaf has none and stays as it is."""
    if isinstance(node, Scan | Rows):
        return node
    moved: Node = replace(node, input=input)
    return moved
