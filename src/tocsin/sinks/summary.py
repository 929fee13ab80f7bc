"""The account of a run for machines: what `--summary FILE` holds."""

from __future__ import annotations

from tocsin.cloudtrail.account import ScanAccount
from tocsin.risk.account import DetectionAccount, RunAccount


def summary(account: RunAccount) -> dict[str, object]:
    """The account as plain values; the keys are a contract, more may be added.

    `files`: total = read + failed; `ruled_out_unread` and `digest_or_insight` are part of read,
    `not_opened` (other days by their key) is not. `bytes`: stored, unpacked, ruled out unread.
    `records`: decoded = matched + not_matched + not_judged + duplicates + not_cloudtrail + unreadable;
    `outside_window` is part of not_matched, `not_judged` is 0 unless a detection failed before it told its matches.
    `detections`: per detection the records that matched, the rows of the result, what each command dropped for
    want of a by-field, what the filter macro removed, fields that no matched record has, required ones that
    none of the records read has, and why it did not run ("" if it did). `problems`: path, record number from 1 or null
    for the whole file, reason; `problems_not_listed` counts the rest. `seconds` is null if not measured.
    """
    scan = account.scan
    return {
        "adds_up": account.adds_up(),
        "files": _files(scan),
        "bytes": {"stored": scan.bytes, "unpacked": scan.raw_bytes, "ruled_out_unread": scan.skipped_bytes},
        "records": _records(account),
        "detections": [_detection(each) for each in account.detections],
        "problems": [{"path": each.path, "record": each.position, "reason": each.reason} for each in scan.problems],
        "problems_not_listed": max(scan.failed + scan.unreadable - len(scan.problems), 0),
        "warnings": list(account.warnings),
        "seconds": account.seconds,
    }


def _files(scan: ScanAccount) -> dict[str, int]:
    return {
        "total": scan.files,
        "read": scan.files - scan.failed,
        "failed": scan.failed,
        "ruled_out_unread": scan.skipped_files,
        "digest_or_insight": scan.other_files,
        "not_opened": scan.pruned_files,
    }


def _records(account: RunAccount) -> dict[str, int]:
    return {
        "decoded": account.scan.decoded,
        "matched": account.matched,
        "not_matched": account.not_matched,
        "not_judged": account.not_judged,
        "duplicates": account.duplicates,
        "not_cloudtrail": account.scan.not_cloudtrail,
        "unreadable": account.scan.unreadable,
        "outside_window": account.scan.outside_window,
    }


def _detection(each: DetectionAccount) -> dict[str, object]:
    return {
        "name": each.name,
        "matched": each.matched,
        "duplicates": each.duplicates,
        "rows": each.rows,
        "dropped": [{"rows": d.rows, "by_field": dict(d.by_field), "command": d.command} for d in each.dropped],
        "removed_by_filter": each.removed_by_filter,
        "filter_macro": each.filter_macro,
        "missing_fields": list(each.missing_fields),
        "absent_fields": list(each.absent_fields),
        "failed": each.failed,
    }
