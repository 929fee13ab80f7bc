"""The shape of every command: what its arguments are read as, and what is refused at which token."""

from __future__ import annotations

import pytest

from tests.spl.reading import command, commands, errors, warnings, whole
from tocsin.spl.ast import Binary, Call, Command, FieldRef, Number, Text
from tocsin.spl.commands.bin import Bin
from tocsin.spl.commands.businesshours import Businesshours
from tocsin.spl.commands.convert import Conversion, Convert
from tocsin.spl.commands.dedup import Dedup
from tocsin.spl.commands.eval import Assignment, Eval
from tocsin.spl.commands.eventstats import Eventstats
from tocsin.spl.commands.fields import Fields
from tocsin.spl.commands.fillnull import Fillnull
from tocsin.spl.commands.head import Head
from tocsin.spl.commands.lookup import Lookup, LookupField
from tocsin.spl.commands.mvexpand import Mvexpand
from tocsin.spl.commands.other import Other
from tocsin.spl.commands.regex import Regex
from tocsin.spl.commands.rename import Rename, Renaming
from tocsin.spl.commands.rex import Rex
from tocsin.spl.commands.search import Search
from tocsin.spl.commands.sort import Sort, SortKey
from tocsin.spl.commands.spath import Spath
from tocsin.spl.commands.stats import Aggregation, ByField, Stats
from tocsin.spl.commands.table import Table
from tocsin.spl.commands.unusualhour import Unusualhour
from tocsin.spl.commands.where import Where
from tocsin.spl.cursor import Identity

AT = whole("x").span(0, 1)
ID = Identity(span=AT, keyword=AT, macro=None)


def agg(function: str, argument: str | None = None, name: str | None = None, default: str = "") -> Aggregation:
    written = default or (f"{function}({argument})" if argument is not None else function)
    return Aggregation(function, argument, name, written, span=AT)


def by(*names: str) -> tuple[ByField, ...]:
    return tuple(ByField(name, span=AT) for name in names)


def key(field: str, *, descending: bool = False, mode: str = "auto") -> SortKey:
    return SortKey(field, descending, mode, span=AT)


def field(table_field: str, event_field: str = "") -> LookupField:
    return LookupField(table_field, event_field or table_field, span=AT)


def stats(*aggregations: Aggregation, by: tuple[ByField, ...] = (), splitvals: bool = False) -> Stats:
    return Stats(aggregations, by, splitvals, **ID)


def lookup(table: str, keys: list[LookupField], outputs: list[LookupField] | None, *, new: bool = False) -> Lookup:
    listed = None if outputs is None else tuple(outputs)
    return Lookup(table, tuple(keys), listed, new, table_span=AT, **ID)


def rex(pattern: str, field: str = "_raw", matches: int = 1, offset: str | None = None, *, sed: bool = False) -> Rex:
    return Rex(pattern, field, matches, offset, sed, pattern_span=AT, **ID)


def regex(pattern: str, field: str = "_raw", *, negated: bool = False) -> Regex:
    return Regex(pattern, field, negated, pattern_span=AT, **ID)


def spath(input: str = "_raw", path: str | None = None, output: str | None = None) -> Spath:
    return Spath(input, path, output, path_span=None, **ID)


def assign(name: str, value: Text | Number | FieldRef, *, computed: bool = False) -> Assignment:
    return Assignment(name, value, computed, span=AT)


