"""Which statement stands within what another says."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from goodoffices.reading.result import Statement
from goodoffices.reading.spans import Span


def holders_of(found: Sequence[Statement]) -> list[int | None]:
    """Return of each statement the innermost other one whose content holds its cue, by number.

    Statements come in the order of their cues. Each part of a content is looked at from where it
    begins to where it ends, so that a long text takes no longer by the sentence than a short one.
    """
    parts = sorted((part, number) for number, one in enumerate(found) for part in one.content)
    open_parts: list[tuple[int, int, Span]] = []
    place = 0
    holders: list[int | None] = []
    for number, one in enumerate(found):
        while place < len(parts) and parts[place][0].start <= one.cue.start:
            part, holder = parts[place]
            heappush(open_parts, (part.end - part.start, holder, part))
            place += 1
        holders.append(_innermost(open_parts, one.cue, number))
    return holders


def _innermost(parts: list[tuple[int, int, Span]], cue: Span, own: int) -> int | None:
    """The shortest part that holds a cue; those that end before it are dropped for good."""
    aside: list[tuple[int, int, Span]] = []
    holder: int | None = None
    while parts and holder is None:
        if parts[0][2].end > cue.start and parts[0][1] != own and parts[0][2].holds(cue):
            holder = parts[0][1]
        else:
            part = heappop(parts)
            if part[2].end > cue.start:
                aside.append(part)
    for part in aside:
        heappush(parts, part)
    return holder
