"""All generations of detection YAML give the same model; what is wrong with a file has a path and a line."""

from __future__ import annotations

import pytest

from tests.content.library import detection_text, generation_text, names, read, read_well
from tocsin.content.detection import RiskObject, ThreatObject, Throttling
from tocsin.diagnostics import Diagnostic, Severity

ALL = ("2021", "2024", "2024-rba", "2025", "escu-6")


def line(found: Diagnostic) -> int:
    assert found.span is not None
    return found.span.source.line_column(found.span.start)[0]


@pytest.mark.parametrize("generation", ALL)
def test_each_generation_gives_the_same_detection(generation: str) -> None:
    detection = read_well(generation_text(generation))
    assert detection.generation == generation
    assert (detection.name, detection.type, detection.author) == ("Night Push", "Anomaly", "An Analyst, Example")
    assert detection.search.text.startswith("`cloudtrail` eventName=PutImage")
    assert detection.analytic_story == ("Dev Sec Ops",)
    assert detection.mitre_attack == ("T1204.003",)
    assert detection.security_domain == "network"
    assert detection.search_name == "ESCU - Night Push - Rule"
    assert detection.filter_macro == "night_push_filter"


@pytest.mark.parametrize("generation", ALL)
def test_each_generation_gives_the_same_risk(generation: str) -> None:
    risk = read_well(generation_text(generation)).risk
    assert risk is not None
    assert risk.message == "Pushed by $user$"
    assert [(each.field, each.type, each.score) for each in risk.objects] == [("user", "user", 52)]
    assert risk.threat_objects == (ThreatObject("src_ip", "ip_address"),)
    assert risk.score == 52


@pytest.mark.parametrize(
    ("generation", "date"), [("2021", "2021-08-19"), ("2025", "2025-02-10"), ("escu-6", "2026-05-13")]
)
def test_the_date_is_the_latest_that_the_file_names(generation: str, date: str) -> None:
    assert read_well(generation_text(generation)).date == date


def test_stated_mappings_win_and_missing_ones_are_derived() -> None:
    old, new = read_well(generation_text("2021")), read_well(generation_text("2025"))
    assert (old.kill_chain_phases, old.nist, old.cis20) == (
        ("Actions on Objectives",), ("PR.DS", "DE.CM"), ("CIS 13", "CIS 16"),
    )  # fmt: skip
    assert (new.kill_chain_phases, new.nist, new.cis20) == (("Installation",), ("DE.AE",), ("CIS 13",))


def test_a_technique_id_is_written_one_way() -> None:
    detection, problems = read(generation_text("2024").replace("- T1204.003", "- t1204.003\n  - ta0001"))
    assert detection is not None and detection.mitre_attack == ("T1204.003", "ta0001")
    assert detection.kill_chain_phases == ("Installation",)
    assert names(problems) == ["odd-value", "odd-value"]


def test_facts_of_single_generations() -> None:
    v4, rba, flat = (read_well(generation_text(each)) for each in ("2024", "2025", "escu-6"))
    assert v4.required_fields == ("eventName",)
    assert v4.drilldown_searches[0][0] == "View the results for $user$"
    assert v4.tests == flat.tests == (("True Positive Test", ("https://example.org/data.json",)),)
    assert v4.risk is not None and (v4.risk.impact, v4.risk.confidence) == (75, 70)
    assert rba.throttling == Throttling(("user",), "86400s")
    assert flat.data_source == ("AWS CloudTrail PutImage AND AWS CloudTrail GetAuthorizationToken",)


def test_a_finding_scores_its_entity_before_the_intermediate_ones() -> None:
    text = generation_text("escu-6").replace("type: Anomaly", "type: TTP") + (
        "finding:\n  title: Night push by $user$\n  entity:\n    field: repository\n    type: other\n    score: 80\n"
    )
    risk = read_well(text).risk
    assert risk is not None
    assert risk.message == "Night push by $user$"
    assert risk.objects == (
        RiskObject("repository", "other", 80, "Night push by $user$"),
        RiskObject("user", "user", 52, "Pushed by $user$"),
    )


