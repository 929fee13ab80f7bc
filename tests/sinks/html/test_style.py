"""Colours of the page: text can be read on what lies behind it, in the light, in the dark and in print."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("tocsin.sinks.html") / "templates" / "style.css").read_text(encoding="utf-8")
THEMES = dict(zip(("light", "dark", "print"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL), strict=True))
TEXT = (
    ("ink", "paper"), ("ink", "panel"), ("quiet", "paper"), ("quiet", "panel"), ("link", "paper"), ("found", "paper"),
    ("medium", "paper"), ("low", "paper"), ("on-found", "found"), ("on-low", "l1"), ("on-low", "l2"), ("on-low", "l3"),
    ("on-high", "l4"), ("on-top", "l5"), ("ink", "shade"),
)  # fmt: skip
DRAWN = (("found", "paper"), ("l4", "paper"), ("found", "shade"))


def colours(theme: str) -> dict[str, str]:
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", THEMES[theme]))
    return {
        name: "#" + "".join(2 * each for each in value[1:]) if len(value) == 4 else value
        for name, value in found.items()
    }


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: str, front: str, back: str) -> float:
    known = colours(theme)
    low, high = sorted((luminance(known[front]), luminance(known[back])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_has_the_contrast_of_level_aa(theme: str, front: str, back: str) -> None:
    assert contrast(theme, front, back) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), DRAWN)
def test_what_is_drawn_can_be_seen(theme: str, front: str, back: str) -> None:
    assert contrast(theme, front, back) >= 3


def test_every_colour_has_a_value_in_every_theme() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    assert used
    for theme in THEMES:
        assert used <= colours(theme).keys()
