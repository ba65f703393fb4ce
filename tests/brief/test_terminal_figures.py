"""Figures on a terminal: golden, bounds drawn, what was told in confidence marked."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.figures import figures
from goodoffices.brief import figures_terminal
from goodoffices.brief.section_names import CONFIDENTIAL
from goodoffices.brief.terminal_figures import drawn, scale_of
from goodoffices.model import Case
from tests.brief.cases import EXAMPLES, GOLDEN, SHIFTS, example, hostile, made
from tests.golden import assert_golden


def printed(case: Case, width: int = 100) -> str:
    stream = io.StringIO()
    figures_terminal(case, figures(case), Console(file=stream, width=width))
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_figures(name: str) -> None:
    assert_golden(GOLDEN / f"figures-{name}.txt", printed(example(name)))


def test_golden_figures_of_every_kind_of_thing() -> None:
    assert_golden(GOLDEN / "figures-shifts.txt", printed(SHIFTS, 70))


@pytest.mark.parametrize("width", [40, 60, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = printed(example("hospital-pay"), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_what_was_told_in_confidence_is_marked() -> None:
    text = flat(printed(SHIFTS))
    assert CONFIDENTIAL in text
    assert "(claim, as of May 2025, confidential)" in text
    assert "These do not agree. (confidential)" in text
    assert CONFIDENTIAL not in flat(printed(example("gaza-2025")))


def test_a_case_without_figures_says_so() -> None:
    assert "No figure is recorded." in printed(made({}))


def test_texts_of_a_case_cannot_drive_the_terminal() -> None:
    assert "\x1b" not in printed(hostile())


def test_bounds_are_drawn_open_where_they_are() -> None:
    bounds = ("exactly", "about", "at-least", "more-than", "at-most", "less-than")
    case = made(
        {
            "documents": {"d": {"title": "Paper"}},
            "statements": {"s": {"document": "d"}},
            "figures": {
                **{bound: {"measure": "m", "value": 50, "bound": bound, "source": "s"}
                   for bound in bounds},
                "between": {"measure": "m", "value": 0, "high": 100, "bound": "between",
                            "source": "s"},
                "least": {"measure": "m", "value": 0, "bound": "at-most", "source": "s"},
            },
        }
    )  # fmt: skip
    (measure,) = figures(case).measures
    scale = scale_of(measure.claims)
    assert scale is not None
    assert scale == (0, 100)
    lines = {claim.id: drawn(claim, scale) for claim in measure.claims}
    ends = {id: (line[0], line.strip("·")[0], line.strip("·")[-1]) for id, line in lines.items()}
    assert ends["exactly"] == ("·", "●", "●")
    assert ends["about"] == ("·", "┣", "┫")
    assert ends["at-least"] == ends["more-than"] == ("·", "┣", "▶")
    assert ends["at-most"] == ends["less-than"] == ends["least"] == ("◀", "◀", "┫")
    assert ends["between"] == ("·", "┣", "┫")
    assert len({len(line) for line in lines.values()}) == 1
