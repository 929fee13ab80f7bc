"""The account of a scan: what was read, ruled out, decoded and dropped. It must add up.

files = read + failed; records decoded = matched + not matched + duplicates + not CloudTrail + unreadable
(matched and duplicates are known once the engine has applied the whole condition; the scan knows candidates).
"""

from __future__ import annotations

from msgspec import Struct, field


class Problem(Struct, frozen=True):
    """Some input that could not be read: a file (`position` None) or one record in it (from 1)."""

    path: str
    reason: str
    position: int | None = None


class ScanAccount(Struct):
    """Counters and `seen` add up with `+=`; `problems` keeps at most `KEPT`, the counters keep counting."""

    files: int = 0
    failed: int = 0  # files not read to their end
    bytes: int = 0  # as stored
    raw_bytes: int = 0  # after decompression
    pruned_files: int = 0  # ruled out by the date in the key, not opened; no part of `files`
    skipped_files: int = 0  # ruled out by the prefilter: complete, but no record decoded; part of `files`
    skipped_bytes: int = 0  # raw bytes of those, and of records in other files that cannot match
    other_files: int = 0  # digests and Insight files: CloudTrail's, but no log files; part of `files`
    decoded: int = 0  # records, pieces of text that should have been records included
    candidates: int = 0  # handed to the engine for at least one want
    outside_window: int = 0  # CloudTrail records before earliest or from latest on; part of not matched
    not_cloudtrail: int = 0
    unreadable: int = 0
    looked_at: int = 0  # CloudTrail records among the decoded, in which watched paths were looked for
    seen: set[str] = field(default_factory=set)  # the watched paths that some of them have
    problems: list[Problem] = field(default_factory=list)

    @property
    def nothing_read(self) -> bool:
        """Whether there were files, and nothing could be read of any: most likely a wrong path."""
        return 0 < self.files == self.failed and not self.decoded

    def __iadd__(self, other: ScanAccount) -> ScanAccount:
        for name in self.__struct_fields__:
            if name not in ("problems", "seen"):
                setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seen |= other.seen
        self.problems.extend(other.problems[: max(0, KEPT - len(self.problems))])
        return self


KEPT = 1000
