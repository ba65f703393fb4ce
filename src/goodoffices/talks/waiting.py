"""What waits for somebody of a side: read-backs to confirm, questions to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from goodoffices.talks.state import Item, Person, Question, ReadBackEntry, Room

T = TypeVar("T")


def waiting_read_backs(room: Room, person: Person) -> tuple[ReadBackEntry, ...]:
    """Return the read-backs to a person that nobody has confirmed or disputed."""
    return tuple(
        entry
        for entry in room.of(ReadBackEntry)
        if person.id in entry.readers and entry.state == "waiting"
    )


def open_questions(room: Room, person: Person) -> tuple[Question, ...]:
    """Return the questions to a person without an answer that this person may read."""
    return tuple(
        entry
        for entry in room.of(Question)
        if person.id in entry.readers
        and not any(person.id in room.entries[answer].readers for answer in entry.answers)
    )


def the_one(candidates: Sequence[T]) -> T | None:
    """Return the only candidate, or None when there is none or more than one."""
    return candidates[0] if len(candidates) == 1 else None


def confirmed(room: Room, item: Item, reader: str | None = None) -> bool:
    """Whether an item stands as the side's word, as far as a reader knows; as it is, without one.

    What a side wrote does, until something else was read back to it; what the mediator noted does
    once the side has confirmed the last read-back of it.
    """
    last = [
        entry
        for entry in room.of(ReadBackEntry)
        if entry.item == item.id and (reader is None or reader in entry.readers)
    ][-1:]
    if last:
        return last[0].state == "confirmed"
    return not item.minuted or item.confirmed_by is not None
