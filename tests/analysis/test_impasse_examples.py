"""Examples of what a way out opens: numbers move no further than they must."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.cases import Shape, generate
from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.zone.search import Limits
from goodoffices.model import Case, meets


def talks(positions: list[dict[str, Any]], **more: Any) -> Case:
    """Talks about a number of days and a truce."""
    parties = sorted({position["party"] for position in positions})
    return Case.model_validate(
        {
            "case": "Talks",
            "parties": {party: {"name": party} for party in parties},
            "issues": {
                "days": {"question": "?", "range": {"from": 0, "to": 120, "step": 10}},
                "truce": {"question": "?", "options": ["none", "some"]},
            },
            "positions": positions,
            **more,
        }
    )


def examples(case: Case) -> dict[tuple[str, ...], str]:
    """Return the days in the example of each way out."""
    return {way.relax: way.example["days"] for way in impasse(case).ways_out}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"at-least": 60}, {"at-most": 30}, {("a",): "30", ("b",): "60"}),
        ({"at-most": 30}, {"at-least": 60}, {("a",): "60", ("b",): "30"}),
        ({"at-least": 61}, {"at-most": 64}, {("a",): "60", ("b",): "70"}),
        ("0", ["50", "110"], {("a",): "50", ("b",): "0"}),
        ({"not": "60"}, "60", {("a",): "60", ("b",): "50"}),
    ],
)
def test_a_number_moves_no_further_than_it_must(
    one: Any, other: Any, expected: dict[tuple[str, ...], str]
) -> None:
    case = talks(
        [
            {"id": "a", "party": "p", "requires": {"days": one}},
            {"id": "b", "party": "q", "requires": {"days": other}},
        ]
    )
    assert examples(case) == expected


def test_what_others_hold_keeps_a_number_away() -> None:
    case = talks(
        [
            {"id": "a", "party": "p", "requires": {"days": {"at-least": 60}}},
            {"id": "b", "party": "q", "requires": {"days": {"at-most": 50}}},
            {"id": "c", "party": "q", "refuses": {"days": ["40", "50"]}},
        ]
    )
    assert examples(case)["a",] == "30"


def test_a_refusal_given_up_leaves_the_number_where_it_was_wanted() -> None:
    case = talks(
        [
            {"id": "a", "party": "p", "refuses": {"days": {"at-least": 60}}},
            {"id": "b", "party": "q", "requires": {"days": {"at-least": 90}}},
        ]
    )
    assert examples(case) == {("a",): "90", ("b",): "50"}


def test_examples_lie_in_their_zone_and_are_the_same_every_time() -> None:
    for seed in range(20):
        case = generate(Shape(6, 24, 0.4), np.random.default_rng(seed))
        ways = impasse(case).ways_out
        assert ways == impasse(case).ways_out
        for way in ways:
            kept = [p for p in case.positions if p.id not in way.relax]
            assert all(meets(position, way.example, case.issues) for position in kept)


def test_out_of_time_an_example_is_still_one() -> None:
    case = generate(Shape(6, 24, 0.4), np.random.default_rng(2))
    hurried = impasse(case, limits=Limits(spent=lambda: 1.0))
    for way in hurried.ways_out:
        kept = [p for p in case.positions if p.id not in way.relax]
        assert all(meets(position, way.example, case.issues) for position in kept)
