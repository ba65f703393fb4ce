"""Packages in which the conditions of all sides hold, for the mediator's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

from pydantic import ValidationError

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import ImpasseResult
from goodoffices.analysis.zone.search import Limits
from goodoffices.model import Case
from goodoffices.talks import Talk, live_case

_SECONDS = 2.0
_MOST = 20


@dataclass(frozen=True, slots=True)
class Packages:
    """What the positions that may inform analysis leave possible together.

    Attributes:
        empty: whether no package meets every condition.
        number: how many packages do, in words of digits; a dash where counting took too long.
        issues: the issues, in order; each row of ``examples`` has an option for each.
        examples: a package of the zone, or of each cheapest way out when the zone is empty.
        ways_out: who would have to move on what, cheapest first; at most twenty.
        missing: what the limits of the search left out.
        rests_on: the words of the items that the result rests on.
        items: these items.
    """

    empty: bool
    number: str
    issues: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    ways_out: tuple[str, ...]
    missing: tuple[str, ...]
    rests_on: tuple[str, ...]
    items: tuple[str, ...]


def packages(talk: Talk) -> Packages | None:
    """Return the packages of a talk; None when nothing was entrusted that may inform analysis.

    Raises:
        ValueError: what was entrusted makes no case: bounds on an issue that others name in words.
    """
    try:
        case = live_case(talk)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"])) from None
    if case is None:
        return None
    begun = monotonic()
    limits = Limits(_MOST, lambda: (monotonic() - begun) / _SECONDS)
    found = impasse(case, limits=limits)
    items = tuple(position.id.removeprefix("of-") for position in case.positions)
    said = {item.id: item.current for _, item in talk.items()}
    return Packages(
        empty=found.zone.empty,
        number="–" if found.zone.packages is None else f"{found.zone.packages:,}",
        issues=tuple(case.issues),
        examples=tuple(_rows(case, found)),
        ways_out=tuple(_ways_out(talk, found)),
        missing=tuple(missing.what for missing in found.missing),
        rests_on=tuple(said[item] for item in items),
        items=items,
    )


def _rows(case: Case, found: ImpasseResult) -> Iterator[tuple[str, ...]]:
    shown: list[Mapping[str, str]] = [way.example for way in found.ways_out]
    if found.zone.example is not None:
        shown = [found.zone.example]
    for package in shown:
        yield tuple(package[issue] for issue in case.issues)


def _ways_out(talk: Talk, found: ImpasseResult) -> Iterator[str]:
    """Say for each way out which sides would have to give up which of their words."""
    items = {item.id: (room.side.name, item.current) for room, item in talk.items()}
    for way in found.ways_out if found.zone.empty else ():
        given_up = (items[position.removeprefix("of-")] for position in way.relax)
        yield "; ".join(f"{side}: {words}" for side, words in given_up)
