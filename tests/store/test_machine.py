"""Acts at random, in a store and on a pure fold beside it: the same answers, the same talk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from goodoffices.store import Accepted, Store, new_id
from goodoffices.store.verify import verify
from goodoffices.talks import Event, Refused, Talk, admit, fold, may, view
from goodoffices.talks.acts import CloseAcceptance
from tests.store.stage import PEOPLE, Stage, plain
from tests.talks.scene import Scene, answers
from tests.talks.script import DESK_ACTS, OWN_ACTS, desk_act, own_act

OF = {"north": ("ada", "abe"), "south": ("bea", "bob"), "league": ("gus",)}


class StoreBesideFold(RuleBasedStateMachine):
    """What the store keeps is what the rules make of the same acts."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.stage = Stage(store)
        self.stage.round(hours=60, mediator_takes_part=True)
        self.scene = Scene()
        self.scene.events = list(self.stage.events())
        self.scene.talk = fold(self.scene.events)

    @rule(data=st.data(), side=st.sampled_from(sorted(OF)), name=st.sampled_from(OWN_ACTS))
    def somebody_of_a_side_acts(self, data: st.DataObject, side: str, name: str) -> None:
        who = data.draw(st.sampled_from(OF[side]))
        self.attempt(who, name, own_act(data.draw, self.scene, side, who, name))

    @rule(data=st.data(), name=st.sampled_from(DESK_ACTS))
    def the_lead_acts(self, data: st.DataObject, name: str) -> None:
        people = self.scene.talk.desk.people.values()
        lead = next(person.id for person in people if person.role == "lead")
        self.attempt(lead, name, desk_act(data.draw, self.scene, name))

    @rule(data=st.data(), who=st.sampled_from(("ada", "bea")), accept=st.booleans())
    def somebody_answers_a_round(self, data: st.DataObject, who: str, accept: bool) -> None:
        rounds = sorted(self.scene.talk.desk.rounds)
        if rounds:
            name = data.draw(st.sampled_from(rounds))
            self.attempt(who, "ballot", {"round": name, "accept": accept})

    @rule()
    def time_goes_by(self) -> None:
        self.stage.clock += timedelta(days=2)
        self.store.settle(self.stage.id, now=self.stage.clock)
        self.take_what_was_closed()

    @rule()
    def the_program_starts_again(self) -> None:
        self.store._known.clear()

    def attempt(self, who: str, name: str, given: dict[str, Any]) -> None:
        """Ask both; what the store keeps, the fold is given."""
        self.stage.clock += timedelta(hours=1)
        now = self.scene.clock = self.stage.clock
        self.store.settle(self.stage.id, now=now)
        self.take_what_was_closed()
        given = {key: value for key, value in given.items() if key != "at"}
        expected = may(self.scene.talk, who, {"act": name, "id": new_id(), "at": now, **given})
        if isinstance(expected, Refused) and expected.reason == "leak-check-unanswered":
            given = {**given, "leak_check": answers(expected)}
        data = {"act": name, "id": new_id(), "at": now, **given}
        expected = may(self.scene.talk, who, data)
        answer = self.store.act(self.stage.id, who, {"act": name, **given}, now=now)
        if isinstance(expected, Refused):
            assert answer == expected
            return
        assert isinstance(answer, Accepted), answer
        self.take(Event.model_validate({"by": who, "act": {**data, "id": answer.id}}))

    def take(self, event: Event) -> None:
        after = admit(self.scene.talk, event)
        assert isinstance(after, Talk), after
        self.scene.talk = after
        self.scene.events.append(event)

    def take_what_was_closed(self) -> None:
        known = {event.act.id for event in self.scene.events}
        for event in self.stage.events():
            if isinstance(event.act, CloseAcceptance) and event.act.id not in known:
                self.take(event)

    @invariant()
    def the_talk_is_the_fold(self) -> None:
        assert plain(self.stage.talk) == plain(self.scene.talk)

    @invariant()
    def what_is_written_is_what_was_done_but_for_ballots(self) -> None:
        done = [event for event in self.scene.events if event.act.act != "ballot"]
        assert list(self.stage.events()) == done

    @invariant()
    def everybody_sees_what_the_rules_show(self) -> None:
        for who in ("bea", "gus"):
            person = self.scene.talk.person(who)
            if person is not None and not person.left:
                shown = self.store.view(self.stage.id, who, now=self.stage.clock)
                assert shown == view(self.scene.talk, who)

    def teardown(self) -> None:
        found = verify(self.store)
        assert [book.problem for book in found.books if book.problem] == []


@pytest.mark.slow
def test_a_store_is_the_fold_of_its_acts(store: Store) -> None:
    assert set(PEOPLE) >= {who for people in OF.values() for who in people}
    run_state_machine_as_test(
        cast(type[RuleBasedStateMachine], lambda: StoreBesideFold(store)),
        settings=settings(
            max_examples=10 if store.database.file else 5, stateful_step_count=20, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
