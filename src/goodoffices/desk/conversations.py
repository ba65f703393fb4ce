"""What was said in a room, in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodoffices.talks import DeskView, RoomView
from goodoffices.talks.shown import (
    ItemRecord,
    QuestionRecord,
    ReadBackRecord,
    ReleaseShown,
    Shown,
)

Told = ItemRecord | QuestionRecord | ReadBackRecord | ReleaseShown


def room_conversation(room: RoomView) -> tuple[tuple[str, Shown], ...]:
    """Return everything in one's own room with what it is, as it came."""
    kinds: tuple[tuple[str, Iterable[Shown]], ...] = (
        ("item", room.entrusted),
        ("received", room.received),
        ("read_back", room.read_backs),
        ("question", room.asked),
        ("deadline", room.deadlines),
        ("version", room.text),
        ("round", room.acceptances),
        ("instrument", room.agreements),
    )
    found = {entry.id: (kind, entry) for kind, entries in kinds for entry in entries}
    return tuple(found[name] for name in room.order)


def side_conversation(desk: DeskView, side: str) -> tuple[tuple[str, Told], ...]:
    """Return what was said between the mediator and a side, the oldest first."""
    return tuple(sorted(_told(desk, side), key=lambda pair: (pair[1].at, pair[1].id)))


def _told(desk: DeskView, side: str) -> Iterator[tuple[str, Told]]:
    people = {person.id for person in desk.people.get(side, ())}
    items = {item.id for item in desk.entrusted if item.side == side}
    yield from (("item", item) for item in desk.entrusted if item.side == side)
    yield from (("question", entry) for entry in desk.asked if entry.side == side)
    yield from (("read_back", entry) for entry in desk.read_backs if entry.item in items)
    yield from (
        ("release", release) for release in desk.releases if people & set(release.recipients)
    )


def names_at_the_desk(desk: DeskView) -> dict[str, str]:
    """Return what people and sides are called, by their names in the talk."""
    people = {person.id: person.name for group in desk.people.values() for person in group}
    return people | {side.id: side.name for side in desk.sides}
