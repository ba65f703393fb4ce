"""What leaves a store: a whole talk, one's own view, and a case that analysis can read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.casefile import case_text, read_text
from goodoffices.errors import NotFoundError
from goodoffices.model import Case
from goodoffices.store import Store, new_id
from goodoffices.store.export import joined, own_view, record_case, whole_talk
from goodoffices.talks import Event, fold
from tests.store.stage import PEOPLE, Stage

ANALYSIS = {"ways": ["analysis"]}


@pytest.fixture
def stage(file_store: Store) -> Stage:
    return Stage(file_store)


def position(stage: Stage, who: str, party: str, caveat: Any = ANALYSIS, **given: Any) -> str:
    return stage.do(
        who, "entrust", kind="offer", words=f"In words of {who}.", caveat=caveat,
        position={"id": "p", "party": party, **given},
    )  # fmt: skip


def case_of(stage: Stage) -> Case:
    return record_case(stage.talk, document="talk")


def test_a_whole_talk_can_be_folded_again(stage: Stage) -> None:
    position(stage, "ada", "north", offers={"gate": "open"}, **{"in-return-for": {"days": "45"}})
    round_ = stage.round()
    stage.vote("ada", round_, True)
    data = json.loads(json.dumps(whole_talk(stage.store, stage.id, now=stage.clock)))
    events = [Event.model_validate(event) for event in data["events"]]
    talk = fold(events)
    assert (talk.rooms, talk.desk) == (stage.talk.rooms, stage.talk.desk)
    assert data["talk"] == stage.id
    assert "ballot" not in {event["act"]["act"] for event in data["events"]}
    assert data["view"]["talk"] == "The crossing"


def test_ones_own_view_is_that_of_the_rules(stage: Stage) -> None:
    stage.entrust("ada", "Northern words.")
    stage.entrust("bea", "Southern words.")
    for who in PEOPLE:
        shown = stage.store.view(stage.id, who, now=stage.clock)
        assert own_view(stage.store, stage.id, who, now=stage.clock) == json.loads(
            shown.canonical()
        )
    assert "Southern" not in json.dumps(own_view(stage.store, stage.id, "abe", now=stage.clock))
    for talk, who in ((new_id(), "ada"), (stage.id, "nobody")):
        with pytest.raises(NotFoundError):
            own_view(stage.store, talk, who, now=stage.clock)


def test_positions_rest_on_statements_in_confidence(stage: Stage) -> None:
    one = position(stage, "ada", "north", requires={"gate": "open"})
    two = position(stage, "bea", "south", refuses={"gate": "open"})
    said = stage.do("bea", "entrust", kind="message", words="We are tired.", caveat=ANALYSIS)
    case = case_of(stage)
    assert {found.id: found.source for found in case.positions} == {
        f"of-{one}": (f"said-{one}",), f"of-{two}": (f"said-{two}",)
    }  # fmt: skip
    assert {found.status for found in case.positions} == {"confidential"}
    statements = {name: (one.by, one.kind, one.says) for name, one in case.statements.items()}
    assert statements == {
        f"said-{one}": ("north", "offers", "In words of ada."),
        f"said-{two}": ("south", "offers", "In words of bea."),
        f"said-{said}": ("south", "says", "We are tired."),
    }
    assert read_text(case_text(case), "case.yaml").case == case
    assert len(impasse(case).conflicts) == 1


def test_what_may_not_inform_analysis_stays_out(stage: Stage) -> None:
    position(stage, "ada", "north", caveat={}, requires={"gate": "open"})
    stage.do("lead", "minute", side="south", kind="message", words="Unconfirmed.", caveat=ANALYSIS)
    gone = position(stage, "bea", "south", requires={"gate": "open"})
    stage.do("bea", "withdraw", item=gone)
    held = position(stage, "bea", "south", requires={"gate": "open"})
    stage.do("lead", "tighten", item=held, caveat={})
    stage.do("gus", "entrust", kind="message", words="We would guarantee.", caveat=ANALYSIS)
    case = case_of(stage)
    assert case.positions == ()
    assert [one.by for one in case.statements.values()] == ["league"]
    assert read_text(case_text(case), "case.yaml").case == case


def test_what_a_side_said_stays_out_once_the_side_has_left(stage: Stage) -> None:
    position(stage, "ada", "north", requires={"gate": "open"})
    position(stage, "bea", "south", requires={"gate": "open"})
    stage.do("bea", "leave", whole_side=True)
    case = case_of(stage)
    assert {one.by for one in case.statements.values()} == {"north"}
    assert {one.party for one in case.positions} == {"north"}


BASE = {
    "case": "The crossing, as known",
    "parties": {"north": {"name": "The North"}, "east": {"name": "The East"}},
    "documents": {"report": {"title": "A report"}},
    "statements": {"s1": {"document": "report", "by": "east", "says": "No."}},
    "issues": {"gate": {"question": "What of the gate?", "options": ["open", "shut", "half"]}},
    "positions": [{"id": "e1", "party": "east", "refuses": {"gate": "half"}, "source": "s1"},
                  {"id": "e2", "party": "east", "refuses": {"gate": "shut"}}],
}  # fmt: skip


def test_a_case_that_is_there_keeps_what_it_says(stage: Stage) -> None:
    position(stage, "ada", "north", requires={"gate": "open"})
    base = Case.model_validate(BASE)
    both = joined(base, case_of(stage), document="talk")
    assert both.case == "The crossing, as known"
    assert both.parties["north"].name == "The North"
    assert list(both.parties) == ["north", "south", "east"]
    assert both.issues["gate"].question == "What of the gate?"
    assert [one.id for one in both.positions][:2] == ["e1", "e2"]
    assert read_text(case_text(both), "case.yaml").case == both


def test_an_earlier_export_of_the_talk_is_replaced(stage: Stage) -> None:
    first = position(stage, "ada", "north", requires={"gate": "open"})
    both = joined(Case.model_validate(BASE), case_of(stage), document="talk")
    stage.do("ada", "withdraw", item=first)
    second = position(stage, "ada", "north", requires={"gate": "shut"})
    again = joined(both, case_of(stage), document="talk")
    assert [one.id for one in again.positions] == ["e1", "e2", f"of-{second}"]
    assert set(again.statements) == {"s1", f"said-{second}"}
    assert joined(again, case_of(stage), document="talk") == again
