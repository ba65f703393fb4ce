"""What a store answers and remembers: acts that are kept, talks as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.store.books import Book, Compartment
from goodoffices.talks import Talk


@dataclass(frozen=True, slots=True)
class Accepted:
    """The act is kept: on the disk, with its audit.

    Attributes:
        id: the identifier that the act was given.
    """

    id: str


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
    """A talk as it stands at a place of its book, without ballots."""

    book: Book
    talk: Talk
    compartments: Mapping[str, Compartment]

    def of(self, side: str) -> Compartment:
        """Return the compartment of a side, or of the mediator's team."""
        return next(found for found in self.compartments.values() if found.side == side)
