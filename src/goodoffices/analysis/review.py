"""Review: what a careful editor would ask about a case that has no errors.

Nothing here is wrong by form. A warning names something that is either news or a gap in the
record: a position without a source, a side at odds with itself, an answer that does not fit what
the side holds, claims that cannot all be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Literal

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.zone.enumeration import region_solver
from goodoffices.analysis.zone.factoring import Factoring
from goodoffices.analysis.zone.knots import Region, regions
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case, Position, Proposal, Response, disagree

WarningKind = Literal[
    "position-without-source",
    "proposal-without-source",
    "answer-without-source",
    "inferred-shown-as-stated",
    "party-contradicts-itself",
    "rules-contradict",
    "accepts-against-position",
    "rejects-what-it-could-accept",
    "issue-without-position",
    "figures-disagree",
    "party-without-position",
]


@dataclass(frozen=True, slots=True)
class EditorWarning:
    """One thing that an editor would ask about.

    Attributes:
        kind: what it is.
        path: place in the case file.
        about: ids and values that it rests on, by role.
    """

    kind: WarningKind
    path: tuple[str | int, ...]
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What an editor would ask about a case.

    The questions are over the whole record, every day of it, not only the case's own day.
    """

    case: str
    warnings: tuple[EditorWarning, ...]
    method: str = "editor's questions over the whole record"

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        data: dict[str, Any] = json_form(self)
        return data


def review(case: Case) -> ReviewResult:
    """Ask of a case what a careful editor would.

    >>> from goodoffices.model import Case
    >>> case = Case.model_validate({
    ...     "case": "Talks", "parties": {"ana": {"name": "Ana"}},
    ...     "issues": {"window": {"question": "At night?", "options": ["open", "shut"]}},
    ...     "positions": [{"id": "a1", "party": "ana", "requires": {"window": "open"}}],
    ... })
    >>> [warning.kind for warning in review(case).warnings]
    ['position-without-source']
    """
    warnings = [
        *_sources(case),
        *_contradictions(case),
        *_answers(case),
        *_silences(case),
        *_claims(case),
    ]
    return ReviewResult(case.case, tuple(sorted(warnings, key=_place)))


def _place(warning: EditorWarning) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    steps = ((isinstance(s, str), s if isinstance(s, int) else 0, str(s)) for s in warning.path)
    return tuple(steps), warning.kind


def _sources(case: Case) -> Iterator[EditorWarning]:
    """Ask what things rest on, and whether the side said what is shown as stated."""
    for number, position in enumerate(case.positions):
        about = {"position": position.id, "party": position.party}
        if not position.source:
            yield EditorWarning("position-without-source", ("positions", number), about)
        elif position.status == "stated" and not _said_by_party(case, position):
            yield EditorWarning("inferred-shown-as-stated", ("positions", number, "status"), about)
    for number, proposal in enumerate(case.proposals):
        if not proposal.source:
            about = {"proposal": proposal.id}
            yield EditorWarning("proposal-without-source", ("proposals", number), about)
        for side, responses in proposal.responses.items():
            if not all(response.source for response in responses):
                about = {"proposal": proposal.id, "side": side}
                path = ("proposals", number, "responses", side)
                yield EditorWarning("answer-without-source", path, about)


def _said_by_party(case: Case, position: Position) -> bool:
    statements = [case.statements[id] for id in position.source if id in case.statements]
    return any(case.side_of(statement.by) == position.party for statement in statements)


def record_days(case: Case) -> list[date | None]:
    """Return one day in each stretch over which the same positions are in force, in order.

    A record without dates has one stretch: the case's own day, or None for no day.
    """
    bounds = {
        bound.first for p in case.positions for bound in (p.since, p.until) if bound is not None
    }
    before = [min(bounds) - timedelta(days=1)] if bounds and min(bounds) > date.min else []
    return [*before, *sorted(bounds)] or [case.day]


def _contradictions(case: Case) -> Iterator[EditorWarning]:
    """Ask about sides whose positions of one day cannot all be met, each contradiction once."""
    seen: set[tuple[str, ...]] = set()
    for day in record_days(case):
        system = System.of(case.on(day) if day else case)
        for party in (None, *sorted(case.parties)):
            numbers = [n for n, p in enumerate(system.positions) if p.party == party]
            for conflict in _conflicts(system, numbers):
                if conflict not in seen and (conflict or party is None):
                    seen.add(conflict)
                    yield _contradiction(case, party, conflict, day)


