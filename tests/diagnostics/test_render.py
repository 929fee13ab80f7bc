"""Diagnostics for people: the token underlined, whatever the line holds."""

from __future__ import annotations

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.diagnostics.render import BEFORE, WINDOW, render, visible
from tocsin.source import Source, Span


def problem(text: str, start: int, end: int, help: str = "", notes: tuple[str, ...] = ()) -> Diagnostic:
    span = Span(Source("f.yml", text), start, end)
    return Diagnostic("a-name", Severity.error, "a fact", span, "here", help, notes)


def lines(diagnostic: Diagnostic) -> list[str]:
    return render([diagnostic]).splitlines()


def underlined(text: str, start: int, end: int) -> str:
    """What stands above the carets."""
    *_, line, carets = lines(problem(text, start, end))[:5]
    low, high = carets.index("^"), carets.rindex("^") + 1
    return line[low:high]


def test_the_form_is_message_place_line_carets_help_and_notes() -> None:
    diagnostic = Diagnostic(
        "a-name", Severity.warning, "a fact", Span(Source("f.yml", "one\ntwo three"), 8, 13), "here", "try", ("so",)
    )
    assert lines(diagnostic) == [
        "warning[a-name]: a fact",
        "  --> f.yml:2:5",
        "  |",
        "2 | two three",
        "  |     ^^^^^ here",
        "  = help: try",
        "  = note: so",
    ]


def test_the_margin_is_as_wide_as_the_line_number() -> None:
    assert lines(problem("\n" * 999 + "x", 999, 1000))[1:] == [
        "     --> f.yml:1000:1",
        "     |",
        "1000 | x",
        "     | ^ here",
    ]


def test_without_a_place_in_a_text_the_file_is_named() -> None:
    diagnostic = Diagnostic("unreadable", Severity.error, "cannot be read", where="a/b.yml", help="try")
    assert lines(diagnostic) == ["error[unreadable]: cannot be read", " --> a/b.yml", " = help: try"]
    assert lines(Diagnostic("x", Severity.unsupported, "fact")) == ["unsupported[x]: fact"]


def test_a_blank_line_stands_between_problems() -> None:
    assert render([]) == ""
    assert render([Diagnostic("a", Severity.error, "x"), Diagnostic("b", Severity.error, "y")]) == (
        "error[a]: x\n\nerror[b]: y\n"
    )


def test_a_macro_is_named() -> None:
    diagnostic = Diagnostic("a", Severity.error, "x", Span(Source("m.yml", "abc"), 0, 1, "outer"))
    assert lines(diagnostic)[-1] == "  = note: this is in the definition of the macro `outer`"


def test_a_span_of_several_lines_is_underlined_on_its_first() -> None:
    assert lines(problem("a (b\n c) d", 2, 8))[3:] == ["1 | a (b", "  |   ^^ here"]


def test_an_empty_span_gets_one_caret() -> None:
    assert lines(problem("abc", 3, 3))[3:] == ["1 | abc", "  |    ^ here"]
    assert lines(problem("", 0, 0))[3:] == ["1 |", "  | ^ here"]


def test_a_span_past_the_end_of_its_text_is_shown_at_the_end() -> None:
    assert lines(problem("abc", 7, 9))[3:] == ["1 | abc", "  |    ^ here"]


def test_long_lines_are_cut_around_the_token() -> None:
    text = "a" * 500 + "TOKEN" + "b" * 500
    line = lines(problem(text, 500, 505))[3].removeprefix("1 | ")
    assert line == "…" + "a" * BEFORE + "TOKEN" + "b" * (WINDOW - BEFORE - 5) + "…"
    assert underlined(text, 500, 505) == "TOKEN"
    assert underlined(text, 0, 3) == "aaa"
    assert underlined(text, 1002, 1005) == "bbb"


def test_a_token_longer_than_the_window_is_cut() -> None:
    carets = lines(problem("a" * 1000, 300, 900))[4]
    assert carets.count("^") == WINDOW - BEFORE


def test_tabs_and_wide_and_combining_characters_keep_the_carets_in_place() -> None:
    assert lines(problem("\tx y", 3, 4))[3:] == ["1 |     x y", "  |       ^ here"]
    assert lines(problem("管理 x", 3, 4))[4] == "  |      ^ here"
    assert lines(problem("管理", 0, 2))[4] == "  | ^^^^ here"
    assert lines(problem("e\u0301 x", 3, 4))[4] == "  |   ^ here"


def test_nothing_in_the_source_can_command_a_terminal() -> None:
    text = "a\x1b[31m\x00\u202e\u2028\ud800\x9b b"
    shown = render([problem(text, len(text) - 1, len(text), help="\x07", notes=("\x1b]",))])
    assert set(shown) & set("\x1b\x00\u202e\u2028\ud800\x9b\x07") == set()
    assert "a\\x1b[31m\\x00\\u{202e}\\u{2028}\\u{d800}\\x9b b" in shown
    assert underlined(text, len(text) - 1, len(text)) == "b"


def test_carriage_returns_are_no_part_of_a_line() -> None:
    assert lines(problem("ab\r\ncd", 0, 1))[3] == "1 | ab"


def test_plain_text_is_itself() -> None:
    assert visible("plain é 管") == "plain é 管"
