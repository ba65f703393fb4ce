"""Figures of random records: every claim is drawn inside its bounds, and every comparison told."""

from __future__ import annotations

import io
from random import Random

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.figures import figures
from goodoffices.brief import figures_terminal
from goodoffices.brief.terminal_figures import SCALE, comparison_sentence, drawn, scale_of
from goodoffices.model import Case
from tests.brief.cases import made

BOUNDS = ("exactly", "about", "at-least", "more-than", "at-most", "less-than", "between")


def record(rng: Random) -> Case:
    """Return a case with a few figures of every bound."""
    given = {}
    for number in range(rng.randint(1, 7)):
        low, bound = rng.randint(-50, 50), rng.choice(BOUNDS)
        high = {"high": low + rng.randint(0, 20)} if bound == "between" else {}
        given[f"f{number}"] = {"measure": rng.choice(("posts", "pay")), "value": low, **high,
                               "bound": bound, "source": rng.choice(("s1", "s2"))}  # fmt: skip
    statements = {"s1": {"document": "d", "by": "ana"}, "s2": {"document": "d", "by": "ben"}}
    return made({"documents": {"d": {"title": "D"}}, "statements": statements, "figures": given})


@pytest.mark.parametrize("seed", range(40))
def test_a_claim_is_drawn_from_its_lowest_to_its_highest_value(seed: int) -> None:
    for measure in figures(record(Random(seed))).measures:
        scale = scale_of(measure.claims)
        if scale is None:
            continue
        for claim in measure.claims:
            line = drawn(claim, scale)
            low, high = claim.reach
            assert len(line) == SCALE
            assert line.startswith("◀") is (low is None)
            assert line.endswith("▶") is (high is None)
            inner = line.strip("·")
            assert "·" not in inner
            assert (inner == "●") is (low is not None and high is not None and len(inner) == 1)


@pytest.mark.parametrize("seed", range(20))
def test_every_comparison_is_told_and_no_line_is_too_wide(seed: int) -> None:
    case = record(Random(seed))
    stream = io.StringIO()
    figures_terminal(case, figures(case), Console(file=stream, width=60))
    assert max(cell_len(line) for line in stream.getvalue().splitlines()) <= 60
    flat = " ".join(stream.getvalue().split())
    for measure in figures(case).measures:
        for comparison in measure.comparisons:
            assert comparison_sentence(case, comparison) in flat
