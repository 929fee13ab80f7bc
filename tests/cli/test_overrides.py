"""Macros are overridden in a folder of one's own, without touching the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import lookup, macro, macros_conf
from tests.cli.pushes import FILTER, other, push, text, write
from tests.cli.running import Json, Tocsin

Options = tuple[str, str]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Pushes by ann, bob and ci-1, ci-2."""
    users = ("ann", "bob", "ci-1", "ci-2")
    return write(tmp_path / "logs", a__json=text(*(push(number, user) for number, user in enumerate(users)), other(9)))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def only(account: Json) -> Json:
    (detection,) = account["detections"]
    found: Json = detection
    return found


@pytest.mark.parametrize(
    ("definition", "users"),
    [
        ("search *", ["ann", "bob", "ci-1", "ci-2"]),
        ("search NOT user=ci-*", ["ann", "bob"]),
        ("search NOT (user=CI-1 OR user IN (ann, b*))", ["ci-2"]),
        ('where match(user, "^ci-")', ["ci-1", "ci-2"]),
        ("lookup allowed who AS user OUTPUT why | where isnull(why)", ["bob", "ci-2"]),
        ('eval team=if(like(user, "ci-%"), "robots", "people") | search team=people | fields - team', ["ann", "bob"]),
        ("sort - user | head 1", ["ci-2"]),
        ("search user=nobody", []),
    ],
)
def test_a_filter_macro_may_be_any_pipeline(
    tocsin: Tocsin, logs: Path, mine: Path, flagship: Options, definition: str, users: list[str]
) -> None:
    macro(mine, FILTER, definition)
    lookup(mine, "allowed", "who,why", "ann,night shift", "ci-1,nightly build", "CI-2,lookups mind the case")
    ran = tocsin.scan(logs, "--content", mine, *flagship)
    assert ran.column("user") == users
    assert "team" not in ran.out
    account = only(ran.summary)
    assert (account["matched"], account["rows"]) == (4, len(users))
    assert account["removed_by_filter"] == 4 - len(users)
    if len(users) < 4:
        assert account["filter_macro"] == FILTER
        assert f"removed by the filter macro `{FILTER}`" in ran.err


def test_macros_conf_overrides_in_splunks_form(tocsin: Tocsin, logs: Path, mine: Path, flagship: Options) -> None:
    macros_conf(mine, **{FILTER: "search NOT \\\n    user=ci-*"})
    assert tocsin.scan(logs, "--content", mine, *flagship).column("user") == ["ann", "bob"]


def test_macros_conf_of_an_app_may_lie_in_its_local_folder(
    tocsin: Tocsin, logs: Path, mine: Path, flagship: Options
) -> None:
    macros_conf(mine / "default", **{FILTER: "search user=ann"})
    macros_conf(mine / "local", **{FILTER: "search user=bob"})
    assert tocsin.scan(logs, "--content", mine, *flagship).column("user") == ["bob"]


def test_the_last_of_several_folders_wins(tocsin: Tocsin, logs: Path, tmp_path: Path, flagship: Options) -> None:
    macro(tmp_path / "one", FILTER, "search user=ann")
    macro(tmp_path / "two", FILTER, "search user=bob")
    both = ("--content", tmp_path / "one", "--content", tmp_path / "two")
    assert tocsin.scan(logs, *both, *flagship).column("user") == ["bob"]
    assert tocsin.scan(logs, *both[2:], *both[:2], *flagship).column("user") == ["ann"]


def test_one_file_may_be_given(tocsin: Tocsin, logs: Path, mine: Path, flagship: Options) -> None:
    path = macro(mine, FILTER, "search user=ann")
    assert tocsin.scan(logs, "--content", path, *flagship).column("user") == ["ann"]


def test_an_index_in_the_source_macro_is_left_out_and_warned_about(
    tocsin: Tocsin, logs: Path, mine: Path, flagship: Options
) -> None:
    path = macros_conf(mine, cloudtrail="index=aws sourcetype=aws:cloudtrail")
    ran = tocsin.scan(logs, "--content", mine, *flagship)
    assert len(ran.lines) == 4
    assert "warning[index-ignored]" in ran.err
    assert f"{path}:2:14" in ran.err


def test_another_source_type_in_the_source_macro_is_warned_about(
    tocsin: Tocsin, logs: Path, mine: Path, flagship: Options
) -> None:
    macros_conf(mine, cloudtrail="sourcetype=aws:config")
    ran = tocsin.scan(logs, "--content", mine, *flagship)
    assert ran.lines == []
    assert "warning[matches-nothing]: no record can match: `sourcetype` is `aws:cloudtrail` in every record" in ran.err
    assert f"in the detection `{flagship[1]}`" in ran.err


def test_an_override_in_error_stops_the_detection_and_points_into_the_override(
    tocsin: Tocsin, logs: Path, mine: Path, flagship: Options
) -> None:
    path = macro(mine, FILTER, 'search user="x')
    ran = tocsin("scan", logs, "--content", mine, *flagship, code=2)
    assert "error[unclosed-quote]" in ran.err
    assert f"{path}:3:" in ran.err


def test_the_user_field_of_the_add_on_can_fall_back_on_user_name(tocsin: Tocsin, tmp_path: Path) -> None:
    role = {
        "type": "AssumedRole",
        "arn": "arn:aws:sts::111122223333:assumed-role/deploy/session-1",
        "accountId": "111122223333",
        "sessionContext": {"sessionIssuer": {"type": "Role", "userName": "deploy"}},
    }
    logs = write(tmp_path / "logs", a__json=text(other(1, userIdentity=role), other(2)))
    spl = "eventName=* | stats count by user | sort user"
    assert tocsin.search(spl, logs).column("user") == ["ann"]
    assert tocsin.search(spl, logs, "--user-fallback").column("user") == ["ann", "deploy"]
