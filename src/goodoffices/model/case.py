"""The case: all that is known of one set of talks."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Self

from pydantic import Field

from goodoffices.model.base import Id, Model, Text
from goodoffices.model.dates import CaseDate, PartialDate, read_date
from goodoffices.model.issues import Issue
from goodoffices.model.positions import Position, Proposal, Rule
from goodoffices.model.preferences import Moves, Priority
from goodoffices.model.record import Document, Figure, Party, Person, Statement, ThirdParty


class Case(Model):
    """One set of talks: its parties, its record, its issues, positions and proposals.

    >>> case = Case.model_validate({
    ...     "case": "Two roommates",
    ...     "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    ...     "issues": {"window": {"question": "At night?", "options": ["open", "shut"]}},
    ...     "positions": [
    ...         {"id": "a1", "party": "ana", "requires": {"window": "open"}},
    ...         {"id": "b1", "party": "ben", "refuses": {"window": "open"}},
    ...     ],
    ... })
    >>> [position.id for position in case.positions_of("ben")]
    ['b1']
    """

    case: Text = Field(description="the name of the talks")
    summary: Text | None = None
    as_of: CaseDate | None = None
    language: Text = "en"
    parties: dict[Id, Party] = Field(min_length=1)
    third_parties: dict[Id, ThirdParty] = {}
    persons: dict[Id, Person] = {}
    documents: dict[Id, Document] = {}
    statements: dict[Id, Statement] = {}
    figures: dict[Id, Figure] = {}
    issues: dict[Id, Issue] = {}
    rules: tuple[Rule, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    priorities: dict[Id, Priority] = {}
    moves: Moves | None = None
    note: Text | None = None

    @property
    def day(self) -> date | None:
        """The day on which the case is read: the last of ``as-of``; None when it has none."""
        return self.as_of.last if self.as_of else None

    @property
    def in_force(self) -> tuple[Position, ...]:
        """The positions in force on the day of the case, in the order of the file."""
        return tuple(position for position in self.positions if position.in_force(self.day))

    def positions_of(self, party: str) -> tuple[Position, ...]:
        """Return a party's positions in force."""
        return tuple(position for position in self.in_force if position.party == party)

    def on(self, day: date | str | PartialDate) -> Self:
        """Return the case as it stood on a day; of a month or year, on its last day.

        Raises:
            ValueError: the text is no date.
        """
        return self.model_copy(update={"as_of": read_date(day)})

    def known(self, when: PartialDate | None) -> bool:
        """Whether something dated ``when`` had happened by the day of the case."""
        return when is None or self.day is None or when.first <= self.day

    @cached_property
    def told_in_confidence(self) -> frozenset[str]:
        """The statements on which something told in confidence rests, on whatever day.

        What was told in confidence stays so when the position has ended, and also where something
        open rests on the same statement.
        """
        held: tuple[Position | Priority, ...] = (*self.positions, *self.priorities.values())
        told = {id for one in held if one.status == "confidential" for id in one.source}
        if self.moves is not None and self.moves.status == "confidential":
            told.update(self.moves.sources)
            told.update(id for change in self.moves.what_if.values() for id in change.source)
        return frozenset(told)

    @property
    def moves_known(self) -> bool:
        """Whether nothing that the moves away from the table rest on is dated after the day."""
        resting = self.moves.sources if self.moves is not None else ()
        return all(self.known(self.statements[id].date) for id in resting if id in self.statements)

    @property
    def proposals_made(self) -> tuple[Proposal, ...]:
        """The proposals made by the day of the case."""
        return tuple(proposal for proposal in self.proposals if self.known(proposal.date))

    def name_of(self, id: str) -> str:
        """Return the name of a party, third party or person; the id when there is none."""
        for group in (self.parties, self.third_parties, self.persons):
            if id in group:
                return group[id].name
        return id

    def side_of(self, id: str | None) -> str | None:
        """Return the party or third party that somebody speaks for, or None."""
        if id in self.persons:
            return self.persons[id].of
        return id if id in self.parties or id in self.third_parties else None
