"""Figures by measure: who claims what, in order of time, and every pair of claims compared."""

from __future__ import annotations

import json
from itertools import combinations
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.figures import figures
from goodoffices.errors import NotFoundError
from goodoffices.model import Case, compare
from tests.brief.cases import SHIFTS, made

RECORD: dict[str, Any] = {
    "third-parties": {"cleo": {"name": "Cleo", "roles": ["observer"]}},
    "persons": {"dan": {"name": "Dan", "of": "ana"}},
    "documents": {"d": {"title": "Paper"}},
    "statements": {
        "s1": {"document": "d", "by": "dan", "date": "2025-03-01"},
        "s2": {"document": "d", "by": "ben", "date": "2025-04-01"},
        "s3": {"document": "d"},
    },
}


def claims(**given: dict[str, Any]) -> Case:
    """Return a case with figures on one measure, unless they name another."""
    return made(RECORD | {"figures": {id: {"measure": "posts", **f} for id, f in given.items()}})


def test_a_claim_says_who_made_it_for_whom_and_when() -> None:
    case = claims(f={"value": "40.5", "bound": "about", "unit": "posts", "source": ["s1", "s2"]})
    (measure,) = figures(case).measures
    (claim,) = measure.claims
    assert (claim.speaker, claim.side, claim.said) == ("dan", "ana", "2025-03-01")
    assert (claim.value, claim.reach, claim.unit) == (40.5, (36.45, 44.55), "posts")
    assert not claim.confidential


def test_claims_stand_by_the_time_they_speak_of_and_undated_ones_last() -> None:
    case = claims(
        a={"value": 1, "source": "s3"},
        b={"value": 1, "source": "s2"},
        c={"value": 1, "source": "s2", "as-of": "2024-12"},
        d={"value": 1, "source": "s3", "by": "2026"},
    )
    (measure,) = figures(case).measures
    assert [claim.id for claim in measure.claims] == ["c", "b", "d", "a"]


def test_what_was_said_later_is_left_out() -> None:
    case = claims(a={"value": 1, "source": "s1"}, b={"value": 2, "source": "s2"})
    (measure,) = figures(case.on("2025-03-15")).measures
    assert [claim.id for claim in measure.claims] == ["a"]
    assert figures(case).measures[0].comparisons[0].relation == "disagree"


def test_what_both_allow_is_told() -> None:
    case = claims(
        a={"value": 10, "bound": "at-least", "source": "s1"},
        b={"value": 12, "bound": "at-most", "source": "s1"},
    )
    (found,) = figures(case).measures[0].comparisons
    assert (found.relation, found.common, found.same_speaker) == ("compatible", (10, 12), True)


def test_only_the_measure_asked_for() -> None:
    case = claims(a={"value": 1, "source": "s1"}, b={"value": 1, "source": "s1", "measure": "pay"})
    assert [m.measure for m in figures(case).measures] == ["posts", "pay"]
    assert [m.measure for m in figures(case, measure="pay").measures] == ["pay"]
    with pytest.raises(NotFoundError, match='a measure of the case, as posts; found "post"'):
        figures(case, measure="post")


def test_what_rests_on_words_told_in_confidence_is_marked() -> None:
    result = figures(SHIFTS)
    (measure,) = result.measures
    assert result.confidential
    assert {claim.id: claim.confidential for claim in measure.claims} == {
        "f1": True, "f2": False, "f3": True,
    }  # fmt: skip
    (found,) = measure.comparisons
    assert found.confidential


def test_every_two_claims_are_compared_once() -> None:
    rng = Random(3)
    for _ in range(30):
        given = {
            f"f{n}": {
                "value": rng.randint(1, 4),
                "bound": rng.choice(("exactly", "about", "at-least", "at-most")),
                "kind": rng.choice(("claimed", "claimed", "wanted")),
                "source": rng.choice(("s1", "s2")),
                **(
                    {"as-of": rng.choice(("2025", "2025-02", "2024"))} if rng.random() < 0.6 else {}
                ),
            }
            for n in range(rng.randint(1, 5))
        }
        case = claims(**given)
        (measure,) = figures(case).measures
        found = {frozenset(c.figures): c.relation for c in measure.comparisons}
        expected = {
            frozenset((a, b)): relation
            for (a, one), (b, other) in combinations(case.figures.items(), 2)
            if (relation := compare(one, other)) is not None
        }
        assert found == expected


def test_the_result_is_plain_data_and_the_same_every_time() -> None:
    case = claims(a={"value": "1e20", "source": "s1"})
    data = figures(case).to_data()
    assert data["measures"][0]["claims"][0]["value"] == "100000000000000000000"
    assert json.dumps(data) == json.dumps(figures(case).to_data())
