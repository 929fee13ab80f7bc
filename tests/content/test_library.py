"""Layers of folders: what wins, what is refused, what is found by which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.library import detection_text, names, write
from tocsin.content.library import load_library
from tocsin.diagnostics import Severity, UsageError
from tocsin.spl.macros import expand

MACRO = "name: {name}\ndefinition: {definition}\ndescription: d\n"
STORY = "name: Tale\ndescription: d\nnarrative: {text}\n"


def _macro_in(name: str, definition: str) -> str:
    return f"[m]\ndefinition = {definition}\n" if name.endswith(".conf") else macro("m", definition)


def macro(name: str, definition: str) -> str:
    return MACRO.format(name=name, definition=definition)


def test_a_library_has_a_folder_for_each_kind(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "detections/cloud/night_push.yml": detection_text(),
            "macros/cloudtrail.yml": macro("cloudtrail", "index=aws"),
            "lookups/known.yml": "name: known\nfilename: t.csv\n",
            "lookups/t.csv": "a\n1\n",
            "lookups/bare.csv": "b\n2\n",
            "stories/tale.yml": STORY.format(text="long ago"),
            "baselines/x.yml": "name: x\ntype: Baseline\nsearch: y\n",
            "contentctl.yml": "path: .\n",
            ".hidden.yml": "[",
        },
    )
    library = load_library([tmp_path], shipped=False)
    assert library.diagnostics == ()
    assert [each.name for each in library.detections] == ["Night Push"]
    assert list(library.macros) == ["cloudtrail"]
    assert set(library.lookups) == {"known", "t.csv", "bare.csv", "bare"}
    assert library.stories["Tale"].narrative == "long ago"


def test_a_flat_folder_is_read_by_the_keys_of_its_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.yml": detection_text(),
            "b.yaml": macro("m", "x"),
            "sub/c.yml": STORY.format(text="t"),
            "sub/macros.conf": "[n]\ndefinition = y\n",
            "notes.yml": "todo: nothing\n",
            "base.yml": "name: b\ntype: Baseline\nsearch: s\n",
            "data.csv": "a\n1\n",
        },
    )
    library = load_library([tmp_path], shipped=False)
    assert (len(library.detections), set(library.macros), set(library.stories)) == (1, {"m", "n"}, {"Tale"})
    assert [(each.name, Path(each.where).name) for each in library.diagnostics] == [
        ("not-content", "base.yml"),
        ("not-content", "notes.yml"),
    ]


def test_one_file_is_a_library_too(tmp_path: Path) -> None:
    write(tmp_path, {"night_push.yml": detection_text()})
    assert len(load_library([tmp_path / "night_push.yml"], shipped=False).detections) == 1


def test_broken_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path, {"detections/a.yml": "a: [", "detections/b.yml": detection_text(), "macros/c.yml": "name: m\n"})
    (tmp_path / "detections" / "d.yml").write_bytes(b"\xff")
    (tmp_path / "detections" / "loop.yml").symlink_to(tmp_path / "detections" / "loop.yml")
    (tmp_path / "detections" / "again").symlink_to(tmp_path)
    library = load_library([tmp_path], shipped=False)
    assert [each.name for each in library.detections] == ["Night Push"]
    assert sorted(names(library.diagnostics)) == ["invalid-yaml", "not-content", "not-utf-8", "unreadable-file"]


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        load_library([tmp_path / "gone"])


def test_later_folders_win_over_earlier_ones_and_over_the_shipped(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"macros/a.yml": macro("cloudtrail", "index=one")})
    two = write(tmp_path / "two", {"macros.conf": "[cloudtrail]\ndefinition = index=two\n"})
    shipped, first, both = load_library([]), load_library([one]), load_library([one, two])
    assert [each.macros["cloudtrail"].definition.text for each in (shipped, first, both)] == [
        "sourcetype=aws:cloudtrail", "index=one", "index=two",
    ]  # fmt: skip
    assert shipped.macros["cloudtrail"].overrides == ""
    assert first.macros["cloudtrail"].overrides == shipped.macros["cloudtrail"].path
    assert both.macros["cloudtrail"].overrides == str(one / "macros" / "a.yml")
    assert load_library([two, one]).macros["cloudtrail"].definition.text == "index=one"


def test_local_wins_over_default_in_a_splunk_app(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "default/macros.conf": "[m]\ndefinition = default\n[n]\ndefinition = default\n",
            "macros/m.yml": macro("m", "yaml"),
            "local/macros.conf": "[m]\ndefinition = local\n",
        },
    )
    library = load_library([tmp_path], shipped=False)
    assert names(library.diagnostics) == ["duplicate-macro"]  # the file over `default`
    assert (library.macros["m"].definition.text, library.macros["n"].definition.text) == ("local", "default")


def test_a_filter_macro_that_nobody_defined_keeps_every_row(tmp_path: Path) -> None:
    write(tmp_path, {"detections/other_file.yml": detection_text()})
    library = load_library([tmp_path])
    detection = library.find("night push")
    table = library.macro_table
    assert table["night_push_filter"].implicit and table["other_file_filter"].implicit
    assert "night_push_filter" not in library.macros
    text = expand(detection.search, table).text
    assert text == "sourcetype=aws:cloudtrail eventName=PutImage | search *"


def test_any_search_may_call_the_filter_macro_of_any_detection(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "detections/one.yml": detection_text("One", 1, filter="two_filter"),
            "detections/two.yml": detection_text("Two", 2, filter="two_filter"),
        },
    )
    library = load_library([tmp_path])
    assert expand(library.find("One").search, library.macro_table).text.endswith("| search *")
    assert "three_filter" not in library.macro_table
    assert {"cloudtrail", "one_filter", "two_filter"} < set(library.macro_table)
    assert len(library.macro_table) == len(list(library.macro_table))


def test_a_filter_macro_of_a_content_folder_is_the_one_used(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.yml": detection_text(), "macros.conf": "[night_push_filter]\ndefinition = search NOT user=ci-*\n"}
    )
    library = load_library([tmp_path])
    macro = library.macro_table["night_push_filter"]
    assert (macro.definition.text, macro.implicit) == ("search NOT user=ci-*", False)


def test_a_detection_of_a_later_folder_replaces_the_one_with_its_id_or_name(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"a.yml": detection_text("A", 1), "b.yml": detection_text("B", 2)})
    two = write(tmp_path / "two", {"x.yml": detection_text("A2", 1), "y.yml": detection_text("B", 3)})
    library = load_library([one, two], shipped=False)
    assert [(each.name, each.id[-1]) for each in library.detections] == [("A2", "1"), ("B", "3")]


def test_two_detections_with_one_id_in_a_folder_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.yml": detection_text("A", 1), "b.yml": detection_text("B", 1), "c.yml": detection_text("A", 2)})
    library = load_library([tmp_path], shipped=False)
    assert [each.name for each in library.detections] == ["A"]
    assert [(each.name, each.severity) for each in library.diagnostics] == [("duplicate-detection", Severity.error)] * 2


def test_two_macros_of_one_name_in_a_folder_are_a_warning_and_the_later_wins(tmp_path: Path) -> None:
    write(tmp_path, {"macros/a.yml": macro("m", "one"), "macros/b.yml": macro("m", "two")})
    library = load_library([tmp_path], shipped=False)
    assert library.macros["m"].definition.text == "two"
    assert names(library.diagnostics) == ["duplicate-macro"]


@pytest.mark.parametrize(
    ("loser", "winner"),
    [("macros/a.yml", "macros.conf"), ("default/macros.conf", "macros/a.yml")],
)
def test_a_macros_conf_and_a_macro_file_of_one_folder_are_a_warning_with_both_places(
    tmp_path: Path, loser: str, winner: str
) -> None:
    texts = {name: _macro_in(name, "old" if name == loser else "new") for name in (loser, winner)}
    write(tmp_path, texts)
    library = load_library([tmp_path], shipped=False)
    assert library.macros["m"].definition.text == "new"
    (problem,) = library.diagnostics
    assert (problem.name, problem.severity) == ("duplicate-macro", Severity.warning)
    assert f"{tmp_path / loser}, line " in problem.message
    assert problem.span is not None
    assert problem.span.source.name == str(tmp_path / winner)


def test_only_what_comes_with_tocsin_is_shipped(tmp_path: Path) -> None:
    write(tmp_path, {"a.yml": detection_text()})
    library = load_library([tmp_path])
    *shipped, own = (library.is_shipped(each) for each in library.detections)
    assert all(shipped)
    assert shipped
    assert not own


def test_files_come_in_the_same_order_always(tmp_path: Path) -> None:
    write(tmp_path, {f"detections/{char}/{char}.yml": detection_text(char, ord(char)) for char in "cabd"})
    found = [each.name for each in load_library([tmp_path], shipped=False).detections]
    assert found == ["a", "b", "c", "d"]
