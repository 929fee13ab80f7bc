"""A detection: one analytic of a library, whichever generation of YAML it was written in."""

from __future__ import annotations

from msgspec import Struct

from tocsin.source import Composed

RAISING = ("TTP", "Anomaly")  # the types that raise risk by default


class RiskObject(Struct, frozen=True):
    """The field that names who or what is at risk. `type` is user, system or other; `score` 0 to 100.

    `message` is set only where the object has one of its own (ESCU 6); the detection's message holds else.
    """

    field: str
    type: str
    score: int
    message: str | None = None


class ThreatObject(Struct, frozen=True):
    """The field that names what threatens: an `ip_address`, a `user`, an `http_user_agent`, ..."""

    field: str
    type: str


class Risk(Struct, frozen=True):
    """Risk as the detection states it. `impact` and `confidence` are None where the score is explicit.

    `stated` is the score of the detection as a whole, where it has one: it holds without a risk object, too.
    """

    message: str
    objects: tuple[RiskObject, ...]
    threat_objects: tuple[ThreatObject, ...] = ()
    impact: int | None = None
    confidence: int | None = None
    stated: int = 0

    @property
    def score(self) -> int:
        """The highest score of its objects; without any, the detection's own."""
        return max((each.score for each in self.objects), default=self.stated)


class Throttling(Struct, frozen=True):
    """Results alike in all `fields` are suppressed for `period` (`86400s`, `30m`, `24h`) after one alert."""

    fields: tuple[str, ...]
    period: str


class Detection(Struct, frozen=True):
    """The facts of one detection. Texts are "" and tuples empty where the file says nothing.

    `search` leads every character back to the file. `generation` names the YAML dialect it was read from.
    """

    name: str
    id: str
    version: str
    date: str
    author: str
    status: str
    type: str
    description: str
    search: Composed
    path: str
    generation: str
    how_to_implement: str = ""
    known_false_positives: str = ""
    references: tuple[str, ...] = ()
    data_source: tuple[str, ...] = ()
    required_fields: tuple[str, ...] = ()
    risk: Risk | None = None
    analytic_story: tuple[str, ...] = ()
    asset_type: str = ""
    mitre_attack: tuple[str, ...] = ()
    kill_chain_phases: tuple[str, ...] = ()
    nist: tuple[str, ...] = ()
    cis20: tuple[str, ...] = ()
    cve: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    security_domain: str = ""
    drilldown_searches: tuple[tuple[str, str], ...] = ()
    tests: tuple[tuple[str, tuple[str, ...]], ...] = ()
    throttling: Throttling | None = None

    @property
    def search_name(self) -> str:
        """The saved search's name in Splunk (contentctl's template)."""
        return f"ESCU - {self.name} - Rule"

    @property
    def raises_risk(self) -> bool:
        """Whether Splunk writes risk events for its results.

        By default a TTP and an Anomaly do, a Hunting and a Correlation do not; in ESCU 6 every stated finding does.
        """
        if self.risk is None or not self.risk.objects:
            return False
        return self.type in RAISING or self.generation == "escu-6"

    @property
    def filter_macro(self) -> str:
        """The name of its own filter macro: the detection's name as a file name, with `_filter`."""
        words = self.name.lower()
        for mark in " -./":
            words = words.replace(mark, "_")
        return f"{words}_filter"
