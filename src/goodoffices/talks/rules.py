"""Who may do what now: one table of act and role, deny by default, and what each act needs.

`may` answers; `admit` lets an event happen if it may. What is not in the table is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from goodoffices.talks import acts, rules_desk, rules_passing, rules_rooms
from goodoffices.talks.acts import MEDIATOR, AnyAct, Event, Role
from goodoffices.talks.fold import apply
from goodoffices.talks.state import Person, Room, Talk
from goodoffices.talks.verdict import Refused, Verdict, malformed, not_now

_LEAD: frozenset[Role] = frozenset({"lead"})
_MEDIATORS: frozenset[Role] = frozenset({"lead", "mediator"})
_TEAM: frozenset[Role] = frozenset({"lead", "mediator", "note-taker"})
_HEAD: frozenset[Role] = frozenset({"head"})
_DELEGATION: frozenset[Role] = frozenset({"head", "member"})
_SIDES: frozenset[Role] = frozenset({"head", "member", "guarantor"})

TABLE: Mapping[str, frozenset[Role]] = {
    "open": frozenset(),
    "invite": _LEAD,
    "entrust": _SIDES,
    "minute": _TEAM,
    "read-back": _MEDIATORS,
    "confirm": _SIDES,
    "dispute": _SIDES,
    "tighten": _MEDIATORS | _SIDES,
    "loosen": _SIDES,
    "withdraw": _SIDES,
    "release": _MEDIATORS,
    "draft": _MEDIATORS,
    "circulate": _MEDIATORS,
    "agree": _HEAD,
    "bracket": _DELEGATION,
    "propose": _DELEGATION,
    "query": _DELEGATION,
    "ask": _MEDIATORS,
    "reply": _SIDES,
    "deadline": _MEDIATORS,
    "open-acceptance": _LEAD,
    "ballot": _LEAD | _HEAD,
    "close-acceptance": _MEDIATORS,
    "record-agreement": _LEAD,
    "note": _TEAM,
    "watch": _MEDIATORS,
    "correct": _TEAM | _SIDES,
    "leave": _TEAM | _SIDES | {"observer"},
    "hand-over": _LEAD | _HEAD,
}
"""The roles that may do each act. Nobody opens a talk that is open; whoever opens one leads it."""

_ACT: TypeAdapter[AnyAct] = TypeAdapter(AnyAct)


def may(talk: Talk, actor: str, act: AnyAct | Mapping[str, Any]) -> Verdict:
    """Answer whether somebody may do an act now.

    What a side is told depends on its own room alone, so a refusal tells nothing about another.

    Args:
        talk: the talk as it stands.
        actor: the person who would act.
        act: the act, or its plain data as it came in.

    >>> may(Talk(), "ana", {"act": "leave", "id": "an-identifier-0001", "at": "yesterday"})
    Refused(kind='malformed', reason='not-well-formed', about=('at',), flags=())
    """
    if isinstance(act, Mapping):
        try:
            act = _ACT.validate_python(act)
        except ValidationError as error:
            return malformed("not-well-formed", *_places(error))
    if isinstance(act, acts.Open):
        return rules_desk.open_talk(talk, actor, act)
    person = talk.person(actor)
    if person is None or person.left:
        return not_now("has-not-joined")
    if person.role not in TABLE.get(act.act, frozenset()):
        return not_now("role")
    if person.side == MEDIATOR:
        if talk.holds(act.id):
            return malformed("identifier-in-use")
        return _at_the_desk(talk, person, act)
    room = talk.rooms[person.side]
    if act.id in room.entries:
        return malformed("identifier-in-use")
    return _in_a_room(talk, room, person, act)


def _places(error: ValidationError) -> list[str]:
    """Say where the data went wrong, without the name of the act, which is no key of it."""
    return sorted(
        {".".join(str(part) for part in item["loc"][1:] or item["loc"]) for item in error.errors()}
    )


def _at_the_desk(talk: Talk, person: Person, act: AnyAct) -> Verdict:
    if isinstance(act, acts.Ballot):
        return rules_desk.ballot(talk.desk.rounds.get(act.round), act)
    return _DESK[type(act)](talk, person, act)


def _in_a_room(talk: Talk, room: Room, person: Person, act: AnyAct) -> Verdict:
    if isinstance(act, acts.Ballot):
        cast = room.side.id in talk.ballots.get(act.round, {})
        return rules_rooms.ballot(room, person, act, cast)
    return _ROOM[type(act)](room, person, act)


def admit(talk: Talk, event: Event) -> Talk | Refused:
    """Return the talk after an event, or why the event may not happen."""
    verdict = may(talk, event.by, event.act)
    return verdict if isinstance(verdict, Refused) else apply(talk, event)


_DESK: Mapping[type[acts.Act], Callable[[Talk, Person, Any], Verdict]] = {
    acts.Invite: rules_desk.invite,
    acts.Minute: rules_desk.minute,
    acts.ReadBack: rules_passing.read_back,
    acts.Tighten: rules_desk.hold,
    acts.Release: rules_passing.release,
    acts.Draft: rules_desk.draft,
    acts.Circulate: rules_passing.circulate,
    acts.Ask: rules_passing.ask,
    acts.Deadline: rules_passing.ask,
    acts.OpenAcceptance: rules_desk.open_acceptance,
    acts.CloseAcceptance: rules_desk.close_acceptance,
    acts.RecordAgreement: rules_desk.record_agreement,
    acts.Note: rules_desk.note,
    acts.Watch: rules_desk.watch,
    acts.Correct: rules_desk.correct,
    acts.Leave: rules_desk.leave,
    acts.HandOver: rules_desk.hand_over,
}
_ROOM: Mapping[type[acts.Act], Callable[[Room, Person, Any], Verdict]] = {
    acts.Entrust: rules_rooms.entrust,
    acts.Confirm: rules_rooms.answer_read_back,
    acts.Dispute: rules_rooms.answer_read_back,
    acts.Tighten: rules_rooms.set_caveat,
    acts.Loosen: rules_rooms.set_caveat,
    acts.Withdraw: rules_rooms.withdraw,
    acts.ClauseAnswer: rules_rooms.clause_answer,
    acts.Reply: rules_rooms.reply,
    acts.Correct: rules_rooms.correct,
    acts.Leave: rules_rooms.leave,
    acts.HandOver: rules_rooms.hand_over,
}