def _conflicts(system: System, numbers: list[int]) -> Iterator[tuple[str, ...]]:
    for region in regions(system, numbers):
        yield from _conflicts_in(system, region)


def _conflicts_in(system: System, region: Region) -> Iterator[tuple[str, ...]]:
    local = {axis: number for number, axis in enumerate(region.axes)}
    clauses = [
        [tuple((local[axis], mask) for axis, mask in clause) for clause in group]
        for group in (*region.groups, region.hard)
    ]
    with region_solver(system, region) as solver:
        for conflict in Factoring(solver, clauses[:-1], clauses[-1]).search():
            yield system.ids(region.positions[group] for group in conflict)


def _contradiction(
    case: Case, party: str | None, conflict: tuple[str, ...], day: date | None
) -> EditorWarning:
    if party is None:
        return EditorWarning("rules-contradict", ("rules",), {})
    numbers = [n for n, position in enumerate(case.positions) if position.id in conflict]
    about: dict[str, Any] = {"party": party, "positions": list(conflict)}
    if day is not None:
        about["day"] = day.isoformat()
    return EditorWarning("party-contradicts-itself", ("positions", numbers[-1]), about)


def _answers(case: Case) -> Iterator[EditorWarning]:
    """Ask about recorded answers that do not fit the side's positions on the day."""
    for number, proposal in enumerate(case.proposals):
        for side in proposal.responses:
            if side not in case.parties:
                continue
            for response in proposal.responses[side]:
                path = ("proposals", number, "responses", side)
                yield from _answer(case, proposal, (side, response), path)


def _answer(
    case: Case, proposal: Proposal, answer: tuple[str, Response], path: tuple[str | int, ...]
) -> Iterator[EditorWarning]:
    side, response = answer
    if response.answer not in {"accepts", "rejects"}:
        return
    when = response.date or proposal.date
    day = when.last if when is not None else case.day
    then = case if day is None else case.on(day)
    broken, fits = _standing(then, proposal, side)
    about: dict[str, Any] = {"proposal": proposal.id, "party": side}
    if day is not None:
        about["day"] = day.isoformat()
    if response.answer == "accepts" and broken:
        held = {p.id: p for p in then.in_force}
        red = [id for id in broken if held[id].firmness == "red-line"]
        yield EditorWarning(
            "accepts-against-position", path, {**about, "positions": broken, "red_lines": red}
        )
    if response.answer == "rejects" and fits and any(p.binding for p in then.positions_of(side)):
        yield EditorWarning("rejects-what-it-could-accept", path, about)


def _standing(case: Case, proposal: Proposal, side: str) -> tuple[list[str], bool]:
    """Return the side's positions that the terms break, and whether they fit all of them."""
    system = System.of(case)
    space = system.space
    with system.solver() as solver:
        held = []
        for name, option in proposal.terms.items():
            index = space.issues[name].index(option)
            if index is None:
                raise ValueError(f"issue {name} has no option {option}")
            number = space.numbers[name]
            cell = space.axes[number].cell_of(index)
            held += solver.encoding.cell_literals(number, cell)
        own = [n for n, position in enumerate(system.positions) if position.party == side]
        broken = [system.positions[n].id for n in own if not solver.fits([n], held)]
        return broken, solver.fits(own, held)


def _silences(case: Case) -> Iterator[EditorWarning]:
    """Ask about issues and parties of which no position speaks."""
    spoken = frozenset().union(*(position.issues for position in case.positions))
    for name in case.issues:
        if name not in spoken:
            yield EditorWarning("issue-without-position", ("issues", name), {"issue": name})
    holders = {position.party for position in case.positions}
    for party in case.parties:
        if party not in holders:
            yield EditorWarning("party-without-position", ("parties", party), {"party": party})


def _claims(case: Case) -> Iterator[EditorWarning]:
    """Ask about figures on one measure that cannot all be right."""
    for (one_id, one), (other_id, other) in combinations(case.figures.items(), 2):
        if disagree(one, other):
            about = {"measure": one.measure, "figures": [one_id, other_id]}
            yield EditorWarning("figures-disagree", ("figures", other_id), about)
