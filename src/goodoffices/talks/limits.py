"""What a sealed acceptance cannot hide, told to each side before it answers."""

from __future__ import annotations

from goodoffices.talks.shown import Limit


def limit(sides: int, *, mediator_takes_part: bool) -> Limit:
    """Return what a side that accepted learns when it is shown "not agreed".

    >>> limit(2, mediator_takes_part=False)
    'whoever-accepts-learns-that-the-other-did-not'
    """
    if mediator_takes_part:
        return "whoever-accepts-learns-that-another-side-or-the-mediator-did-not"
    if sides == 2:
        return "whoever-accepts-learns-that-the-other-did-not"
    return "whoever-accepts-learns-that-one-of-the-others-did-not"
