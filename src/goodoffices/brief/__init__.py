"""Briefs: what was found, in words, for a terminal, a page and programs.

What draws terminals, pages and plots is loaded by the function that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goodoffices.brief.compose import SHOWN, brief
from goodoffices.brief.contents import Brief, brief_data
from goodoffices.brief.review_words import warning_words

if TYPE_CHECKING:
    from rich.console import Console

    from goodoffices.analysis.figures import FiguresResult
    from goodoffices.analysis.impasse_result import ImpasseResult
    from goodoffices.analysis.movement_result import MovementResult
    from goodoffices.model import Case
    from goodoffices.reading.drafts import Drafts

__all__ = [
    "SHOWN",
    "Brief",
    "brief",
    "brief_data",
    "brief_html",
    "brief_terminal",
    "drafts_terminal",
    "figures_terminal",
    "impasse_terminal",
    "movement_terminal",
    "reading_html",
    "warning_words",
]


def brief_terminal(brief: Brief, console: Console) -> None:
    """Print a brief for people, at the console's width; in a pipe without colour or cuts."""
    from goodoffices.brief.terminal import print_brief

    print_brief(brief, console)


def figures_terminal(case: Case, result: FiguresResult, console: Console) -> None:
    """Print every measure with its claims, for people."""
    from goodoffices.brief.terminal_figures import print_figures

    print_figures(case, result, console)


def impasse_terminal(case: Case, result: ImpasseResult, console: Console) -> None:
    """Print all that `impasse` found, for people."""
    from goodoffices.brief.terminal_impasse import print_impasse

    print_impasse(case, result, console)


def movement_terminal(case: Case, result: MovementResult, console: Console) -> None:
    """Print how far apart the sides were on each day, and who moved, for people."""
    from goodoffices.brief.terminal_movement import print_movement

    print_movement(case, result, console)


def brief_html(brief: Brief) -> str:
    """Return a brief as one self-contained page: no network, no script, the same every time."""
    from goodoffices.brief.page import page

    return page(brief)


def drafts_terminal(drafts: Drafts, console: Console) -> None:
    """Print the drafts of one document, for people."""
    from goodoffices.brief.terminal_reading import print_drafts

    print_drafts(drafts, console)


def reading_html(read: Sequence[tuple[Drafts, str]]) -> str:
    """Return documents, each with its text and drafts, as one self-contained page."""
    from goodoffices.brief.reading_page import reading_page

    return reading_page(read)
