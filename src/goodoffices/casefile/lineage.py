"""What proposals are based on and answered with: known proposals, and no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodoffices.casefile.content import Content, names_in, repeated, unknown
from goodoffices.casefile.nodes import Fault
from goodoffices.model.conditions import Path


def lineage_faults(content: Content) -> Iterator[Fault]:
    """Yield the faults of the references from proposal to proposal."""
    known = proposal_places(content)
    parents: dict[str, tuple[str, ...]] = {}
    for path, proposal in content.rows("proposals"):
        names = list(names_in(proposal.get("based-on"), (*path, "based-on")))
        yield from unknown(names, known, "a proposal")
        yield from repeated(names, "proposal")
        parents.setdefault(str(proposal.get("id")), tuple(name for _, name in names))
    for path, response, proposal in content.responses():
        place = (*path, "with")
        names = list(names_in(response.get("with"), place))
        yield from unknown(names, known, "a proposal")
        for _, name in names:
            if name == proposal.get("id"):
                yield Fault(place, "another proposal than the one answered", name)
    for circle in _circles(parents):
        place = (*known[circle[0]], "based-on")
        found = " based on ".join((*circle, circle[0]))
        yield Fault(place, "a lineage that does not come back to itself", found)


def proposal_places(content: Content) -> Mapping[str, Path]:
    """Return the place of every proposal by its id."""
    places: dict[str, Path] = {}
    for path, proposal in content.rows("proposals"):
        if isinstance(proposal.get("id"), str):
            places.setdefault(proposal["id"], path)
    return places


def _circles(parents: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield circles, so that every proposal that lies on one is on one that is yielded or is
    reached again once those are mended; depth first, without recursion."""
    done: set[str] = set()
    for start in parents:
        trail: dict[str, Iterator[str]] = {}
        if start not in done:
            trail[start] = iter(parents[start])
        while trail:
            name = next(reversed(trail))
            parent = next(trail[name], None)
            if parent is None:
                del trail[name]
                done.add(name)
            elif parent in trail:
                names = list(trail)
                yield names[names.index(parent) :]
            elif parent in parents and parent not in done:
                trail[parent] = iter(parents[parent])
