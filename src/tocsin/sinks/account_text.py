"""The account of a run in words: what was dropped and why, what could not be read, and one line that adds up."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.cloudtrail.account import Problem, ScanAccount
from tocsin.risk.account import DetectionAccount, DroppedRows, RunAccount
from tocsin.sinks.visible import visible

_SHOWN = 10  # problems shown, or detections that did not run; the rest are counted


def account_lines(account: RunAccount, shown: str = "findings") -> list[str]:
    """Everything a person should know after a run, as plain lines without escape codes.

    `shown` is what the run printed: `findings`, or the `result` of a search.
    """
    parts = (
        failed_lines(account),
        dropped_lines(account, shown),
        absent_lines(account),
        warning_lines(account),
        problem_lines(account),
        [account_line(account)],
    )
    lines: list[str] = []
    for part in parts:
        lines += ["", *part] if part and lines else part
    return lines


def failed_lines(account: RunAccount) -> list[str]:
    """The first detections that did not run, or not to the end, and why; and how many more there are."""
    failed = [each for each in account.detections if each.failed]
    lines = [f"  {visible(each.name)}: {visible(each.failed)}" for each in failed[:_SHOWN]]
    more = len(failed) - len(lines)
    return ["Did not run", *lines, *([f"  and {more:,} more"] if more else [])] if lines else []


def dropped_lines(account: RunAccount, shown: str = "findings") -> list[str]:
    """What matched and yet is in no finding, detection by detection; empty when nothing was dropped."""
    lines: list[str] = []
    for each in account.detections:
        told = [f"    {reason}" for reason in reasons(each)]
        if told:
            lines += [f"  {visible(each.name)} ({amount(each.matched, 'record')} matched)", *told]
    return [f"Left out of the {shown}", *lines] if lines else []


def reasons(each: DetectionAccount) -> Iterator[str]:
    """What matched and yet is in no finding of a detection, and why."""
    for dropped in each.dropped:
        yield _dropped(dropped)
    if each.removed_by_filter:
        yield f"{amount(each.removed_by_filter, 'row')} removed by the filter macro `{visible(each.filter_macro)}`"
    if each.missing_fields and each.matched:
        names = ", ".join(visible(name) for name in each.missing_fields)
        yield f"no matched record has {names}, which the search reads"


def absent_lines(account: RunAccount) -> list[str]:
    """Required fields that no record has, of the first detections that lack any; and how many more there are.

    What is said of records that matched is not said again.
    """
    scan, lines = account.scan, list[str]()
    for each in account.detections:
        names = [name for name in each.absent_fields if not (each.matched and name in each.missing_fields)]
        lines += [f"  {visible(each.name)}: {', '.join(map(visible, names))}"] if names else []
    if not lines:
        return []
    more = [f"  and of {amount(len(lines) - _SHOWN, 'more detection')}"] if len(lines) > _SHOWN else []
    unread = ["  (`--full-count` reads what was ruled out unread, too)"] if scan.skipped_bytes else []
    whose = f"none of the {amount(scan.looked_at, 'record')} read has" if scan.looked_at else "no file read holds"
    return [f"Required fields that {whose}", *lines[:_SHOWN], *more, *unread]


def _dropped(dropped: DroppedRows) -> str:
    lacking = ", ".join(f"{visible(name)} ({count:,})" for name, count in dropped.by_field.items() if count)
    several = "; one may lack several" if sum(dropped.by_field.values()) > dropped.rows else ""
    rows = amount(dropped.rows, "row")
    return f"{rows} dropped, as in Splunk, for lack of {lacking}{several}; by `{visible(dropped.command)}`"


def warning_lines(account: RunAccount) -> list[str]:
    return [f"warning: {visible(warning)}" for warning in account.warnings]


def problem_lines(account: RunAccount) -> list[str]:
    """The first problems with file, record and reason, and how many more there are."""
    problems = account.scan.problems
    count = max(account.scan.failed + account.scan.unreadable, len(problems))
    if not count:
        return []
    lines = [f"  {_problem(problem)}" for problem in problems[:_SHOWN]]
    more = count - len(lines)
    return ["Could not be read", *lines, *([f"  and {more:,} more"] if more else [])]


def _problem(problem: Problem) -> str:
    place = "" if problem.position is None else f", record {problem.position:,}"
    return f"{visible(problem.path)}{place}: {visible(problem.reason)}"


def account_line(account: RunAccount) -> str:
    """Files and records, each as a sum; the time if it is known. One line, however long."""
    parts = [_files(account.scan), *_unread(account.scan), _records(account)]
    if account.seconds is not None:
        parts.append(f"{account.seconds:.2f} s")
    wrong = "" if account.adds_up() else " [does not add up: a bug, please report it]"
    return "; ".join(parts) + wrong


def _files(scan: ScanAccount) -> str:
    read = scan.files - scan.failed
    size = f"{_size(scan.bytes)}, {_size(scan.raw_bytes)} unpacked"
    return f"{amount(scan.files, 'file')} = {read:,} read + {scan.failed:,} failed ({size})"


def _unread(scan: ScanAccount) -> Iterator[str]:
    if scan.pruned_files:
        yield f"{amount(scan.pruned_files, 'file')} of other days not opened"
    if scan.other_files:
        yield f"{amount(scan.other_files, 'digest or Insight file')}"
    yield f"ruled out unread {amount(scan.skipped_files, 'file')} ({_size(scan.skipped_bytes)})"


def _records(account: RunAccount) -> str:
    scan = account.scan
    window = f" ({scan.outside_window:,} outside the time window)" if scan.outside_window else ""
    unjudged = f" + {account.not_judged:,} not judged" if account.not_judged else ""
    return (
        f"{amount(scan.decoded, 'record')} decoded = {account.matched:,} matched + {account.not_matched:,} not matched"
        f"{window}{unjudged} + {amount(account.duplicates, 'duplicate')} + {scan.not_cloudtrail:,} not CloudTrail"
        f" + {scan.unreadable:,} unreadable"
    )


def amount(count: int, noun: str, several: str = "") -> str:
    """`1 file`, `2,000 files`; `several` is a plural that is no mere s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or noun + 's'}"


def _size(size: int) -> str:
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return amount(size, "byte")