@pytest.mark.parametrize(
    ("confidence", "impact", "score"),
    [(70, 70, 49), (70, 75, 52), (50, 5, 2), (50, 7, 4), (50, 9, 4), (0, 100, 0), (100, 100, 100)],
)
def test_half_points_round_to_even(confidence: int, impact: int, score: int) -> None:
    text = generation_text("2024")
    text = text.replace("confidence: 70", f"confidence: {confidence}").replace("impact: 75", f"impact: {impact}")
    risk = read_well(text).risk
    assert risk is not None and risk.score == score


@pytest.mark.parametrize(
    ("kind", "role", "risk", "threat"),
    [
        ("User", "Victim", "user", None),
        ("Username", "Victim", "user", None),
        ("Email Address", "Victim", "user", None),
        ("User Name", "Victim", "other", None),
        ("Hostname", "Victim", "system", None),
        ("Endpoint", "Victim", "system", None),
        ("IP Address", "Victim", "system", None),
        ("Device", "Victim", "system", None),
        ("Geo Location", "Victim", "other", None),
        ("Other", "Target", "other", None),
        ("IP Address", "Attacker", None, "ip_address"),
        ("Process Name", "Attacker", None, "process"),
        ("File Hash", "Attacker", None, "file_name"),
        ("URL String", "Attacker", None, "url"),
        ("User", "Attacker", None, "user"),
        ("Registry Key", "Attacker", None, "registry key"),
    ],
)
def test_observables_become_risk_or_threat_objects(kind: str, role: str, risk: str | None, threat: str | None) -> None:
    old = "  - name: user\n    type: User\n    role:\n    - Victim\n"
    new = f"  - name: thing\n    type: {kind}\n    role:\n    - {role}\n"
    found = read_well(generation_text("2024").replace(old, new)).risk
    assert found is not None
    assert [each.type for each in found.objects if each.field == "thing"] == ([risk] if risk else [])
    assert [each.type for each in found.threat_objects if each.field == "thing"] == ([threat] if threat else [])


def test_a_stated_score_counts_only_without_impact_and_confidence() -> None:
    text = generation_text("2021").replace("  impact: 75\n", "").replace("risk_score: 99", "risk_score: 33")
    risk = read_well(text).risk
    assert risk is not None and risk.score == 33


_VICTIM = "    role:\n    - Victim\n"
_ATTACKER = "    role:\n    - Attacker\n"


def test_attackers_alone_are_no_risk_object_and_the_score_is_the_stated_one() -> None:
    risk = read_well(generation_text("2024").replace(_VICTIM, _ATTACKER)).risk
    assert risk is not None and (risk.objects, risk.score) == ((), 52)


def test_a_stated_score_needs_no_risk_object() -> None:
    text = generation_text("2021").replace("  impact: 75\n", "").replace("risk_score: 99", "risk_score: 33")
    risk = read_well(text.replace(_VICTIM, _ATTACKER)).risk
    assert risk is not None and (risk.objects, risk.score) == ((), 33)


def test_observables_without_any_score_warn() -> None:
    text = generation_text("2021").replace("  impact: 75\n", "").replace("  risk_score: 99\n", "")
    detection, problems = read(text)
    assert names(problems) == ["missing-score"]
    assert detection is not None and detection.risk is not None and detection.risk.score == 0


@pytest.mark.parametrize("generation", ALL)
@pytest.mark.parametrize("key", ["name", "id", "type", "search"])
def test_what_a_run_needs_must_be_there(generation: str, key: str) -> None:
    text = "\n" + generation_text(generation)
    detection, problems = read(text.replace(f"\n{key}: ", f"\nnot_{key}: ", 1))
    assert detection is None
    assert [each.message for each in problems if each.severity is Severity.error] == [f"`$.{key}` is missing"]


@pytest.mark.parametrize("generation", ALL)
@pytest.mark.parametrize("key", ["name", "id", "type"])
@pytest.mark.parametrize("empty", ["''", '" "', "|-"])
def test_what_a_run_needs_must_not_be_empty(generation: str, key: str, empty: str) -> None:
    lines = generation_text(generation).splitlines(keepends=True)
    text = "".join(f"{key}: {empty}\n" if line.startswith(f"{key}: ") else line for line in lines)
    detection, problems = read(text)
    assert detection is None
    assert [(each.name, each.message) for each in problems] == [("empty-key", f"`$.{key}` is empty")]


