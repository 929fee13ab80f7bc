import pytest
from rich.cells import cell_len

from tocsin.sinks import grid
from tocsin.sinks.grid import Page


@pytest.mark.parametrize("width", [1, 2, 5, 13, 80])
@pytest.mark.parametrize(
    "text", ["", "a", "one two three", "x" * 200, "日本語日本語", "a  b   c", "one\ntwo " + "y" * 50]
)
def test_folding_loses_no_character_but_blanks_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = grid.fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(cell_len(line) <= max(width, 2) for line in lines)


def test_words_stay_whole_where_they_fit() -> None:
    assert grid.fold("one two three", 8) == ["one two", "three"]


def test_the_widest_column_gives_first() -> None:
    assert grid.squeeze([10, 50, 20], 64) == [10, 30, 20]


def test_no_column_is_squeezed_to_nothing() -> None:
    assert grid.squeeze([100, 100], 5) == [12, 12]


def test_cells_of_one_row_stand_side_by_side() -> None:
    page = Page(40, color=False)
    assert list(grid.row(page, ["a b", "c", "d"], [1, 3, 1], ["", "", ""])) == ["a  c    d", "b"]


def test_a_pipe_keeps_each_row_on_one_line() -> None:
    page = Page(None, color=False)
    assert list(grid.row(page, ["a\nb", "x" * 300, "end"], [3, 60, 3], ["", "", ""])) == [f"a b  {'x' * 300}  end"]


def test_wide_characters_take_two_cells() -> None:
    page = Page(40, color=False)
    assert list(grid.row(page, ["日本", "x"], [6, 1], ["", ""])) == ["日本    x"]


def test_escape_codes_only_with_color() -> None:
    assert Page(80, color=False).paint("x", "bold") == "x"
    assert Page(80, color=True).paint("x", "bold") == "\x1b[1mx\x1b[0m"