GREATER = Binary(">", FieldRef("a", span=AT), Number("1", span=AT), span=AT)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # stats
        ("stats count", stats(agg("count"))),
        ("stats count() as n", stats(agg("count", name="n"))),
        ("STATS Count", stats(agg("count", default="Count"))),
        ("stats c, dc(user)", stats(agg("c"), agg("dc", "user"))),
        ("stats count by a b, c", stats(agg("count"), by=by("a", "b", "c"))),
        ('stats count BY "a b" , c', stats(agg("count"), by=by("a b", "c"))),
        (
            "stats min(_time) as firstTime max(_time) AS l",
            stats(agg("min", "_time", "firstTime"), agg("max", "_time", "l")),
        ),
        ("stats values(requestParameters.*) as *", stats(agg("values", "requestParameters.*", "*"))),
        ('stats values("a b") as "c d"', stats(agg("values", "a b", "c d"))),
        ("stats values( x )", stats(agg("values", "x"))),
        ("stats perc95(x) p99.5(y)", stats(agg("perc95", "x"), agg("p99.5", "y"))),
        ("stats max(count(x))", stats(agg("max", "count(x)"))),
        ("stats values(eval)", stats(agg("values", "eval"))),
        ("stats count by a dedup_splitvals=t", stats(agg("count"), by=by("a"), splitvals=True)),
        ("stats partitions=2 allnum=f count", stats(agg("count"))),
        ("eventstats max(x) as m by y", Eventstats((agg("max", "x", "m"),), by("y"), **ID)),
        # names
        ("rename a AS b", Rename((Renaming("a", "b", span=AT),), **ID)),
        ('rename "a b" as c, d as "e f"', Rename((Renaming("a b", "c", span=AT), Renaming("d", "e f", span=AT)), **ID)),
        ("rename a.* as * b AS c", Rename((Renaming("a.*", "*", span=AT), Renaming("b", "c", span=AT)), **ID)),
        ("rename count(x) as n", Rename((Renaming("count(x)", "n", span=AT),), **ID)),
        ("businesshours", Businesshours(**ID)),
        ('businesshours prefix=x_ calendar="los angeles"', Businesshours("los angeles", "x_", **ID)),
        ("unusualhour", Unusualhour(**ID)),
        ("UNUSUALHOUR PREFIX=x.", Unusualhour("x.", **ID)),
        ("table a, b c*", Table(("a", "b", "c*"), **ID)),
        ('table "as" values(x)', Table(("as", "values(x)"), **ID)),
        ("fields a,b", Fields(("a", "b"), **ID)),
        ("fields - a b", Fields(("a", "b"), remove=True, **ID)),
        ("fields + a", Fields(("a",), **ID)),
        ("fillnull", Fillnull(**ID)),
        ('fillnull value="n a" a, b', Fillnull("n a", ("a", "b"), **ID)),
        ("fillnull a value=0", Fillnull("0", ("a",), **ID)),
        ("mvexpand a limit=3", Mvexpand("a", 3, **ID)),
        # order
        ("sort - a, +b", Sort((key("a", descending=True), key("b")), **ID)),
        ("sort -a b", Sort((key("a", descending=True), key("b")), **ID)),
        ("sort 0 a", Sort((key("a"),), 0, **ID)),
        ("sort limit=5 a", Sort((key("a"),), 5, **ID)),
        ("sort -num(a), ip(b)", Sort((key("a", descending=True, mode="num"), key("b", mode="ip")), **ID)),
        ('sort str("a b")', Sort((key("a b", mode="str"),), **ID)),
        ("sort a desc", Sort((key("a"),), reverse=True, **ID)),
        ("sort desc", Sort((key("desc"),), **ID)),
        ("sort count(x)", Sort((key("count(x)"),), **ID)),
        ("head", Head(10, **ID)),
        ("head 5", Head(5, **ID)),
        ("head limit=5 keeplast=t", Head(5, keeplast=True, **ID)),
        ("head (a>1)", Head(None, GREATER, **ID)),
        ("head 7 (a>1) null=true", Head(7, GREATER, null=True, **ID)),
        ("dedup a", Dedup(("a",), **ID)),
        (
            "dedup 3 a b, c keepempty=t consecutive=1 sortby -_time +x",
            Dedup(
                ("a", "b", "c"),
                3,
                keepempty=True,
                consecutive=True,
                sortby=(key("_time", descending=True), key("x")),
                **ID,
            ),
        ),
        ("dedup a sortby b keepevents=true", Dedup(("a",), keepevents=True, sortby=(key("b"),), **ID)),
        # buckets
        ("bin _time span=5m", Bin("_time", "5m", **ID)),
        ("bucket span=10m _time", Bin("_time", "10m", **ID)),
        ("bin bins=20 a AS b", Bin("a", bins=20, name="b", **ID)),
        ("bin a span=2log10 aligntime=@d as b", Bin("a", "2log10", aligntime="@d", name="b", **ID)),
        # forms
        (
            'convert timeformat="%H:%M" ctime(a) AS b, num(c)',
            Convert((Conversion("ctime", "a", "b", span=AT), Conversion("num", "c", None, span=AT)), "%H:%M", **ID),
        ),
        ("convert timeformat=%Y-%m ctime(*)", Convert((Conversion("ctime", "*", None, span=AT),), "%Y-%m", **ID)),
        # regular expressions
        (r'rex "(?<a>\d+)"', rex(r"(?<a>\d+)")),
        (r'rex field=a.b{} max_match=0 offset_field=o "x\"y\\\\z"', rex(r'x"y\\z', "a.b{}", 0, "o")),
        ('rex mode=sed field=a "s/x/y/g"', rex("s/x/y/g", "a", sed=True)),
        (r"rex field=a (?<b>\w+) c", rex(r"(?<b>\w+) c", "a")),
        ('rex "a" field=b', rex("a", "b")),
        ('regex "a|b"', regex("a|b")),
        ('regex x = "a"', regex("a", "x")),
        ('regex x.y!="a"', regex("a", "x.y", negated=True)),
        (r"regex x=^a\.b$", regex(r"^a\.b$", "x")),
        # paths
        ("spath", spath()),
        ("spath input=a path=b{}.c output=d", spath("a", "b{}.c", "d")),
        ("spath output=user userIdentity.arn", spath(path="userIdentity.arn", output="user")),
        # tables
        ("lookup t a", lookup("t", [field("a")], None)),
        (
            "lookup t a AS b, c OUTPUT d as e f",
            lookup("t", [field("a", "b"), field("c")], [field("d", "e"), field("f")]),
        ),
        ("lookup t a as b, OUTPUTNEW c", lookup("t", [field("a", "b")], [field("c")], new=True)),
        ("lookup update=true local=f t.csv a output b", lookup("t.csv", [field("a")], [field("b")])),
        # expressions
        ("where a>1", Where(GREATER, **ID)),
        ("eval a=1", Eval((assign("a", Number("1", span=AT)),), **ID)),
        (
            'eval a.b = "x", \'c d\'=e, "f g"=1',
            Eval(
                (
                    assign("a.b", Text("x", span=AT)),
                    assign("c d", FieldRef("e", span=AT)),
                    assign("f g", Number("1", span=AT)),
                ),
                **ID,
            ),
        ),
        ("eval {a} = 1", Eval((assign("a", Number("1", span=AT), computed=True),), **ID)),
        ("eval a{}.b = 1", Eval((assign("a{}.b", Number("1", span=AT)),), **ID)),
        ("eval <<FIELD>> = 1", Eval((assign("<<FIELD>>", Number("1", span=AT)),), **ID)),
        ("search", Search(None, **ID)),
        # shapes only
        (
            "tstats count from datamodel=X where a=b by c",
            Other("tstats", "count from datamodel=X where a=b by c", **ID),
        ),
        ("APPLY model threshold=0.005", Other("apply", "model threshold=0.005", **ID)),
        ("reverse", Other("reverse", "", **ID)),
        ('map search="search a | head 1"', Other("map", 'search="search a | head 1"', **ID)),
    ],
)
def test_commands_are_read(text: str, tree: Command) -> None:
    assert command(text) == tree


