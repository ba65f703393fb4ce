"""A talk as it stands: a room for each side, the mediator's desk, and sealed ballots.

A room holds what its side did, and what was handed to that side by an act that names it; nothing
else is ever put there. The desk holds what the mediator knows besides the rooms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeVar

from goodoffices.model import Position
from goodoffices.talks.acts import (
    MEDIATOR,
    Clause,
    ItemKind,
    Note,
    RecordAgreement,
    Release,
    Result,
    Role,
    SideKind,
)
from goodoffices.talks.caveats import Caveat

TEAM: tuple[Role, ...] = ("lead", "mediator", "note-taker")
"""The roles of the mediator's team."""
ROLES_OF: Mapping[str, tuple[Role, ...]] = {
    MEDIATOR: TEAM,
    "party": ("head", "member"),
    "guarantor": ("guarantor",),
    "observer": ("observer",),
}
"""The roles that people of each kind of side can have."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the talk; `left` once it is out of it."""

    id: str
    name: str
    kind: SideKind
    left: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the talk; `left` once they are out of it."""

    id: str
    name: str
    side: str
    role: Role
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something in a room.

    Attributes:
        readers: the people of the room's side who may read it.
        whole_side: whether people who join the side later may read it as well.
    """

    id: str
    at: datetime
    readers: frozenset[str]
    whole_side: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """Better words for something said before."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entry):
    """Something that a side entrusted, or that the mediator noted it to have said.

    Attributes:
        minuted: whether the mediator wrote it down; it then counts only once confirmed.
        confirmed_by: who confirmed what the mediator wrote down.
        about: the version and the clause that it speaks of.
    """

    by: str
    kind: ItemKind | Literal["wording", "reply"]
    words: str
    caveat: Caveat
    position: Position | None = None
    sha256: str | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: bool = False
    minuted: bool = False
    confirmed_by: str | None = None
    about: tuple[str, str] | None = None

    @property
    def current(self) -> str:
        """The words as last corrected."""
        return self.corrections[-1].words if self.corrections else self.words

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every word of it that was ever entrusted."""
        return (self.words, *(correction.words for correction in self.corrections))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Entry):
    """What the mediator passed on: the wording, and whose it is where it was attributed."""

    words: str
    attributed_to: tuple[str, ...] = ()
    in_reply_to: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackEntry(Entry):
    """What was read back to a side, and what the side said to it."""

    item: str
    words: str
    state: Literal["waiting", "confirmed", "disputed"] = "waiting"
    better: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Entry):
    """A version of the text, as it was shown to a side: labels and words, and no more."""

    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entry):
    """What a side is asked, and what it answered."""

    words: str
    answer_by: datetime | None = None
    answers: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineEntry(Entry):
    """A time that a side was given."""

    words: str
    due: datetime
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Entry):
    """A sealed acceptance, as those who take part know it."""

    clauses: tuple[tuple[str, str], ...]
    closes_at: datetime
    sides: tuple[str, ...]
    mediator_takes_part: bool
    signer: str
    result: Result | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentEntry(Entry):
    """A side's own copy of what was agreed."""

    clauses: tuple[tuple[str, str], ...]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a side said to one clause of a version."""

    at: datetime
    by: str
    draft: str
    label: str
    text: str
    answer: Literal["agree", "bracket", "propose"]


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Room:
    """A side's room: what it did, and what was handed to it."""

    side: Side
    people: Mapping[str, Person] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()

    def of(self, kind: type[E]) -> Iterator[E]:
        """Yield the entries of a kind, in the order in which they came."""
        return (entry for entry in self.entries.values() if isinstance(entry, kind))

    def get(self, kind: type[E], id_: str | None) -> E | None:
        """Return an entry of a kind, or None when the room holds no such entry."""
        entry = self.entries.get(id_ or "")
        return entry if isinstance(entry, kind) else None

    def present(self) -> frozenset[str]:
        """Return the people of the side who have not left."""
        return frozenset(person.id for person in self.people.values() if not person.left)

    def with_entry(self, entry: Entry) -> Room:
        """Return the room with an entry, new or in place of an earlier state of itself."""
        return replace(self, entries={**self.entries, entry.id: entry})


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A version on the mediator's desk, with what its clauses rest on."""

    id: str
    at: datetime
    clauses: tuple[Clause, ...]

    def clause(self, label: str) -> Clause | None:
        """Return the clause of a label, or None."""
        return next((clause for clause in self.clauses if clause.label == label), None)

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Return what anybody else ever gets of it: labels and words."""
        return tuple((clause.label, clause.text) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A version was shown to somebody of a side."""

    draft: str
    side: str
    people: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A sealed acceptance on the desk: who may answer, and the result once there is one."""

    id: str
    draft: str
    clause: str | None
    closes_at: datetime
    signers: Mapping[str, str]
    mediator_takes_part: bool
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note of the team, as it was made and as it was corrected."""

    act: Note
    by: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release, who made it, and who received it."""

    act: Release
    by: str
    recipients: frozenset[str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the mediator's team knows besides the rooms."""

    people: Mapping[str, Person] = field(default_factory=dict)
    releases: Mapping[str, ReleaseRecord] = field(default_factory=dict)
    drafts: Mapping[str, DraftRecord] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    notes: Mapping[str, NoteRecord] = field(default_factory=dict)
    watched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held: Mapping[str, Caveat] = field(default_factory=dict)
    rounds: Mapping[str, RoundRecord] = field(default_factory=dict)
    agreements: Mapping[str, RecordAgreement] = field(default_factory=dict)

    def current_draft(self) -> DraftRecord | None:
        """Return the one current version, or None before there is a text."""
        return next(reversed(tuple(self.drafts.values())), None)


