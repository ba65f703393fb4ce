"""Bringing people in: a talk is opened, somebody is invited, link and code are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from goodoffices.desk import passing
from goodoffices.desk.acting import attempt
from goodoffices.desk.settings import Settings
from goodoffices.desk.visit import Visit
from goodoffices.errors import CallError
from goodoffices.store import Accepted, Store, new_id
from goodoffices.talks import TABLE, DeskView, Refused
from goodoffices.talks.acts import Invite


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that works once, and the code that goes another way; both shown once."""

    name: str
    token: str
    code: str


def opened(visit: Visit, title: str, lead_name: str, sides: Sequence[Mapping[str, str]]) -> str:
    """Open a talk whose mediation the visitor leads, and return its identifier.

    Args:
        visit: of somebody of a mediator's team.
        title: what everybody in the talk sees.
        lead_name: what the visitor is called in it.
        sides: name and kind of each.

    Raises:
        CallError: fewer than two sides, or something without a name.
    """
    if len(sides) < 2:
        raise CallError("the sides", expected="at least two")
    named = [{"id": f"side-{token_hex(4)}", **side} for side in sides]
    once = visit.asked_once({"title": title, "lead_name": lead_name, "sides": sides})
    store = visit.desk.store
    made = store.create(title=title, sides=named, lead_name=lead_name, now=visit.now, once=once)
    if made.talk not in store.accounts.seats(visit.who.id):
        store.accounts.take_seat(visit.who.id, made.talk, made.lead)
    return made.talk


def invited(visit: Visit, name: str, side: str, role: str) -> Invitation | Refused:
    """Bring somebody into the talk of the visit, and make link and code for them."""
    person = new_id()
    data = {"act": "invite", "person": person, "name": name, "side": side, "role": role}
    done = attempt(visit, data)
    if isinstance(done, Refused):
        return done
    return handed(visit, _who(visit, done) if done.again else person, name)


def _who(visit: Visit, done: Accepted) -> str:
    """Return who was invited when the form was first sent."""
    found = (written.event.act for written in visit.desk.store.written(visit.talk_id))
    return next(act.person for act in found if act.id == done.id and isinstance(act, Invite))


def invited_again(visit: Visit, desk: DeskView, person: str) -> Invitation | None:
    """Make a new link and code for somebody in the talk; None when that is not the visitor's to do.

    When they are taken up, the account that the person had is closed.
    """
    people = {who.id: who.name for group in desk.people.values() for who in group}
    if not may_invite(desk) or person not in people or person == desk.me.id:
        return None
    return handed(visit, person, people[person])


def may_invite(desk: DeskView) -> bool:
    """Whether the viewer's role invites people."""
    return desk.me.role in TABLE["invite"]


def handed(visit: Visit, person: str, name: str) -> Invitation:
    """Make link and code for a person of the talk."""
    data = {"talk": visit.talk_id, "person": person, "name": name}
    return issued(visit.desk.store, visit.desk.settings, data, visit.now)


def issued(store: Store, settings: Settings, data: Mapping[str, str], now: datetime) -> Invitation:
    """Make link and code for what the data says."""
    code = passing.spoken(2)
    lifetime = settings.invitation
    token = store.invitations.issue({**data, "code": code}, now=now, lifetime=lifetime)
    return Invitation(data["name"], token, code)
