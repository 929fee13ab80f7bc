"""The texts that a matching record must hold, and when a file may go unread."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.cloudtrail.scanning import PUSHES, both, either, equal, negation, record, run, run_all, text, want, write
from tocsin.cloudtrail.absent import Absence
from tocsin.cloudtrail.prefilter import MOST, Literals, chosen, describe, literals
from tocsin.cloudtrail.request import Request
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr

UNKNOWN = Apply("unknown", ())


def exists(path: str) -> Expr:
    return Apply("exists", (Column(path),))


def groups(condition: Expr) -> list[set[str]]:
    return [set(group) for group in literals(condition).groups]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (equal("eventName", "PutImage"), [{"putimage"}]),
        (PUSHES, [{"ecr.amazonaws.com"}, {"putimage"}]),
        (both(PUSHES, UNKNOWN), [{"ecr.amazonaws.com"}, {"putimage"}]),
        (either(equal("eventName", "PutImage"), equal("eventName", "GetObject")), [{"putimage", "getobject"}]),
        (either(PUSHES, equal("eventName", "GetObject")), [{"ecr.amazonaws.com", "getobject"}]),
        (either(PUSHES, UNKNOWN), []),
        (either(PUSHES, negation(PUSHES)), []),
        (negation(PUSHES), []),
        (equal("eventName", "*Put*Image*"), [{"image"}]),
        (equal("eventName", "*"), []),
        (equal("errorCode", "*"), [{"errorcode"}]),
        (equal("eventName", "ab"), []),
        (equal("requestParameters.egress", "no"), [{"egress"}]),
        (equal("userIdentity.arn", "arn:aws:iam::1:user/a/bcd"), [{"arn:aws:iam::1:user"}]),
        (equal("x", 'ab"cd\\efg'), [{"efg"}]),
        (equal("x", "naïve"), []),
        (equal("x", "日本"), []),
        (exists("requestParameters.masterUserPassword"), [{"masteruserpassword"}]),
        (exists("eventName"), []),
        (exists("resources{}.accountId"), []),
        (exists("requestParameters.items{}"), [{"items"}]),
        (exists("requestParameters.a.b-c/d"), [{"b-c"}]),
        (Apply("search_not_equal", (Column("errorCode"), Constant("x"))), [{"errorcode"}]),
        (Apply("search_greater", (Column("additionalEventData.bytes"), Constant("5"))), [{"bytes"}]),
        (Apply("term", (Column("_raw"), Constant("StartInstances"))), [{"startinstances"}]),
        (Apply("phrase", (Column("_raw"), Constant('"a phrase"'))), [{"a phrase"}]),
        (Apply("search_equal", (Column("x"), Column("y"))), []),
        (TRUE, []),
        (Constant(False), [set()]),
    ],
)
def test_texts_that_a_match_must_hold(condition: Expr, expected: list[set[str]]) -> None:
    assert sorted(groups(condition), key=sorted) == sorted(expected, key=sorted)


def test_no_texts_are_looked_for_if_any_search_can_match_anywhere() -> None:
    assert chosen(Request((want(PUSHES), want(TRUE)))) is None


def test_many_texts_are_not_looked_for() -> None:
    few = Request(tuple(want(both(equal("eventName", f"Name{n}"), PUSHES)) for n in range(6)))
    many = Request(tuple(want(equal("eventName", f"Name{n}")) for n in range(7)))
    assert chosen(few) == tuple(Literals(literals(each.condition).groups[:1]) for each in few.wants)
    assert chosen(many) is None


def test_full_count_looks_for_nothing() -> None:
    assert chosen(Request((want(PUSHES),), full_count=True)) is None


def test_the_description_is_for_people() -> None:
    assert describe(PUSHES) == ("a file is decoded only if it holds, in any case,\n`ecr.amazonaws.com`\nand `putimage`")
    assert describe(either(equal("x", "abc"), equal("x", "abd"))).endswith("\n`abc` or `abd`")
    assert describe(TRUE).startswith("none:")
    many = [either(*(equal("x", f"{letter}{number}bc") for number in range(MOST))) for letter in "kl"]
    assert describe(either(*many)) == (
        f"none: a match holds one of {2 * MOST} texts, too many to look for, so every file is decoded"
    )
    assert describe(both(*many)).endswith(f"any case,\n{' or '.join(f'`k{number}bc`' for number in range(MOST))}")
    assert describe(Constant(False)) == "no record can match, so that every file is left unread"


def rules_out(condition: Expr, content: str | bytes) -> bool:
    return Absence([literals(condition)]).rules_out(content.encode() if isinstance(content, str) else content)


IMAGE = equal("eventName", "PutImage")


@pytest.mark.parametrize(
    "content",
    (
        *("PutImage", "putimage", "xPUTIMAGEx", r"Put\u0049mage", r"\u0050utImage", r"PutImag\u0065", r"PutImag\u0045"),
        *(r"Put\\u0049mage", r"Put\\\u0075\u0030049mage", r"Put\u005cu0049mage", r"\u0050\u0075\u0074image", r"\u006D"),
    ),
)
def test_every_spelling_is_seen(content: str) -> None:
    for padding in (0, 100, 300_000):
        blank = "\u00e9 " * padding
        assert not rules_out(IMAGE, blank + content)
        assert not rules_out(IMAGE, content + blank)


@pytest.mark.parametrize("content", ["", "PutImag", "Put Image", r"\u003d\u0026\u003C", r"\u00e9\u0000", "PutImag\xe9"])
def test_what_is_not_there_rules_out(content: str) -> None:
    for padding in (0, 300_000):
        assert rules_out(IMAGE, "x" * padding + content)


@pytest.mark.parametrize("at", [(1 << 18) - 8, (1 << 18) - 4, (1 << 18) - 1, 1 << 18, (1 << 19) - 3])
def test_a_text_across_the_pieces_of_a_long_buffer_is_seen(at: int) -> None:
    assert not rules_out(IMAGE, "x" * at + "PUTimage" + "x" * 1000)


def test_bytes_that_are_no_utf8_hide_nothing() -> None:
    for odd in (b"\xff", b"\xc3", b"\xf0\x9f\x98", b"\xe2\x84"):
        assert not rules_out(IMAGE, odd + b"PutImage" + odd)


def test_each_group_must_be_there() -> None:
    assert rules_out(PUSHES, "putimage")
    assert rules_out(PUSHES, "ecr.amazonaws.com")
    assert not rules_out(PUSHES, "ecr.amazonaws.com putimage")
    assert rules_out(Constant(False), "anything")


def test_a_file_is_skipped_only_if_all_searches_rule_it_out(tmp_path: Path) -> None:
    write(tmp_path / "a", text(record(1, eventName="GetObject")))
    write(tmp_path / "b", text(record(2, eventName="ListBuckets")))
    wants = [want(IMAGE), want(equal("eventName", "getobject"))]
    rows, account = run_all(tmp_path, wants)
    assert [len(each) for each in rows] == [0, 1]
    assert (account.files, account.skipped_files, account.decoded) == (2, 1, 1)
    assert account.skipped_bytes == (tmp_path / "b").stat().st_size


OTHER = record(1, eventName="GetObject")


@pytest.mark.parametrize(
    ("content", "skipped"),
    [
        (text(OTHER), True),
        ("  " + text(OTHER) + "\n\n", True),
        (text(OTHER).replace("[{", "[ {").replace("}]}", "}\n]\n}"), True),
        (text({"awsRegion": "x", **OTHER}), False),  # the last record's start is not known
        (text(), False),
        (text(OTHER, {"eventVersion": "1", "insightDetails": {}}), False),
        (text(OTHER)[:-1], False),
        (text(OTHER) + "x", False),
        (text(OTHER) + text(OTHER), True),
        ('{"x":1,' + text(OTHER)[1:], False),
    ],
)
def test_only_usual_and_complete_files_go_unread(tmp_path: Path, content: str, skipped: bool) -> None:
    answer = run(write(tmp_path / "a", content), want(IMAGE))
    assert answer.rows == []
    assert answer.account.skipped_files == skipped


@pytest.mark.parametrize("lines", [2, 3, 3000])
def test_json_lines_go_unread_too(tmp_path: Path, lines: int) -> None:
    import json

    whole = "\n".join(json.dumps(OTHER) for _ in range(lines))
    for content, skipped in ((whole, 1), (whole + "\n", 1), (whole[:-1], 0), ("[]\n" + whole, 0), (whole + "\n{}", 0)):
        assert run(write(tmp_path / "a", content), want(IMAGE)).account.skipped_files == skipped


@pytest.mark.parametrize("seed", range(200))
def test_several_wants_are_ruled_out_just_where_each_of_them_is(seed: int) -> None:
    random, words = Random(seed), ["alpha", "beta", "gamma", "delta"]
    filling = [*words, "AlPHA", "x" * 40, " " * 300_000 if seed % 20 == 0 else ""]
    buffer = " ".join(random.choices(filling, k=random.randint(0, 12))).encode()
    wants = [
        Literals(tuple(frozenset(random.sample(words, random.randint(1, 2))) for _ in range(random.randint(1, 3))))
        for _ in range(random.randint(1, 3))
    ]
    low, absence = buffer.decode().lower(), Absence(wants)
    held = [[any(text in low for text in group) for group in each.groups] for each in wants]
    for _ in range(2):  # what it has learned to look for first changes nothing
        assert absence.rules_out(buffer) != any(map(all, held))
    places = absence.places(buffer)
    assert places == sorted(set(places or ()))
    for each, groups in zip(wants, held, strict=True):
        found = [{hit.start() for text in group for hit in re.finditer(text, low)} for group in each.groups]
        assert not all(groups) or any(group <= set(places) for group in found)


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b"alpha" * 256, 256),
        (b"alpha" * 257, None),  # many
        (b"ALPHA \\u0026", 1),
        (b"alpha \\u0061", None),  # an escape that may hide another
        (b"nothing", 0),
    ],
)
def test_places_are_told_if_they_are_few_and_certain(content: bytes, places: int | None) -> None:
    found = Absence([Literals((frozenset({"alpha"}),))]).places(content)
    assert (None if found is None else len(found)) == places


def test_another_group_is_looked_for_after_one_that_is_everywhere() -> None:
    both = Absence([Literals((frozenset({"everywhere"}), frozenset({"rare"})))])
    buffer = b"everywhere rare " + b"everywhere " * 1000
    assert both.places(buffer) is None
    assert both.places(buffer) == [len(b"everywhere ")]
    assert both.places(b"everywhere") == both.places(b"rare") == []
