"""Names and values of a record in two columns, whatever the names are."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.cloudtrail.packed import SEPARATOR, all_names, names_in, packed, written

NAMES = st.text(alphabet=st.sampled_from(["a", "\\", "n", "\n", "{", "}", "."]), max_size=6) | st.text(max_size=6)
LEAVES = st.dictionaries(NAMES, st.text() | st.lists(st.text(), min_size=1), max_size=5)


@given(LEAVES)
@example({"": "x"})
@example({"\\n": "1", "\n": "2", "\\\n": "3", "\n\\": ["4", "5"]})
def test_what_was_packed_is_unpacked(leaves: dict[str, str | list[str]]) -> None:
    text, values = packed(leaves)
    assert names_in(text) == tuple(leaves)
    assert values == [[leaf] if isinstance(leaf, str) else leaf for leaf in leaves.values()]


@given(st.lists(NAMES, unique=True, min_size=2))
def test_each_name_stands_in_the_text_as_it_is_looked_for(names: list[str]) -> None:
    text, _ = packed(dict.fromkeys(names, "x"))
    assert text.split(SEPARATOR) == [written(name) for name in names]


def test_all_names_of_many_records_stand_once() -> None:
    assert all_names(["a\nb", None, "", "b\nc"]) == ("a", "b", "c")
