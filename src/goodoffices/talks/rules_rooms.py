"""What people of a side may do now. Each check looks at their own room, and at nothing else."""

from __future__ import annotations

from typing import TypeVar

from goodoffices.talks import acts
from goodoffices.talks.caveats import Caveat
from goodoffices.talks.handles import handle
from goodoffices.talks.state import (
    Entry,
    Item,
    Person,
    Question,
    ReadBackEntry,
    Room,
    Round,
    Version,
)
from goodoffices.talks.verdict import ALLOWED, Refused, Verdict, malformed, not_now
from goodoffices.talks.waiting import open_questions, waiting_read_backs

E = TypeVar("E", bound=Entry)


def readable(room: Room, person: Person, kind: type[E], id_: str | None) -> E | None:
    """Return an entry that a person may read; whether there is another is not told."""
    entry = room.get(kind, id_)
    return entry if entry is not None and person.id in entry.readers else None


def owns(person: Person, item: Item) -> bool:
    """Whether a person speaks for an item: who said or confirmed it, or who heads the side."""
    return person.id in {item.by, item.confirmed_by} or person.role in {"head", "guarantor"}


def strangers(room: Room, caveat: Caveat, known: tuple[str, ...] = ()) -> Refused | None:
    """Refuse a caveat that names people who are not of the side."""
    unknown = set(caveat.not_to) - room.present() - set(known)
    return malformed("unknown", *sorted(unknown)) if unknown else None


def _no_self(person: Person, caveat: Caveat) -> Refused | None:
    return malformed("wrong-side", person.id) if person.id in caveat.not_to else None


def entrust(room: Room, person: Person, act: acts.Entrust) -> Verdict:
    if act.position is not None:
        if act.kind not in {"position", "offer"}:
            return malformed("not-well-formed", "position")
        if act.position.party != room.side.id:
            return malformed("wrong-side", act.position.party)
    return strangers(room, act.caveat) or _no_self(person, act.caveat) or ALLOWED


def answer_read_back(room: Room, person: Person, act: acts.Confirm | acts.Dispute) -> Verdict:
    if act.read_back is None:
        return _exactly_one(person, waiting_read_backs(room, person))
    entry = readable(room, person, ReadBackEntry, act.read_back)
    if entry is None:
        return not_now("unknown", act.read_back)
    return ALLOWED if entry.state == "waiting" else not_now("answered-already")


def _exactly_one(person: Person, waiting: tuple[Entry, ...]) -> Verdict:
    if not waiting:
        return not_now("nothing-waiting")
    if len(waiting) == 1:
        return ALLOWED
    about = tuple(handle(person.id, entry.id) for entry in waiting)
    return Refused("ambiguous", "several-waiting", about)


def _own_item(room: Room, person: Person, id_: str) -> Item | Refused:
    item = readable(room, person, Item, id_)
    if item is None:
        return not_now("unknown", id_)
    if not owns(person, item):
        return not_now("role")
    return not_now("withdrawn") if item.withdrawn else item


def set_caveat(room: Room, person: Person, act: acts.Tighten | acts.Loosen) -> Verdict:
    item = _own_item(room, person, act.item)
    if isinstance(item, Refused):
        return item
    if act.act == "tighten" and not act.caveat.within(item.caveat):
        return not_now("loosens")
    authors = {item.by, item.confirmed_by, person.id} & set(act.caveat.not_to)
    if authors:
        return malformed("wrong-side", *sorted(filter(None, authors)))
    return strangers(room, act.caveat, item.caveat.not_to) or ALLOWED


def withdraw(room: Room, person: Person, act: acts.Withdraw) -> Verdict:
    item = _own_item(room, person, act.item)
    return item if isinstance(item, Refused) else ALLOWED


def clause_answer(room: Room, person: Person, act: acts.ClauseAnswer) -> Verdict:
    version = readable(room, person, Version, act.draft)
    if version is None:
        return not_now("unknown", act.draft)
    if act.clause not in dict(version.clauses):
        return malformed("unknown", act.clause)
    if act.act == "agree" and version is not last_shown(room, person):
        return not_now("superseded", act.draft)
    return strangers(room, act.caveat) or _no_self(person, act.caveat) or ALLOWED


def last_shown(room: Room, person: Person) -> Version | None:
    """Return the latest version that a person was shown: the current one, as far as they know."""
    shown = [version for version in room.of(Version) if person.id in version.readers]
    return shown[-1] if shown else None


def reply(room: Room, person: Person, act: acts.Reply) -> Verdict:
    waiting = open_questions(room, person)
    refused = strangers(room, act.caveat) or _no_self(person, act.caveat)
    if refused:
        return refused
    if act.question is None:
        return _exactly_one(person, waiting)
    if readable(room, person, Question, act.question) is None:
        return not_now("unknown", act.question)
    if act.question not in {question.id for question in waiting}:
        return not_now("answered-already")
    return ALLOWED


def ballot(room: Room, person: Person, act: acts.Ballot, cast: bool) -> Verdict:
    """Check a side's ballot; ``cast`` says whether the side's own signer has answered."""
    notice = readable(room, person, Round, act.round)
    if notice is None:
        return not_now("unknown", act.round)
    if notice.signer != person.id:
        return not_now("not-the-signer")
    if notice.result is not None or act.at >= notice.closes_at:
        return not_now("closed")
    return not_now("answered-already") if cast else ALLOWED


def correct(room: Room, person: Person, act: acts.Correct) -> Verdict:
    item = _own_item(room, person, act.target)
    if isinstance(item, Refused):
        return item
    return malformed("answers-what-was-not-flagged") if act.leak_check else ALLOWED


def leave(room: Room, person: Person, act: acts.Leave) -> Verdict:
    del room
    if person.role == "head" and not act.whole_side:
        return not_now("office-not-handed-over")
    if act.whole_side and person.role != "head":
        return not_now("role")
    return ALLOWED


def hand_over(room: Room, person: Person, act: acts.HandOver) -> Verdict:
    if act.to not in room.present() - {person.id}:
        return not_now("unknown", act.to)
    if any(notice.signer == person.id and notice.result is None for notice in room.of(Round)):
        return not_now("still-open")
    return ALLOWED
