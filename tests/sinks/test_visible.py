import json

import pytest

from tocsin.sinks.json_text import json_line
from tocsin.sinks.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x9b2J", r"\x9b2J"),
        ("user\u202exe.gnp", r"user\u202exe.gnp"),
        ("ad\u200bmin", r"ad\u200bmin"),
        ("file\udcff", r"file\udcff"),
        ("\U000e0041", r"\U000e0041"),
        ("\u2028", r"\u2028"),
        ("日本語 Ünïcode 🚀", "日本語 Ünïcode 🚀"),
        ("no-break\u00a0space", "no-break\u00a0space"),
    ],
)
def test_only_what_can_act_on_a_terminal_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x9b2J\x7f", "a\u202eb\u2066", "日本語", "x\U000e0041", '"\\\n', "\ufeff"]
)
def test_json_says_the_same_value_without_risky_characters(text: str) -> None:
    line = json_line({"v": text})
    assert json.loads(line) == {"v": text}
    assert visible(line.removesuffix("\n")) == line.removesuffix("\n")


def test_json_carries_a_file_name_that_is_not_utf_8() -> None:
    assert json_line({"file": "a\udcff日"}) == '{"file":"a\\udcff日"}\n'
