"""Small scripted talks for the tests: two sides, a mediator, a guarantor and an observer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from goodoffices.talks import Event, Refused, Talk, admit, fold, may, view
from goodoffices.talks.acts import Role
from goodoffices.talks.shown import DeskView, RoomView

START = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)

PEOPLE: dict[str, tuple[str, Role]] = {
    "lead": ("mediator", "lead"),
    "aide": ("mediator", "mediator"),
    "scribe": ("mediator", "note-taker"),
    "ada": ("north", "head"),
    "abe": ("north", "member"),
    "amy": ("north", "member"),
    "bea": ("south", "head"),
    "bob": ("south", "member"),
    "gus": ("league", "guarantor"),
    "oda": ("press", "observer"),
}
"""Everybody, with side and role."""


def eid(name: str) -> str:
    """Return an identifier that a reader recognises."""
    return name.ljust(16, "-")


def act_data(name: str, id_: str, at: datetime, given: dict[str, Any]) -> dict[str, Any]:
    return {"act": name, "id": eid(id_), "at": at, **given}


def answers(refused: object, why: str = "said by both in public") -> list[dict[str, str]]:
    """Answer every flag of a refusal."""
    assert isinstance(refused, Refused)
    return [{"flag": f.key, "decision": "already-known", "why": why} for f in refused.flags]


class Scene:
    """A talk that goes on act by act; each is an hour after the last unless it says when."""

    def __init__(self, events: tuple[Event, ...] = ()) -> None:
        self.events = list(events)
        self.talk: Talk = fold(events)
        self.clock = events[-1].act.at if events else START
        self.serial = 0

    def event(self, by: str, name: str, /, **given: Any) -> Event:
        self.serial += 1
        id_ = given.pop("id", f"{name}-{self.serial}")
        at = given.pop("at", self.clock + timedelta(hours=1))
        return Event.model_validate({"by": by, "act": act_data(name, id_, at, given)})

    def do(self, by: str, name: str, /, **given: Any) -> str:
        """Do an act that is allowed; return its identifier."""
        event = self.event(by, name, **given)
        after = admit(self.talk, event)
        assert isinstance(after, Talk), after
        self.talk, self.clock = after, max(self.clock, event.act.at)
        self.events.append(event)
        return event.act.id

    def refused(self, by: str, name: str, /, **given: Any) -> Refused:
        """Try an act that is not allowed; return why."""
        event = self.event(by, name, **given)
        verdict = may(self.talk, by, event.act)
        assert isinstance(verdict, Refused), verdict
        assert admit(self.talk, event) == verdict
        return verdict

    def reason(self, by: str, name: str, /, **given: Any) -> str:
        """Try an act that is not allowed; return the word for why."""
        return self.refused(by, name, **given).reason

    def answered(self, by: str, name: str, /, **given: Any) -> str:
        """Do an act whose leak check flags something, with every flag answered."""
        refused = self.refused(by, name, **given)
        assert refused.reason == "leak-check-unanswered"
        return self.do(by, name, leak_check=answers(refused), **given)

    def room(self, viewer: str) -> RoomView:
        seen = view(self.talk, viewer)
        assert isinstance(seen, RoomView)
        return seen

    def desk(self, viewer: str = "lead") -> DeskView:
        seen = view(self.talk, viewer)
        assert isinstance(seen, DeskView)
        return seen


def opened() -> Scene:
    """A talk with everybody in it, in which nothing has been said."""
    scene = Scene()
    sides = [
        {"id": "north", "name": "Northland"},
        {"id": "south", "name": "Southland"},
        {"id": "league", "name": "The League", "kind": "guarantor"},
        {"id": "press", "name": "The Observers", "kind": "observer"},
    ]
    scene.do("lead", "open", title="The crossing", sides=sides, lead="lead", lead_name="Lea")
    for person, (side, role) in PEOPLE.items():
        if person != "lead":
            scene.do("lead", "invite", person=person, name=person.title(), side=side, role=role)
    return scene


ATTRIBUTED = {"ways": ["analysis", "attributed"]}
OWN_IDEA = {"ways": ["analysis", "own-idea"]}
CLAUSES = [
    {"label": "1", "text": "The crossing opens."},
    {"label": "2", "text": "Northland and Southland inspect together."},
]


def with_text() -> Scene:
    """A talk in which both sides were shown a text of two clauses at once."""
    scene = opened()
    scene.do("lead", "draft", id="text", clauses=CLAUSES)
    scene.do("lead", "circulate", draft=eid("text"), to=["north", "south"])
    return scene


def in_a_round(**given: Any) -> Scene:
    """A talk with a sealed acceptance of that text, open for a day."""
    scene = with_text()
    closes = scene.clock + timedelta(days=1)
    scene.do(
        "lead", "open-acceptance", id="round", draft=eid("text"), sides=["north", "south"],
        closes_at=closes, **given,
    )  # fmt: skip
    return scene


def ready() -> Scene:
    """A talk in which everybody has something of their own to act on."""
    scene = opened()
    for who in ("ada", "abe", "gus"):
        scene.do(who, "entrust", id=f"of-{who}", kind="message", words="Well.", caveat={})
        scene.do("lead", "read-back", id=f"back-{who}", item=eid(f"of-{who}"), words="Well.",
                 to=[who])  # fmt: skip
        scene.do("lead", "ask", id=f"ask-{who}", words="And?", to=[who])
    for who in ("lead", "aide", "scribe"):
        scene.do(who, "note", id=f"of-{who}", words="Noted.")
    scene.do("lead", "draft", id="text", clauses=CLAUSES)
    scene.do("lead", "circulate", draft=eid("text"), to=["north", "south"])
    for label in ("1", "2"):
        for who in ("ada", "bea"):
            scene.do(who, "agree", draft=eid("text"), clause=label)
    scene.do("lead", "open-acceptance", id="round", draft=eid("text"), clause="1",
             sides=["north", "south"], closes_at=scene.clock + timedelta(days=1),
             mediator_takes_part=True)  # fmt: skip
    return scene
