"""What may inform analysis: the positions of all sides whose caveats allow it."""

from __future__ import annotations

from goodoffices.model import Position
from goodoffices.talks.state import Talk
from goodoffices.talks.waiting import confirmed


def informing(talk: Talk) -> tuple[tuple[str, Position], ...]:
    """Return the positions that analysis may use, each with the item it was entrusted in.

    What is computed from them is the mediator's: it goes on the desk as a note that rests on the
    items, and a release that relies on the note needs the permission of every one of them.

    >>> informing(Talk())
    ()
    """
    return tuple(
        (item.id, item.position)
        for room, item in talk.items()
        if item.position is not None and not room.side.left
        if confirmed(room, item) and "analysis" in talk.effective(item).ways
    )
