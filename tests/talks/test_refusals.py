"""Refusals, one by one: what each act needs besides a role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from goodoffices.talks import Refused, Talk, may
from tests.talks.scene import (
    ATTRIBUTED,
    CLAUSES,
    OWN_IDEA,
    Scene,
    eid,
    in_a_round,
    opened,
    with_text,
)

POSITION = {"id": "p", "party": "north", "requires": {"gate": "open"}}


def malformed(scene: Scene, by: str, act: str, **given: Any) -> tuple[str, ...]:
    """Read plain data that is no act; return where it is wrong."""
    data = {"act": act, "id": eid("x"), "at": scene.clock, **given}
    verdict = may(scene.talk, by, data)
    assert isinstance(verdict, Refused)
    assert (verdict.kind, verdict.reason) == ("malformed", "not-well-formed")
    return verdict.about


def test_opening() -> None:
    sides = [{"id": "north", "name": "N"}]
    scene, given = Scene(), {"title": "x", "lead_name": "L"}
    assert scene.reason("ada", "open", sides=sides, lead="lead", **given) == "role"
    twice = scene.refused("north", "open", sides=sides, lead="north", **given)
    assert (twice.reason, twice.about) == ("name-in-use", ("north",))
    team = [{"id": "mediator", "name": "M"}]
    assert scene.reason("lead", "open", sides=team, lead="lead", **given) == "name-in-use"
    assert scene.reason("lead", "leave") == "has-not-joined"
    assert Talk().is_open is False


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"side": "west"}, "unknown"),
        ({"role": "guarantor"}, "role-and-side"),
        ({"role": "head"}, "office-taken"),
        ({"side": "mediator"}, "role-and-side"),
        ({"side": "mediator", "role": "lead"}, "office-taken"),
        ({"person": "bob"}, "name-in-use"),
        ({"person": "south"}, "name-in-use"),
        ({"person": "mediator"}, "name-in-use"),
    ],
)
def test_inviting(given: dict[str, Any], reason: str) -> None:
    usual = {"person": "new", "name": "New", "side": "north", "role": "member"}
    assert opened().reason("lead", "invite", **{**usual, **given}) == reason


def test_nobody_joins_a_side_that_has_left_and_nothing_of_it_goes_out() -> None:
    scene = opened()
    scene.do("ada", "entrust", id="item", kind="offer", words="A gate.", caveat=ATTRIBUTED)
    scene.do("ada", "leave", whole_side=True)
    person = {"person": "new", "name": "New", "side": "north", "role": "member"}
    assert scene.reason("lead", "invite", **person) == "side-has-left"
    assert scene.reason("lead", "watch", side="north", words=["x"]) == "side-has-left"
    given: dict[str, Any] = {"words": "Hm.", "way": "attributed", "relies_on": [eid("item")]}
    assert scene.reason("lead", "release", to=["south"], **given) == "side-has-left"
    for gone in ("north", "ada", "nobody"):
        assert scene.reason("lead", "release", to=[gone], **given) == "unknown"


def test_an_identifier_is_used_once() -> None:
    scene = opened()
    given: dict[str, Any] = {"kind": "message", "words": "x", "caveat": {}}
    scene.do("ada", "entrust", id="item", **given)
    assert scene.reason("abe", "entrust", id="item", **given) == "identifier-in-use"
    assert scene.reason("lead", "note", id="item", words="x") == "identifier-in-use"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"position": POSITION, "kind": "message"}, "not-well-formed"),
        ({"position": {**POSITION, "party": "south"}, "kind": "offer"}, "wrong-side"),
        ({"caveat": {"not_to": ["bea"]}}, "unknown"),
        ({"caveat": {"not_to": ["ada"]}}, "wrong-side"),
    ],
)
def test_entrusting(given: dict[str, Any], reason: str) -> None:
    refused = opened().refused(
        "ada", "entrust", **{"kind": "message", "words": "x", "caveat": {}, **given}
    )
    assert (refused.kind, refused.reason) == ("malformed", reason)


def test_what_is_malformed_says_where() -> None:
    scene = with_text()
    text = {"draft": eid("text"), "clause": "1"}
    twice = [{"label": "1", "text": "x"}, {"label": "1", "text": "y"}]
    release: dict[str, Any] = {"words": "x", "to": ["south"]}
    assert malformed(scene, "ada", "entrust", kind="rumour") == ("caveat", "kind", "words")
    assert malformed(scene, "ada", "leave", at="2025-06-02T08:00:00") == ("at",)
    assert malformed(scene, "ada", "leave", id="1") == ("id",)
    assert malformed(scene, "ada", "leave", extra=1) == ("extra",)
    assert len(malformed(scene, "ada", "fly")) == 1
    assert malformed(scene, "lead", "release", way="attributed", **release)
    assert malformed(scene, "lead", "release", way="mediator", relies_on=[eid("x")], **release)
    assert malformed(scene, "lead", "release", way="mediator", words="x", to=[]) == ("to",)
    assert malformed(scene, "lead", "draft", clauses=twice)
    assert malformed(scene, "ada", "propose", **text)
    assert malformed(scene, "ada", "agree", words="x", **text)
    assert malformed(scene, "ada", "bracket", caveat={"not_to": ["abe"]}, **text)


def test_a_caveat_on_an_item_names_people_of_the_side_and_not_those_who_said_it() -> None:
    scene = opened()
    scene.do("abe", "entrust", id="item", kind="message", words="x", caveat={})
    for name in ("tighten", "loosen"):
        for who, reason in (("bea", "unknown"), ("ada", "wrong-side"), ("abe", "wrong-side")):
            caveat = {"not_to": [who]}
            assert scene.reason("ada", name, item=eid("item"), caveat=caveat) == reason
        assert scene.reason("amy", name, item=eid("item"), caveat={}) == "role"
    held = scene.reason("lead", "tighten", item=eid("item"), caveat={"not_to": ["bea"]})
    assert held == "unknown"
    assert scene.reason("lead", "tighten", item=eid("none"), caveat={}) == "unknown"
    assert scene.reason(
        "lead", "minute", side="west", kind="message", words="x", caveat={}
    ) == "unknown"  # fmt: skip


def test_reading_back() -> None:
    scene = opened()
    scene.do("ada", "entrust", id="item", kind="message", words="x", caveat={"not_to": ["abe"]})
    given = {"words": "x"}
    for item, to, reason in (
        ("none", "ada", "unknown"),
        ("item", "bea", "wrong-side"),
        ("item", "abe", "confidence-kept-from-recipient"),
        ("item", "nobody", "unknown"),
    ):
        assert scene.reason("lead", "read-back", item=eid(item), to=[to], **given) == reason


def test_confirming_without_saying_what_is_refused_when_several_wait() -> None:
    scene = opened()
    scene.do("ada", "entrust", id="item", kind="message", words="x", caveat={})
    assert scene.reason("ada", "confirm") == "nothing-waiting"
    scene.do("lead", "read-back", id="one", item=eid("item"), words="x", to=["ada"])
    scene.do("lead", "read-back", id="two", item=eid("item"), words="x", to=["ada"])
    refused = scene.refused("ada", "confirm")
    assert (refused.kind, refused.reason) == ("ambiguous", "several-waiting")
    assert refused.about == tuple(entry.id for entry in scene.room("ada").read_backs)
    scene.do("ada", "confirm", read_back=eid("one"))
    assert scene.reason("ada", "confirm", read_back=eid("one")) == "answered-already"
    scene.do("ada", "confirm")


def test_replying() -> None:
    scene = opened()
    given: dict[str, Any] = {"words": "x", "caveat": {}}
    assert scene.reason("ada", "reply", **given) == "nothing-waiting"
    for id_ in ("one", "two"):
        scene.do("lead", "ask", id=id_, words="And?", to=["north"])
    assert scene.reason("ada", "reply", **given) == "several-waiting"
    scene.do("ada", "reply", question=eid("one"), **given)
    assert scene.reason("abe", "reply", question=eid("one"), **given) == "answered-already"
    assert scene.reason("ada", "reply", words="x", caveat={"not_to": ["bea"]}) == "unknown"
    hidden = scene.do("ada", "reply", words="y", caveat={"not_to": ["abe"]})
    assert hidden
    scene.do("abe", "reply", question=eid("two"), **given)


def test_times_are_not_over_when_they_are_set() -> None:
    scene = with_text()
    now = scene.clock + timedelta(hours=1)
    asked = {"words": "x", "to": ["north"], "at": now}
    assert scene.reason("lead", "ask", answer_by=now, **asked) == "time"
    assert scene.reason("lead", "deadline", due=now, **asked) == "time"
    assert scene.reason("lead", "ask", words="x", to=["west"]) == "unknown"
    assert scene.reason(
        "lead", "open-acceptance", draft=eid("text"), sides=["north", "south"],
        closes_at=now, at=now,
    ) == "time"  # fmt: skip


def test_answering_a_clause_that_is_not_there() -> None:
    scene = with_text()
    assert scene.reason("ada", "agree", draft=eid("text"), clause="9") == "unknown"
    query: dict[str, Any] = {"draft": eid("text"), "clause": "1", "words": "Why?"}
    scene.do("ada", "query", id="why", caveat={"not_to": ["abe"]}, **query)
    assert scene.room("abe").entrusted == ()
    assert scene.room("ada").entrusted[0].clause == "1"
    assert scene.desk().owed[0].owed_by == "mediator"


def test_a_reply_of_the_mediator_goes_to_who_asked() -> None:
    scene = opened()
    scene.do("ada", "entrust", id="why", kind="question", words="Why?", caveat={"not_to": ["abe"]})
    given: dict[str, Any] = {"words": "Because.", "way": "mediator", "in_reply_to": eid("why")}
    for to in (["south"], ["abe"]):
        assert scene.reason("lead", "release", to=to, **given) == "unknown"
    scene.do("lead", "release", to=["ada"], **given)
    assert scene.room("ada").received[0].in_reply_to == scene.room("ada").entrusted[0].id
    assert scene.desk().owed == ()


def test_a_draft_rests_on_what_is_there() -> None:
    scene = opened()
    clause = {"label": "1", "text": "x", "rests_on": [eid("none")]}
    assert scene.reason("lead", "draft", clauses=[clause]) == "unknown"
    for to in ("north", "west"):
        assert scene.reason("lead", "circulate", draft=eid("none"), to=[to]) == "unknown"
    given: dict[str, Any] = {"words": "x", "way": "own-idea", "relies_on": [eid("none")]}
    assert scene.reason("lead", "release", to=["north"], **given) == "unknown"


def test_a_version_goes_first_to_one_and_then_to_the_whole_side() -> None:
    scene = opened()
    scene.do("lead", "draft", id="text", clauses=CLAUSES)
    scene.do("lead", "circulate", draft=eid("text"), to=["ada"])
    assert scene.room("abe").text == ()
    scene.do("lead", "circulate", draft=eid("text"), to=["north"])
    assert len(scene.room("ada").text) == len(scene.room("abe").text) == 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"draft": eid("none")}, "unknown"),
        ({"clause": "9"}, "unknown"),
        ({"sides": ["north", "west"]}, "unknown"),
        ({"sides": ["north", "league"]}, "wrong-side"),
    ],
)
def test_opening_a_sealed_acceptance(given: dict[str, Any], reason: str) -> None:
    scene = with_text()
    usual = {"draft": eid("text"), "sides": ["north", "south"],
             "closes_at": scene.clock + timedelta(days=1)}  # fmt: skip
    assert scene.reason("lead", "open-acceptance", **{**usual, **given}) == reason


def test_a_sealed_acceptance_needs_heads_who_have_the_current_text_and_no_other_round() -> None:
    scene = in_a_round()
    given: dict[str, Any] = {"sides": ["north", "south"],
                             "closes_at": scene.clock + timedelta(days=3)}  # fmt: skip
    assert scene.reason("lead", "open-acceptance", draft=eid("text"), **given) == "still-open"
    scene.do("lead", "draft", id="next", clauses=[{"label": "1", "text": "x"}])
    assert scene.reason("lead", "open-acceptance", draft=eid("text"), **given) == "superseded"
    assert scene.reason("lead", "open-acceptance", draft=eid("next"), **given) == "not-shown"


def test_the_mediators_ballot_and_the_close_need_a_round() -> None:
    scene = in_a_round()
    ballot: dict[str, Any] = {"accept": True}
    close: dict[str, Any] = {"result": "not agreed", "at": scene.clock + timedelta(days=2)}
    assert scene.reason("lead", "ballot", round=eid("none"), **ballot) == "unknown"
    assert scene.reason("lead", "ballot", round=eid("round"), **ballot) == "not-the-signer"
    assert scene.reason("lead", "close-acceptance", round=eid("none"), **close) == "unknown"
    scene.do("lead", "close-acceptance", round=eid("round"), **close)
    assert scene.reason("lead", "close-acceptance", round=eid("round"), **close) == "closed"
    assert scene.reason("ada", "ballot", round=eid("round"), accept=True) == "closed"
    scene.do("ada", "hand-over", to="abe")
    assert scene.reason("abe", "ballot", round=eid("round"), accept=True) == "not-the-signer"
    other = in_a_round(mediator_takes_part=True)
    late = {"at": other.clock + timedelta(days=2)}
    assert other.reason("lead", "ballot", round=eid("round"), **ballot, **late) == "closed"


COPY = {clause["label"]: clause["text"] for clause in CLAUSES}
AGREEMENT: dict[str, Any] = {
    "draft": eid("text"), "expires_at": None,
    "instruments": [{"side": "north", "clauses": COPY}, {"side": "south", "clauses": COPY}],
}  # fmt: skip


def test_an_agreement_is_recorded_once_every_party_agreed_to_every_clause() -> None:
    scene = with_text()
    for who in ("ada", "bea"):
        for label in COPY:
            assert scene.reason("lead", "record-agreement", **AGREEMENT) == "clause-not-agreed"
            scene.do(who, "agree", draft=eid("text"), clause=label)
    past = {**AGREEMENT, "expires_at": scene.clock}
    assert scene.reason("lead", "record-agreement", **past) == "time"
    alone = {**AGREEMENT, "instruments": [AGREEMENT["instruments"][0]] * 2}
    assert scene.reason("lead", "record-agreement", **alone) == "wrong-side"
    none = {**AGREEMENT, "draft": eid("none")}
    assert scene.reason("lead", "record-agreement", **none) == "unknown"
    other = [{"side": "north", "clauses": COPY},
             {"side": "south", "clauses": {**COPY, "1": "The crossing shuts."}}]  # fmt: skip
    refused = scene.refused("lead", "record-agreement", **{**AGREEMENT, "instruments": other})
    assert (refused.reason, refused.about) == ("instruments-differ", ("south:1:wording",))
    scene.do("lead", "record-agreement", **AGREEMENT)
    assert dict(scene.room("bea").agreements[0].clauses) == COPY
    assert scene.desk().agreements[0].instruments == {"north": COPY, "south": COPY}
    scene.do("lead", "draft", id="next", clauses=CLAUSES)
    assert scene.reason("lead", "record-agreement", **AGREEMENT) == "superseded"


@pytest.mark.parametrize(("clause", "recorded"), [(None, True), ("1", False)])
def test_a_text_that_all_accepted_sealed_is_agreed(clause: str | None, recorded: bool) -> None:
    scene = in_a_round(clause=clause)
    for who in ("ada", "bea"):
        scene.do(who, "ballot", round=eid("round"), accept=True)
    scene.do("lead", "close-acceptance", round=eid("round"), result="all accepted",
             at=scene.clock + timedelta(days=2))  # fmt: skip
    if recorded:
        scene.do("lead", "record-agreement", **AGREEMENT)
    else:
        assert scene.reason("lead", "record-agreement", **AGREEMENT) == "clause-not-agreed"


def test_corrections() -> None:
    scene = opened()
    scene.do("aide", "note", id="note", words="First.")
    assert scene.reason("scribe", "correct", target=eid("note"), words="x") == "role"
    stale = [{"flag": "x", "decision": "coincidence", "why": "nothing to do"}]
    given: dict[str, Any] = {"words": "x", "leak_check": stale}
    strange = "answers-what-was-not-flagged"
    assert scene.reason("lead", "correct", target=eid("note"), **given) == strange
    scene.do("lead", "correct", target=eid("note"), words="Second.")
    assert scene.desk().notes[0].words == ("First.", "Second.")
    scene.do("ada", "entrust", id="item", kind="offer", words="40 of them.", caveat=OWN_IDEA)
    scene.do("lead", "release", id="rel", words="Some?", way="own-idea", relies_on=[eid("item")],
             to=["south"])  # fmt: skip
    assert scene.reason("ada", "correct", target=eid("item"), **given) == strange
    scene.do("ada", "correct", target=eid("item"), words="50 of them.")
    assert scene.room("ada").entrusted[0].corrections == ("50 of them.",)
    assert scene.desk().entrusted[0].outdated == (eid("rel"),)
    assert scene.reason("scribe", "correct", target=eid("rel"), words="x") == "role"
    assert scene.reason("lead", "correct", target=eid("none"), words="x") == "unknown"
    leak = scene.reason("lead", "correct", target=eid("rel"), words="What of 40?")
    assert leak == "leak-check-unanswered"
    scene.do("lead", "correct", target=eid("rel"), words="A few?")
    (seen,) = scene.room("bea").received
    assert (seen.words, seen.corrections) == ("Some?", ("A few?",))
    scene.do("ada", "withdraw", item=eid("item"))
    assert scene.reason("lead", "correct", target=eid("rel"), words="x") == "withdrawn"
    for act, more in (("ask", {}), ("deadline", {"due": scene.clock + timedelta(days=9)})):
        scene.do("lead", act, id=act, words="Hm.", to=["north"], **more)
        scene.do("lead", "correct", target=eid(act), words="Well.")
    assert scene.room("ada").asked[0].corrections == ("Well.",)
    assert scene.room("ada").deadlines[0].corrections == ("Well.",)
    assert scene.desk().deadlines[0].words == ("Hm.", "Well.")


def test_leaving_and_handing_over() -> None:
    scene = opened()
    assert scene.reason("lead", "leave") == "office-not-handed-over"
    assert scene.reason("aide", "leave", whole_side=True) == "role"
    assert scene.reason("ada", "leave") == "office-not-handed-over"
    assert scene.reason("abe", "leave", whole_side=True) == "role"
    for who in ("lead", "ada"):
        for to in (who, "bob", "nobody"):
            assert scene.reason(who, "hand-over", to=to) == "unknown"
    scene.do("aide", "leave")
    assert scene.reason("lead", "hand-over", to="aide") == "unknown"
    scene.do("lead", "hand-over", to="scribe")
    scene.do("ada", "hand-over", to="abe")
    assert (scene.room("abe").me.role, scene.room("ada").me.role) == ("head", "member")
    assert (scene.desk("scribe").me.role, scene.desk("lead").me.role) == ("lead", "mediator")
    scene.do("ada", "leave")
    scene.do("lead", "leave")


def test_the_limit_with_more_than_two_sides() -> None:
    scene = Scene()
    sides = [{"id": side, "name": side.title()} for side in ("north", "south", "west")]
    scene.do("lead", "open", title="x", sides=sides, lead="lead", lead_name="L")
    for side in ("north", "south", "west"):
        scene.do("lead", "invite", person=f"of-{side}", name="X", side=side, role="head")
    scene.do("lead", "draft", id="text", clauses=CLAUSES)
    given: dict[str, Any] = {"draft": eid("text")}
    scene.do("lead", "circulate", to=["north", "south", "west"], **given)
    scene.do("lead", "open-acceptance", sides=["north", "south", "west"],
             closes_at=scene.clock + timedelta(days=1), **given)  # fmt: skip
    told = scene.room("of-west").acceptances[0].limit
    assert told == "whoever-accepts-learns-that-one-of-the-others-did-not"
