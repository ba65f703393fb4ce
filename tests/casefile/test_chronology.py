"""Dates that cannot be, against a twin that tries every day of two spans."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.casefile import read_text
from goodoffices.model import PartialDate

WRITTEN = ("2024", "2024-12", "2024-12-31", "2025", "2025-01", "2025-01-01", "2025-01-02",
           "2025-01-31", "2025-02", "2025-02-01", "2025-02-02")  # fmt: skip
DATES = st.sampled_from(WRITTEN)


def days(text: str) -> list[date]:
    span = PartialDate.parse(text)
    return [span.first + timedelta(n) for n in range((span.last - span.first).days + 1)]


def possible(early: str, late: str, allowed: int = 0) -> bool:
    """Whether some day of the one is not after some day of the other, or hardly after it."""
    return any(
        first <= second + timedelta(allowed) for first in days(early) for second in days(late)
    )


def faults(**data: Any) -> set[str]:
    base = {
        "case": "Talks",
        "parties": {"a": {"name": "A"}, "b": {"name": "B"}},
        "documents": {"d": {"title": "D"}},
        "statements": {"s": {"document": "d"}},
    }
    problems = read_text(json.dumps({**base, **data}), "case.json").problems
    return {problem.path for problem in problems}


@settings(deadline=None, max_examples=60)
@given(DATES, DATES)
def test_a_document_reports_what_has_happened(said: str, published: str) -> None:
    found = faults(
        documents={"d": {"title": "D", "published": published}},
        statements={"s": {"document": "d", "date": said}},
    )
    assert (not found) == possible(said, published, allowed=1)
    assert found <= {"$.statements.s.date"}


@settings(deadline=None, max_examples=60)
@given(DATES, DATES)
def test_an_answer_comes_after_the_proposal(made: str, given: str) -> None:
    answer = {"answer": "accepts", "date": given}
    row = {"id": "p", "by": "a", "date": made, "responses": {"b": [answer]}}
    found = faults(proposals=[row])
    assert (not found) == possible(made, given)
    assert found <= {"$.proposals[0].responses.b[0].date"}


@settings(deadline=None, max_examples=60)
@given(DATES, DATES)
def test_a_proposal_comes_after_what_it_is_based_on(first: str, second: str) -> None:
    rows = [
        {"id": "q", "by": "a", "date": second, "based-on": ["p", "unknown"]},
        {"id": "p", "by": "a", "date": first},
    ]
    found = faults(proposals=rows) - {"$.proposals[0].based-on[1]"}
    assert (not found) == possible(first, second)
    assert found <= {"$.proposals[0].date"}


@settings(deadline=None, max_examples=60)
@given(DATES, DATES, st.sampled_from(("as-of", "by")))
def test_a_period_ends_after_it_begins(since: str, end: str, key: str) -> None:
    figure = {"measure": "m", "value": 1, "source": "s", "since": since, key: end}
    found = faults(figures={"f": figure})
    assert (not found) == possible(since, end)
    assert found <= {f"$.figures.f.{key}"}


@settings(deadline=None, max_examples=60)
@given(DATES, DATES, DATES, st.sampled_from(("claimed", "estimated", "wanted", "ordered")))
def test_a_claim_is_about_a_day_before_a_report(
    as_of: str, one: str, other: str, kind: str
) -> None:
    found = faults(
        documents={
            "d": {"title": "D", "published": one},
            "e": {"title": "E", "published": other},
        },
        statements={"s": {"document": "d"}, "t": {"document": "e"}},
        figures={
            "f": {
                "measure": "m", "value": 1, "source": ["s", "t"], "as-of": as_of, "kind": kind,
            }
        },
    )  # fmt: skip
    right = kind != "claimed" or possible(as_of, one, 1) or possible(as_of, other, 1)
    assert (not found) == right
    assert found <= {"$.figures.f.as-of"}


@pytest.mark.parametrize(("published", "said"), [("9999", "9999-12-31"), ("9999-12-31", "9999")])
def test_the_end_of_all_dates(published: str, said: str) -> None:
    documents = {"d": {"title": "D", "published": published}}
    assert faults(documents=documents, statements={"s": {"document": "d", "date": said}}) == set()


def test_dates_that_are_none_are_told_once() -> None:
    row = {
        "id": "p",
        "by": "a",
        "date": "soon",
        "responses": {"b": {"answer": "accepts", "date": "2025"}},
    }
    assert faults(proposals=[row]) == {"$.proposals[0].date"}
    row["responses"] = {"b": {"answer": "accepts", "date": ["2025"]}}
    assert faults(proposals=[{**row, "date": "2025"}]) == {"$.proposals[0].responses.b.date"}


def test_a_position_ends_after_it_begins() -> None:
    issues = {"i": {"question": "?", "options": ["x"]}}
    position = {"id": "p", "party": "a", "requires": {"i": "x"}}
    for since, until in (("2025-01", "2025-02"), ("2025-01-01", "2025-01-02"), ("2024", "2025")):
        assert (
            faults(issues=issues, positions=[{**position, "since": since, "until": until}]) == set()
        )
    for since, until in (("2025-02", "2025-01"), ("2025", "2025-01"), ("2025-01-01", "2025-01-01")):
        found = faults(issues=issues, positions=[{**position, "since": since, "until": until}])
        assert found == {"$.positions[0]"}
