"""Rules 1 to 4 of the talks, each by its name."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import Any

import pytest

from goodoffices.talks import Refused, may, view
from goodoffices.talks.informing import informing
from goodoffices.talks.view import _room_view
from tests.talks.scene import (
    ATTRIBUTED,
    OWN_IDEA,
    PEOPLE,
    Scene,
    eid,
    opened,
    with_text,
)

WORDS = "We would open the northern gate for 45 days."


def entrusted(caveat: dict[str, Any] | None = None) -> Scene:
    scene = opened()
    scene.do("ada", "entrust", id="item", kind="offer", words=WORDS, caveat=caveat or {})
    return scene


class TestRule1ClosedUnlessReleased:
    def test_what_one_side_entrusts_is_in_no_view_of_another(self) -> None:
        scene = entrusted(ATTRIBUTED)
        for person, (side, _) in PEOPLE.items():
            assert ("45 days" in view(scene.talk, person).canonical()) == (
                side in {"north", "mediator"}
            )

    def test_a_release_puts_its_wording_before_those_it_names_and_nobody_else(self) -> None:
        scene = opened()
        scene.do("lead", "release", words="Would a gate help?", way="mediator", to=["south"])
        readers = {who for who in PEOPLE if "a gate help" in view(scene.talk, who).canonical()}
        assert readers == {"lead", "aide", "scribe", "bea", "bob"}

    def test_a_release_may_go_to_one_person_of_a_side(self) -> None:
        scene = opened()
        scene.do("lead", "release", words="Between us.", way="mediator", to=["bea"])
        assert [seen.words for seen in scene.room("bea").received] == ["Between us."]
        assert scene.room("bob").received == ()

    def test_the_view_of_a_side_is_built_from_its_room_and_nothing_else(self) -> None:
        assert list(inspect.signature(_room_view).parameters) == ["title", "room", "me"]
        scene = entrusted(ATTRIBUTED)
        room = scene.talk.rooms["south"]
        built = _room_view(scene.talk.title, room, room.people["bea"])
        assert built == scene.room("bea")
        assert WORDS not in repr(room)

    def test_a_note_is_seen_by_the_mediators_team_alone(self) -> None:
        scene = opened()
        scene.do("scribe", "note", words="They want the gate badly.")
        readers = {who for who in PEOPLE if "badly" in view(scene.talk, who).canonical()}
        assert readers == {"lead", "aide", "scribe"}

    def test_somebody_who_joins_later_reads_what_went_to_the_whole_side(self) -> None:
        scene = opened()
        scene.do("lead", "release", words="To all of you.", way="mediator", to=["south"])
        scene.do("lead", "release", words="To you alone.", way="mediator", to=["bea"])
        scene.do("lead", "invite", person="ben", name="Ben", side="south", role="member")
        assert [seen.words for seen in scene.room("ben").received] == ["To all of you."]


class TestRule2Caveats:
    def test_nothing_is_entrusted_without_a_caveat(self) -> None:
        data = {"act": "entrust", "id": eid("x"), "at": "2025-06-02T08:00Z", "kind": "message",
                "words": "x"}  # fmt: skip
        verdict = may(opened().talk, "ada", data)
        assert verdict == Refused("malformed", "not-well-formed", ("caveat",))

    @pytest.mark.parametrize("way", ["own-idea", "hypothetically", "attributed"])
    @pytest.mark.parametrize(
        "ways", [[], ["analysis"], ["own-idea"], ["hypothetically"], ["attributed"]]
    )
    def test_each_way_needs_its_own_permission(self, way: str, ways: list[str]) -> None:
        scene = entrusted({"ways": ways})
        given = {"words": "A thought.", "way": way, "relies_on": [eid("item")], "to": ["south"]}
        if way in ways:
            scene.do("lead", "release", **given)
        else:
            assert scene.reason("lead", "release", **given) == "not-permitted"

    def test_mediator_only_informs_no_analysis_either(self) -> None:
        position = {"id": "p", "party": "north", "requires": {"gate": "open"}}
        scene = opened()
        given: dict[str, Any] = {"kind": "position", "words": "The gate.", "position": position}
        scene.do("ada", "entrust", id="secret", caveat={}, **given)
        assert informing(scene.talk) == ()
        scene.do("ada", "loosen", item=eid("secret"), caveat={"ways": ["analysis"]})
        assert [item for item, _ in informing(scene.talk)] == [eid("secret")]
        scene.do("ada", "withdraw", item=eid("secret"))
        assert informing(scene.talk) == ()

    def test_only_if_something_comes_first(self) -> None:
        scene = entrusted({"ways": ["own-idea"], "first": ["the guns fall silent"]})
        given = {"words": "A thought.", "way": "own-idea", "relies_on": [eid("item")],
                 "to": ["south"]}  # fmt: skip
        refused = scene.refused("lead", "release", **given)
        assert refused.reason == "condition-not-met"
        assert refused.about == (eid("item"), "the guns fall silent")
        met = [{"condition": "the guns fall silent", "how": "quiet since the second of June"}]
        scene.do("lead", "release", met=met, **given)

    def test_not_before_a_time(self) -> None:
        scene = opened()
        moment = scene.clock + timedelta(days=1)
        caveat = {"ways": ["own-idea"], "not_before": moment}
        scene.do("ada", "entrust", id="item", kind="offer", words=WORDS, caveat=caveat)
        given: dict[str, Any] = {"words": "A thought.", "way": "own-idea",
                                 "relies_on": [eid("item")], "to": ["south"]}  # fmt: skip
        early = moment - timedelta(seconds=1)
        assert scene.reason("lead", "release", at=early, **given) == "too-early"
        scene.do("lead", "release", at=moment, **given)

    def test_not_to_named_people_of_ones_own_side(self) -> None:
        scene = entrusted({"not_to": ["abe"]})
        assert len(scene.room("ada").entrusted) == len(scene.room("amy").entrusted) == 1
        assert scene.room("abe").entrusted == ()
        refused = scene.refused(
            "lead", "release", words="Think of it.", way="own-idea", relies_on=[eid("item")],
            to=["abe"],
        )  # fmt: skip
        assert refused.reason == "confidence-kept-from-recipient"
        assert scene.refused(
            "lead", "release", words="What of 45 days?", way="mediator", to=["abe"]
        ).reason == "leak-check-unanswered"  # fmt: skip

    def test_nobody_who_joins_later_reads_what_is_kept_from_somebody(self) -> None:
        scene = entrusted({"not_to": ["abe"]})
        scene.do("lead", "invite", person="ann", name="Ann", side="north", role="member")
        assert scene.room("ann").entrusted == ()

    def test_withdrawn_is_for_good(self) -> None:
        scene = entrusted(ATTRIBUTED)
        scene.do("ada", "withdraw", item=eid("item"))
        assert scene.room("ada").entrusted[0].withdrawn
        given = {"words": "A thought.", "way": "attributed", "relies_on": [eid("item")],
                 "to": ["south"]}  # fmt: skip
        assert scene.reason("lead", "release", **given) == "withdrawn"
        for name in ("tighten", "loosen"):
            assert scene.reason("ada", name, item=eid("item"), caveat={}) == "withdrawn"
        assert scene.reason("lead", "tighten", item=eid("item"), caveat={}) == "withdrawn"
        assert scene.reason("ada", "withdraw", item=eid("item")) == "withdrawn"
        assert scene.reason("ada", "correct", target=eid("item"), words="x") == "withdrawn"

    def test_a_caveat_is_tightened_at_any_time(self) -> None:
        scene = entrusted(ATTRIBUTED)
        given = {"words": "A thought.", "way": "attributed", "relies_on": [eid("item")],
                 "to": ["south"]}  # fmt: skip
        scene.do("lead", "release", **given)
        scene.do("ada", "tighten", item=eid("item"), caveat={"ways": ["analysis"]})
        assert scene.reason("lead", "release", **given) == "not-permitted"

    def test_tightening_that_allows_more_is_refused(self) -> None:
        scene = entrusted({"ways": ["analysis"]})
        for who in ("ada", "lead"):
            assert scene.reason(who, "tighten", item=eid("item"), caveat=ATTRIBUTED) == "loosens"

    def test_only_the_side_that_set_a_caveat_loosens_it(self) -> None:
        scene = entrusted()
        for who in ("lead", "aide", "scribe", "oda"):
            assert scene.reason(who, "loosen", item=eid("item"), caveat=ATTRIBUTED) == "role"
        for who in ("bea", "bob", "gus"):
            assert scene.reason(who, "loosen", item=eid("item"), caveat=ATTRIBUTED) == "unknown"
        scene.do("ada", "loosen", item=eid("item"), caveat=ATTRIBUTED)

    def test_what_the_mediator_tightened_the_side_does_not_loosen_by_accident(self) -> None:
        scene = entrusted(ATTRIBUTED)
        scene.do("lead", "tighten", item=eid("item"), caveat={"ways": ["analysis"]})
        scene.do("lead", "tighten", item=eid("item"), caveat={})
        scene.do("ada", "loosen", item=eid("item"), caveat=ATTRIBUTED)
        (item,) = scene.desk().entrusted
        assert (item.caveat.ways, item.effective.ways) == (("analysis", "attributed"), ())
        assert scene.room("ada").entrusted[0].caveat.ways == ("analysis", "attributed")

    def test_tightening_takes_an_item_from_people_and_loosening_gives_it_back(self) -> None:
        scene = entrusted()
        scene.do("lead", "read-back", item=eid("item"), words="A gate.", to=["north"])
        scene.do("ada", "tighten", item=eid("item"), caveat={"not_to": ["abe", "amy"]})
        assert scene.room("abe").entrusted == ()
        assert scene.room("abe").read_backs == ()
        assert len(scene.room("ada").read_backs) == 1
        scene.do("ada", "loosen", item=eid("item"), caveat={"not_to": ["abe"]})
        assert len(scene.room("amy").entrusted) == 1
        assert scene.room("abe").entrusted == ()
        scene.do("ada", "loosen", item=eid("item"), caveat={})
        assert len(scene.room("abe").entrusted) == 1


class TestRule3AReleaseIsAnAct:
    def test_it_names_wording_recipients_and_the_permission_it_relies_on(self) -> None:
        scene = entrusted(OWN_IDEA)
        scene.do("lead", "release", id="rel", words="A thought.", way="own-idea",
                 relies_on=[eid("item")], to=["south"])  # fmt: skip
        (release,) = scene.desk().releases
        assert (release.by, release.words, release.way) == ("lead", "A thought.", "own-idea")
        assert release.recipients == ("bea", "bob")
        assert release.relies_on == (eid("item"),)
        assert scene.desk().entrusted[0].passed_on == (eid("rel"),)

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("Perhaps 45 of them.", "figure"),
            ("Someone would open the northern gate for a while.", "phrase"),
            ("Ask Karim.", "name"),
            ("Autonomy, perhaps.", "loaded"),
        ],
    )
    def test_what_shares_figures_names_phrases_or_loaded_words_is_flagged(
        self, words: str, kind: str
    ) -> None:
        scene = opened()
        scene.do("ada", "entrust", id="item", kind="offer", caveat=OWN_IDEA,
                 words="With Karim we would open the northern gate for 45 days.")  # fmt: skip
        scene.do("ada", "entrust", kind="message", caveat={}, words="I saw Karim there.")
        scene.do("lead", "watch", side="south", words=["autonomy"])
        refused = scene.refused("lead", "release", words=words, way="mediator", to=["south"])
        assert {flag.kind for flag in refused.flags} == {kind}

    def test_a_flag_is_answered_and_not_clicked_away(self) -> None:
        scene = entrusted(OWN_IDEA)
        given: dict[str, Any] = {"words": "For 45 days?", "way": "own-idea",
                                 "relies_on": [eid("item")], "to": ["south"]}  # fmt: skip
        refused = scene.refused("lead", "release", **given)
        assert refused.reason == "leak-check-unanswered"
        flag = {"flag": refused.about[0], "decision": "intended", "why": "ok"}
        data = {"act": "release", "id": eid("r"), "at": scene.clock, "leak_check": [flag], **given}
        short = may(scene.talk, "lead", data)
        assert short == Refused("malformed", "not-well-formed", ("leak_check.0.why",))
        scene.answered("lead", "release", **given)
        (release,) = scene.desk().releases
        assert release.leak_check[0][2] == "said by both in public"

    def test_an_answer_to_no_flag_is_refused(self) -> None:
        scene = opened()
        stale = [{"flag": "figure:9:x", "decision": "coincidence", "why": "nothing to do with"}]
        assert scene.reason(
            "lead", "release", words="Hello.", way="mediator", to=["south"], leak_check=stale
        ) == "answers-what-was-not-flagged"  # fmt: skip

    def test_ones_own_words_come_back_without_a_flag(self) -> None:
        scene = entrusted()
        scene.do("lead", "release", words=WORDS, way="mediator", to=["north"])

    def test_what_is_attributed_may_be_quoted_and_names_its_side(self) -> None:
        scene = entrusted(ATTRIBUTED)
        scene.do("lead", "release", words=WORDS, way="attributed", relies_on=[eid("item")],
                 to=["south"])  # fmt: skip
        assert scene.room("bea").received[0].attributed_to == ("Northland",)

    def test_nobody_can_tell_the_mediators_own_words_from_a_sides_in_that_guise(self) -> None:
        views = []
        for way, relies_on in (("mediator", []), ("own-idea", [eid("item")]),
                               ("hypothetically", [eid("item")])):  # fmt: skip
            scene = entrusted({"ways": ["own-idea", "hypothetically"]})
            scene.do("lead", "release", id="rel", words="What of a gate?", way=way,
                     relies_on=relies_on, to=["south"])  # fmt: skip
            views.append(scene.room("bea").canonical())
        assert len(set(views)) == 1

    def test_what_the_mediator_noted_is_not_passed_on_before_the_side_confirmed_it(self) -> None:
        scene = opened()
        scene.do("scribe", "minute", id="item", side="north", kind="statement",
                 words="Three months.", caveat=ATTRIBUTED)  # fmt: skip
        assert scene.room("ada").entrusted == ()
        given = {"words": "They said so.", "way": "attributed", "relies_on": [eid("item")],
                 "to": ["south"]}  # fmt: skip
        assert scene.reason("lead", "release", **given) == "not-confirmed"
        scene.do("lead", "read-back", item=eid("item"), words="Three months.", to=["ada"])
        assert scene.reason("lead", "release", **given) == "not-confirmed"
        scene.do("ada", "dispute", words="Until the talks are over.")
        assert scene.reason("lead", "release", **given) == "not-confirmed"
        scene.do("lead", "read-back", item=eid("item"), words="Until the talks end.", to=["ada"])
        scene.do("ada", "confirm")
        assert scene.room("ada").entrusted[0].corrections == ("Until the talks end.",)
        assert scene.room("abe").entrusted == ()
        scene.do("lead", "release", **given)


class TestRule4SingleText:
    def test_versions_are_numbered_and_each_clause_has_origin_terms_and_standing(self) -> None:
        scene = entrusted(OWN_IDEA)
        clause = {"label": "1", "text": "A gate opens.", "rests_on": [eid("item")],
                  "terms": {"gate": "open"}}  # fmt: skip
        scene.do("lead", "draft", id="one", clauses=[clause])
        scene.do("lead", "circulate", draft=eid("one"), to=["north", "south"])
        scene.do("bea", "bracket", draft=eid("one"), clause="1")
        (standing,) = scene.desk().standing
        assert standing.rests_on == (eid("item"),)
        assert standing.terms == {"gate": "open"}
        assert standing.stands == {"north": "silent", "south": "bracketed"}
        assert [seen.number for seen in scene.desk().sight] == [1]
        assert scene.room("bea").text[0].clauses[0].stand == "bracketed"
        assert scene.room("ada").text[0].clauses[0].stand == "silent"
        assert "rests" not in scene.room("bea").canonical()

    def test_only_the_current_version_is_circulated(self) -> None:
        scene = with_text()
        scene.do("lead", "draft", id="next", clauses=[{"label": "1", "text": "Opened."}])
        assert scene.reason(
            "lead", "circulate", draft=eid("text"), to=["north"]
        ) == "superseded"  # fmt: skip

    def test_what_each_side_has_seen_is_kept_in_order_and_unequal_sight_is_flagged(self) -> None:
        scene = with_text()
        assert [seen.unequal for seen in scene.desk().sight] == [False]
        scene.do("lead", "draft", id="next", clauses=[{"label": "1", "text": "Opened."}])
        scene.do("lead", "circulate", draft=eid("next"), to=["south"])
        one_sided = scene.desk().sight[1]
        assert (one_sided.unseen, one_sided.unequal) == (("north",), True)
        scene.do("lead", "circulate", draft=eid("next"), to=["north"])
        late = scene.desk().sight[1]
        assert [side for side, _ in late.seen] == ["south", "north"]
        assert (late.unseen, late.unequal) == ((), True)

    def test_a_version_that_was_never_shown_leaves_no_gap_in_a_sides_numbers(self) -> None:
        scene = with_text()
        scene.do("lead", "draft", id="v2", clauses=[{"label": "1", "text": "Two."}])
        scene.do("lead", "circulate", draft=eid("v2"), to=["south"])
        scene.do("lead", "draft", id="v3", clauses=[{"label": "1", "text": "Three."}])
        scene.do("lead", "circulate", draft=eid("v3"), to=["north"])
        numbers = [(version.number, version.current) for version in scene.room("ada").text]
        assert numbers == [(1, False), (2, True)]

    def test_answers_stay_with_the_words_they_were_given_to(self) -> None:
        scene = with_text()
        scene.do("ada", "agree", draft=eid("text"), clause="1")
        scene.do("ada", "agree", draft=eid("text"), clause="2")
        scene.do("lead", "draft", id="next", clauses=[
            {"label": "1", "text": "The crossing opens."}, {"label": "2", "text": "Rewritten."},
        ])  # fmt: skip
        scene.do("lead", "circulate", draft=eid("next"), to=["north", "south"])
        stands = [clause.stand for clause in scene.room("ada").text[1].clauses]
        assert stands == ["agreed", "silent"]
        assert scene.reason("ada", "agree", draft=eid("text"), clause="2") == "superseded"

    def test_a_clause_that_rests_on_a_confidence_needs_its_permission(self) -> None:
        scene = entrusted({"ways": ["analysis"]})
        clause = {"label": "1", "text": "A gate opens.", "rests_on": [eid("item")]}
        scene.do("lead", "draft", id="one", clauses=[clause])
        scene.do("lead", "circulate", draft=eid("one"), to=["north"])
        assert scene.reason("lead", "circulate", draft=eid("one"), to=["south"]) == "not-permitted"
