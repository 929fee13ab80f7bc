"""Tokens of a message are filled from the row, whatever the field is called."""

from __future__ import annotations

import pytest

from tocsin.risk.message import Filler

ROW: dict[str, str | tuple[str, ...]] = {
    "user": "ann",
    "many": ("a", "b", "c"),
    "requestParameters.roleArn": "arn:aws:iam::1:role/x",
    "user name": "Ann B.",
    "a{}.b": "x",
    "money": "$user$",
    "empty": "",
}


@pytest.mark.parametrize(
    ("message", "filled"),
    [
        ("by $user$", "by ann"),
        ("$user$ and $user$", "ann and ann"),
        ("$user$$user$", "annann"),
        ("of $many$", "of a, b, c"),
        ("role $requestParameters.roleArn$", "role arn:aws:iam::1:role/x"),
        ('who: $"user name"$', "who: Ann B."),
        ("who: $'user name'$", "who: Ann B."),
        ("$a{}.b$", "x"),
        ("$result.user$", "ann"),
        ("a value's own $money$ stays", "a value's own $user$ stays"),
        ("[$empty$]", "[]"),
        ("costs 5$ and 10 $ more", "costs 5$ and 10 $ more"),
        ("$$", "$$"),
        ("", ""),
        ("no token", "no token"),
    ],
)
def test_tokens_are_filled(message: str, filled: str) -> None:
    filler = Filler(ROW)
    assert filler.fill(message) == filled
    assert list(filler.missing) == []


def test_a_missing_field_leaves_its_token_and_is_remembered() -> None:
    filler = Filler(ROW)
    assert filler.fill("by $User$ from $src$ by $user$ at $src$") == "by $User$ from $src$ by ann at $src$"
    assert list(filler.missing) == ["User", "src"]
