"""A machine that acts at random against the rules, and holds what must hold after every act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from goodoffices.talks import TABLE, Event, Refused, Talk, admit, fold, may, view
from goodoffices.talks.state import Item, Received, Round, Version
from goodoffices.talks.waiting import confirmed
from tests.talks.scene import Scene, answers, in_a_round, opened, ready
from tests.talks.script import DESK_ACTS, OWN_ACTS, SIDES, desk_act, own_act


class Talks(RuleBasedStateMachine):
    """People act as they like; the model beside the talk is what anybody would write down."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.ballots: dict[tuple[str, str], bool] = {}
        self.released: dict[str, set[str]] = {}
        self.circulated: dict[str, list[tuple[str, ...]]] = {}

    @initialize(begin=st.sampled_from((opened, in_a_round, ready)))
    def begin(self, begin: Any) -> None:
        self.scene = begin()
        self.scene.serial = 1000
        for event in self.scene.events:
            if event.act.act == "circulate":
                self.circulated.setdefault(event.act.draft, []).append(event.act.to)

    @rule(data=st.data(), side=st.sampled_from(sorted(SIDES)), name=st.sampled_from(OWN_ACTS))
    def somebody_of_a_side_acts(self, data: st.DataObject, side: str, name: str) -> None:
        who = data.draw(st.sampled_from(SIDES[side]))
        self.try_act(who, name, own_act(data.draw, self.scene, side, who, name))

    @rule(
        data=st.data(),
        who=st.sampled_from(("lead", "aide", "scribe")),
        name=st.sampled_from(DESK_ACTS),
    )
    def somebody_of_the_team_acts(self, data: st.DataObject, who: str, name: str) -> None:
        self.try_act(who, name, desk_act(data.draw, self.scene, name))

    @rule(data=st.data(), who=st.sampled_from(("lead", "ada", "bea")))
    def somebody_answers_a_round(self, data: st.DataObject, who: str) -> None:
        rounds = sorted(self.scene.talk.desk.rounds)
        if rounds:
            given = {
                "round": data.draw(st.sampled_from(rounds)),
                "accept": data.draw(st.booleans()),
            }
            self.try_act(who, "ballot", given)

    @rule(result=st.sampled_from(("all accepted", "not agreed")))
    def a_round_is_closed(self, result: str) -> None:
        for record in self.scene.talk.desk.rounds.values():
            if record.result is None:
                at = max(record.closes_at, self.scene.clock) + timedelta(hours=1)
                given = {"round": record.id, "result": result, "at": at}
                self.try_act("lead", "close-acceptance", given)
                break

    def try_act(self, who: str, name: str, given: dict[str, Any]) -> None:
        scene = self.scene
        event = scene.event(who, name, **given)
        after = admit(scene.talk, event)
        if isinstance(after, Refused) and after.reason == "leak-check-unanswered":
            event = scene.event(who, name, **given, leak_check=answers(after))
            after = admit(scene.talk, event)
        if isinstance(after, Refused):
            assert may(scene.talk, who, event.act) == after
            return
        self.was_allowed(event)
        scene.talk, scene.clock = after, max(scene.clock, event.act.at)
        scene.events.append(event)
        self.note_down(event)

    def was_allowed(self, event: Event) -> None:
        """Hold an act that was allowed against what the rules say in words."""
        talk, act = self.scene.talk, event.act
        person = talk.person(event.by)
        assert person is not None
        assert not person.left
        assert person.role in TABLE[act.act]
        if act.act == "release" and act.way != "mediator":
            people = frozenset().union(*talk.recipients(act.to).values())
            for id_ in talk.sources(act.relies_on):
                found = talk.item(id_)
                assert found is not None
                room, item = found
                assert not people & set(item.caveat.not_to)
                if people - item.readers:
                    assert not item.withdrawn
                    assert act.way in item.caveat.ways
                    assert confirmed(room, item)
        if act.act == "ballot":
            assert act.at < talk.desk.rounds[act.round].closes_at
            if person.side != "mediator":
                assert (act.round, person.side) not in self.ballots
        if act.act == "loosen":
            there = talk.item(act.item)
            assert there is not None
            assert there[0].side.id == person.side
        if act.act == "close-acceptance":
            record = talk.desk.rounds[act.round]
            asked = [*record.signers, *(["mediator"] if record.mediator_takes_part else [])]
            gone = [side for side in record.signers if talk.rooms[side].side.left]
            agreed = all(self.ballots.get((act.round, side), False) for side in asked)
            assert act.result == ("all accepted" if agreed and not gone else "not agreed")

    def note_down(self, event: Event) -> None:
        act, person = event.act, self.scene.talk.person(event.by)
        assert person is not None
        if act.act == "ballot":
            self.ballots[act.round, person.side] = act.accept
        if act.act == "release":
            people = self.scene.talk.recipients(act.to).values()
            self.released[act.id] = set().union(*people)
        if act.act == "circulate":
            self.circulated.setdefault(act.draft, []).append(act.to)

    @invariant()
    def a_talk_is_the_fold_of_its_events(self) -> None:
        if self.ready:
            assert fold(self.scene.events) == self.scene.talk

    @invariant()
    def who_received_a_release_was_named_by_it_or_joined_a_side_that_was(self) -> None:
        if not self.ready:
            return
        for room in self.scene.talk.rooms.values():
            for entry in room.of(Received):
                joined = {who for who in room.people if who.startswith("new-")}
                assert entry.readers <= self.released[entry.id] | joined
            for version in room.of(Version):
                sides = {name for to in self.circulated[version.id] for name in to}
                assert sides & {room.side.id, *version.readers}

    @invariant()
    def items_are_where_they_were_entrusted_and_read_there_alone(self) -> None:
        if not self.ready:
            return
        for room, item in self.scene.talk.items():
            assert item.readers <= room.people.keys()
            assert not item.readers & set(item.caveat.not_to)

    @invariant()
    def everybody_present_sees_a_view_without_a_ballot(self) -> None:
        if not self.ready:
            return
        talk: Talk = self.scene.talk
        for who in ("lead", "ada", "bea"):
            person = talk.person(who)
            if person is not None and not person.left:
                assert '"accept"' not in view(talk, who).canonical()
        over = {record.id for record in talk.desk.rounds.values() if record.result}
        assert not over & talk.ballots.keys()
        for room in talk.rooms.values():
            for notice in room.of(Round):
                assert notice.result == talk.desk.rounds[notice.id].result

    @invariant()
    def nothing_is_deleted(self) -> None:
        if not self.ready:
            return
        talk = self.scene.talk
        for event in self.scene.events:
            act = event.act
            if act.act in {"entrust", "reply", "minute"}:
                found = talk.item(act.id)
                assert found is not None
                assert isinstance(found[1], Item)
                assert act.words in found[1].spoken

    @property
    def ready(self) -> bool:
        return hasattr(self, "scene")


TestTalks = Talks.TestCase
TestTalks.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
