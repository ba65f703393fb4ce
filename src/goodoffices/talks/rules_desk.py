"""What the mediator's team may do now besides passing things on."""

from __future__ import annotations

from goodoffices.talks import acts
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.rules_passing import correct_passed
from goodoffices.talks.rules_rooms import strangers
from goodoffices.talks.sealed import result_at
from goodoffices.talks.state import ROLES_OF, Person, Room, RoundRecord, Talk, Version
from goodoffices.talks.texts import agreed_by_all, differences
from goodoffices.talks.verdict import ALLOWED, Refused, Verdict, malformed, not_now


def open_talk(talk: Talk, actor: str, act: acts.Open) -> Verdict:
    if talk.is_open:
        return not_now("talk-is-open")
    if actor != act.lead:
        return not_now("role")
    taken = [MEDIATOR, act.lead, *(side.id for side in act.sides)]
    twice = sorted({name for name in taken if taken.count(name) > 1})
    return malformed("name-in-use", *twice) if twice else ALLOWED


def _side(talk: Talk, side: str) -> Room | Refused:
    room = talk.rooms.get(side)
    if room is None:
        return malformed("unknown", side)
    return not_now("side-has-left", side) if room.side.left else room


def invite(talk: Talk, _: Person, act: acts.Invite) -> Verdict:
    if act.side != MEDIATOR:
        room = _side(talk, act.side)
        if isinstance(room, Refused):
            return room
        if act.role not in ROLES_OF[room.side.kind]:
            return malformed("role-and-side", act.role, act.side)
        if act.role == "head" and _head(room) is not None:
            return not_now("office-taken", act.side)
    elif act.role not in ROLES_OF[MEDIATOR]:
        return malformed("role-and-side", act.role, act.side)
    elif act.role == "lead":
        return not_now("office-taken", act.side)
    if talk.person(act.person) or act.person in {MEDIATOR, *talk.rooms}:
        return malformed("name-in-use", act.person)
    return ALLOWED


def _head(room: Room) -> Person | None:
    heads = (who for who in room.people.values() if who.role == "head" and not who.left)
    return next(heads, None)


def minute(talk: Talk, _: Person, act: acts.Minute) -> Verdict:
    room = _side(talk, act.side)
    if isinstance(room, Refused):
        return room
    return strangers(room, act.caveat) or ALLOWED


def hold(talk: Talk, _: Person, act: acts.Tighten) -> Verdict:
    found = talk.item(act.item)
    if found is None:
        return not_now("unknown", act.item)
    room, item = found
    if item.withdrawn:
        return not_now("withdrawn")
    if not act.caveat.within(talk.effective(item)):
        return not_now("loosens")
    return strangers(room, act.caveat, talk.effective(item).not_to) or ALLOWED


def draft(talk: Talk, _: Person, act: acts.Draft) -> Verdict:
    rests_on = talk.sources(tuple(id_ for clause in act.clauses for id_ in clause.rests_on))
    return _all_items(talk, rests_on)


def note(talk: Talk, _: Person, act: acts.Note) -> Verdict:
    return _all_items(talk, talk.sources(act.rests_on))


def _all_items(talk: Talk, ids: frozenset[str]) -> Verdict:
    unknown = sorted(id_ for id_ in ids if talk.item(id_) is None)
    return not_now("unknown", *unknown) if unknown else ALLOWED


def watch(talk: Talk, _: Person, act: acts.Watch) -> Verdict:
    room = _side(talk, act.side)
    return room if isinstance(room, Refused) else ALLOWED


def open_acceptance(talk: Talk, _: Person, act: acts.OpenAcceptance) -> Verdict:
    text = talk.desk.drafts.get(act.draft)
    if text is None:
        return not_now("unknown", act.draft)
    if text is not talk.desk.current_draft():
        return not_now("superseded", act.draft)
    if act.clause is not None and text.clause(act.clause) is None:
        return malformed("unknown", act.clause)
    if act.closes_at <= act.at:
        return malformed("time", act.closes_at.isoformat())
    if len(set(act.sides)) != len(act.sides):
        return malformed("wrong-side", *act.sides)
    for side in act.sides:
        verdict = _takes_part(talk, side, act)
        if isinstance(verdict, Refused):
            return verdict
    return ALLOWED


def _takes_part(talk: Talk, side: str, act: acts.OpenAcceptance) -> Verdict:
    """A side takes part by a head who has the text, in one round about a version at a time."""
    room = _side(talk, side)
    if isinstance(room, Refused):
        return room
    if room.side.kind != "party":
        return malformed("wrong-side", side)
    head, shown = _head(room), room.get(Version, act.draft)
    if head is None or shown is None or head.id not in shown.readers:
        return not_now("not-shown", side)
    unfinished = (record for record in talk.desk.rounds.values() if record.result is None)
    if any(side in record.signers and record.draft == act.draft for record in unfinished):
        return not_now("still-open", side)
    return ALLOWED


def ballot(record: RoundRecord | None, act: acts.Ballot) -> Verdict:
    """Check the mediator's own ballot, which may be changed until the close."""
    if record is None:
        return not_now("unknown", act.round)
    if not record.mediator_takes_part:
        return not_now("not-the-signer")
    closed = record.result is not None or act.at >= record.closes_at
    return not_now("closed") if closed else ALLOWED


def close_acceptance(talk: Talk, _: Person, act: acts.CloseAcceptance) -> Verdict:
    record = talk.desk.rounds.get(act.round)
    if record is None:
        return not_now("unknown", act.round)
    if record.result is not None:
        return not_now("closed")
    if act.at < record.closes_at:
        return not_now("still-open")
    right = act.result == result_at(talk, act.round, act.at)
    return ALLOWED if right else malformed("wrong-result")


def record_agreement(talk: Talk, _: Person, act: acts.RecordAgreement) -> Verdict:
    text = talk.desk.drafts.get(act.draft)
    if text is None:
        return not_now("unknown", act.draft)
    if text is not talk.desk.current_draft():
        return not_now("superseded", act.draft)
    parties = sorted(
        side
        for side, room in talk.rooms.items()
        if room.side.kind == "party" and not room.side.left
    )
    if sorted(copy.side for copy in act.instruments) != parties:
        return malformed("wrong-side", *parties)
    if act.expires_at is not None and act.expires_at <= act.at:
        return malformed("time", act.expires_at.isoformat())
    if not agreed_by_all(talk, text):
        return not_now("clause-not-agreed")
    names = {side: room.side.name for side, room in talk.rooms.items()}
    found = differences(text, act.instruments, names)
    about = tuple(f"{item.side}:{item.label}:{item.kind}" for item in found)
    return not_now("instruments-differ", *about) if found else ALLOWED


def correct(talk: Talk, person: Person, act: acts.Correct) -> Verdict:
    record = talk.desk.notes.get(act.target)
    if record is not None:
        if act.leak_check:
            return malformed("answers-what-was-not-flagged")
        mine = record.by == person.id or person.role == "lead"
        return ALLOWED if mine else not_now("role")
    return not_now("role") if person.role == "note-taker" else correct_passed(talk, act)


def leave(_: Talk, person: Person, act: acts.Leave) -> Verdict:
    if act.whole_side:
        return not_now("role")
    return not_now("office-not-handed-over") if person.role == "lead" else ALLOWED


def hand_over(talk: Talk, person: Person, act: acts.HandOver) -> Verdict:
    successor = talk.desk.people.get(act.to)
    there = successor is not None and not successor.left and successor.id != person.id
    return ALLOWED if there else not_now("unknown", act.to)
