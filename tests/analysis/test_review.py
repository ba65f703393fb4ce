"""What an editor would ask: each warning appears where it should, and only there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goodoffices.analysis.review import record_days, review
from goodoffices.brief import warning_words
from goodoffices.model import Case


def talks(**more: Any) -> Case:
    """Two parties and one statement by each; ``more`` adds or replaces."""
    data: dict[str, Any] = {
        "case": "Talks",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
        "persons": {"cy": {"name": "Cy", "of": "ana"}},
        "documents": {"letter": {"title": "A letter"}},
        "statements": {
            "s1": {"document": "letter", "by": "cy"},
            "s2": {"document": "letter", "by": "ben"},
            "s3": {"document": "letter"},
        },
        "issues": {
            "window": {"question": "At night?", "options": ["open", "shut", "ajar"]},
            "rent": {"question": "How much?", "range": {"from": "0", "to": "100", "step": "5"}},
        },
        "positions": [
            {"id": "a1", "party": "ana", "requires": {"window": "open"}, "source": "s1"},
            {"id": "b1", "party": "ben", "requires": {"rent": {"at-most": 50}}, "source": "s2"},
        ],
    }
    return Case.model_validate({**data, **more})


def position(id: str, party: str, **more: Any) -> dict[str, Any]:
    """Return a position resting on a statement by its party."""
    return {"id": id, "party": party, "source": {"ana": "s1", "ben": "s2"}[party], **more}


def kinds(case: Case) -> list[str]:
    """Return the kinds of a case's warnings."""
    return [warning.kind for warning in review(case).warnings]


def test_a_clean_case_raises_no_question() -> None:
    assert kinds(talks()) == []


def test_a_position_without_a_source_is_asked_about() -> None:
    positions = [{"id": "a1", "party": "ana", "requires": {"window": "open", "rent": "5"}}]
    found = review(talks(positions=[*positions, position("b1", "ben", refuses={"rent": "0"})]))
    assert [(w.kind, w.path) for w in found.warnings] == [
        ("position-without-source", ("positions", 0))
    ]


@pytest.mark.parametrize(
    ("source", "status", "asked"),
    [
        ("s1", "stated", False),  # a person of the party said it
        ("s2", "stated", True),  # only the other side said it
        ("s3", "stated", True),  # the document says it in its own voice
        ("s3", "reported", False),
        ("s3", "inferred", False),
        (["s3", "s1"], "stated", False),
    ],
)
def test_an_inferred_position_is_not_shown_as_stated(
    source: str | list[str], status: str, asked: bool
) -> None:
    shown = {
        "id": "a1",
        "party": "ana",
        "requires": {"window": "open"},
        "source": source,
        "status": status,
    }
    case = talks(positions=[shown, position("b1", "ben", refuses={"rent": "0"})])
    assert ("inferred-shown-as-stated" in kinds(case)) is asked


def test_a_party_that_contradicts_itself_is_asked_about_once_with_the_first_day() -> None:
    case = talks(
        positions=[
            position("a1", "ana", requires={"window": "open"}, since="2025-01-01"),
            position("a2", "ana", refuses={"window": "open"}, since="2025-02-01"),
            position("a3", "ana", requires={"rent": "5"}, since="2025-03-01"),
            position("b1", "ben", refuses={"window": "shut"}),
        ]
    )
    (warning,) = review(case).warnings
    assert warning.kind == "party-contradicts-itself"
    assert warning.about == {"party": "ana", "positions": ["a1", "a2"], "day": "2025-02-01"}
    assert warning_words(case, warning) == (
        "positions a1 and a2 of Ana cannot be met together on 1 February 2025: "
        "has one of them ended, or is it an offer?"
    )


def test_a_contradiction_in_a_record_without_dates_names_no_day() -> None:
    case = talks(
        positions=[
            position("a1", "ana", requires={"window": "open"}),
            position("a2", "ana", refuses={"window": "open"}),
            position("b1", "ben", refuses={"rent": "0"}),
        ]
    )
    (warning,) = review(case).warnings
    assert warning.about == {"party": "ana", "positions": ["a1", "a2"]}
    assert "cannot be met together: has one" in warning_words(case, warning)
    assert record_days(case) == [None]


def test_proposals_and_answers_without_a_source_are_asked_about() -> None:
    responses = {
        "ana": [{"answer": "considers", "source": "s1"}, {"answer": "counters"}],
        "ben": {"answer": "considers", "source": "s2"},
    }
    case = talks(proposals=[{"id": "p1", "by": "ben", "terms": {}, "responses": responses}])
    answer, proposal = sorted(review(case).warnings, key=lambda warning: warning.kind)
    assert answer.kind == "answer-without-source"
    assert answer.path == ("proposals", 0, "responses", "ana")
    assert warning_words(case, answer) == (
        "an answer of Ana to proposal p1 rests on no statement: name its source"
    )
    assert (proposal.kind, proposal.path) == ("proposal-without-source", ("proposals", 0))
    assert warning_words(case, proposal) == "proposal p1 rests on no statement: name its source"