def test_what_only_people_read_should_be_there() -> None:
    detection, problems = read(detection_text().replace("author: An Analyst\n", ""))
    assert detection is not None
    assert [(each.name, each.severity) for each in problems] == [("missing-fact", Severity.warning)]


def test_an_unknown_key_warns_with_path_and_line() -> None:
    detection, problems = read(detection_text().replace("  security_domain", "  securty_domain: x\n  security_domain"))
    assert detection is not None
    assert [(each.name, line(each)) for each in problems] == [("unknown-key", 12)]
    assert "$.tags.securty_domain" in problems[0].message
    assert "`security_domain`" in problems[0].help


def test_an_unknown_key_deep_inside_warns_with_its_path() -> None:
    _, problems = read(generation_text("2025").replace("    score: 52", "    score: 52\n    weight: 3"))
    assert [each.message for each in problems] == ["`$.rba.risk_objects[0].weight` is not a key of this kind of file"]


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("sorce", "$.tests[0].attack_data[0].sorce"),
        ("pass_condtion", "$.tests[0].pass_condtion"),
        ("earliest_ofset", "$.drilldown_searches[0].earliest_ofset"),
    ],
)
def test_an_unknown_key_of_a_test_or_a_drilldown_warns_with_its_path(key: str, path: str) -> None:
    text = generation_text("2024")
    for old, new in (
        ("    sourcetype: aws", "    sorce: x\n    sourcetype: aws"),
        ("  attack_data:", "  pass_condtion: x\n  attack_data:"),
        ("  earliest_offset:", "  earliest_ofset: x\n  earliest_offset:"),
    ):
        assert old in text
        text = text.replace(old, new) if f"{key}:" in new else text
    detection, problems = read(text)
    assert detection is not None
    assert [(each.name, each.message) for each in problems] == [
        ("unknown-key", f"`{path}` is not a key of this kind of file")
    ]


@pytest.mark.parametrize(
    ("generation", "old", "new", "message"),
    [
        ("2024", "type: Anomaly", "type: Anomoly", "`$.type` must be one of"),
        ("2024", "confidence: 70", "confidence: 170", "`$.tags.confidence` must be a number from 0 to 100"),
        ("2024", "impact: 75", "impact: high", "`$.tags.impact` must be a number from 0 to 100"),
        ("2025", "score: 52", "score: 101", "`$.rba.risk_objects[0].score` must be a number from 0 to 100"),
        ("2025", "    type: user", "    type: person", "`$.rba.risk_objects[0].type` must be one of"),
        ("2025", "period: 86400s", "period: a day", "`$.tags.throttling.period` must be"),
        ("2025", "    score: 52\n", "", "`$.rba.risk_objects[0].score` is missing"),
        ("escu-6", "    message: Pushed by $user$\n", "", "`$.intermediate_findings.entities[0].message` is missing"),
        ("2024", "    type: User\n", "", "`$.tags.observable[1].type` is missing"),
        ("2024", "  message: Pushed by $user$", "  message: [a, b]", "`$.tags.message` must be a text"),
        ("2024", "tags:\n", "tags: none\nother:\n", "`$.tags` must be a mapping"),
        (
            "2024",
            "references:\n- https://example.org/push",
            "references:\n- {a: b}",
            "`$.references[0]` must be a text",
        ),
    ],
)
def test_what_would_run_or_score_wrongly_is_an_error(generation: str, old: str, new: str, message: str) -> None:
    text = generation_text(generation)
    assert old in text
    detection, problems = read(text.replace(old, new, 1))
    assert detection is None
    errors = [each.message for each in problems if each.severity is Severity.error]
    assert len(errors) == 1 and errors[0].startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("id: 11111111-2222-4333-8444-555555555555", "id: mine", "odd-value"),
        ("status: production", "status: prodution", "odd-value"),
        ("version: 4", "version: four", "odd-value"),
        ("date: '2024-09-30'", "date: last week", "odd-value"),
        ("security_domain: network", "security_domain: cloud", "odd-value"),
        ("- T1204.003", "- T12", "odd-value"),
        ("- T1204.003", "- T9999", "unknown-technique"),
    ],
)
def test_what_is_odd_but_runs_is_a_warning(old: str, new: str, name: str) -> None:
    detection, problems = read(generation_text("2024").replace(old, new))
    assert detection is not None
    assert [(each.name, each.severity) for each in problems] == [(name, Severity.warning)]


