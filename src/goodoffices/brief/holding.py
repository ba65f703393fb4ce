"""What a brief holds on moves away from the table: states, what would hold, and who could leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goodoffices.brief.contents import SourceLine


@dataclass(frozen=True, slots=True)
class MoveLine:
    """Something that one side can do away from the table; ``way`` says how it cannot be undone."""

    id: str
    by: str
    by_name: str
    words: str
    way: str
    now: bool
    sources: tuple[SourceLine, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class StateColumn:
    """A state as a column of the table.

    ``made`` is in the order of the moves; ``ranks`` and ``marks`` in that of the orders of
    preference: the place in each party's order from 1, and the strongest concepts by which the
    state is stable for it. ``mark`` holds the strongest by which it is an equilibrium.
    """

    id: str
    now: bool
    made: tuple[bool, ...]
    words: str
    ranks: tuple[str, ...]
    marks: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """How a party orders the states, best first, and the reasons that the case gives."""

    party: str
    party_name: str
    order: str
    reasons: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """A concept of stability, what it takes, and the states that are equilibria by it."""

    id: str
    name: str
    meaning: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """Whether a state would hold, and why."""

    state: str
    head: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayThere:
    """How the state now could come to an equilibrium."""

    to: str
    sentence: str


@dataclass(frozen=True, slots=True)
class JointMove:
    """What sides could do together where none of them moves alone."""

    state: str
    parties: tuple[str, ...]
    to: str
    sentence: str
    steps: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArcLine:
    """A move between two states of the drawing, and whether the mover prefers where it leads."""

    by: str
    by_name: str
    start: str
    end: str
    improving: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The graph of states: which are drawn, and the moves between them."""

    states: tuple[str, ...]
    arcs: tuple[ArcLine, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A move, promise or guarantee that the case thinks of, and what it would do."""

    id: str
    words: str
    sentences: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Arranging:
    """What a mediator could arrange.

    ``moves`` are joint moves out of states that no side leaves alone; ``changes`` what the case
    itself thinks of.
    """

    sentence: str
    moves: tuple[JointMove, ...]
    left_out: str
    against_all: str
    changes: tuple[ChangeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """What would hold away from the table.

    ``reading`` says how moves and preferences are known; it is shown wherever they are.
    ``faults`` say why nothing is answered, when nothing is.
    """

    status: str
    reading: str
    note: str | None
    faults: tuple[str, ...]
    moves: tuple[MoveLine, ...]
    summary: tuple[str, ...] = ()
    columns: tuple[StateColumn, ...] = ()
    columns_left_out: str = ""
    orders: tuple[OrderLine, ...] = ()
    concepts: tuple[ConceptLine, ...] = ()
    holds: tuple[VerdictLine, ...] = ()
    holds_left_out: str = ""
    falls: tuple[VerdictLine, ...] = ()
    falls_left_out: str = ""
    ways: tuple[WayThere, ...] = ()
    ways_left_out: str = ""
    drawing: Drawing = Drawing((), (), "")
    arranging: Arranging = Arranging("", (), "", "")
    missing: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
