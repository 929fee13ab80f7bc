"""Function calls of eval expressions: known or not, how many arguments, which must be constants."""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import NULL, TRUE, Apply, Constant, Expr, columns
from tocsin.plan.functions import FUNCTIONS, Function
from tocsin.plan.infer import is_condition
from tocsin.plan.lower.condition import condition
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.pattern import check_pattern
from tocsin.plan.moments import BadMomentError, parse_steps
from tocsin.source import Composed, Piece, Span
from tocsin.spl.ast import Call
from tocsin.spl.parser import parse_search

Args = tuple[Expr, ...]

ALIASES = {"ceil": "ceiling"}
ZONED = frozenset({"strftime", "strptime", "relative_time"})  # get the searcher's zone as a last argument
PATTERNED = {"match": 1, "replace": 1, "mvfind": 1}  # which argument is a regular expression

_INTERNAL = """
equal not_equal less less_equal greater greater_equal add subtract multiply divide modulo concat negate and or not xor
search_equal search_not_equal search_less search_less_equal search_greater search_greater_equal search_cidr exists
present term phrase bin_time bin_number date_part ctime mktime rex spath_leaf num auto none rmunit rmcomma memk dur2sec
mstime
"""
_NOT_YET = """
acos acosh asin asinh atan atan2 atanh avg bit_and bit_not bit_or bit_shift_left bit_shift_right bit_xor commands cos
cosh hypot ipmask isarray isdouble ismv isobject json json_append json_array json_array_to_mv json_delete json_entries
json_extend json_extract json_extract_exact json_has_key_exact json_keys json_object json_set json_set_exact json_valid
lookup map mv_to_json_array mvrange object_to_array pi printf random sha512 sigfig sin sinh sum tan tanh toarray tobool
todouble toint tomv toobject
"""
INTERNAL = frozenset(_INTERNAL.split())  # the meaning of operators and commands; no search can call them
NOT_YET = frozenset(_NOT_YET.split()) - frozenset(FUNCTIONS)  # SPL has them, but they have no meaning here yet
CALLABLE = frozenset(FUNCTIONS) - INTERNAL


def call_function(call: Call, args: Args, lowering: Lowering) -> Expr:
    """The meaning of a call with its arguments already lowered; NULL where a problem is reported."""
    special = SPECIAL.get(call.function)
    if special is not None:
        return special(call, args, lowering)
    name = ALIASES.get(call.function, call.function)
    if name not in CALLABLE:
        lowering.report(_unknown(call))
        return NULL
    if name in ZONED:
        args = (*args, Constant(lowering.context.timezone))
    if not _fits(call, FUNCTIONS[name], args, lowering):
        return NULL
    return Apply(name, _checked(call, FUNCTIONS[name], args, lowering), span=call.span)


def _unknown(call: Call) -> Diagnostic:
    if call.function in NOT_YET:
        return catalogue.unsupported_function(call.function, _name(call))
    return catalogue.unknown_function(call.function, CALLABLE | set(SPECIAL), _name(call))


def _name(call: Call) -> Span:
    """The function's name at the head of the call; the whole call where it is written as an operator."""
    span = call.span
    if span.text[: len(call.function)].lower() != call.function:
        return span
    return Span(span.source, span.start, span.start + len(call.function), span.macro)


def _fits(call: Call, function: Function, args: Args, lowering: Lowering) -> bool:
    hidden = function.name in ZONED
    least, most, given = function.least - hidden, function.most, len(args) - hidden
    if least <= given and (most is None or given <= most - hidden):
        return True
    wanted = _wanted(least, None if most is None else most - hidden)
    lowering.report(catalogue.wrong_arguments(call.function, wanted, given, _name(call)))
    return False


def _wanted(least: int, most: int | None) -> str:
    if most == 0:
        return "no arguments"
    if most == least:
        return f"{least} argument" + "s" * (least != 1)
    return f"at least {least}" if most is None else f"{least} to {most} arguments"


