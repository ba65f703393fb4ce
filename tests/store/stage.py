"""A talk in a store, act by act, beside the same talk as a pure fold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from goodoffices.store import Accepted, Store
from goodoffices.talks import Event, Refused, Talk
from goodoffices.talks.acts import Role

START = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)
SIDES = [
    {"id": "north", "name": "Northland"},
    {"id": "south", "name": "Southland"},
    {"id": "league", "name": "The League", "kind": "guarantor"},
]
PEOPLE: dict[str, tuple[str, Role]] = {
    "aide": ("mediator", "mediator"),
    "ada": ("north", "head"),
    "abe": ("north", "member"),
    "bea": ("south", "head"),
    "bob": ("south", "member"),
    "gus": ("league", "guarantor"),
}
CLAUSES = [
    {"label": "1", "text": "The crossing opens."},
    {"label": "2", "text": "Northland and Southland inspect together."},
]


class Stage:
    """A talk in a store that goes on act by act, each an hour after the last."""

    def __init__(self, store: Store, *, people: bool = True) -> None:
        self.store = store
        self.clock = START
        begun = store.create(title="The crossing", sides=SIDES, lead_name="Lea", now=START)
        self.id, self.lead = begun.talk, begun.lead
        if people:
            for person, (side, role) in PEOPLE.items():
                self.do("lead", "invite", person=person, name=person.title(), side=side, role=role)

    @property
    def talk(self) -> Talk:
        return self.store.talk(self.id)

    def act(self, by: str, name: str, /, **given: Any) -> Accepted | Refused:
        self.clock += timedelta(hours=1)
        now = given.pop("now", self.clock)
        actor = self.lead if by == "lead" else by
        return self.store.act(self.id, actor, {"act": name, **given}, now=now)

    def do(self, by: str, name: str, /, **given: Any) -> str:
        """Do an act that is allowed; return its identifier."""
        answer = self.act(by, name, **given)
        assert isinstance(answer, Accepted), answer
        return answer.id

    def reason(self, by: str, name: str, /, **given: Any) -> str:
        """Try an act that is not allowed; return the word for why."""
        answer = self.act(by, name, **given)
        assert isinstance(answer, Refused), answer
        return answer.reason

    def entrust(self, by: str = "ada", words: str = "We could open it.", **given: Any) -> str:
        """Entrust a message, for the mediator only unless it says more."""
        given = {"kind": "message", "caveat": {}, **given}
        return self.do(by, "entrust", words=words, **given)

    def text(self) -> str:
        """Circulate a text of two clauses to both parties; return its identifier."""
        draft = self.do("lead", "draft", clauses=CLAUSES)
        self.do("lead", "circulate", draft=draft, to=["north", "south"])
        return draft

    def round(self, hours: int = 240, **given: Any) -> str:
        """Open a sealed acceptance of a text that both parties have; return its identifier."""
        closes = self.clock + timedelta(hours=hours)
        return self.do("lead", "open-acceptance", draft=self.text(), sides=["north", "south"],
                       closes_at=closes, **given)  # fmt: skip

    def vote(self, by: str, round_: str, accept: bool) -> str:
        return self.do(by, "ballot", round=round_, accept=accept)

    def events(self) -> tuple[Event, ...]:
        return tuple(written.event for written in self.store.written(self.id))


def plain(talk: Talk) -> Talk:
    """A talk in which a round without any ballot is as one that nobody speaks of."""
    return replace(talk, ballots={name: cast for name, cast in talk.ballots.items() if cast})


def everybody(stage: Stage, look: Callable[[str], str]) -> dict[str, str]:
    """Return what everybody gets."""
    return {who: look(stage.lead if who == "lead" else who) for who in ("lead", *PEOPLE)}
