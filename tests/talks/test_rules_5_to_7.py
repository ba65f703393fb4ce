"""Rules 5 to 7 of the talks, each by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from goodoffices.errors import CallError, NotFoundError
from goodoffices.talks import Refused, fold, may, resolve, result_at, view, without_ballots
from goodoffices.talks.handles import handle
from tests.talks.scene import (
    ATTRIBUTED,
    OWN_IDEA,
    PEOPLE,
    Scene,
    eid,
    in_a_round,
    opened,
    with_text,
)

WORDS = "We would open the northern gate for 45 days."


def entrusted(caveat: dict[str, Any] | None = None) -> Scene:
    scene = opened()
    scene.do("ada", "entrust", id="item", kind="offer", words=WORDS, caveat=caveat or {})
    return scene


class TestRule5SealedAcceptance:
    @pytest.mark.parametrize("north", [True, False, None])
    @pytest.mark.parametrize("south", [True, False, None])
    def test_only_all_accepted_or_not_agreed_and_silence_is_no(
        self, north: bool | None, south: bool | None
    ) -> None:
        scene = in_a_round()
        for who, accept in (("ada", north), ("bea", south)):
            if accept is not None:
                scene.do(who, "ballot", round=eid("round"), accept=accept)
        closes = scene.talk.desk.rounds[eid("round")].closes_at
        right, wrong = "not agreed", "all accepted"
        if north and south:
            right, wrong = wrong, right
        assert result_at(scene.talk, eid("round"), closes) == right
        given: dict[str, Any] = {"round": eid("round"), "at": closes}
        assert scene.reason("lead", "close-acceptance", result=wrong, **given) == "wrong-result"
        scene.do("lead", "close-acceptance", result=right, **given)
        assert scene.room("ada").acceptances[0].result == right
        assert scene.desk().acceptances[0].result == right

    @pytest.mark.parametrize("closed", [False, True])
    def test_a_ballot_or_that_there_is_one_is_in_no_view_before_or_after(
        self, closed: bool
    ) -> None:
        seen = set()
        for ballots in ([], ["bea"], ["bea", "ada"]):
            for accept in (True, False):
                scene = in_a_round()
                for who in ballots:
                    scene.do(who, "ballot", at=scene.clock, round=eid("round"), accept=accept)
                if closed and not (len(ballots) == 2 and accept):
                    scene.do("lead", "close-acceptance", id="end", round=eid("round"),
                             at=scene.clock + timedelta(days=2), result="not agreed")  # fmt: skip
                if not closed or not (len(ballots) == 2 and accept):
                    seen.add(tuple(view(scene.talk, who).canonical() for who in PEOPLE))
                assert "ballot" not in repr(scene.talk)
        assert len(seen) == 1

    def test_the_text_and_the_close_are_fixed(self) -> None:
        scene = in_a_round()
        before = scene.room("ada").acceptances[0]
        scene.do("lead", "draft", id="other", clauses=[{"label": "1", "text": "Else."}])
        assert scene.room("ada").acceptances[0] == before
        early = before.closes_at - timedelta(seconds=1)
        assert scene.reason(
            "lead", "close-acceptance", round=eid("round"), at=early, result="not agreed"
        ) == "still-open"  # fmt: skip
        assert scene.reason(
            "ada", "ballot", round=eid("round"), at=before.closes_at, accept=True
        ) == "closed"  # fmt: skip

    def test_nothing_about_ballots_can_be_asked_before_the_close(self) -> None:
        scene = in_a_round()
        scene.do("bea", "ballot", round=eid("round"), accept=True)
        reasons = {
            scene.refused(
                "lead", "close-acceptance", round=eid("round"), at=scene.clock, result=result
            )
            for result in ("all accepted", "not agreed")
        }
        assert len(reasons) == 1
        with pytest.raises(CallError):
            result_at(scene.talk, eid("round"), scene.clock)

    def test_the_authorised_signer_answers_once(self) -> None:
        scene = in_a_round()
        assert scene.reason("abe", "ballot", round=eid("round"), accept=True) == "role"
        scene.do("ada", "ballot", round=eid("round"), accept=False)
        again = scene.reason("ada", "ballot", round=eid("round"), accept=True)
        assert again == "answered-already"
        assert scene.reason("ada", "hand-over", to="abe") == "still-open"

    def test_ballots_are_destroyed_at_the_close(self) -> None:
        scene = in_a_round()
        scene.do("ada", "ballot", round=eid("round"), accept=True)
        kept = tuple(scene.events)
        assert without_ballots(kept) == kept
        scene.do("lead", "close-acceptance", round=eid("round"),
                 at=scene.clock + timedelta(days=2), result="not agreed")  # fmt: skip
        events = tuple(scene.events)
        dropped = without_ballots(events)
        assert len(dropped) == len(events) - 1
        assert fold(dropped) == scene.talk
        assert scene.talk.ballots == {}
        with pytest.raises(CallError):
            result_at(scene.talk, eid("round"), scene.clock)

    def test_each_side_is_told_the_limit_before_it_answers(self) -> None:
        notice = in_a_round().room("ada").acceptances[0]
        assert notice.limit == "whoever-accepts-learns-that-the-other-did-not"
        assert notice.silence_is == "no"
        assert (notice.i_sign, in_a_round().room("abe").acceptances[0].i_sign) == (True, False)

    def test_a_withdrawable_ballot_of_the_mediators_own_blurs_it(self) -> None:
        scene = in_a_round(mediator_takes_part=True)
        told = scene.room("ada").acceptances[0].limit
        assert told == "whoever-accepts-learns-that-another-side-or-the-mediator-did-not"
        for who in ("ada", "bea", "lead"):
            scene.do(who, "ballot", round=eid("round"), accept=True)
        closes = scene.talk.desk.rounds[eid("round")].closes_at
        assert result_at(scene.talk, eid("round"), closes) == "all accepted"
        scene.do("lead", "ballot", round=eid("round"), accept=False)
        assert result_at(scene.talk, eid("round"), closes) == "not agreed"

    def test_one_side_alone_is_never_asked(self) -> None:
        scene = with_text()
        later = scene.clock + timedelta(days=1)
        given: dict[str, Any] = {"draft": eid("text"), "closes_at": later}
        twice = scene.reason("lead", "open-acceptance", sides=["north", "north"], **given)
        assert twice == "wrong-side"
        data = {"act": "open-acceptance", "id": eid("r"), "at": scene.clock, "sides": ["north"]}
        verdict = may(scene.talk, "lead", {**data, **given})
        assert verdict == Refused("malformed", "not-well-formed", ("sides",))

    def test_a_side_that_left_accepts_nothing(self) -> None:
        scene = in_a_round()
        scene.do("ada", "ballot", round=eid("round"), accept=True)
        scene.do("bea", "ballot", round=eid("round"), accept=True)
        scene.do("bea", "leave", whole_side=True)
        closes = scene.talk.desk.rounds[eid("round")].closes_at
        assert result_at(scene.talk, eid("round"), closes) == "not agreed"


class TestRule6NoSideChannels:
    def test_what_is_not_there_and_what_is_not_yours_get_the_same_answer(self) -> None:
        scene = entrusted(ATTRIBUTED)
        scene.do("lead", "ask", id="question", words="And you?", to=["north"])
        scene.do("lead", "draft", id="text", clauses=[{"label": "1", "text": "Open."}])
        scene.do("lead", "circulate", draft=eid("text"), to=["north"])
        scene.do("lead", "read-back", id="back", item=eid("item"), words="A gate.", to=["north"])
        tries: list[tuple[str, str, dict[str, Any]]] = [
            ("withdraw", "item", {}),
            ("tighten", "item", {"caveat": {}}),
            ("correct", "target", {"words": "x"}),
            ("confirm", "read_back", {}),
            ("dispute", "read_back", {"words": "x"}),
            ("reply", "question", {"words": "x", "caveat": {}}),
            ("agree", "draft", {"clause": "1"}),
            ("ballot", "round", {"accept": True}),
            ("hand-over", "to", {}),
        ]
        for name, key, given in tries:
            for there in ("item", "question", "text", "back"):
                real = scene.refused("bea", name, **{key: eid(there)}, **given)
                unreal = scene.refused("bea", name, **{key: eid("nothing")}, **given)
                assert (real.kind, real.reason) == (unreal.kind, unreal.reason)
                assert (real.about, unreal.about) == ((eid(there),), (eid("nothing"),))

    def test_names_of_things_resolve_for_those_who_see_them_and_for_nobody_else(self) -> None:
        scene = entrusted()
        name = scene.room("ada").entrusted[0].id
        assert resolve(scene.talk, "ada", name) == eid("item")
        assert resolve(scene.talk, "bea", name) is None
        assert resolve(scene.talk, "bea", handle("bea", eid("item"))) is None
        assert resolve(scene.talk, "bea", "nothing") is None
        assert resolve(scene.talk, "ada", handle("ada", "abe")) == "abe"
        assert resolve(scene.talk, "lead", eid("item")) == eid("item")
        assert resolve(scene.talk, "lead", "bea") == "bea"
        assert resolve(scene.talk, "lead", "nothing") is None
        with pytest.raises(NotFoundError):
            resolve(scene.talk, "nobody", name)

    def test_one_draft_has_another_name_for_each_who_sees_it(self) -> None:
        scene = with_text()
        names = {scene.room(who).text[0].id for who in ("ada", "abe", "bea", "bob")}
        assert len(names) == 4
        assert eid("text") not in scene.room("ada").canonical()

    def test_times_are_days(self) -> None:
        early, late = opened(), opened()
        for scene, hours in ((early, 1), (late, 9)):
            at = scene.clock.replace(hour=23) + timedelta(hours=hours + 1)
            scene.do("lead", "release", id="rel", at=at, words="Hello.", way="mediator",
                     to=["south"])  # fmt: skip
        assert early.room("bea").canonical() == late.room("bea").canonical()
        assert early.desk().canonical() != late.desk().canonical()

    def test_nothing_says_that_the_other_side_has_answered(self) -> None:
        scene = with_text()
        scene.do("lead", "ask", id="question", words="What of it?", to=["north", "south"])
        before = scene.room("ada").canonical()
        scene.do("bea", "reply", words="We like it.", caveat={})
        scene.do("bea", "agree", draft=eid("text"), clause="1")
        scene.do("bob", "propose", draft=eid("text"), clause="2", words="Something else.")
        assert scene.room("ada").canonical() == before

    def test_who_left_and_who_never_was_look_alike(self) -> None:
        scene = opened()
        scene.do("bob", "leave")
        for who in ("bob", "nobody"):
            assert scene.reason(who, "leave") == "has-not-joined"
            with pytest.raises(NotFoundError, match=f'found "{who}"'):
                view(scene.talk, who)
            with pytest.raises(NotFoundError):
                resolve(scene.talk, who, "x")


class TestRule7WhatRestsOnSeveralConfidences:
    @staticmethod
    def found(north: dict[str, Any], south: dict[str, Any]) -> Scene:
        scene = opened()
        scene.do("ada", "entrust", id="a", kind="offer", words="One thing.", caveat=north)
        scene.do("bea", "entrust", id="b", kind="offer", words="Another.", caveat=south)
        scene.do("aide", "note", id="first", words="They fit.", rests_on=[eid("a"), eid("b")])
        scene.do("aide", "note", id="found", words="So it goes.", rests_on=[eid("first")])
        return scene

    def test_a_result_is_the_mediators(self) -> None:
        scene = self.found(ATTRIBUTED, ATTRIBUTED)
        readers = {who for who in PEOPLE if "They fit" in view(scene.talk, who).canonical()}
        assert readers == {"lead", "aide", "scribe"}

    def test_a_side_sees_it_only_by_a_release_that_every_source_permits(self) -> None:
        given = {"words": "There is a way.", "way": "own-idea", "relies_on": [eid("found")]}
        shut = self.found(OWN_IDEA, {"ways": ["analysis"]})
        refused = shut.refused("lead", "release", to=["north", "south"], **given)
        assert (refused.reason, refused.about) == ("not-permitted", (eid("b"),))
        scene = self.found(OWN_IDEA, OWN_IDEA)
        scene.do("lead", "release", to=["north"], **given)
        assert [seen.words for seen in scene.room("ada").received] == ["There is a way."]
        assert scene.room("bea").received == ()

    def test_a_note_that_rests_on_nothing_known_is_refused(self) -> None:
        scene = opened()
        assert scene.reason("aide", "note", words="x", rests_on=[eid("x")]) == "unknown"
