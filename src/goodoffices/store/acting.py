"""From what somebody asks to the events that come of it: read, put in a compartment, closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from goodoffices.errors import VoidRoundError
from goodoffices.store.ballots import open_rounds
from goodoffices.store.sealing import id_for, new_id
from goodoffices.talks import Event, Refused, Talk, acts, apply, may
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.sealed import result_at

ASKED_LENGTH = 24
"""Letters of an identifier that say by what form or key it was asked for; the rest, with what."""


@dataclass(frozen=True, slots=True)
class Once:
    """What tells that something was asked for before, so that it is not done twice.

    Attributes:
        key: drawn once for a form, or chosen by a program.
        asked: what is asked for; with the same key something else is refused.
    """

    key: str
    asked: Mapping[str, Any]

    def identifier(self, key: bytes, *who: str) -> str:
        """Return the identifier of what is asked for: to others, one drawn at random."""
        text = json.dumps(self.asked, sort_keys=True, default=str)
        content = id_for(key, "content", *who, self.key, text, size=12)
        return id_for(key, "key", *who, self.key) + content


def asked_before(known: Mapping[str, str], id_: str) -> str | None:
    """Return the identifier of what was done by the same form or key, or None."""
    return known.get(id_[:ASKED_LENGTH])


def with_asked(known: Mapping[str, str], id_: str) -> Mapping[str, str]:
    """Return what was asked for once, with one more act if it was asked for like that."""
    return {**known, id_[:ASKED_LENGTH]: id_} if len(id_) > ASKED_LENGTH else known


def side_of(talk: Talk, event: Event) -> str:
    """Return the side in whose compartment an event is sealed: whose confidences it holds."""
    person = talk.person(event.by)
    if person is None or person.side != MEDIATOR:
        return person.side if person else MEDIATOR
    act = event.act
    if isinstance(act, acts.Minute):
        return act.side
    item = act.item if isinstance(act, acts.ReadBack | acts.Tighten) else None
    found = talk.item(item) if item else None
    return found[0].side.id if found else MEDIATOR


def read_event(by: str, act: Mapping[str, Any], id_: str, now: datetime) -> Event | Refused:
    """Return an act as an event, or why it is none."""
    given = sorted({"id", "at"} & set(act))
    if given:
        return Refused("malformed", "not-well-formed", tuple(given))
    data = {**act, "id": id_, "at": now}
    try:
        return Event.model_validate({"by": by, "act": data})
    except ValidationError:
        verdict = may(Talk(), by, data)
        return verdict if isinstance(verdict, Refused) else Refused("malformed", "not-well-formed")


def in_words(refused: Refused) -> str:
    return ", ".join((refused.reason, *refused.about))


def is_due(talk: Talk, now: datetime) -> bool:
    return any(record.closes_at <= now for record in open_rounds(talk).values())


def asked_to_close(act: Mapping[str, Any]) -> object:
    return act.get("round") if act.get("act") == "close-acceptance" else None


def closing(talk: Talk, now: datetime, *, but: object = None) -> tuple[tuple[Event, ...], Talk]:
    """Close the rounds whose time is over, in the name of the lead; return the events and after."""
    lead = next((who.id for who in talk.desk.people.values() if who.role == "lead"), "")
    written = []
    for id_, record in open_rounds(talk).items():
        if record.closes_at <= now and id_ != but:
            result = result_at(talk, id_, now)
            act = acts.CloseAcceptance(id=new_id(), at=now, round=id_, result=result)
            written.append(Event(by=lead, act=act))
            talk = apply(talk, written[-1])
    return tuple(written), talk


def with_result(talk: Talk, act: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Put the result where a round is to be closed: only here are the ballots known."""
    round_ = asked_to_close(act)
    if round_ is None:
        return act
    record = open_rounds(talk).get(str(round_))
    due = record is not None and record.closes_at <= now
    # Before the close the rules refuse the act, whatever its result says.
    return {"result": result_at(talk, str(round_), now) if due else "not agreed", **act}


def require_key(talk: Talk, act: acts.AnyAct) -> None:
    """Refuse a ballot into a box that nobody can open, rather than lose it."""
    if isinstance(act, acts.Ballot) and act.round not in talk.ballots:
        raise VoidRoundError("the sealed acceptance", expected="another, as its key is gone")
