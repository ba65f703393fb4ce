"""The record: who speaks, in which document, what it reports that they said, which figures."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from goodoffices.model.base import Id, Ids, Model, Sources, Text
from goodoffices.model.dates import CaseDate
from goodoffices.model.issues import Number, number_text

Role = Literal["mediator", "go-between", "guarantor", "host", "observer", "source"]
"""What a third party is in the talks; a ``source`` only speaks about them."""

StatementKind = Literal[
    "says",
    "demands",
    "offers",
    "proposes",
    "accepts",
    "rejects",
    "refuses",
    "vows",
    "threatens",
    "orders",
    "denies",
    "accuses",
    "agrees",
    "calls-for",
    "estimates",
    "does",
]
"""What a statement does; ``does`` is a deed that the document reports."""

Bound = Literal["exactly", "about", "at-least", "more-than", "at-most", "less-than", "between"]
"""How a figure's value is to be read; ``between`` runs from ``value`` to ``high``."""

FigureKind = Literal["claimed", "estimated", "wanted", "ordered"]
"""Whether a figure says what is, what is thought, what is aimed at, or what was ordered."""


class Party(Model):
    """A side whose consent an agreement needs."""

    name: Text
    aliases: Ids = ()
    note: Text | None = None


class ThirdParty(Model):
    """Anybody else who takes part in the talks or speaks about them."""

    name: Text
    roles: tuple[Role, ...] = Field(min_length=1)
    aliases: Ids = ()
    note: Text | None = None


class Person(Model):
    """A speaker, with a role, of a party or third party."""

    name: Text
    role: Text | None = None
    of: Id | None = Field(default=None, description="the party or third party spoken for")
    aliases: Ids = ()
    note: Text | None = None


class Document(Model):
    """A source text: kept beside the case, or known by its digest only."""

    title: Text
    publisher: Text | None = None
    author: Text | None = None
    published: CaseDate | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = (
        "en"
    )
    text: Text | None = Field(default=None, description="file with the text, beside the case file")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="SHA-256 of the text file's bytes"
    )
    url: Text | None = Field(default=None, description="where it was published; never opened")
    note: Text | None = None


def _read_span(value: Any) -> Any:
    """A span may be written as two numbers, or as one text with a dash."""
    if isinstance(value, str) and value.count("-") == 1:
        return tuple(value.split("-"))
    return value


Span = Annotated[
    tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]],
    BeforeValidator(_read_span),
    Field(description="half-open range of code points in the document's text"),
]
"""Half-open range of code points."""


class Statement(Model):
    """What a document reports that somebody said or did.

    ``by`` is the party, third party or person who said or did it; without it the statement is
    in the document's own voice.
    """

    document: Id
    paragraph: Annotated[int, Field(ge=1)] | None = None
    span: Span | None = None
    by: Id | None = None
    relayed_by: Id | None = Field(default=None, description="who passes on what `by` said")
    kind: StatementKind = "says"
    channel: Text | None = Field(default=None, description='as "in a statement"')
    date: CaseDate | None = None
    says: Text | None = Field(default=None, description="in our words")
    quote: Text | None = Field(default=None, description="a short fragment, as in the text")
    note: Text | None = None

    @model_validator(mode="after")
    def _span_runs_forward(self) -> Self:
        if self.span is not None and self.span[0] >= self.span[1]:
            raise ValueError("a span whose end is after its start")
        return self


class Figure(Model):
    """A quantity that a statement claims.

    >>> figure = Figure(measure="reservists-called-up", value=450000, bound="at-most", source="s12")
    >>> figure.low, figure.high_end
    (None, Decimal('450000'))
    """

    measure: Id
    value: Number
    high: Number | None = Field(default=None, description="upper end, with bound: between")
    bound: Bound = "exactly"
    unit: Text | None = None
    kind: FigureKind = "claimed"
    as_of: CaseDate | None = Field(default=None, description="the date that the figure speaks of")
    since: CaseDate | None = Field(default=None, description="start of the period it covers")
    by: CaseDate | None = Field(default=None, description="target date of what is wanted")
    source: Sources
    says: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _ends_fit(self) -> Self:
        if (self.high is not None) != (self.bound == "between"):
            raise ValueError("'high' with bound: between, and only then")
        if self.high is not None and self.high < self.value:
            raise ValueError("'high' not below 'value'")
        return self

    @property
    def low(self) -> Number | None:
        """Smallest value that the claim allows, or None when it has no lower end."""
        return None if self.bound in {"at-most", "less-than"} else self.value

    @property
    def high_end(self) -> Number | None:
        """Largest value that the claim allows, or None when it has no upper end."""
        if self.bound in {"at-least", "more-than"}:
            return None
        return self.high if self.high is not None else self.value

    @property
    def value_text(self) -> str:
        """The value as the case writes it."""
        return number_text(self.value)
