"""A talk is the fold of its events: what each act does to the rooms and to the desk.

Events are facts: they were allowed when they happened (see `goodoffices.talks.rules`), and the
fold does not ask again. It only refuses events that speak of what is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from goodoffices.errors import NotFoundError
from goodoffices.talks import acts
from goodoffices.talks.acts import MEDIATOR, Act, Event
from goodoffices.talks.state import (
    Correction,
    DeadlineEntry,
    Desk,
    DraftRecord,
    Entry,
    InstrumentEntry,
    Item,
    Mark,
    NoteRecord,
    Person,
    Question,
    ReadBackEntry,
    Received,
    ReleaseRecord,
    Room,
    Round,
    RoundRecord,
    Side,
    Sighting,
    Talk,
    Version,
)
from goodoffices.talks.waiting import open_questions, the_one, waiting_read_backs


def fold(events: Iterable[Event]) -> Talk:
    """Return the talk that events make, one after the other.

    Raises:
        NotFoundError: an event speaks of a person or a thing that is not in the talk.
    """
    return reduce(apply, events, Talk())


def apply(talk: Talk, event: Event) -> Talk:
    """Return the talk after one more event.

    Raises:
        NotFoundError: the event speaks of a person or a thing that is not in the talk.
    """
    if isinstance(event.act, acts.Open):
        return _open(event.act)
    person = talk.person(event.by)
    if person is None:
        raise NotFoundError("an event", expected="a person of the talk", found=event.by)
    return _EFFECTS[type(event.act)](talk, person, event.act)


def _open(act: acts.Open) -> Talk:
    lead = Person(act.lead, act.lead_name, MEDIATOR, "lead")
    rooms = {side.id: Room(Side(side.id, side.name, side.kind)) for side in act.sides}
    return Talk(act.title, rooms, Desk(people={lead.id: lead}))


def _missing(act: Act, wanted: object) -> NotFoundError:
    return NotFoundError(f"the event {act.id}", expected="what it speaks of", found=str(wanted))


def _room(talk: Talk, side: str, act: Act) -> Room:
    if side not in talk.rooms:
        raise _missing(act, side)
    return talk.rooms[side]


def _item(talk: Talk, id_: str, act: Act) -> tuple[Room, Item]:
    found = talk.item(id_)
    if found is None:
        raise _missing(act, id_)
    return found


def _draft(talk: Talk, id_: str, act: Act) -> DraftRecord:
    if id_ not in talk.desk.drafts:
        raise _missing(act, id_)
    return talk.desk.drafts[id_]


def _with_person(talk: Talk, person: Person) -> Talk:
    if person.side == MEDIATOR:
        people = {**talk.desk.people, person.id: person}
        return replace(talk, desk=replace(talk.desk, people=people))
    room = talk.rooms[person.side]
    return talk.with_room(replace(room, people={**room.people, person.id: person}))


def _invite(talk: Talk, _: Person, act: acts.Invite) -> Talk:
    newcomer = Person(act.person, act.name, act.side, act.role)
    if act.side == MEDIATOR:
        return _with_person(talk, newcomer)
    room = _room(talk, act.side, act)
    entries = {
        id_: replace(entry, readers=entry.readers | {act.person}) if entry.whole_side else entry
        for id_, entry in room.entries.items()
    }
    return _with_person(talk.with_room(replace(room, entries=entries)), newcomer)


def _put(
    talk: Talk, person: Person, act: acts.Entrust | acts.Reply | acts.ClauseAnswer, item: Item
) -> Talk:
    """Put an item into the room of the person who entrusts it."""
    room = _room(talk, person.side, act)
    kept_from = frozenset(act.caveat.not_to)
    readers = (room.present() - kept_from) | {person.id}
    return talk.with_room(room.with_entry(replace(item, readers=readers, whole_side=not kept_from)))


def _entrust(talk: Talk, person: Person, act: acts.Entrust) -> Talk:
    item = Item(
        id=act.id, at=act.at, readers=frozenset(), by=person.id, kind=act.kind, words=act.words,
        caveat=act.caveat, position=act.position, sha256=act.sha256,
    )  # fmt: skip
    return _put(talk, person, act, item)


def _minute(talk: Talk, person: Person, act: acts.Minute) -> Talk:
    room = _room(talk, act.side, act)
    item = Item(
        id=act.id, at=act.at, readers=frozenset(), by=person.id, kind=act.kind, words=act.words,
        caveat=act.caveat, minuted=True,
    )  # fmt: skip
    return talk.with_room(room.with_entry(item))


def _read_back(talk: Talk, _: Person, act: acts.ReadBack) -> Talk:
    room, item = _item(talk, act.item, act)
    readers = talk.recipients(act.to).get(room.side.id, frozenset())
    entry = ReadBackEntry(id=act.id, at=act.at, readers=readers, item=item.id, words=act.words)
    return talk.with_room(room.with_entry(entry))


def _answered(talk: Talk, person: Person, act: acts.Confirm | acts.Dispute) -> ReadBackEntry:
    room = _room(talk, person.side, act)
    if act.read_back is None:
        entry = the_one(waiting_read_backs(room, person))
    else:
        entry = room.get(ReadBackEntry, act.read_back)
    if entry is None:
        raise _missing(act, act.read_back)
    return entry


def _confirm(talk: Talk, person: Person, act: acts.Confirm) -> Talk:
    entry = _answered(talk, person, act)
    room, item = _item(talk, entry.item, act)
    if item.minuted:
        better = () if item.current == entry.words else (Correction(act.at, entry.words),)
        item = replace(
            item,
            readers=item.readers | (entry.readers - frozenset(item.caveat.not_to)),
            corrections=(*item.corrections, *better),
            confirmed_by=person.id,
        )
    return talk.with_room(room.with_entry(item).with_entry(replace(entry, state="confirmed")))


def _dispute(talk: Talk, person: Person, act: acts.Dispute) -> Talk:
    entry = _answered(talk, person, act)
    room = _room(talk, person.side, act)
    return talk.with_room(room.with_entry(replace(entry, state="disputed", better=act.words)))


def _tighten(talk: Talk, person: Person, act: acts.Tighten) -> Talk:
    room, item = _item(talk, act.item, act)
    if person.side == MEDIATOR:
        held = talk.desk.held.get(item.id)
        new = act.caveat if held is None else held.meet(act.caveat)
        return replace(talk, desk=replace(talk.desk, held={**talk.desk.held, item.id: new}))
    kept_from = frozenset(act.caveat.not_to)
    item = replace(
        item,
        caveat=act.caveat,
        readers=item.readers - kept_from,
        whole_side=item.whole_side and not kept_from,
    )
    room = room.with_entry(item)
    for entry in room.of(ReadBackEntry):
        if entry.item == item.id:
            room = room.with_entry(replace(entry, readers=entry.readers - kept_from))
    return talk.with_room(room)


def _loosen(talk: Talk, _: Person, act: acts.Loosen) -> Talk:
    room, item = _item(talk, act.item, act)
    before, now = frozenset(item.caveat.not_to), frozenset(act.caveat.not_to)
    readers = (item.readers | (before & room.present())) - now if now else room.present()
    item = replace(item, caveat=act.caveat, readers=readers, whole_side=not now)
    return talk.with_room(room.with_entry(item))


def _withdraw(talk: Talk, _: Person, act: acts.Withdraw) -> Talk:
    room, item = _item(talk, act.item, act)
    return talk.with_room(room.with_entry(replace(item, withdrawn=True)))


def _hand_to(talk: Talk, to: tuple[str, ...], make: Callable[[Room, Mapping[str, Any]], Entry],
             act: Act) -> Talk:  # fmt: skip
    """Put an entry into the room of every side that is named, whole or by its people."""
    for side, people in talk.recipients(to).items():
        room = talk.rooms[side]
        facts = {"id": act.id, "at": act.at, "readers": people, "whole_side": side in to}
        talk = talk.with_room(room.with_entry(make(room, facts)))
    return talk


def _release(talk: Talk, person: Person, act: acts.Release) -> Talk:
    names: tuple[str, ...] = ()
    if act.way == "attributed":
        rooms = (room for room, item in talk.items() if item.id in talk.sources(act.relies_on))
        names = tuple(sorted({room.side.name for room in rooms}))
    record = ReleaseRecord(act, person.id, frozenset().union(*talk.recipients(act.to).values()))
    desk = replace(talk.desk, releases={**talk.desk.releases, act.id: record})

    def received(room: Room, facts: Mapping[str, Any]) -> Received:
        reply = act.in_reply_to if act.in_reply_to in room.entries else None
        return Received(**facts, words=act.words, attributed_to=names, in_reply_to=reply)

    return _hand_to(replace(talk, desk=desk), act.to, received, act)


def _new_draft(talk: Talk, _: Person, act: acts.Draft) -> Talk:
    drafts = {**talk.desk.drafts, act.id: DraftRecord(act.id, act.at, act.clauses)}
    return replace(talk, desk=replace(talk.desk, drafts=drafts))


def _circulate(talk: Talk, _: Person, act: acts.Circulate) -> Talk:
    draft = _draft(talk, act.draft, act)
    seen = tuple(
        Sighting(draft.id, side, people, act.at) for side, people in talk.recipients(act.to).items()
    )

    def shown(room: Room, facts: Mapping[str, Any]) -> Version:
        before = room.get(Version, draft.id)
        if before is None:
            return Version(**{**facts, "id": draft.id}, clauses=draft.shown())
        readers = before.readers | facts["readers"]
        whole = before.whole_side or facts["whole_side"]
        return replace(before, readers=readers, whole_side=whole)

    desk = replace(talk.desk, sightings=(*talk.desk.sightings, *seen))
    return _hand_to(replace(talk, desk=desk), act.to, shown, act)


def _clause_answer(talk: Talk, person: Person, act: acts.ClauseAnswer) -> Talk:
    room = _room(talk, person.side, act)
    version = room.get(Version, act.draft)
    text = dict(version.clauses).get(act.clause) if version else None
    if text is None:
        raise _missing(act, f"{act.draft} {act.clause}")
    if act.act != "query":
        mark = Mark(act.at, person.id, act.draft, act.clause, text, act.act)
        talk = talk.with_room(replace(room, marks=(*room.marks, mark)))
    if act.words is None:
        return talk
    item = Item(
        id=act.id, at=act.at, readers=frozenset(), by=person.id, words=act.words,
        kind="question" if act.act == "query" else "wording", caveat=act.caveat,
        about=(act.draft, act.clause),
    )  # fmt: skip
    return _put(talk, person, act, item)


def _ask(talk: Talk, _: Person, act: acts.Ask) -> Talk:
    def asked(_room: Room, facts: Mapping[str, Any]) -> Question:
        return Question(**facts, words=act.words, answer_by=act.answer_by)

    return _hand_to(talk, act.to, asked, act)


def _reply(talk: Talk, person: Person, act: acts.Reply) -> Talk:
    room = _room(talk, person.side, act)
    if act.question is None:
        question = the_one(open_questions(room, person))
    else:
        question = room.get(Question, act.question)
    if question is None:
        raise _missing(act, act.question)
    item = Item(
        id=act.id, at=act.at, readers=frozenset(), by=person.id, kind="reply", words=act.words,
        caveat=act.caveat,
    )  # fmt: skip
    answered = replace(question, answers=(*question.answers, act.id))
    return _put(talk.with_room(room.with_entry(answered)), person, act, item)


def _deadline(talk: Talk, _: Person, act: acts.Deadline) -> Talk:
    def set_for(_room: Room, facts: Mapping[str, Any]) -> DeadlineEntry:
        return DeadlineEntry(**facts, words=act.words, due=act.due)

    return _hand_to(talk, act.to, set_for, act)


def _head(room: Room) -> str:
    return next((who.id for who in room.people.values() if who.role == "head" and not who.left), "")


def _open_acceptance(talk: Talk, _: Person, act: acts.OpenAcceptance) -> Talk:
    draft = _draft(talk, act.draft, act)
    clauses = tuple(pair for pair in draft.shown() if act.clause in {None, pair[0]})
    rooms = [_room(talk, side, act) for side in act.sides]
    record = RoundRecord(
        act.id, act.draft, act.clause, act.closes_at,
        signers={room.side.id: _head(room) for room in rooms},
        mediator_takes_part=act.mediator_takes_part,
    )  # fmt: skip

    def notice(room: Room, facts: Mapping[str, Any]) -> Round:
        return Round(
            **facts, clauses=clauses, closes_at=act.closes_at, signer=_head(room),
            sides=tuple(sorted(room.side.name for room in rooms)),
            mediator_takes_part=act.mediator_takes_part,
        )  # fmt: skip

    desk = replace(talk.desk, rounds={**talk.desk.rounds, act.id: record})
    return _hand_to(replace(talk, desk=desk), act.sides, notice, act)


def _ballot(talk: Talk, person: Person, act: acts.Ballot) -> Talk:
    cast = {**talk.ballots.get(act.round, {}), person.side: act.accept}
    return replace(talk, ballots={**talk.ballots, act.round: cast})


def _close_acceptance(talk: Talk, _: Person, act: acts.CloseAcceptance) -> Talk:
    record = talk.desk.rounds.get(act.round)
    if record is None:
        raise _missing(act, act.round)
    for side in record.signers:
        room = talk.rooms[side]
        notice = room.get(Round, act.round)
        if notice is not None:
            talk = talk.with_room(room.with_entry(replace(notice, result=act.result)))
    rounds = {**talk.desk.rounds, act.round: replace(record, result=act.result)}
    ballots = {round_: cast for round_, cast in talk.ballots.items() if round_ != act.round}
    return replace(talk, desk=replace(talk.desk, rounds=rounds), ballots=ballots)


def _record_agreement(talk: Talk, _: Person, act: acts.RecordAgreement) -> Talk:
    agreements = {**talk.desk.agreements, act.id: act}
    talk = replace(talk, desk=replace(talk.desk, agreements=agreements))
    copies = {copy.side: tuple(copy.clauses.items()) for copy in act.instruments}

    def own_copy(room: Room, facts: Mapping[str, Any]) -> InstrumentEntry:
        return InstrumentEntry(**facts, clauses=copies[room.side.id], expires_at=act.expires_at)

    return _hand_to(talk, tuple(copies), own_copy, act)


def _note(talk: Talk, person: Person, act: acts.Note) -> Talk:
    notes = {**talk.desk.notes, act.id: NoteRecord(act, person.id)}
    return replace(talk, desk=replace(talk.desk, notes=notes))


def _watch(talk: Talk, _: Person, act: acts.Watch) -> Talk:
    known = talk.desk.watched.get(act.side, ())
    watched = {**talk.desk.watched, act.side: tuple(sorted({*known, *act.words}))}
    return replace(talk, desk=replace(talk.desk, watched=watched))


def _correct(talk: Talk, _: Person, act: acts.Correct) -> Talk:
    better = Correction(act.at, act.words)
    note = talk.desk.notes.get(act.target)
    if note is not None:
        notes = {
            **talk.desk.notes,
            act.target: replace(note, corrections=(*note.corrections, better)),
        }
        return replace(talk, desk=replace(talk.desk, notes=notes))
    found = [room for room in talk.rooms.values() if act.target in room.entries]
    if not found:
        raise _missing(act, act.target)
    for room in found:
        entry = room.entries[act.target]
        if isinstance(entry, Item | Received | Question | DeadlineEntry):
            corrections = (*entry.corrections, better)
            talk = talk.with_room(room.with_entry(replace(entry, corrections=corrections)))
    return talk


def _leave(talk: Talk, person: Person, act: acts.Leave) -> Talk:
    if not act.whole_side:
        return _with_person(talk, replace(person, left=True))
    room = _room(talk, person.side, act)
    people = {name: replace(who, left=True) for name, who in room.people.items()}
    # A side that is gone accepts nothing: what its signer may have answered no longer counts.
    ballots = {
        round_: {side: accept for side, accept in cast.items() if side != person.side}
        for round_, cast in talk.ballots.items()
    }
    talk = replace(talk, ballots=ballots)
    return talk.with_room(replace(room, side=replace(room.side, left=True), people=people))


def _hand_over(talk: Talk, person: Person, act: acts.HandOver) -> Talk:
    successor = talk.person(act.to)
    if successor is None:
        raise _missing(act, act.to)
    talk = _with_person(talk, replace(successor, role=person.role))
    return _with_person(
        talk, replace(person, role="mediator" if person.role == "lead" else "member")
    )


_EFFECTS: Mapping[type[Act], Callable[[Talk, Person, Any], Talk]] = {
    acts.Invite: _invite,
    acts.Entrust: _entrust,
    acts.Minute: _minute,
    acts.ReadBack: _read_back,
    acts.Confirm: _confirm,
    acts.Dispute: _dispute,
    acts.Tighten: _tighten,
    acts.Loosen: _loosen,
    acts.Withdraw: _withdraw,
    acts.Release: _release,
    acts.Draft: _new_draft,
    acts.Circulate: _circulate,
    acts.ClauseAnswer: _clause_answer,
    acts.Ask: _ask,
    acts.Reply: _reply,
    acts.Deadline: _deadline,
    acts.OpenAcceptance: _open_acceptance,
    acts.Ballot: _ballot,
    acts.CloseAcceptance: _close_acceptance,
    acts.RecordAgreement: _record_agreement,
    acts.Note: _note,
    acts.Watch: _watch,
    acts.Correct: _correct,
    acts.Leave: _leave,
    acts.HandOver: _hand_over,
}
