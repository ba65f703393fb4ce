"""Caveats: what a side allows to be done with what it entrusts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from goodoffices.model.base import Id, Model, Text

Way = Literal["analysis", "own-idea", "hypothetically", "attributed"]
"""What may be done with an item: computed with, or put to others in one of three manners."""


def _in_order(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _ways_in_order(values: tuple[Way, ...]) -> tuple[Way, ...]:
    return tuple(sorted(set(values)))


class Caveat(Model):
    """What may be done with an item, after what, when, and who of one's own side never reads it.

    Nothing is allowed that is not named: a caveat without ways is for the mediator only. Caveats
    have an order: one is *within* another when it allows nothing that the other does not.

    >>> Caveat(ways=("attributed",)).within(Caveat(ways=("attributed", "analysis")))
    True
    >>> Caveat().within(Caveat(ways=("analysis",), first=("the crossing opens",)))
    False
    """

    ways: Annotated[tuple[Way, ...], AfterValidator(_ways_in_order)] = Field(
        default=(), description="what may be done with the item; nothing named: mediator only"
    )
    first: Annotated[tuple[Text, ...], AfterValidator(_in_order)] = Field(
        default=(), description="what has to come first, in the side's words"
    )
    not_before: AwareDatetime | None = Field(
        default=None, description="the moment before which it is not passed on"
    )
    not_to: Annotated[tuple[Id, ...], AfterValidator(_in_order)] = Field(
        default=(), description="people of one's own side who are not to learn of it"
    )

    def within(self, other: Caveat) -> bool:
        """Whether this caveat allows nothing that the other does not allow."""
        return self.meet(other) == self

    def meet(self, other: Caveat) -> Caveat:
        """Return the loosest caveat that is within both."""
        moments = [moment for moment in (self.not_before, other.not_before) if moment]
        return Caveat(
            ways=tuple(way for way in self.ways if way in other.ways),
            first=(*self.first, *other.first),
            not_before=max(moments) if moments else None,
            not_to=(*self.not_to, *other.not_to),
        )

    def open_at(self, moment: datetime) -> bool:
        """Whether the time before which nothing is passed on is over."""
        return self.not_before is None or moment >= self.not_before


MEDIATOR_ONLY = Caveat()
"""For the mediator, and for nothing else."""
ANALYSIS_ONLY = Caveat(ways=("analysis",))
"""May inform analysis, and is never conveyed."""
