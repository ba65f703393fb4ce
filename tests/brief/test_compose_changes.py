"""What a case's own changes would do, against verdicts of the case with each of them put in."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from goodoffices.analysis.stability import StabilityLimits, stability
from goodoffices.analysis.stability.changes import with_change
from goodoffices.brief import brief_html
from goodoffices.brief.compose_changes import changes
from goodoffices.brief.hold_words import SHORT
from goodoffices.brief.holding import ChangeLine
from goodoffices.brief.terminal_stability import print_stability
from goodoffices.model import Case
from tests.brief.cases import brief_of, made

TOGETHER = {
    "text": "Ana and Ben promise to arm together or not at all",
    "infeasible": [{"a": "yes", "b": "no"}, {"a": "no", "b": "yes"}],
    "note": "Nobody has offered this.",
}
IDLE = {"options": {"watch": {"by": "ana"}}, "infeasible": [{"watch": "yes"}]}


def dilemma(**what_if: Any) -> Case:
    """Two who both would rather arm, and both be better off if neither did."""
    return made(
        {
            "moves": {
                "options": {"a": {"by": "ana"}, "b": {"by": "ben"}},
                "states": {"CC": [], "DC": ["a"], "CD": ["b"], "DD": ["a", "b"]},
                "now": "DD",
                "preferences": {
                    "ana": {"ranking": ["DC", "CC", "DD", "CD"]},
                    "ben": {"ranking": ["CD", "CC", "DD", "DC"]},
                },
                "what-if": what_if,
            }
        }
    )


def lines(case: Case) -> dict[str, ChangeLine]:
    assert case.moves is not None
    return {change.id: change for change in changes(case, case.moves)}


def test_a_promise_that_makes_peace_hold_says_so() -> None:
    case = dilemma(together=TOGETHER)
    change = lines(case)["together"]
    assert change.sentences == (
        "CC would then hold by Nash, and so by SSEQ, SEQ, SMR and GMR; "
        "now by SSEQ, and so by SEQ, SMR and GMR.",
        "No longer possible: DC and CD.",
    )


def test_what_comes_and_goes_is_what_the_case_with_the_change_has() -> None:
    case = dilemma(together=TOGETHER)
    before, after = stability(case).equilibria, stability(with_change(case, "together")).equilibria
    told = " ".join(lines(case)["together"].sentences)
    for state in ("CC", "DD"):
        changed = any((state in after[concept]) != (state in before[concept]) for concept in SHORT)
        assert (f"{state} would then hold" in told) == changed


def test_a_change_that_changes_nothing_says_so() -> None:
    assert lines(dilemma(idle=IDLE))["idle"].sentences == (
        "The same states would hold as without it.",
    )


def test_a_change_that_cannot_be_computed_says_why() -> None:
    many = {f"x{n}": {"by": "ana"} for n in range(11)}
    (sentence,) = lines(dilemma(many={"options": many}))["many"].sentences
    assert sentence.startswith("It was not computed: what-if: expected at most 4,096 states")


@pytest.mark.parametrize("words", ["together", "<b>&\u202e"])
def test_it_stands_in_the_terminal_and_on_the_page(words: str) -> None:
    case = dilemma(together={**TOGETHER, "text": words})
    stream = io.StringIO()
    print_stability(case, stability(case, limits=StabilityLimits()), Console(file=stream, width=80))
    html = brief_html(brief_of(case))
    for shown in (stream.getvalue(), html):
        assert "What the case thinks of" in shown
        assert "No longer possible: DC and CD." in shown
        assert "Nobody has offered this." in shown
    assert "<b>&" not in html


def test_a_case_without_changes_has_no_such_part() -> None:
    assert "What the case thinks of" not in brief_html(brief_of(dilemma()))
