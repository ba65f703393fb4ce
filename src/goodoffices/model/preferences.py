"""Priorities among packages, and moves away from the table with what each party prefers there."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from goodoffices.model.base import Id, Ids, Model, Sources, Text, listed
from goodoffices.model.conditions import CaseCondition
from goodoffices.model.issues import Number

Tied = Annotated[tuple[Id, ...], BeforeValidator(listed)]
Order = tuple[Tied, ...]
"""Names from the most to the least important or preferred; a list within it holds ties."""


class Priority(Model):
    """What matters to a party, as points or as orders, best or most important first."""

    issues: dict[Id, Number] | Order | None = None
    options: dict[Id, dict[Id, Number] | Order] = {}
    no_agreement: Number | None = Field(
        default=None, description="points of having no agreement: the reservation"
    )
    source: Sources = ()
    status: Literal["stated", "reported", "inferred", "confidential"] = "inferred"
    note: Text | None = None


class MoveOption(Model):
    """Something a party or third party can do, or leave, on its own away from the table."""

    by: Id
    text: Text | None = None
    direction: Literal["both", "forward", "backward"] = "both"
    now: Literal["yes", "no"] = "no"
    source: Sources = ()
    note: Text | None = None


class RemovedMove(Model):
    """A single move between two states that a party cannot make after all."""

    by: Id
    from_: Id = Field(alias="from")
    to: Id
    note: Text | None = None


class PreferenceStatement(Model):
    """A condition on a state that a party prefers to hold; earlier statements outweigh later.

    Without ``if`` and ``iff`` the statement is ``prefers`` itself; with ``if`` it is
    "``prefers`` if that condition holds", with ``iff`` "``prefers`` exactly if it holds".
    """

    prefers: CaseCondition
    if_: CaseCondition | None = Field(default=None, alias="if")
    iff: CaseCondition | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if self.if_ is not None and self.iff is not None:
            raise ValueError("either if or iff")
        return self


class StatePreference(Model):
    """How a party orders the states: by statements, by a ranking, or by pairs partly known."""

    statements: tuple[PreferenceStatement, ...] | None = None
    ranking: Order | None = None
    unknown: tuple[tuple[Id, Id], ...] = Field(
        default=(), description="pairs of states whose order is not known"
    )
    greatly: tuple[tuple[Id, Id], ...] = Field(
        default=(), description="pairs of states, the first greatly preferred to the second"
    )
    source: Sources = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.statements is None) == (self.ranking is None):
            raise ValueError("either statements or a ranking")
        return self


class AddedStatement(PreferenceStatement):
    """A statement that comes in among those by which a party orders the states."""

    before: int | None = Field(
        default=None,
        ge=1,
        description="the party's present statement, from 1, that it comes before; else it is last",
    )


class MoveChange(Model):
    """What one more move, a promise or a guarantee would change in the moves of a case.

    A promise rules out combinations (``infeasible``), makes a move one-way (``directions``) or
    gives up single moves (``removed``); a guarantee is a new move, mostly of a third party, to
    which the statements that it brings about refer.
    """

    text: Text | None = None
    options: dict[Id, MoveOption] = Field(default={}, description="new moves")
    infeasible: tuple[CaseCondition, ...] = ()
    directions: dict[Id, Literal["both", "forward", "backward"]] = Field(
        default={}, description="the directions that moves of the case would have"
    )
    removed: tuple[RemovedMove, ...] = ()
    preferences: dict[Id, tuple[AddedStatement, ...]] = Field(
        default={}, description="statements that come in, by party"
    )
    source: Sources = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        parts = (self.options, self.infeasible, self.directions, self.removed, self.preferences)
        if not any(parts):
            raise ValueError(
                "at least one of options, infeasible, directions, removed, preferences"
            )
        return self


class Moves(Model):
    """What the parties can do away from the table, and what they prefer there.

    Conditions here speak of moves, each with the options ``yes`` and ``no``.
    """

    options: dict[Id, MoveOption] = {}
    infeasible: tuple[CaseCondition, ...] = ()
    merged: tuple[CaseCondition, ...] = Field(
        default=(), description="states that meet one of these count as one state"
    )
    states: dict[Id, Ids] = Field(
        default={}, description="names of states: the moves that are taken in each"
    )
    now: Id | None = Field(default=None, description="the state now, where states are named")
    removed: tuple[RemovedMove, ...] = ()
    preferences: dict[Id, StatePreference] = {}
    what_if: dict[Id, MoveChange] = Field(
        default={}, description="moves, promises and guarantees that somebody thinks of, by id"
    )
    status: Literal["stated", "reported", "inferred", "confidential"] = Field(
        default="inferred",
        description="how the preferences are known; inferred: the analyst's reading",
    )
    note: Text | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The statements that moves and preferences rest on, each once."""
        resting: tuple[MoveOption | StatePreference, ...] = (
            *self.options.values(),
            *self.preferences.values(),
        )
        return tuple(dict.fromkeys(id for one in resting for id in one.source))
