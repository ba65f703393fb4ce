"""Positions, rules and proposals: what the sides hold, and what lies on the table."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from goodoffices.model.base import Id, Ids, Model, Sources, Text
from goodoffices.model.conditions import AllOf, CaseCondition, Condition, issues_in
from goodoffices.model.dates import CaseDate

Firmness = Literal["red-line", "firm", "open"]
"""How hard a position is held: open ones are thought to give way first, red lines last."""

FIRMNESSES: tuple[Firmness, ...] = ("red-line", "firm", "open")
"""Firmnesses from the hardest to the softest: the fixed order of every cost."""

Status = Literal["stated", "reported", "inferred", "confidential"]
"""How a position is known: the side stated it, others report it, we infer it, or in confidence."""

PositionKind = Literal["requires", "refuses", "offers", "prefers"]
"""The four kinds of position."""

POSITION_KINDS: tuple[PositionKind, ...] = ("requires", "refuses", "offers", "prefers")

Answer = Literal["accepts", "accepts-in-part", "counters", "considers", "rejects"]
"""How a side answered a proposal."""


class Position(Model):
    """What a party requires, refuses, offers in return for something, or prefers.

    With A and B conditions on a package x, and W its ``when`` (true without one):

    - requires A: W(x) implies A(x)
    - refuses A: W(x) implies not A(x)
    - offers A in return for B: W(x) and a term of A in x imply B(x), for each term of A;
      without ``in-return-for`` an offer rules nothing out
    - prefers A (over B): orders packages, never makes one unacceptable

    It holds on the days from ``since`` (included) until ``until`` (excluded); a month or a year
    stands for its first day.
    """

    id: Id
    party: Id
    requires: CaseCondition | None = None
    refuses: CaseCondition | None = None
    offers: CaseCondition | None = None
    in_return_for: CaseCondition | None = None
    prefers: CaseCondition | None = None
    over: CaseCondition | None = None
    when: CaseCondition | None = None
    firmness: Firmness = "firm"
    status: Status = "stated"
    since: CaseDate | None = None
    until: CaseDate | None = None
    source: Sources = ()
    says: Text | None = Field(default=None, description="the position in our words")
    note: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [kind for kind in POSITION_KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ValueError("exactly one of requires, refuses, offers, prefers")
        if self.in_return_for is not None and self.offers is None:
            raise ValueError("in-return-for only beside offers")
        if self.over is not None and self.prefers is None:
            raise ValueError("over only beside prefers")
        if self.since and self.until and self.until.first <= self.since.first:
            raise ValueError("an 'until' after 'since'")
        return self

    @cached_property
    def kind(self) -> PositionKind:
        """Which of the four kinds of position this is."""
        return next(kind for kind in POSITION_KINDS if getattr(self, kind) is not None)

    @property
    def demand(self) -> Condition:
        """The condition that is required, refused, offered or preferred."""
        condition: Condition = getattr(self, self.kind)
        return condition

    @property
    def binding(self) -> bool:
        """Whether the position can make a package unacceptable."""
        return self.kind in {"requires", "refuses"} or self.in_return_for is not None

    @property
    def conditions(self) -> tuple[tuple[str, Condition], ...]:
        """The position's conditions with the keys that they have in a case file."""
        kind = self.kind
        keys = (kind, "in-return-for", "over", "when")
        values = (getattr(self, kind), self.in_return_for, self.over, self.when)
        return tuple((key, value) for key, value in zip(keys, values, strict=True) if value)

    @cached_property
    def issues(self) -> frozenset[str]:
        """The issues that the position speaks of."""
        return frozenset().union(*(issues_in(condition) for _, condition in self.conditions))

    def in_force(self, day: dt.date | None) -> bool:
        """Whether the position holds on a day; with no day, whether it has not been ended."""
        if day is None:
            return self.until is None
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or day < self.until.first)


def offered_terms(condition: Condition) -> tuple[Condition, ...]:
    """Return the terms of an offer, each of which is given only in return.

    >>> from goodoffices.model.conditions import parse_condition
    >>> len(offered_terms(parse_condition({"captives": "all", "governance": "ceded"})))
    2
    """
    if isinstance(condition, AllOf):
        return tuple(term for part in condition.parts for term in offered_terms(part))
    return (condition,)


class Rule(Model):
    """What any agreement here must satisfy, whoever signs it."""

    id: Id
    requires: CaseCondition | None = None
    refuses: CaseCondition | None = None
    when: CaseCondition | None = None
    source: Sources = ()
    says: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.requires is None) == (self.refuses is None):
            raise ValueError("exactly one of requires, refuses")
        return self

    @property
    def conditions(self) -> tuple[tuple[str, Condition], ...]:
        """The rule's conditions with the keys that they have in a case file."""
        pairs = (("requires", self.requires), ("refuses", self.refuses), ("when", self.when))
        return tuple((key, value) for key, value in pairs if value)


class Response(Model):
    """How a side answered a proposal."""

    answer: Answer
    with_: Id | None = Field(default=None, alias="with", description="the counterproposal")
    date: CaseDate | None = None
    source: Sources = ()
    by: Id | None = Field(default=None, description="the person who answered")
    quote: Text | None = None
    note: Text | None = None


def _read_responses(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _read_terms(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: str(option) if isinstance(option, int | float) else option
            for key, option in value.items()
        }
    return value


class Proposal(Model):
    """Terms put forward, with author, carrier, date, what they are based on, and each answer."""

    id: Id
    name: Text | None = None
    by: Id
    carrier: Ids = ()
    date: CaseDate | None = None
    based_on: Ids = ()
    terms: Annotated[dict[Id, Id], BeforeValidator(_read_terms)] = {}
    responses: dict[Id, Annotated[tuple[Response, ...], BeforeValidator(_read_responses)]] = {}
    source: Sources = ()
    says: Text | None = None
    note: Text | None = None

    def responses_until(self, day: dt.date | None) -> tuple[tuple[str, Response], ...]:
        """Return each side's responses given by a day, in the order of the record."""
        return tuple(
            (side, response)
            for side, responses in self.responses.items()
            for response in responses
            if day is None or response.date is None or response.date.first <= day
        )
