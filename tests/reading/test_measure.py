"""The measures of the benchmark, by hand on small cases; and the real report, where it is there."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.attribution_measure import Labelled, Tally, tokens_of
from benchmarks.reading import compared as compared_with_gum
from benchmarks.reading_report import EXAMPLE, compared, figures_compared
from goodoffices.casefile import read_case
from goodoffices.reading import read_statements

TEXT = "Ana said it was late"
ANA, SAID, LATE = [(0, 3)], [(4, 8)], [(9, 20)]
REPORT = Path(
    os.environ.get(
        "GOODOFFICES_SEED",
        Path(__file__).parents[3] / "shared/seed/news-report-2025-06-02.txt",
    )
)


def tally(labelled: list[Labelled], found: list[Labelled]) -> Tally:
    added = Tally()
    added.add(TEXT, labelled, found)
    return added


def test_what_is_the_same_is_right_by_every_measure() -> None:
    one = Labelled(ANA, SAID, LATE)
    assert {rates for _, _, rates in tally([one], [one]).rows()} == {(100.0, 100.0)}


def test_half_of_a_content_is_half_right() -> None:
    whole, part = Labelled(ANA, SAID, LATE), Labelled(ANA, SAID, [(9, 11)])
    added = tally([whole], [part])
    assert added.rates("content", "exact") == (0.0, 0.0)
    partial = added.rates("content", "partial")
    assert partial.precision == 100.0
    assert partial.recall == pytest.approx(100 / 3)
    assert added.rates("content", "overlap") == (100.0, 100.0)
    # Of three tokens one: an F of a half, which is enough to count as the same statement.
    assert added.rates("joint", "joint") == (100.0, 100.0)


@pytest.mark.parametrize(
    "wrong",
    [
        Labelled([], SAID, LATE),
        Labelled([(16, 20)], SAID, LATE),
        Labelled(ANA, [(9, 11)], LATE),
        Labelled(ANA, SAID, [(0, 3)]),
    ],
)
def test_a_joint_match_needs_all_three(wrong: Labelled) -> None:
    assert tally([Labelled(ANA, SAID, LATE)], [wrong]).rates("joint", "joint").f == 0


def test_a_label_is_matched_once() -> None:
    one = Labelled(ANA, SAID, LATE)
    assert tally([one], [one, one]).rates("joint", "joint") == (50.0, 100.0)


def test_sources_may_share_their_words() -> None:
    one, other = Labelled(ANA, SAID, LATE), Labelled(ANA, SAID, [(16, 20)])
    assert tally([one, other], [one]).rates("source", "exact") == (100.0, 100.0)


def test_tokens_that_a_span_touches() -> None:
    spans = [(0, 3), (4, 8), (9, 11)]
    assert tokens_of([(2, 5)], spans) == {0, 1}
    assert tokens_of([(3, 4), (11, 20)], spans) == frozenset()


def test_infinitives_objects_and_deeds_are_not_compared_with_gum() -> None:
    text = "Ana refused to go. The army shelled the town. She said it was late."
    rows = compared_with_gum(read_statements(text), text)
    assert [[text[start:end] for start, end in one.cue] for one in rows] == [["said"]]


def test_a_speaker_of_another_clause_counts_as_none() -> None:
    text = "Ana rejected the plan and said that it was late."
    (one,) = compared_with_gum(read_statements(text), text)
    assert one.source == []


@pytest.mark.seed
def test_the_real_report() -> None:
    if not REPORT.is_file():
        pytest.skip("the report's text is not here; GOODOFFICES_SEED=FILE names it")
    text = REPORT.read_text(encoding="utf-8-sig")
    case = read_case(EXAMPLE)
    reading = read_statements(text, case=case, published=date(2025, 6, 2))
    outcomes = Counter(one.outcome for one in compared(case, reading))
    assert outcomes.total() == 36
    assert outcomes["found"] >= 24
    assert outcomes["missed"] <= 6
    assert {word for _, word in figures_compared(case, reading, text)} == {"found"}
