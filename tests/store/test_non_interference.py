"""Whatever the others do, what one side gets from the store stays the same, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.store import Accepted, Store, new_id
from goodoffices.store.export import own_view
from goodoffices.store.heads import issue_head
from goodoffices.talks import Refused
from tests.store.stage import Stage
from tests.talks.scene import Scene, answers
from tests.talks.script import OWN_ACTS, own_act

PRIVATE = ("note", "draft", "minute", "watch", "read-back", "ask", "tighten")
"""What the mediator does that names nobody of the side that looks."""


def begin(store: Store) -> Stage:
    """A talk in which both sides have said something, and are asked to accept a text."""
    stage = Stage(store)
    stage.round(hours=100_000, mediator_takes_part=True)
    for who in ("ada", "bea", "abe", "bob"):
        stage.entrust(who, "Well.", caveat={"ways": ["attributed"]})
    stage.do("lead", "ask", words="And?", to=["north", "south"])
    return stage


PROBES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ada", "agree", {"draft": "x" * 20, "clause": "1"}),
    ("abe", "ballot", {"round": "x" * 20, "accept": True}),
    ("ada", "withdraw", {"item": "x" * 20}),
    ("abe", "hand-over", {"to": "ada"}),
    ("ada", "hand-over", {"to": "bea"}),
    ("ada", "confirm", {}),
    ("ada", "release", {"words": "x", "way": "mediator", "to": ["south"]}),
)


def all_that_north_gets(stage: Stage) -> str:
    """Return every byte that people of one side can get: exports, refusals, what heads tell."""
    now = stage.clock
    got: list[object] = []
    for who in ("ada", "abe"):
        got.append(own_view(stage.store, stage.id, who, now=now))
        head = asdict(issue_head(stage.store, stage.id, who, now=now))
        fixed = ("format", "holder", "shape", "verifier")
        got.append([head[name] for name in fixed] + [len(value) for value in head.values()])
    for who, name, given_ in PROBES:
        answer = stage.store.act(stage.id, who, {"act": name, **given_}, now=now)
        assert isinstance(answer, Refused)
        got.append(asdict(answer))
    return json.dumps(got, default=str)


def mediators(stage: Stage, draw: Callable[..., Any], name: str) -> dict[str, Any]:
    """Draw an act of the mediator that names nobody but the south."""
    items = [item.id for room, item in stage.talk.items() if room.side.id == "south"]
    made: dict[str, dict[str, Any]] = {
        "note": {"words": "A note.", "rests_on": items[:1]},
        "draft": {"clauses": [{"label": "1", "text": "Another text."}]},
        "minute": {"side": "south", "kind": "message", "words": "They said so.", "caveat": {}},
        "watch": {"side": "south", "words": ["autonomy"]},
        "read-back": {"item": draw(st.sampled_from(items)), "words": "Well.", "to": ["south"]},
        "ask": {"words": "And now?", "to": ["bea"]},
        "tighten": {"item": draw(st.sampled_from(items)), "caveat": {}},
    }
    return made[name]


def act_of_others(stage: Stage, draw: Callable[..., Any]) -> None:
    scene = Scene()
    scene.talk = stage.talk
    if draw(st.booleans()):
        who = draw(st.sampled_from(("bea", "bob")))
        name = draw(st.sampled_from(OWN_ACTS))
        given_ = own_act(draw, scene, "south", who, name)
    else:
        who, name = "lead", draw(st.sampled_from(PRIVATE))
        given_ = mediators(stage, draw, name)
    answer = stage.act(who, name, **given_)
    if isinstance(answer, Refused) and answer.reason == "leak-check-unanswered":
        stage.act(who, name, **given_, leak_check=answers(answer))


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_one_side_gets_the_same_whatever_the_others_do(store: Store, data: st.DataObject) -> None:
    stage = begin(store)
    before = all_that_north_gets(stage)
    for _ in range(data.draw(st.integers(3, 12))):
        act_of_others(stage, data.draw)
    stage.clock += timedelta(hours=1)
    assert all_that_north_gets(stage) == before


def test_what_is_meant_for_a_side_does_show(store: Store) -> None:
    """The measure is sharp: one release, and it is no longer the same."""
    stage = begin(store)
    before = all_that_north_gets(stage)
    stage.do("lead", "release", words="Good morning.", way="mediator", to=["north"])
    assert all_that_north_gets(stage) != before


def test_an_identifier_is_drawn_by_the_store_alone(store: Store) -> None:
    stage = begin(store)
    answer = stage.act("bea", "leave", id=new_id())
    assert isinstance(answer, Refused)
    first, second = (stage.act("bea", "entrust", kind="message", words="Well.", caveat={})
                     for _ in range(2))  # fmt: skip
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert first.id != second.id
    assert len(first.id) == len(second.id) == 24
