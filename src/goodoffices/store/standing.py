"""What a store answers and remembers: acts that are kept, talks as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goodoffices.store.books import Book, Compartment
from goodoffices.talks import Talk


@dataclass(frozen=True, slots=True)
class Accepted:
    """The act is kept: on the disk, with its audit.

    Attributes:
        id: the identifier that the act was given.
        again: whether it was done before, by the same form or key.
    """

    id: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A talk that has begun.

    Attributes:
        talk: its identifier.
        lead: the identifier of the person who leads the mediation.
    """

    talk: str
    lead: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A talk as it stands at a place of its book, without ballots.

    Attributes:
        asked: the identifiers of acts that are not to be done twice, by what they begin with.
    """

    book: Book
    talk: Talk
    compartments: Mapping[str, Compartment]
    asked: Mapping[str, str] = field(default_factory=dict)

    def of(self, side: str) -> Compartment:
        """Return the compartment of a side, or of the mediator's team."""
        return next(found for found in self.compartments.values() if found.side == side)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a transaction wrote, once it is kept: the talk, and the boxes that are over."""

    id: str
    standing: Standing
    over: tuple[str, ...]