@pytest.mark.parametrize("old", ["batch", "streaming", "ESCU"])
def test_a_type_of_before_mid_2021_is_read_as_one_that_raises_risk_and_no_alert(old: str) -> None:
    detection, problems = read(generation_text("2021").replace("type: Anomaly", f"type: {old}"))
    assert detection is not None and (detection.type, detection.raises_risk) == ("Anomaly", True)
    assert [(each.name, each.severity) for each in problems] == [("old-type", Severity.warning)]
    assert problems[0].span is not None and problems[0].span.text == old


@pytest.mark.parametrize(
    ("generation", "old", "new", "message"),
    [
        ("2025", "type: ip_address", "type: ip_adress", "`$.rba.threat_objects[0].type` should be one of the types"),
        ("escu-6", "type: ip_address", "type: ip_adress", "`$.threat_objects[0].type` should be one of the types"),
        ("2024", "    - Victim", "    - victim", "`$.tags.observable[1].role` should be one of `Attacker`, `Victim`"),
        ("2024", "    role:\n    - Victim", "    role: [Nonsense]", "`$.tags.observable[1].role` should be one of"),
        ("2024", "    role:\n    - Victim", "    role: []", "`$.tags.observable[1].role` is missing"),
    ],
)
def test_a_mistake_in_risk_that_only_names_it_wrongly_is_a_warning(
    generation: str, old: str, new: str, message: str
) -> None:
    text = generation_text(generation)
    assert old in text
    detection, problems = read(text.replace(old, new, 1))
    assert detection is not None
    assert [each.severity for each in problems] == [Severity.warning]
    assert problems[0].message.startswith(message)


@pytest.mark.parametrize(("kind", "warned"), [("TTP", True), ("Anomaly", True), ("Hunting", False)])
def test_an_rba_block_that_says_nothing_is_missed_where_the_type_raises_risk(kind: str, warned: bool) -> None:
    lines = generation_text("2025").replace("type: Anomaly", f"type: {kind}", 1).splitlines(keepends=True)
    begin = lines.index("rba:\n") + 1
    end = next(at for at in range(begin, len(lines)) if not lines[at].startswith(" "))
    detection, problems = read("".join(lines[:begin] + lines[end:]))
    assert detection is not None and detection.risk is None
    assert names(problems) == (["missing-fact"] if warned else [])


def test_risk_without_a_risk_object_is_an_error() -> None:
    old = "  risk_objects:\n  - field: user\n    type: user\n    score: 52\n"
    text = generation_text("2025")
    assert old in text
    detection, problems = read(text.replace(old, "  risk_objects: []\n"))
    assert detection is None
    assert [each.message for each in problems] == ["`$.rba.risk_objects` is empty"]


def test_one_problem_is_named_once() -> None:
    _, problems = read(generation_text("2024").replace("type: Anomaly", "type: [Anomaly]"))
    assert names(problems) == ["wrong-kind"]


def test_the_search_leads_back_to_the_file() -> None:
    detection = read_well(generation_text("2024"))
    at = detection.search.text.index("repositoryName")
    span = detection.search.span(at, at + len("repositoryName"))
    assert (span.text, span.source.name) == ("repositoryName", "night_push.yml")
    assert span.source.line_column(span.start)[0] == 14


@pytest.mark.parametrize(("kind", "generation", "raises"), [
    ("TTP", "2024", True), ("Anomaly", "2024", True), ("Hunting", "2024", False), ("Correlation", "2024", False),
    ("Correlation", "escu-6", True),
])  # fmt: skip
def test_only_some_types_raise_risk_in_splunk(kind: str, generation: str, raises: bool) -> None:
    text = generation_text(generation).replace("type: Anomaly", f"type: {kind}")
    assert read_well(text).raises_risk is raises
