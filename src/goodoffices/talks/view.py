"""Who may see what: `view`, and nothing else, decides it.

A person of a side is shown what their side's room holds for them. The room was filled by the
side's own acts and by acts of the mediator that name the side or the person; the view of a side is
built from that room without looking at anything else, so there is nothing to filter out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from goodoffices.errors import NotFoundError
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.desk_view import desk_view
from goodoffices.talks.handles import bucket, handle
from goodoffices.talks.limits import limit
from goodoffices.talks.shown import (
    ClauseShown,
    DeadlineShown,
    DeskView,
    InstrumentShown,
    ItemShown,
    PersonShown,
    QuestionShown,
    ReadBackShown,
    ReceivedShown,
    RoomView,
    RoundShown,
    VersionShown,
)
from goodoffices.talks.state import (
    Correction,
    DeadlineEntry,
    Entry,
    InstrumentEntry,
    Item,
    Person,
    Question,
    ReadBackEntry,
    Received,
    Room,
    Round,
    Talk,
    Version,
)
from goodoffices.talks.texts import status
from goodoffices.talks.waiting import confirmed

E = TypeVar("E", bound=Entry)


def view(talk: Talk, viewer: str) -> RoomView | DeskView:
    """Return all that somebody may see of a talk.

    The mediator's team sees every room and its own desk. A person of a side sees what their own
    room holds for them. Nobody sees a ballot, or that there is one.

    Args:
        talk: the talk as it stands.
        viewer: the person who looks.

    Raises:
        NotFoundError: nobody of that name is in the talk, or they have left; the two look alike.
    """
    person = talk.person(viewer)
    if person is None or person.left:
        raise NotFoundError("a viewer", expected="a person of the talk", found=viewer)
    if person.side == MEDIATOR:
        return desk_view(talk, person)
    return _room_view(talk.title, talk.rooms[person.side], person)


def resolve(talk: Talk, viewer: str, name: str) -> str | None:
    """Return what a viewer's name for a thing stands for, or None.

    None is the answer for what is not there and for what is not the viewer's. The mediator's team
    knows things by their identifiers.

    Raises:
        NotFoundError: nobody of that name is in the talk, or they have left.
    """
    person = talk.person(viewer)
    if person is None or person.left:
        raise NotFoundError("a viewer", expected="a person of the talk", found=viewer)
    if person.side == MEDIATOR:
        return name if talk.holds(name) or talk.person(name) else None
    room = talk.rooms[person.side]
    known = [entry.id for entry in _read_by(room, person, Entry)] + sorted(room.present())
    return next((id_ for id_ in known if handle(person.id, id_) == name), None)


def _room_view(title: str, room: Room, me: Person) -> RoomView:
    """Build the view of somebody of a side from the side's room, which is all it gets."""
    return RoomView(
        talk=title,
        me=_person(me, me),
        side=room.side.name,
        order=tuple(handle(me.id, entry.id) for entry in _read_by(room, me, Entry)),
        people=tuple(_person(who, me) for who in room.people.values() if not who.left),
        entrusted=tuple(_item(room, item, me) for item in _read_by(room, me, Item)),
        read_backs=tuple(
            _read_back(room, entry, me) for entry in _read_by(room, me, ReadBackEntry)
        ),
        received=tuple(_received(room, entry, me) for entry in _read_by(room, me, Received)),
        text=_text(room, me),
        asked=tuple(_question(room, entry, me) for entry in _read_by(room, me, Question)),
        deadlines=tuple(_deadline(entry, me) for entry in _read_by(room, me, DeadlineEntry)),
        acceptances=tuple(_round(entry, me) for entry in _read_by(room, me, Round)),
        agreements=tuple(_instrument(entry, me) for entry in _read_by(room, me, InstrumentEntry)),
    )


def _read_by(room: Room, me: Person, kind: type[E]) -> Iterator[E]:
    return (entry for entry in room.of(kind) if me.id in entry.readers)


def _known(room: Room, id_: str | None, me: Person) -> str | None:
    """Return the viewer's name for a thing that they may read, None for any other."""
    entry = room.entries.get(id_ or "")
    return handle(me.id, entry.id) if entry is not None and me.id in entry.readers else None


def _words(corrections: tuple[Correction, ...]) -> tuple[str, ...]:
    return tuple(correction.words for correction in corrections)


def _person(person: Person, me: Person) -> PersonShown:
    return PersonShown(id=handle(me.id, person.id), name=person.name, role=person.role)


def _item(room: Room, item: Item, me: Person) -> ItemShown:
    author = room.people.get(item.confirmed_by or item.by)
    named = tuple(handle(me.id, name) for name in item.caveat.not_to)
    return ItemShown(
        id=handle(me.id, item.id),
        day=bucket(item.at),
        kind=item.kind,
        by=author.name if author else MEDIATOR,
        words=item.words,
        corrections=_words(item.corrections),
        caveat=item.caveat.model_copy(update={"not_to": named}),
        withdrawn=item.withdrawn,
        confirmed=confirmed(room, item, me.id),
        version=_known(room, item.about[0], me) if item.about else None,
        clause=item.about[1] if item.about else None,
        mine=me.id in {item.by, item.confirmed_by},
    )


def _received(room: Room, entry: Received, me: Person) -> ReceivedShown:
    return ReceivedShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        words=entry.words,
        corrections=_words(entry.corrections),
        attributed_to=entry.attributed_to,
        in_reply_to=_known(room, entry.in_reply_to, me),
    )


def _read_back(room: Room, entry: ReadBackEntry, me: Person) -> ReadBackShown:
    return ReadBackShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        item=_known(room, entry.item, me),
        words=entry.words,
        state=entry.state,
        better=entry.better,
    )


def _text(room: Room, me: Person) -> tuple[VersionShown, ...]:
    shown = tuple(_read_by(room, me, Version))
    return tuple(
        VersionShown(
            id=handle(me.id, version.id),
            day=bucket(version.at),
            number=number,
            current=number == len(shown),
            clauses=tuple(
                ClauseShown(label=label, text=text, stand=status(room.marks, label, text))
                for label, text in version.clauses
            ),
        )
        for number, version in enumerate(shown, start=1)
    )


def _question(room: Room, entry: Question, me: Person) -> QuestionShown:
    answers = (_known(room, answer, me) for answer in entry.answers)
    return QuestionShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        words=entry.words,
        corrections=_words(entry.corrections),
        answer_by=entry.answer_by,
        answers=tuple(answer for answer in answers if answer is not None),
    )


def _deadline(entry: DeadlineEntry, me: Person) -> DeadlineShown:
    return DeadlineShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        words=entry.words,
        corrections=_words(entry.corrections),
        due=entry.due,
    )


def _round(entry: Round, me: Person) -> RoundShown:
    return RoundShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        clauses=entry.clauses,
        closes_at=entry.closes_at,
        sides=entry.sides,
        mediator_takes_part=entry.mediator_takes_part,
        limit=limit(len(entry.sides), mediator_takes_part=entry.mediator_takes_part),
        silence_is="no",
        signer=handle(me.id, entry.signer),
        i_sign=entry.signer == me.id,
        result=entry.result or "open",
    )


def _instrument(entry: InstrumentEntry, me: Person) -> InstrumentShown:
    return InstrumentShown(
        id=handle(me.id, entry.id),
        day=bucket(entry.at),
        clauses=entry.clauses,
        expires_at=entry.expires_at,
    )
