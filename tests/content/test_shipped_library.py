"""The shipped detection carries the facts of its published page, the search word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.content.detection import RiskObject, ThreatObject
from tocsin.content.library import load_library
from tocsin.spl.macros import expand

PAGE = Path(__file__).parents[2] / ".." / "shared" / "analytic-page.txt"
NAME = "AWS ECR Container Upload Outside Business Hours"


def test_the_shipped_library_has_no_problem() -> None:
    assert load_library([]).diagnostics == ()


def test_the_facts_are_those_of_the_page() -> None:
    detection = load_library([]).find(NAME)
    assert (detection.id, detection.version) == ("d4c4d4eb-3994-41ca-a25e-a82d64e125bb", "3")
    assert (detection.type, detection.date, detection.author) == ("Anomaly", "2024-05-25", "Patrick Bareiss, Splunk")
    assert detection.product == ("Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud")
    assert detection.mitre_attack == ("T1204.003", "T1204")
    assert (detection.kill_chain_phases, detection.nist, detection.cis20, detection.cve) == (
        ("Installation",), ("DE.AE",), ("CIS 13",), (),
    )  # fmt: skip
    assert detection.required_fields == (
        "eventSource", "eventName", "awsRegion", "requestParameters.imageTag", "requestParameters.registryId",
        "requestParameters.repositoryName", "user", "userName", "src_ip",
    )  # fmt: skip
    assert detection.analytic_story == ("Dev Sec Ops",)
    assert detection.references == ("https://attack.mitre.org/techniques/T1204/003/",)


def test_the_risk_is_that_of_the_page() -> None:
    risk = load_library([]).find(NAME).risk
    assert risk is not None
    assert (risk.score, risk.impact, risk.confidence) == (49, 70, 70)
    assert risk.message == "Container uploaded outside business hours from $user$"
    assert risk.objects == (RiskObject("user", "user", 49),)
    assert risk.threat_objects == (ThreatObject("src_ip", "ip_address"),)


def test_the_search_expands_to_what_splunk_would_run() -> None:
    library = load_library([])
    detection = library.find(NAME)
    assert detection.filter_macro == "aws_ecr_container_upload_outside_business_hours_filter"
    text = expand(detection.search, library.macro_table).text
    assert text == (
        "sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=PutImage date_hour>=20 OR date_hour<8 OR "
        "date_wday=saturday OR date_wday=sunday | rename requestParameters.* as * | rename repositoryName AS "
        'repository | eval phase="release" | eval severity="medium" | stats min(_time) as firstTime max(_time) as '
        "lastTime by awsRegion, eventName, eventSource, user, userName, src_ip, imageTag, registryId, repository, "
        'phase, severity | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime) | convert '
        'timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime) | search *'
    )


@pytest.mark.skipif(not PAGE.exists(), reason="the published page is not here")
def test_the_search_is_that_of_the_published_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    written = page[page.index("`cloudtrail` event") : page.index("Macros\n")]
    search = load_library([]).find(NAME).search.text
    assert re.sub(r"\s+", " ", written).strip() == search


def test_the_prose_is_our_own_and_says_what_the_search_does_not() -> None:
    detection = load_library([]).find(NAME)
    for word in ("UTC", "ecr-public.amazonaws.com", "digest", "Failed pushes"):
        assert word in detection.known_false_positives
    assert detection.filter_macro in detection.how_to_implement


def test_attribution_is_given() -> None:
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
    assert "https://github.com/splunk/security_content" in notice
    assert "The MITRE Corporation" in notice
