"""A detection's risk, with the arithmetic that gives its score."""

from __future__ import annotations

from tocsin.content.detection import Detection, Risk
from tocsin.content.page_section import Block, Grid, Pairs, Prose


def risk_blocks(detection: Detection) -> tuple[Block, ...]:
    """Score and message, then the objects; nothing for a detection that states no risk."""
    risk = detection.risk
    if risk is None:
        return ()
    blocks: list[Block] = [_numbers(risk)]
    if risk.objects:
        own = any(each.message not in (None, risk.message) for each in risk.objects)
        columns = ("Risk object", "Type", "Score", *(("Message",) if own else ()))
        rows = tuple(
            (each.field, each.type, str(each.score), *((each.message or risk.message,) if own else ()))
            for each in risk.objects
        )
        blocks.append(Grid(columns, rows))
    if risk.threat_objects:
        blocks.append(Grid(("Threat object", "Type"), tuple((each.field, each.type) for each in risk.threat_objects)))
    if not risk.objects:
        blocks.append(Prose("No field is named as a risk object, so there are findings but no risk events."))
    elif not detection.raises_risk:
        blocks.append(Prose(f"In Splunk a detection of type {detection.type} raises no risk by default."))
    return tuple(blocks)


def _numbers(risk: Risk) -> Pairs:
    items = [("Risk score", str(risk.score))]
    if risk.impact is not None and risk.confidence is not None:
        items += [
            ("Impact", str(risk.impact)),
            ("Confidence", str(risk.confidence)),
            ("Arithmetic", arithmetic(risk.impact, risk.confidence)),
        ]
    return Pairs((*items, *((("Message", risk.message),) if risk.message else ())))


def arithmetic(impact: int, confidence: int) -> str:
    """How impact and confidence give the score; a fraction is rounded half to even.

    >>> arithmetic(70, 70)
    '70 x 70 / 100 = 49'
    >>> arithmetic(75, 70)
    '75 x 70 / 100 = 52.5, rounded 52'
    """
    product = impact * confidence
    rounded = round(product / 100)
    exact = f"{impact} x {confidence} / 100 = {product / 100:g}"
    return exact if product == rounded * 100 else f"{exact}, rounded {rounded}"
