"""What `figures` found, on a terminal: each measure's claims over time, with their bounds drawn."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from goodoffices.analysis.figures import Claim, Comparison, FiguresResult, Measure
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import counted, date_words, figure_words, listed, shown
from goodoffices.brief.record import claim_line, claimants
from goodoffices.brief.section_names import CONFIDENTIAL
from goodoffices.brief.words import measure_words
from goodoffices.model import Case, PartialDate

SCALE = 32
"""Columns of the scale on which bounds are drawn."""
_OPEN_LEFT, _OPEN_RIGHT = "◀", "▶"


def print_figures(case: Case, result: FiguresResult, console: Console) -> None:
    """Print each measure: its claims by time, drawn on one scale, and how they stand."""
    paper = Paper(console)
    paper.title(f"{result.case}: figures" + (f", as of {result.as_of}" if result.as_of else ""))
    if result.confidential:
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    words = disagreement_words(result) if result.measures else "No figure is recorded."
    paper.line(Text(shown(words), style="bold"))
    for measure in result.measures:
        _measure(paper, case, measure)
    paper.heading("Method")
    paper.line(f"Found by: {result.method}.")
    share = f"{result.parameters['about_share']:.0%}"
    paper.line(
        f"“About” reaches {share} either way. Figures of different days, periods or units, and "
        "what is wanted or ordered, are not compared; what is said is not checked."
    )


def _measure(paper: Paper, case: Case, measure: Measure) -> None:
    paper.heading(measure_words(measure.measure).capitalize())
    for unit in dict.fromkeys(claim.unit for claim in measure.claims):
        claims = [claim for claim in measure.claims if claim.unit == unit]
        scale = scale_of(claims)
        for claim in claims:
            _claim(paper, case, claim, scale)
        if scale is not None and len(claims) > 1:
            low, high = (f"{end:,.12g}" for end in scale)
            paper.quiet(f"Scale: {low} to {high}{f' {shown(unit)}' if unit else ''}", indent=2)
    for comparison in measure.comparisons:
        mark = "≠ " if comparison.relation == "disagree" else "= "
        paper.line(comparison_sentence(case, comparison), lead=mark, indent=2)


def _claim(paper: Paper, case: Case, claim: Claim, scale: tuple[float, float] | None) -> None:
    line = claim_line(case, claim.id, case.figures[claim.id])
    about = f", {line.about}" if line.about else ""
    mark = ", confidential" if claim.confidential else ""
    ids = ", ".join(claim.source)
    said = f", said {date_words(PartialDate.parse(claim.said))}" if claim.said else ""
    paper.line(
        f"{line.value}{about} ({line.kind}, {line.when}{mark}); {line.who}{said}, from {ids}",
        lead=f"{shown(claim.id)}  ",
        indent=2,
    )
    if scale is not None:
        indent = len(shown(claim.id)) + 4
        paper.line(Text(drawn(claim, scale), style="dim"), indent=indent)


def scale_of(claims: Iterable[Claim]) -> tuple[float, float] | None:
    """Return the ends of the scale that holds some claims; None when it would have no length."""
    ends = [float(end) for claim in claims for end in claim.reach if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    return (low, high) if high > low else None


def drawn(claim: Claim, scale: tuple[float, float]) -> str:
    """Draw what a claim allows on a scale; an arrow is an end that is open.

    >>> claim = Claim("f", "claimed", "at-most", 5, None, (None, 5), None, None, None, None,
    ...               ("s",), None, None, None, False)
    >>> drawn(claim, (0.0, 10.0))
    '◀━━━━━━━━━━━━━━┫················'
    """
    low, high = (None if end is None else _column(float(end), scale) for end in claim.reach)
    first, last = (0 if low is None else low), (SCALE - 1 if high is None else high)
    cells = ["━" if first <= column <= last else "·" for column in range(SCALE)]
    if first == last:
        cells[first] = "●"
    else:  # an end that is open reaches the edge, which no value does
        cells[first] = _OPEN_LEFT if low is None else "┣"
        cells[last] = _OPEN_RIGHT if high is None else "┫"
    return "".join(cells)


def _column(value: float, scale: tuple[float, float]) -> int:
    low, high = scale
    return 1 + round((value - low) / (high - low) * (SCALE - 3))


def comparison_sentence(case: Case, comparison: Comparison) -> str:
    """Return how two claims stand to each other, as a sentence."""
    held = [case.figures[id] for id in comparison.figures]
    said = [
        f"{claimants(case, figure)}: {figure_words(figure)} ({id})"
        for id, figure in zip(comparison.figures, held, strict=True)
    ]
    words = {
        "disagree": "These do not agree.",
        "same": "These say the same.",
        "compatible": "Both can be so.",
    }
    mark = " (confidential)" if comparison.confidential else ""
    return f"{'; '.join(said)}. {words[comparison.relation]}{mark}"


def disagreement_words(result: FiguresResult) -> str:
    """Return on how many measures claims disagree.

    >>> disagreement_words(FiguresResult("x", None, (), False, "", {}))
    'No claims disagree.'
    """
    parted = [
        measure.measure
        for measure in result.measures
        if any(comparison.relation == "disagree" for comparison in measure.comparisons)
    ]
    if not parted:
        return "No claims disagree."
    names = listed(map(measure_words, parted))
    return f"Claims disagree on {counted(len(parted), 'measure')}: {names}."