@dataclass(frozen=True, slots=True)
class Talk:
    """All of a talk. Ballots are here while their round is open, and shown by nothing."""

    title: str = ""
    rooms: Mapping[str, Room] = field(default_factory=dict)
    desk: Desk = field(default_factory=Desk)
    ballots: Mapping[str, Mapping[str, bool]] = field(default_factory=dict, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the talk has begun."""
        return bool(self.title)

    def person(self, id_: str) -> Person | None:
        """Return somebody in the talk, or None."""
        rooms = (room.people.get(id_) for room in self.rooms.values())
        return self.desk.people.get(id_) or next((person for person in rooms if person), None)

    def items(self) -> Iterator[tuple[Room, Item]]:
        """Yield everything entrusted, with the room it is in."""
        return ((room, item) for room in self.rooms.values() for item in room.of(Item))

    def item(self, id_: str) -> tuple[Room, Item] | None:
        """Return an item and the room it is in, or None."""
        return next(((room, item) for room, item in self.items() if item.id == id_), None)

    def effective(self, item: Item) -> Caveat:
        """Return what may be done with an item now, by the side's word and the mediator's."""
        if item.withdrawn:
            return Caveat(not_to=item.caveat.not_to)
        held = self.desk.held.get(item.id)
        return item.caveat if held is None else item.caveat.meet(held)

    def sources(self, ids: tuple[str, ...]) -> frozenset[str]:
        """Return the items that items and notes rest on, through notes that rest on notes.

        What stands for neither is among them as it is, so that it is not overlooked.
        """
        found: set[str] = set()
        waiting, seen = list(ids), set(ids)
        while waiting:
            id_ = waiting.pop()
            note = self.desk.notes.get(id_)
            if note is None:
                found.add(id_)
            else:
                waiting += [part for part in note.act.rests_on if part not in seen]
                seen.update(note.act.rests_on)
        return frozenset(found)

    def recipients(self, names: tuple[str, ...]) -> dict[str, frozenset[str]]:
        """Return the people whom sides and people named stand for, by side.

        A name that stands for nobody who could receive anything is left out.
        """
        found: dict[str, frozenset[str]] = {}
        for side, room in self.rooms.items():
            here = room.present()
            people = here if side in names else here & frozenset(names)
            if people:
                found[side] = people
        return found

    def with_room(self, room: Room) -> Talk:
        """Return the talk with a room in its new state."""
        return replace(self, rooms={**self.rooms, room.side.id: room})

    def holds(self, id_: str) -> bool:
        """Whether an identifier stands for something in the talk."""
        desk = self.desk
        kept = (desk.releases, desk.drafts, desk.notes, desk.rounds, desk.agreements)
        return any(id_ in names for names in kept) or any(
            id_ in room.entries for room in self.rooms.values()
        )