def test_the_expression_in_count_eval_is_a_tree_and_its_text_the_name() -> None:
    found = command('stats count(eval(x="y" AND z > 1)) avg(eval( if(a,b,null()) )) AS m')
    assert isinstance(found, Stats)
    first, second = found.aggregations
    assert isinstance(first.argument, Binary)
    assert first.default_name == 'count(eval(x="y" AND z > 1))'
    assert isinstance(second.argument, Call)
    assert second.name == "m"


def test_other_commands_hold_their_subsearches() -> None:
    found = command("append [ search a | join x [ inputlookup t ] ] [ | makeresults ]")
    assert isinstance(found, Other)
    first, second = (each.pipeline.commands for each in found.subsearches)
    assert [type(each) for each in first] == [Search, Other]
    assert [type(each) for each in second] == [Other]
    assert found.text == "[ search a | join x [ inputlookup t ] ] [ | makeresults ]"


def test_templates_of_foreach_are_read() -> None:
    found = command("foreach a* [ eval <<FIELD>> = if('<<FIELD>>' = \"x\", null(), <<FIELD>>) ]")
    assert isinstance(found, Other)
    assert isinstance(found.subsearches[0].pipeline.commands[0], Eval)


def test_brackets_in_quoted_fields_are_no_subsearch() -> None:
    assert isinstance(command("where 'a[0]|b' = 1"), Where)


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("statz count", "unknown-command", "statz"),
        ("stats", "missing-argument", "stats"),
        ("stats by a", "missing-argument", "stats"),
        ("stats count by", "missing-argument", "by"),
        ("stats avg", "unsupported-aggregation", "avg"),
        ("stats sparkline(count)", "unsupported-aggregation", "sparkline"),
        ("stats countt", "unknown-aggregation", "countt"),
        ("stats values(a b)", "unexpected-token", "b"),
        ("stats values(a", "unclosed-parenthesis", "("),
        ("stats allnum=t sum(a)", "unsupported-option", "allnum"),
        ('stats delim=":" list(a)', "unsupported-option", "delim"),
        ("stats foo=1 count", "unknown-option", "foo"),
        ("stats count by a dedup_splitvals=maybe", "bad-option", "maybe"),
        ("eventstats", "missing-argument", "eventstats"),
        ("eventstats allnum=t sum(a)", "unsupported-option", "allnum"),
        ("rename", "missing-argument", "rename"),
        ("rename a b", "unexpected-token", "b"),
        ("rename a as", "unexpected-end", ""),
        ("rename a.* as b", "wildcard-mismatch", "b"),
        ('rename a as "b*"', "wildcard-mismatch", '"b*"'),
        ("table", "missing-argument", "table"),
        ("table a = b", "unexpected-token", "="),
        ("fields -", "missing-argument", "fields"),
        ("fillnull valeu=0", "unknown-option", "valeu"),
        ("businesshours zone=UTC", "unknown-option", "zone"),
        ("businesshours office", "unexpected-token", "office"),
        ("businesshours calendar=", "missing-value", ""),
        ("unusualhour prefix=a*", "bad-option", "a*"),
        ("unusualhour calendar=office", "unknown-option", "calendar"),
        ("mvexpand", "missing-argument", "mvexpand"),
        ("mvexpand a b", "unexpected-token", "b"),
        ("mvexpand a limit=x", "bad-option", "x"),
        ("sort", "missing-argument", "sort"),
        ("sort limit=-1 a", "bad-option", "-1"),
        ("sort 99999999999999999999 a", "bad-option", "99999999999999999999"),
        ("sort num()", "missing-argument", "num()"),
        ("head x", "unexpected-token", "x"),
        ("head 2 3", "unexpected-token", "3"),
        ("head 2 limit=3", "unexpected-token", "3"),
        ("head -5", "bad-option", "-5"),
        ("head limit=x", "bad-option", "x"),
        ("head foo=1", "unknown-option", "foo"),
        ("dedup", "missing-argument", "dedup"),
        ("dedup 0 a", "bad-option", "0"),
        ("dedup -1 a", "bad-option", "-1"),
        ("dedup a keepempty=2", "bad-option", "2"),
        ("bin", "missing-argument", "bin"),
        ("bin a b", "unexpected-token", "b"),
        ("bin a minspan=1", "unsupported-option", "minspan"),
        ("bin a spam=1", "unknown-option", "spam"),
        ("bin a bins=1", "bad-option", "1"),
        ("convert", "missing-argument", "convert"),
        ("convert ctim(a)", "unknown-conversion", "ctim"),
        ("convert ctime", "unexpected-end", ""),
        ("convert ctime(a", "unclosed-parenthesis", "("),
        ("rex", "missing-argument", "rex"),
        ("rex field=a", "missing-argument", "rex"),
        ('rex mode=awk "x"', "bad-option", "awk"),
        ('rex "a" "b"', "unexpected-token", '"b"'),
        ("regex", "missing-argument", "regex"),
        ("regex a=", "missing-argument", "regex"),
        ("spath a b", "unexpected-token", "b"),
        ("spath output=a", "missing-argument", "a"),
        ("lookup", "unexpected-end", ""),
        ("lookup t", "missing-argument", "t"),
        ("lookup t a OUTPUT", "missing-argument", "OUTPUT"),
        ("where", "unexpected-end", ""),
        ("where a=1 b", "unexpected-token", "b"),
        ("eval", "unexpected-end", ""),
        ("eval a", "missing-argument", "a"),
        ("eval a=1,", "unexpected-end", ""),
        ("eval a=1 b=2", "unexpected-token", "b"),
        ("eval x_{a}=1", "unsupported-target", "x_{a}"),
        ("append [ index=a ]", "unknown-command", "index"),
        ("append [ ]", "empty-command", "["),
    ],
)
def test_what_cannot_be_read_is_reported_at_its_token(text: str, name: str, at: str) -> None:
    assert errors(f"* | {text}")[0] == (name, at)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("sort desc", ["desc-as-field"]), ("sort 5 D", ["desc-as-field"]), ('sort "desc"', []), ("sort - desc", []),
     ("sort a desc", []), ("sort desc a", [])],
)  # fmt: skip
def test_a_sort_by_a_field_named_desc_is_warned_of(text: str, expected: list[str]) -> None:
    assert warnings(f"* | {text}") == expected


def test_single_quotes_in_names_are_warned_of() -> None:
    assert warnings("* | table 'a'") == ["single-quotes"]


def test_a_command_knows_its_text_and_its_keyword() -> None:
    first, second = commands("a  b | stats  count ")
    assert (first.span.text, first.keyword.text) == ("a  b", "")
    assert (second.span.text, second.keyword.text) == ("stats  count", "stats")
