"""Non-interference: whatever one side entrusts or does, another sees the same, byte for byte."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.errors import NotFoundError
from goodoffices.talks import Event, fold, may, resolve, view
from goodoffices.talks.acts import ClauseAnswer, Correct, Dispute, Entrust, Minute, ReadBack, Reply
from tests.talks.scene import Scene, eid, opened
from tests.talks.script import OWN_ACTS, SIDES, own_act, talks

SAID = Entrust | Reply | ClauseAnswer | Correct | Dispute
TEAM = ("lead", "aide", "scribe")
FREE_WAYS = st.sets(st.sampled_from(("analysis", "own-idea", "hypothetically", "attributed")))
TEXTS = st.sampled_from(("Other words.", "We want 99 days.", "Yes.", "סוד", "x" * 500))


def of(events: tuple[Event, ...], side: str) -> set[str]:
    """Return everybody who was ever of a side."""
    return set(fold(events).rooms[side].people)


def seen(events: tuple[Event, ...], side: str) -> dict[str, str]:
    """Return what everybody of a side sees, and what each is told who is gone."""
    talk, shown = fold(events), {}
    for who in sorted(talk.rooms[side].people):
        try:
            shown[who] = view(talk, who).canonical()
        except NotFoundError as error:
            shown[who] = str(error)
    return shown


@st.composite
def changed(draw: Any, events: tuple[Event, ...], side: str) -> tuple[Event, ...]:
    """Say otherwise everything that a side said or that the mediator noted it to have said."""
    people, result = of(events, side), []
    items = {item.id for _, item in fold(events).items() if _.side.id == side}
    for event in events:
        act, update = event.act, {}
        theirs = event.by in people and isinstance(act, SAID)
        noted = isinstance(act, Minute) and act.side == side
        read = isinstance(act, ReadBack) and act.item in items
        if (theirs or noted or read) and getattr(act, "words", None) is not None:
            update["words"] = draw(TEXTS)
        if (theirs or noted) and hasattr(act, "caveat"):
            caveat = act.caveat.model_copy(update={"ways": tuple(sorted(draw(FREE_WAYS)))})
            update["caveat"] = caveat
        result.append(event.model_copy(update={"act": act.model_copy(update=update)}))
    return tuple(result)


@settings(max_examples=40, deadline=None)
@given(
    st.data(),
    talks(),
    st.sampled_from([("north", "south"), ("south", "north"), ("league", "north")]),
)
def test_whatever_a_side_said_the_other_sees_the_same(
    data: st.DataObject, events: tuple[Event, ...], sides: tuple[str, str]
) -> None:
    speaker, other = sides
    assert seen(data.draw(changed(events, speaker)), other) == seen(events, other)


def untied(events: tuple[Event, ...], side: str) -> tuple[Event, ...]:
    """Leave out whatever a side did, and what the mediator did inside that side's room alone."""
    people = of(events, side)
    gone = {event.act.id for event in events if event.by in people}
    gone |= {e.act.id for e in events if isinstance(e.act, Minute) and e.act.side == side}
    kept = []
    for event in events:
        speaks_of = {getattr(event.act, name, None) for name in ("item", "target")}
        if event.act.id in gone or speaks_of & gone:
            gone.add(event.act.id)
        else:
            kept.append(event)
    return tuple(kept)


@settings(max_examples=40, deadline=None)
@given(talks(), st.sampled_from([("north", "south"), ("south", "north"), ("league", "south")]))
def test_whatever_a_side_did_the_other_sees_the_same(
    events: tuple[Event, ...], sides: tuple[str, str]
) -> None:
    actor, other = sides
    without = tuple(
        event.model_copy(update={"act": event.act.model_copy(update={"way": "own-idea"})})
        if getattr(event.act, "way", None) == "attributed"
        else event
        for event in events
    )
    assert seen(untied(without, actor), other) == seen(without, other)


@settings(max_examples=40, deadline=None)
@given(st.data(), talks())
def test_more_acts_of_a_side_change_nothing_for_the_other(
    data: st.DataObject, events: tuple[Event, ...]
) -> None:
    scene = Scene(events)
    scene.serial = 10_000
    before = seen(events, "north")
    for _ in range(5):
        name = data.draw(st.sampled_from(OWN_ACTS))
        who = data.draw(st.sampled_from(SIDES["south"]))
        given_ = own_act(data.draw, scene, "south", who, name)
        event = scene.event(who, name, **given_)
        after = may(scene.talk, who, event.act)
        if type(after).__name__ == "Allowed":
            scene = Scene((*scene.events, event))
            scene.serial = 20_000 + len(scene.events)
    assert seen(tuple(scene.events), "north") == before


@settings(max_examples=40, deadline=None)
@given(st.data(), talks())
def test_what_a_side_may_do_does_not_depend_on_the_other(
    data: st.DataObject, events: tuple[Event, ...]
) -> None:
    scene = Scene(events)
    other = Scene(data.draw(changed(events, "south")))
    name = data.draw(st.sampled_from(OWN_ACTS))
    who = data.draw(st.sampled_from(SIDES["north"]))
    event = scene.event(who, name, **own_act(data.draw, scene, "north", who, name))
    assert may(scene.talk, who, event.act) == may(other.talk, who, event.act)


@settings(max_examples=40, deadline=None)
@given(talks(), st.text(max_size=30))
def test_a_name_for_a_thing_resolves_alike_whatever_the_other_side_did(
    events: tuple[Event, ...], name: str
) -> None:
    talk, without = fold(events), fold(untied(events, "south"))
    ids = [eid("nothing"), name, *(item.id for _, item in talk.items())]
    if talk.rooms["north"].people["ada"].left:
        return
    assert [resolve(talk, "ada", id_) for id_ in ids] == [
        resolve(without, "ada", id_) for id_ in ids
    ]


@settings(max_examples=40, deadline=None)
@given(st.data(), talks())
def test_what_is_kept_from_somebody_of_ones_own_side_shows_nowhere(
    data: st.DataObject, events: tuple[Event, ...]
) -> None:
    extra = opened().event(
        "ada", "entrust", id="hidden", kind="question", words=data.draw(TEXTS),
        caveat={"not_to": ["abe"]}, at=events[-1].act.at,
    )  # fmt: skip
    talk = fold(events)
    if {"ada", "abe"} <= talk.rooms["north"].present():
        assert view(fold((*events, extra)), "abe") == view(talk, "abe")


@settings(max_examples=40, deadline=None)
@given(talks())
def test_no_ballot_shows_anywhere(events: tuple[Event, ...]) -> None:
    flipped = tuple(
        event.model_copy(update={"act": event.act.model_copy(update={"accept": False})})
        if event.act.act == "ballot"
        else event
        for event in events
    )
    dropped = tuple(event for event in events if event.act.act != "ballot")
    for side in SIDES:
        assert seen(events, side) == seen(flipped, side) == seen(dropped, side)
    for who in TEAM:
        views = {view(fold(each), who).canonical() for each in (events, flipped, dropped)}
        assert len(views) == 1
    assert repr(fold(events)) == repr(fold(dropped))


def test_the_property_can_fail() -> None:
    """A release does pass something on, and what it passes on is seen: views are not empty."""
    scene = opened()
    before = seen(tuple(scene.events), "south")
    scene.do("lead", "release", words="Hello.", way="mediator", to=["south"])
    assert seen(tuple(scene.events), "south") != before