def _checked(call: Call, function: Function, args: Args, lowering: Lowering) -> Args:
    """The arguments with a constant pattern respelt; a pattern that a field holds is left to the engine."""
    if function.name in ("case", "validate") and len(args) % 2:
        lowering.report(catalogue.wrong_arguments(call.function, "pairs of arguments", len(args), _name(call)))
    for place, arg in enumerate(args):
        if _conditional(function.name, place, len(args)) and not is_condition(arg):
            lowering.report(catalogue.not_a_condition(arg.span or call.span))
            return (NULL,) * len(args)
    _check_form(call, function.name, args, lowering)
    for place in function.constants:
        if place < len(args) and not isinstance(args[place], Constant):
            where = args[place].span or call.span
            lowering.report(catalogue.unsupported_argument(call.function, "a computed argument here", where))
    return tuple(_respelt(arg, lowering) if PATTERNED.get(function.name) == at else arg for at, arg in enumerate(args))


def _check_form(call: Call, function: str, args: Args, lowering: Lowering) -> None:
    """What some functions want of the form of their arguments."""
    match function, args:
        case "mvmap", (Constant() | Apply() as first, _):
            what = "anything but a field as its first argument"
            lowering.report(catalogue.unsupported_argument("mvmap", what, first.span or call.span))
        case "mvfilter", (test,) if len(set(columns(test))) != 1:
            what = "a condition on other than one field"
            lowering.report(catalogue.unsupported_argument("mvfilter", what, test.span or call.span))
        case "relative_time", (_, Constant(str() as text, span=span), _):
            try:
                parse_steps(text)
            except BadMomentError as problem:
                lowering.report(catalogue.bad_moment(str(problem), span))


def _conditional(function: str, place: int, given: int) -> bool:
    """Whether an argument is a condition: the first of `if`, every other one of `case`."""
    match function:
        case "if" | "mvfilter":
            return place == 0
        case "case" | "validate":
            return place % 2 == 0 and place + 1 < given
        case _:
            return False


def _respelt(arg: Expr, lowering: Lowering) -> Expr:
    match arg:
        case Constant(str() as text, span=span) if span is not None:
            return Constant(check_pattern(text, span, lowering).text, span=span)
        case _:
            return arg


def _constant(value: Constant) -> Callable[[Call, Args, Lowering], Expr]:
    def lower(call: Call, args: Args, lowering: Lowering) -> Expr:
        if args:
            lowering.report(catalogue.wrong_arguments(call.function, "no arguments", len(args), _name(call)))
        return Constant(value.value, span=call.span)

    return lower


def _now(call: Call, args: Args, lowering: Lowering) -> Expr:
    return _constant(Constant(float(floor(lowering.context.now))))(call, args, lowering)


def _time(call: Call, args: Args, lowering: Lowering) -> Expr:
    return _constant(Constant(lowering.context.now))(call, args, lowering)


def _exact(call: Call, args: Args, lowering: Lowering) -> Expr:
    if len(args) != 1:
        lowering.report(catalogue.wrong_arguments("exact", "1 argument", len(args), _name(call)))
        return NULL
    return args[0]


def _searchmatch(call: Call, args: Args, lowering: Lowering) -> Expr:
    match args:
        case (Constant(str() as text, span=span),) if span is not None:
            return _search(_literal(text, span), lowering)
    lowering.report(catalogue.wrong_arguments("searchmatch", "one search in double quotes", len(args), _name(call)))
    return NULL


def _search(text: Composed, lowering: Lowering) -> Expr:
    try:
        return condition(parse_search(text), lowering)
    except CompileError as error:
        lowering.problems.extend(error.diagnostics)
        return NULL


def _literal(text: str, span: Span) -> Composed:
    """The inside of a string literal, character by character unless it holds escapes."""
    inner = Span(span.source, span.start + 1, span.end - 1, span.macro)
    return Composed.of(inner) if inner.text == text else Composed(text, (Piece(len(text), span),))


# Functions that are no functions of the plan. `time()` is the wall clock in Splunk; here time is a parameter.
SPECIAL: dict[str, Callable[[Call, Args, Lowering], Expr]] = {
    "null": _constant(NULL),
    "true": _constant(TRUE),
    "false": _constant(Constant(False)),
    "now": _now,
    "time": _time,
    "exact": _exact,
    "searchmatch": _searchmatch,
}
