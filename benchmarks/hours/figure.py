"""The figure: false alarms and recall of each system, median and range over seeds, as SVG for light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from statistics import median

from benchmarks.hours.intruders import NIGHT
from benchmarks.hours.page import SYSTEMS, Result, over_seeds

_WIDTH, _ROW, _TOP, _LEFT = 860, 30, 84, 292
_PANELS = ((_LEFT, 270), (_LEFT + 320, 210))  # from where, how wide
_MOST = 1_000.0  # alarms a week at the right end; the left end is 1

_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .head { font-weight: 600 }
.small { font-size: 11px; fill: #59636e }
.page { fill: #ffffff } .grid { stroke: #d1d9e0 } .range { stroke: #0969da; stroke-width: 3; stroke-linecap: round }
.dot { fill: #0969da } .original .dot { fill: #bc4c00 } .original .range { stroke: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #9198a1 } .page { fill: #0d1117 } .grid { stroke: #3d444d }
.range { stroke: #58a6ff } .dot { fill: #58a6ff } .original .dot { fill: #f0883e } .original .range { stroke: #f0883e } }
"""


def figure(result: Result) -> str:
    """One row for each system: alarms on a scale of powers of ten, recall from 0 to 100 %."""
    height = _TOP + _ROW * len(SYSTEMS) + 34
    told = "; ".join(_told(result, name) for name in SYSTEMS)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">False alarms a week, and recall in the victim\'s night</title>',
        f'<desc id="d">{escape(told)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{height}"/>',
        *_axes(height),
        *(line for number, name in enumerate(SYSTEMS) for line in _row(result, name, _TOP + _ROW * number)),
        _text(
            16,
            height - 10,
            f"Dots are medians of {len(result['seeds'])} simulated half years, lines their range.",
            "small",
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _axes(height: int) -> Iterator[str]:
    (left, _), (right, _) = _PANELS
    yield _text(left, 26, "False alarms a week", "head")
    yield _text(left, 43, "fewer is better; each line is ten times the one before", "small")
    yield _text(right, 26, "Caught in the victim's night", "head")
    yield _text(right, 43, "more is better", "small")
    for value in (1, 10, 100, 1_000):
        yield from _grid(_alarms(value), height, f"{value:,}")
    for value in (0, 25, 50, 75, 100):
        yield from _grid(_recall(value / 100), height, f"{value} %")


def _grid(x: float, height: int, label: str) -> Iterator[str]:
    yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 10}" y2="{height - 34}"/>'
    yield _text(x, _TOP - 16, label, "small", "middle")


def _row(result: Result, name: str, top: int) -> Iterator[str]:
    alarms = [_alarms(each) for each in over_seeds(result, name, "false_alarms_a_week")]
    recalls = [_recall(each) for each in over_seeds(result, name, "recall", NIGHT)]
    y = top + _ROW // 2
    yield f'<g class="{"original" if name.startswith("original") else "ours"}">'
    yield _text(_LEFT - 14, y + 4, SYSTEMS[name], "", "end")
    for places in (alarms, recalls):
        yield f'<line class="range" x1="{min(places):.1f}" x2="{max(places):.1f}" y1="{y}" y2="{y}"/>'
        yield f'<circle class="dot" cx="{median(places):.1f}" cy="{y}" r="6"/>'
    yield "</g>"


def _alarms(value: float) -> float:
    left, width = _PANELS[0]
    return left + width * log10(max(value, 1.0)) / log10(_MOST)


def _recall(value: float) -> float:
    left, width = _PANELS[1]
    return left + width * value


def _told(result: Result, name: str) -> str:
    false, recall = over_seeds(result, name, "false_alarms_a_week"), over_seeds(result, name, "recall", NIGHT)
    return f"{SYSTEMS[name]}: {_middle(false):.1f} false alarms a week, {100 * _middle(recall):.0f} % caught"


def _middle(values: Sequence[float]) -> float:
    return float(median(values))


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
