"""The account of a run, as people and machines read it: the scan's, and each detection's."""

from __future__ import annotations

from msgspec import Struct, field

from tocsin.cloudtrail.account import ScanAccount


class DroppedRows(Struct, frozen=True):
    """Rows that a `stats ... by` could not place because a field was missing.

    `rows` lack at least one; `by_field` counts, for each field, the rows that lack it (a row may lack several).
    """

    rows: int
    by_field: dict[str, int]
    command: str  # the stats command as written, shortened


class DetectionAccount(Struct):
    """matched records = in findings + dropped by missing fields + filtered by later commands."""

    name: str
    matched: int = 0
    duplicates: int = 0
    rows: int = 0
    dropped: list[DroppedRows] = field(default_factory=list)
    removed_by_filter: int = 0  # rows
    filter_macro: str = ""
    missing_fields: list[str] = field(default_factory=list)  # read by the search; no matched record has them
    absent_fields: list[str] = field(default_factory=list)  # it needs them; no record that was read has them
    failed: str = ""  # why it did not run, "" if it did
    judged: bool = True  # false where it failed before it could tell which of its records match


class RunAccount(Struct):
    """The whole run. Its numbers of records are over all detections together."""

    scan: ScanAccount = field(default_factory=ScanAccount)
    detections: list[DetectionAccount] = field(default_factory=list)
    matched: int = 0
    duplicates: int = 0
    warnings: list[str] = field(default_factory=list)
    seconds: float | None = None

    @property
    def not_matched(self) -> int:
        """Those that no detection matches, for certain."""
        return self._others() - self.not_judged

    @property
    def not_judged(self) -> int:
        """Those within the time window that no detection matches, where one failed that might have."""
        if all(each.judged for each in self.detections):
            return 0
        return max(self._others() - self.scan.outside_window, 0)

    def _others(self) -> int:
        scan = self.scan
        return scan.decoded - self.matched - self.duplicates - scan.not_cloudtrail - scan.unreadable

    def adds_up(self) -> bool:
        """Files and records both balance, and nothing is negative."""
        scan = self.scan
        told = (self.matched, self.not_matched, self.not_judged, self.duplicates)
        parts = (*told, scan.not_cloudtrail, scan.unreadable)
        return min(parts) >= 0 and sum(parts) == scan.decoded and scan.failed <= scan.files
