"""The mediator's view, filled for `goodoffices.talks.view`: every room and the desk, no ballot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from goodoffices.talks.acts import MEDIATOR, RecordAgreement
from goodoffices.talks.limits import limit
from goodoffices.talks.shown import (
    AgreementRecord,
    DeadlineRecord,
    DeskView,
    ItemRecord,
    NoteShown,
    OwedRecord,
    PersonShown,
    QuestionRecord,
    ReadBackRecord,
    ReleaseShown,
    RoundShownToTeam,
    SideShown,
    SightRecord,
    StandingRecord,
)
from goodoffices.talks.state import (
    DeadlineEntry,
    Item,
    NoteRecord,
    Person,
    Question,
    ReadBackEntry,
    ReleaseRecord,
    Room,
    RoundRecord,
    Talk,
)
from goodoffices.talks.texts import sight, status
from goodoffices.talks.waiting import confirmed


def desk_view(talk: Talk, me: Person) -> DeskView:
    """Return what somebody of the mediator's team sees."""
    rooms = talk.rooms.values()
    return DeskView(
        talk=talk.title,
        me=_person(me),
        sides=tuple(
            SideShown(id=side.id, name=side.name, kind=side.kind, left=side.left)
            for side in (room.side for room in rooms)
        ),
        people={
            MEDIATOR: _present(talk.desk.people.values()),
            **{room.side.id: _present(room.people.values()) for room in rooms},
        },
        entrusted=tuple(_item(talk, room, item) for room, item in talk.items()),
        asked=tuple(_question(room, entry) for room in rooms for entry in room.of(Question)),
        read_backs=tuple(_read_back(entry) for room in rooms for entry in room.of(ReadBackEntry)),
        releases=tuple(_release(record) for record in talk.desk.releases.values()),
        standing=tuple(_standing(talk)),
        sight=tuple(
            SightRecord(
                draft=seen.draft, number=seen.number, seen=seen.seen, unseen=seen.unseen,
                current=seen.current, unequal=seen.unequal,
            )
            for seen in sight(talk)
        ),
        owed=tuple(_owed(talk)),
        deadlines=tuple(
            _deadline(room, entry) for room in rooms for entry in room.of(DeadlineEntry)
        ),
        acceptances=tuple(_round(record) for record in talk.desk.rounds.values()),
        agreements=tuple(_agreement(act) for act in talk.desk.agreements.values()),
        notes=tuple(_note(record) for record in talk.desk.notes.values()),
        watched=dict(talk.desk.watched),
    )  # fmt: skip


def _person(person: Person) -> PersonShown:
    return PersonShown(id=person.id, name=person.name, role=person.role)


def _present(people: Iterable[Person]) -> tuple[PersonShown, ...]:
    return tuple(_person(person) for person in people if not person.left)


def _item(talk: Talk, room: Room, item: Item) -> ItemRecord:
    passed = [
        record
        for record in talk.desk.releases.values()
        if item.id in talk.sources(record.act.relies_on)
    ]
    last = item.corrections[-1].at if item.corrections else item.at
    return ItemRecord(
        id=item.id,
        at=item.at,
        side=room.side.id,
        kind=item.kind,
        by=item.by,
        spoken=item.spoken,
        caveat=item.caveat,
        effective=talk.effective(item),
        withdrawn=item.withdrawn,
        confirmed=confirmed(room, item),
        readers=tuple(sorted(item.readers)),
        about=item.about,
        passed_on=tuple(record.act.id for record in passed),
        outdated=tuple(record.act.id for record in passed if record.act.at < last),
    )


def _read_back(entry: ReadBackEntry) -> ReadBackRecord:
    return ReadBackRecord(
        id=entry.id,
        at=entry.at,
        item=entry.item,
        words=entry.words,
        readers=tuple(sorted(entry.readers)),
        state=entry.state,
        better=entry.better,
    )


def _release(record: ReleaseRecord) -> ReleaseShown:
    act = record.act
    return ReleaseShown(
        id=act.id,
        at=act.at,
        by=record.by,
        words=act.words,
        way=act.way,
        relies_on=act.relies_on,
        recipients=tuple(sorted(record.recipients)),
        leak_check=tuple((answer.flag, answer.decision, answer.why) for answer in act.leak_check),
    )


def _standing(talk: Talk) -> Iterator[StandingRecord]:
    draft = talk.desk.current_draft()
    parties = {
        side: room
        for side, room in talk.rooms.items()
        if room.side.kind == "party" and not room.side.left
    }
    for clause in draft.clauses if draft else ():
        yield StandingRecord(
            label=clause.label,
            text=clause.text,
            rests_on=clause.rests_on,
            terms=clause.terms,
            stands={
                side: status(room.marks, clause.label, clause.text)
                for side, room in parties.items()
            },
        )


def _owed(talk: Talk) -> Iterator[OwedRecord]:
    """Yield questions without an answer, those to sides and those to the mediator."""
    for room in talk.rooms.values():
        if not room.side.left:
            for entry in room.of(Question):
                if not entry.answers:
                    yield _asked(entry.id, room.side.id, entry.words, entry.answer_by)
    answered = {record.act.in_reply_to for record in talk.desk.releases.values()}
    for room, item in talk.items():
        waits = item.id not in answered and not item.withdrawn and not room.side.left
        if item.kind == "question" and waits:
            yield _asked(item.id, MEDIATOR, item.current, None)


def _question(room: Room, entry: Question) -> QuestionRecord:
    return QuestionRecord(
        id=entry.id,
        at=entry.at,
        side=room.side.id,
        words=(entry.words, *(correction.words for correction in entry.corrections)),
        answer_by=entry.answer_by,
        readers=tuple(sorted(entry.readers)),
        answers=entry.answers,
    )


def _asked(id_: str, owed_by: str, words: str, answer_by: datetime | None) -> OwedRecord:
    return OwedRecord(id=id_, owed_by=owed_by, words=words, answer_by=answer_by)


def _deadline(room: Room, entry: DeadlineEntry) -> DeadlineRecord:
    words = (entry.words, *(correction.words for correction in entry.corrections))
    return DeadlineRecord(id=entry.id, side=room.side.id, words=words, due=entry.due)


def _round(record: RoundRecord) -> RoundShownToTeam:
    return RoundShownToTeam(
        id=record.id,
        draft=record.draft,
        clause=record.clause,
        closes_at=record.closes_at,
        signers=dict(record.signers),
        mediator_takes_part=record.mediator_takes_part,
        limit=limit(len(record.signers), mediator_takes_part=record.mediator_takes_part),
        result=record.result or "open",
    )


def _agreement(act: RecordAgreement) -> AgreementRecord:
    return AgreementRecord(
        id=act.id,
        at=act.at,
        draft=act.draft,
        instruments={copy.side: dict(copy.clauses) for copy in act.instruments},
        titles={copy.side: dict(copy.titles) for copy in act.instruments},
        expires_at=act.expires_at,
    )


def _note(record: NoteRecord) -> NoteShown:
    return NoteShown(
        id=record.act.id,
        at=record.act.at,
        by=record.by,
        words=(record.act.words, *(correction.words for correction in record.corrections)),
        rests_on=record.act.rests_on,
    )
