"""The table of techniques and tactics, and the mappings derived from it."""

from __future__ import annotations

import re

import pytest

from tocsin.content.attack import Technique, table, tactics_of, technique, techniques
from tocsin.content.mappings import cis, kill_chain_phases, nist


def test_a_technique_has_its_name_and_tactics() -> None:
    assert technique("T1204.003") == Technique("T1204.003", "Malicious Image", ("Execution",))
    assert technique("t1204 ") == Technique("T1204", "User Execution", ("Execution",))
    assert technique("T1204.999") is None


def test_a_technique_of_several_tactics_names_them_in_the_order_of_the_matrix() -> None:
    found = technique("T1078")
    assert found is not None
    assert found.tactics == ("Initial Access", "Persistence", "Privilege Escalation", "Defense Evasion")


@pytest.mark.parametrize(
    "added", ["T1070.010", "T1071.005", "T1098.007", "T1213.006", "T1485.001", "T1496.004", "T1546.017", "T1680"]
)
def test_techniques_of_the_later_versions_are_known(added: str) -> None:
    assert technique(added) is not None


def test_an_unknown_id_keeps_its_place() -> None:
    assert [each.technique for each in techniques(["T1204", "T0000", "T1530"])] == [
        "User Execution", "", "Data from Cloud Storage",
    ]  # fmt: skip


def test_the_table_is_whole() -> None:
    found = table()
    assert found.version == "18.1"
    assert (len(found.techniques), len(found.tactics)) == (692, 14)  # one of them withdrawn, see NOTICE
    assert all(re.fullmatch(r"T\d{4}(\.\d{3})?", key) and each.technique for key, each in found.techniques.items())
    assert all(each.tactics for each in found.techniques.values())
    parents = {key.partition(".")[0] for key in found.techniques}
    assert parents <= found.techniques.keys()


def test_tactics_come_once_and_with_their_ids() -> None:
    found = tactics_of(techniques(["T1204", "T1204.003", "T1530"]))
    assert [(each.tactic_id, each.short) for each in found] == [("TA0002", "execution"), ("TA0009", "collection")]


def test_every_tactic_has_a_kill_chain_phase() -> None:
    assert len(kill_chain_phases(table().techniques)) == 7


@pytest.mark.parametrize(
    ("ids", "phases"),
    [
        (["T1204.003", "T1204"], ("Installation",)),
        (["T1078"], ("Delivery", "Exploitation", "Installation")),
        (["T1486"], ("Actions on Objectives",)),
        (["T0000"], ()),
    ],
)
def test_phases_follow_from_tactics(ids: list[str], phases: tuple[str, ...]) -> None:
    assert kill_chain_phases(ids) == phases


def test_nist_follows_from_the_type_and_cis_from_the_domain() -> None:
    assert [nist(each) for each in ("TTP", "Anomaly", "Hunting", "Correlation")] == [
        ("DE.CM",), ("DE.AE",), ("DE.AE",), ("DE.AE",),
    ]  # fmt: skip
    assert (cis("network"), cis("endpoint")) == (("CIS 13",), ("CIS 10",))
