"""The whole table: every act tried as every role, and what is not in the table is refused."""

from __future__ import annotations

import typing
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goodoffices.talks import TABLE, Allowed, Refused, may
from goodoffices.talks.acts import AnyAct, Role
from tests.talks.scene import CLAUSES, PEOPLE, Scene, eid, ready

Given = dict[str, Any]

# Who speaks for whom in the table; the second head of an act that needs one is Bea.
ALLOWED = {
    "open": "",
    "invite": "lead",
    "entrust": "head member guarantor",
    "minute": "lead mediator note-taker",
    "read-back": "lead mediator",
    "confirm": "head member guarantor",
    "dispute": "head member guarantor",
    "tighten": "lead mediator head member guarantor",
    "loosen": "head member guarantor",
    "withdraw": "head member guarantor",
    "release": "lead mediator",
    "draft": "lead mediator",
    "circulate": "lead mediator",
    "agree": "head",
    "bracket": "head member",
    "propose": "head member",
    "query": "head member",
    "ask": "lead mediator",
    "reply": "head member guarantor",
    "deadline": "lead mediator",
    "open-acceptance": "lead",
    "ballot": "lead head",
    "close-acceptance": "lead mediator",
    "record-agreement": "lead",
    "note": "lead mediator note-taker",
    "watch": "lead mediator",
    "correct": "lead mediator note-taker head member guarantor",
    "leave": "lead mediator note-taker head member guarantor observer",
    "hand-over": "lead head",
}
ROLES = typing.get_args(Role)
BY_ROLE = {"head": "ada", "member": "abe", "guarantor": "gus", "observer": "oda",
           "lead": "lead", "mediator": "aide", "note-taker": "scribe"}  # fmt: skip


COPIES = [
    {"side": side, "clauses": {clause["label"]: clause["text"] for clause in CLAUSES}}
    for side in ("north", "south")
]
TEXT = {"draft": eid("text"), "clause": "1"}
GIVEN: dict[str, Callable[[str, Scene], Given]] = {
    "open": lambda who, _: {
        "title": "x", "sides": [{"id": "s", "name": "S"}], "lead": who, "lead_name": "X",
    },
    "invite": lambda *_: {"person": "new", "name": "New", "side": "north", "role": "member"},
    "entrust": lambda *_: {"kind": "message", "words": "x", "caveat": {}},
    "minute": lambda *_: {"side": "north", "kind": "message", "words": "x", "caveat": {}},
    "read-back": lambda *_: {"item": eid("of-ada"), "words": "Well.", "to": ["ada"]},
    "confirm": lambda who, _: {"read_back": eid(f"back-{who}")},
    "dispute": lambda who, _: {"read_back": eid(f"back-{who}"), "words": "x"},
    "tighten": lambda who, _: {
        "item": eid(f"of-{who}" if who in {"ada", "abe", "gus"} else "of-ada"), "caveat": {},
    },
    "loosen": lambda who, _: {"item": eid(f"of-{who}"), "caveat": {"ways": ["analysis"]}},
    "withdraw": lambda who, _: {"item": eid(f"of-{who}")},
    "release": lambda *_: {"words": "Hello.", "way": "mediator", "to": ["south"]},
    "draft": lambda *_: {"clauses": [{"label": "1", "text": "x"}]},
    "circulate": lambda *_: {"draft": eid("text"), "to": ["north"]},
    "agree": lambda *_: TEXT,
    "bracket": lambda *_: TEXT,
    "propose": lambda *_: {**TEXT, "words": "x"},
    "query": lambda *_: {**TEXT, "words": "x"},
    "ask": lambda *_: {"words": "Hello.", "to": ["south"]},
    "reply": lambda who, _: {"question": eid(f"ask-{who}"), "words": "x", "caveat": {}},
    "deadline": lambda _, scene: {
        "words": "By then.", "due": scene.clock + timedelta(days=1), "to": ["south"],
    },
    "open-acceptance": lambda _, scene: {
        "draft": eid("text"), "sides": ["south", "west"], "closes_at": scene.clock + timedelta(1),
    },
    "ballot": lambda *_: {"round": eid("round"), "accept": True},
    "close-acceptance": lambda _, scene: {
        "round": eid("round"), "result": "not agreed", "at": scene.clock + timedelta(days=2),
    },
    "record-agreement": lambda *_: {
        "draft": eid("text"), "instruments": COPIES, "expires_at": None,
    },
    "note": lambda *_: {"words": "x"},
    "watch": lambda *_: {"side": "north", "words": ["autonomy"]},
    "correct": lambda who, _: {"target": eid(f"of-{who}"), "words": "x"},
    "leave": lambda who, _: {"whole_side": who == "ada"},
    "hand-over": lambda who, _: {"to": "abe" if who in {"ada", "abe"} else "aide"},
}  # fmt: skip


def verdict(role: str, act: str) -> Allowed | Refused:
    who, scene = BY_ROLE[role], ready()
    if act == "hand-over" and role == "head":
        scene.do("lead", "close-acceptance", **GIVEN["close-acceptance"](who, scene))
    if act == "leave" and role == "lead":
        scene.do("lead", "hand-over", to="aide")
    if act == "open-acceptance":
        scene = ready()
        scene.do("lead", "close-acceptance", **GIVEN["close-acceptance"](who, scene))
        given = {**GIVEN[act](who, scene), "sides": ["north", "south"]}
    else:
        given = GIVEN[act](who, scene)
    return may(scene.talk, who, scene.event(who, act, **given).act)


def every_act() -> set[str]:
    kinds = typing.get_args(typing.get_args(AnyAct)[0])
    return {name for kind in kinds for name in typing.get_args(kind.model_fields["act"].annotation)}


def test_the_table_has_a_row_for_every_act() -> None:
    assert set(TABLE) == every_act() == set(ALLOWED) == set(GIVEN)


@pytest.mark.parametrize("act", ALLOWED)
def test_the_table_says_what_it_should(act: str) -> None:
    assert TABLE[act] == set(ALLOWED[act].split())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ALLOWED)
def test_every_act_as_every_role(act: str, role: str) -> None:
    answer = verdict(role, act)
    if role in ALLOWED[act].split():
        assert answer == Allowed()
    else:
        assert answer == Refused("not-allowed-now", "talk-is-open" if act == "open" else "role")


@pytest.mark.parametrize("act", [act for act in ALLOWED if act != "open"])
def test_nobody_acts_who_is_not_in_the_talk(act: str) -> None:
    scene = ready()
    given = GIVEN[act]("ada", scene)
    assert scene.reason("nobody", act, **given) == "has-not-joined"


def test_everybody_has_a_role_and_every_role_somebody() -> None:
    assert {role for _, role in PEOPLE.values()} == set(ROLES) == set(BY_ROLE)
