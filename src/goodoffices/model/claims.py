"""What two figures say of each other: the one place where claims are compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from goodoffices.model.dates import PartialDate
from goodoffices.model.record import Figure

ABOUT_SHARE = Decimal("0.1")
"""How far from its value a figure with the bound "about" is taken to reach: a tenth of it."""

ClaimRelation = Literal["disagree", "same", "compatible"]
"""How two claims of one thing at one time stand to each other."""

_CLAIMS = frozenset({"claimed", "estimated"})

Ends = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest value that is allowed; None where there is no end."""


def reach(figure: Figure) -> Ends:
    """Return the lowest and highest value that a claim allows; None where it has no end.

    >>> reach(Figure(measure="m", value=40, bound="about", source="s"))
    (Decimal('36.0'), Decimal('44.0'))
    """
    if figure.bound == "about":
        around = abs(figure.value) * ABOUT_SHARE
        return figure.value - around, figure.value + around
    return figure.low, figure.high_end


def common_reach(one: Figure, other: Figure) -> Ends:
    """Return the ends of what two claims both allow; with nothing in common the ends cross."""
    (low, high), (other_low, other_high) = reach(one), reach(other)
    lows = [end for end in (low, other_low) if end is not None]
    highs = [end for end in (high, other_high) if end is not None]
    return max(lows, default=None), min(highs, default=None)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures claim something of one measure, in one unit, of one time.

    What is wanted or ordered is no claim. Times are one where every date that one figure has
    (the day it speaks of, the start of its period, its target) overlaps that of the other:
    May 2025 and 20 May 2025 do, two different days do not, nor a day and none at all.
    """
    if one.measure != other.measure or one.unit != other.unit:
        return False
    if not {one.kind, other.kind} <= _CLAIMS:
        return False
    dates = ((one.as_of, other.as_of), (one.since, other.since), (one.by, other.by))
    return all(_overlap(first, second) for first, second in dates)


def _overlap(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.first <= other.last and other.first <= one.last


def compare(one: Figure, other: Figure) -> ClaimRelation | None:
    """Say how two claims stand to each other; None when they are not of one thing at one time.

    They disagree when no value is allowed by both, are the same when both allow exactly the same
    values, and are compatible otherwise. "About" leaves a tenth either way.

    >>> low = Figure(measure="m", value=10, bound="at-most", source="s1")
    >>> compare(low, Figure(measure="m", value=12, source="s2"))
    'disagree'
    >>> compare(low, Figure(measure="m", value=8, source="s2"))
    'compatible'
    """
    if not comparable(one, other):
        return None
    if _below(one, other) or _below(other, one):
        return "disagree"
    same = (reach(one), _open_ends(one)) == (reach(other), _open_ends(other))
    return "same" if same else "compatible"


def disagree(one: Figure, other: Figure) -> bool:
    """Whether two figures claim of one thing, at one time, what cannot both be so."""
    return compare(one, other) == "disagree"


def _open_ends(figure: Figure) -> tuple[bool, bool]:
    return figure.bound == "more-than", figure.bound == "less-than"


def _below(lower: Figure, upper: Figure) -> bool:
    """Whether all that one claim allows lies below all that the other does."""
    top, bottom = reach(lower)[1], reach(upper)[0]
    if top is None or bottom is None:
        return False
    open_end = lower.bound == "less-than" or upper.bound == "more-than"
    return top < bottom or (open_end and top == bottom)