def test_positions_of_different_days_do_not_contradict() -> None:
    case = talks(
        positions=[
            position("a1", "ana", requires={"window": "open"}, until="2025-02-01"),
            position("a2", "ana", refuses={"window": "open"}, since="2025-02-01"),
            position("b1", "ben", refuses={"rent": "0"}),
        ]
    )
    assert kinds(case) == []


def test_positions_of_different_parties_do_not_contradict_themselves() -> None:
    case = talks(
        positions=[
            position("a1", "ana", requires={"window": "open", "rent": "5"}),
            position("b1", "ben", requires={"window": "shut"}),
        ]
    )
    assert kinds(case) == []


def test_a_position_that_nothing_can_meet_contradicts_itself() -> None:
    rules = [{"id": "r1", "refuses": {"window": "open"}}]
    case = talks(rules=rules)
    (warning,) = review(case).warnings
    assert warning.about["positions"] == ["a1"]
    assert "no package meets position a1 of Ana" in warning_words(case, warning)


def test_rules_that_contradict_are_asked_about_and_blamed_on_no_party() -> None:
    rules = [
        {"id": "r1", "refuses": {"window": ["open", "shut"]}},
        {"id": "r2", "refuses": {"window": "ajar"}},
    ]
    assert kinds(talks(rules=rules)) == ["rules-contradict"]


def answered(answer: str, terms: dict[str, str], **response: Any) -> Case:
    """Return talks with a proposal by Ben that Ana answered."""
    proposal = {
        "id": "p1",
        "by": "ben",
        "date": "2025-03-01",
        "source": "s2",
        "terms": terms,
        "responses": {"ana": {"answer": answer, "source": "s1", **response}},
    }
    positions = [
        position("a1", "ana", requires={"window": "open"}, until="2025-04-01", firmness="red-line"),
        position("b1", "ben", requires={"rent": {"at-most": 50}}),
    ]
    return talks(proposals=[proposal], positions=positions)


def test_accepting_what_breaks_a_red_line_is_asked_about() -> None:
    case = answered("accepts", {"window": "shut"})
    (warning,) = review(case).warnings
    assert warning.kind == "accepts-against-position"
    assert warning.about["red_lines"] == ["a1"]
    assert warning.path == ("proposals", 0, "responses", "ana")
    assert "red line a1 among them" in warning_words(case, warning)


def test_the_positions_of_the_day_of_the_answer_count() -> None:
    assert kinds(answered("accepts", {"window": "shut"}, date="2025-04-01")) == []


def test_accepting_what_leaves_room_is_not_asked_about() -> None:
    assert kinds(answered("accepts", {"rent": "5"})) == []


def test_rejecting_what_meets_every_position_is_asked_about() -> None:
    case = answered("rejects", {"window": "open"})
    (warning,) = review(case).warnings
    assert warning.kind == "rejects-what-it-could-accept"
    assert "this is news, or a position is missing" in warning_words(case, warning)


@pytest.mark.parametrize("answer", ["counters", "considers", "accepts-in-part"])
def test_other_answers_are_not_asked_about(answer: str) -> None:
    assert kinds(answered(answer, {"window": "shut"})) == []


def test_rejecting_without_any_position_is_a_silence_not_a_contradiction() -> None:
    case = answered("rejects", {"window": "open"}, date="2025-05-01")
    assert kinds(case) == []


def test_silences_are_asked_about() -> None:
    case = talks(positions=[position("a1", "ana", requires={"window": "open"})])
    assert kinds(case) == ["issue-without-position", "party-without-position"]


def test_moves_are_looked_at_on_every_day_the_record_changes() -> None:
    case = talks(
        positions=[
            position("a1", "ana", requires={"window": "open"}, since="2025-02", until="2026")
        ]
    )
    assert record_days(case) == [date(2025, 1, 31), date(2025, 2, 1), date(2026, 1, 1)]
    assert record_days(talks().on("2025-01-01")) == [date(2025, 1, 1)]


def test_disagreeing_figures_are_named() -> None:
    figures = {
        "f1": {"measure": "tenants", "value": "10", "source": "s1"},
        "f2": {"measure": "tenants", "value": "20", "source": "s2"},
    }
    case = talks(figures=figures)
    (warning,) = review(case).warnings
    assert warning.path == ("figures", "f2")
    assert warning_words(case, warning) == "figures on tenants disagree: f1 (10) and f2 (20)"


def test_the_result_is_plain_data() -> None:
    data = review(talks(rules=[{"id": "r", "refuses": {"window": "open"}}])).to_data()
    assert data["case"] == "Talks"
    assert data["warnings"][0]["kind"] == "party-contradicts-itself"
