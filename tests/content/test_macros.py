"""Macros from YAML and from macros.conf, with definitions that lead back to the file."""

from __future__ import annotations

import pytest

from tests.content.library import names
from tocsin.content.macro_conf import read_macros
from tocsin.content.macro_yaml import read_macro
from tocsin.content.yaml_document import read_document
from tocsin.diagnostics import Diagnostic
from tocsin.source import Source
from tocsin.spl.macros import Macro


def yaml_macro(text: str) -> tuple[Macro | None, tuple[Diagnostic, ...]]:
    return read_macro(read_document(Source("m.yml", text)), "m.yml")


def conf(text: str) -> tuple[dict[str, Macro], list[str]]:
    macros, problems = read_macros(Source("macros.conf", text))
    return {each.key: each for each in macros}, names(problems)


def test_a_yaml_macro_has_its_arguments_in_its_key() -> None:
    macro, problems = yaml_macro("name: m\narguments:\n- a\n- b\ndefinition: search x=$a$ y=$b$\ndescription: d\n")
    assert problems == () and macro is not None
    assert (macro.key, macro.arguments, macro.definition.text) == ("m(2)", ("a", "b"), "search x=$a$ y=$b$")
    assert macro.definition.span(7, 8).text == "x"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: m\n", "missing-key"),
        ("definition: x\n", "missing-key"),
        ("name: m\ndefinition: ''\nother: 1\n", "unknown-key"),
        ("name: m(1)\ndefinition: x\n", "macro-name"),
        ("name: m n\ndefinition: x\n", "macro-name"),
        ("name: m\ndefinition: [a]\n", "wrong-kind"),
    ],
)
def test_a_wrong_yaml_macro_is_named(text: str, problem: str) -> None:
    assert problem in names(yaml_macro(text)[1])


def test_conf_stanzas_become_macros() -> None:
    macros, problems = conf(
        "# a comment\n\n[cloudtrail]\ndefinition = index=aws sourcetype=aws:cloudtrail\n"
        '[pick(2)]\nargs = field , value\ndefinition = search $field$="$value$"\ndescription = Picks = one.\n'
    )
    assert problems == []
    assert macros["cloudtrail"].definition.text == "index=aws sourcetype=aws:cloudtrail"
    assert macros["pick(2)"].arguments == ("field", "value")
    assert macros["pick(2)"].description == "Picks = one."


def test_quotes_stay_in_a_conf_definition() -> None:
    macros, _ = conf('[window]\ndefinition = "-70m@m"\n')
    assert macros["window"].definition.text == '"-70m@m"'


def test_a_backslash_continues_a_line_and_the_break_stays() -> None:
    text = "[f]\ndefinition = search NOT user=ci-* \\\n  NOT user=bot \\\n  # no comment here\n"
    macros, problems = conf(text)
    assert problems == []
    definition = macros["f"].definition
    assert definition.text == "search NOT user=ci-* \n  NOT user=bot \n  # no comment here"
    at = definition.text.index("bot")
    span = definition.span(at, at + 3)
    assert (span.text, span.source.line_column(span.start)) == ("bot", (3, 12))


def test_windows_line_ends_are_no_part_of_a_value() -> None:
    macros, problems = conf("[f]\r\ndefinition = search a \\\r\n b\r\n")
    assert problems == []
    assert macros["f"].definition.text == "search a \n b"


def test_a_stanza_given_twice_is_one_and_the_last_setting_counts() -> None:
    macros, problems = conf("[f]\ndefinition = a\ndescription = d\n[g]\ndefinition = x\n[f]\ndefinition = b\n")
    assert problems == []
    assert (macros["f"].definition.text, macros["f"].description) == ("b", "d")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[f]\nargs = a\ndefinition = x\n", "macro-argument-names"),
        ("[f(2)]\nargs = a\ndefinition = x\n", "macro-argument-names"),
        ("[f(1)]\ndefinition = x\n", "macro-argument-names"),
        ("[f]\ndefinition = 1+1\niseval = 1\n", "macro-eval"),
        ("[f]\ndescription = x\n", "missing-key"),
        ("[f]\ndefinition =\n", "missing-key"),
        ("[f g]\ndefinition = x\n", "macro-name"),
        ("definition = x\n", "conf-no-stanza"),
    ],
)
def test_a_wrong_conf_macro_is_left_out_and_named(text: str, problem: str) -> None:
    macros, problems = conf(text + "\n[good]\ndefinition = y\n")
    assert (list(macros), problems) == (["good"], [problem])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[f]\ndefinition = x\nwhat is this\n", "conf-line"),
        ("[f]\ndefinition = x\nowner = me\n", "unknown-key"),
        ("[f(1)]\nargs = a\ndefinition = x\nvalidation = isnum(a)\n", "macro-setting"),
    ],
)
def test_odd_conf_settings_are_named_and_the_macro_stays(text: str, problem: str) -> None:
    macros, problems = conf(text)
    assert (len(macros), problems) == (1, [problem])


def test_iseval_off_and_defaults_say_nothing() -> None:
    macros, problems = conf(
        "[default]\niseval = 0\n[f]\ndefinition = x\niseval = 0\n[old]\ndisabled = 1\ndefinition = y\n"
    )
    assert (list(macros), problems) == (["f"], [])


@pytest.mark.parametrize(
    "text", ["[f]\ndefinition = a \\", "[f]\ndefinition = a \\\n", "[", "=", "\\\n\\\n", "[f]\n= x\n"]
)
def test_broken_ends_do_not_raise(text: str) -> None:
    conf(text)
