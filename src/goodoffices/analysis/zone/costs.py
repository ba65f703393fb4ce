"""What giving up positions costs, and other parts that several results have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Terms = Mapping[str, str]
"""Options by issue; a package when every issue has one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What giving up some positions costs: red lines before firm before open ones.

    ``weight`` is the sum of the weights where the caller gave weights; it then decides alone.

    >>> Cost(0, 5, 9) < Cost(1, 0, 0)
    True
    """

    red_line: int = 0
    firm: int = 0
    open: int = 0
    weight: int | None = None

    @property
    def key(self) -> tuple[int, ...]:
        """What costs are compared by."""
        return (self.red_line, self.firm, self.open) if self.weight is None else (self.weight,)

    def __lt__(self, other: Cost) -> bool:
        return self.key < other.key


@dataclass(frozen=True, slots=True)
class Alone:
    """The smallest movement by which one party opens the zone with no other moving."""

    relax: tuple[str, ...]
    cost: Cost


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a limit kept from being found."""

    what: str
    limit: str
