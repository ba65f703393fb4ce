"""The record: order of statements, who claims which figure, where claims part, what is missing."""

from __future__ import annotations

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.zone.search import Limits
from goodoffices.brief import brief
from goodoffices.brief.record import OWN_VOICE, events, gaps, known_statements
from tests.brief.cases import SHIFTS, brief_of, example, made


def test_facts_name_the_claimant_the_bound_and_the_time() -> None:
    (measure,) = brief_of(SHIFTS).facts
    assert measure.label == "night shifts"
    assert [(claim.value, claim.kind, claim.who, claim.when) for claim in measure.claims] == [
        ("at most 1,200 shifts", "claim", "Dan Ode (speaker, Ana)", "as of May 2025"),
        ("about 1,500 shifts", "claim", "Ben, passed on by Cleo", "as of 20 May 2025"),
        ("900 shifts", "aim", "Dan Ode (speaker, Ana)", "by 2026"),
    ]
    assert measure.disagreements == (
        "Dan Ode (speaker, Ana): at most 1,200 shifts (f1); "
        "Ben, passed on by Cleo: about 1,500 shifts (f2). These do not agree.",
    )


def test_statements_stand_in_order_of_date_days_before_their_month() -> None:
    assert list(known_statements(SHIFTS)) == ["s1", "s2", "s3"]
    order = list(known_statements(example("gaza-2025")))
    assert order.index("s14b") < order.index("s10b") < order.index("s17a") < order.index("s7a")


def test_the_documents_own_voice_is_a_lane_of_its_own() -> None:
    lines = brief_of(SHIFTS).statements
    assert lines["s3"].side == OWN_VOICE
    assert lines["s3"].speaker == "in the document's own voice"
    assert (lines["s1"].side, lines["s1"].place) == ("Ana", "paragraph 3")
    assert lines["s2"].place == "characters 4 to 20"


def test_events_are_statements_proposals_and_answers_with_a_date() -> None:
    found = [(event.lane, event.kind, event.first, event.last) for event in events(SHIFTS)]
    assert found == [
        ("Ana", "demands", "2025-05-01", "2025-05-31"),
        ("Ben", "proposal", "2025-05-10", "2025-05-10"),
        ("Ana", "answer", "2025-05-12", "2025-05-12"),
        ("Ana", "proposal", "2025-05-12", "2025-05-12"),
        ("Ben", "refuses", "2025-06-01", "2025-06-01"),
    ]


def test_what_is_missing_is_named() -> None:
    found = {gap.heading: gap.items for gap in brief_of(SHIFTS).gaps}
    del found["Dated after this day, and left out"]
    assert found == {
        "Positions without a source": (
            "b2: Ben prefers ‘everybody’ on Night work over ‘volunteers’ on Night work (inferred).",
        ),
        "Positions without a date from which they hold": (
            "b1: Ben refuses at least 3 percent on pay.",
            "b2: Ben prefers ‘everybody’ on Night work over ‘volunteers’ on Night work (inferred).",
        ),
        "Issues on which nobody has a position": ("bus",),
        "Proposals without a source": ("Second paper",),
        "Proposals that a party has not answered": ("Second paper: Ben",),
        "Statements without a date": ("s3",),
        "Statements without a place in their document": ("s3",),
        "Documents whose text is not kept with the case": ("paper",),
    }


def test_an_answer_that_rests_on_no_statement_is_named() -> None:
    answer = {"ben": [{"answer": "considers"}, {"answer": "rejects"}]}
    case = made({"proposals": [{"id": "p1", "by": "ana", "terms": {}, "responses": answer}]})
    found = {gap.heading: gap.items for gap in gaps(case, impasse(case))}
    assert found["Answers without a source"] == ("p1: Ben",)


def test_a_party_that_is_silent_and_an_issue_of_one_side_are_named() -> None:
    case = made(
        {
            "issues": {"bus": {"question": "A bus?", "options": ["no", "yes"]}},
            "positions": [{"id": "a1", "party": "ana", "requires": {"bus": "yes"}}],
        }
    )
    found = {gap.heading: gap.items for gap in gaps(case, impasse(case))}
    assert found["Parties without a position"] == ("Ben",)
    assert found["Issues on which one party only has a position"] == ("bus: Ana",)


def test_what_a_limit_kept_out_is_named_first() -> None:
    case = example("gaza-2025")
    found = impasse(case, limits=Limits(most=1))
    first = brief(case, found).gaps[0]
    assert first.heading == "Not found, for a limit was met"
    assert len(first.items) == len(found.missing) > 0
