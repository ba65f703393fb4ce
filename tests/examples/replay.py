"""Replays an example day by day, and reads it as a careful editor would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from goodoffices.model import Case, Position, Proposal, Response, Rule, issues_in, meets

EXAMPLES = Path(__file__).parents[2] / "examples"
LONGEST_QUOTE = 12
"""Words that a quoted fragment may have."""
LOADED = frozenset(
    {
        *("aggressor", "atrocious", "barbaric", "blackmail", "brutal", "cowardly", "cynical"),
        *("evil", "extremist", "fake", "generous", "heroic", "historic", "humiliating", "illegal"),
        *("illegitimate", "intransigent", "notorious", "obstinate", "outrageous", "puppet"),
        *("reckless", "regime", "shameful", "so-called", "stubborn", "terrorist", "unjustified"),
        *("unprovoked", "unreasonable"),
    }
)
"""Words that take a side; they may be quoted, never be ours."""
OWN_WORDS = ("says", "note", "summary", "question", "text", "name", "options")
"""The fields of a case that hold our words; titles and quotes are their authors'."""

Demand = Position | Rule


def load(name: str) -> Case:
    """Read an example with every scalar as text, as the case format has it."""
    text = (EXAMPLES / name / "case.yaml").read_text(encoding="utf-8")
    return Case.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def _touched(demand: Demand) -> frozenset[str]:
    return frozenset().union(*(issues_in(condition) for _, condition in demand.conditions))


def packages(case: Case, demands: Sequence[Demand]) -> Iterator[dict[str, str]]:
    """Yield every package that meets the rules and the demands, one issue after the other.

    A demand is looked at as soon as every issue that it touches has its term, so that most of the
    packages need not be written out; which ones are yielded does not depend on that.
    """
    binding = [*case.rules, *(d for d in demands if isinstance(d, Rule) or d.binding)]
    order = sorted(case.issues, key=lambda name: not any(name in _touched(d) for d in binding))
    due = [
        [d for d in binding if max(map(order.index, _touched(d))) == k] for k in range(len(order))
    ]

    def extend(package: dict[str, str]) -> Iterator[dict[str, str]]:
        if len(package) == len(order):
            yield package
            return
        name, judges = order[len(package)], due[len(package)]
        for index in range(case.issues[name].size):
            longer = {**package, name: case.issues[name].option(index)}
            if all(meets(demand, longer, case.issues) for demand in judges):
                yield from extend(longer)

    return extend({})


def can_be_met(case: Case, demands: Sequence[Demand]) -> bool:
    """Whether some package meets the rules and these demands."""
    return next(packages(case, demands), None) is not None


def is_open(case: Case, *, without: Sequence[str] = ()) -> bool:
    """Whether a package meets every position in force but those named."""
    return can_be_met(case, [p for p in case.in_force if p.id not in without])


def conflicts(case: Case) -> set[frozenset[str]]:
    """Return every smallest set of positions in force that no package meets together."""
    found: set[frozenset[str]] = set()

    def smallest(positions: list[Position]) -> frozenset[str]:
        for position in list(positions):
            fewer = [p for p in positions if p is not position]
            if not can_be_met(case, fewer):
                positions = fewer
        return frozenset(p.id for p in positions)

    def search(positions: list[Position]) -> None:
        if can_be_met(case, positions):
            return
        conflict = smallest(positions)
        found.add(conflict)
        for id in conflict:
            search([p for p in positions if p.id != id])

    search([p for p in case.in_force if p.binding])
    return found


def answers(case: Case) -> Iterator[tuple[Proposal, str, Response]]:
    """Yield every answer in the record, with its proposal and the party that gave it."""
    for proposal in case.proposals:
        for party, responses in proposal.responses.items():
            for response in responses:
                yield proposal, party, response


def fits_own_positions(case: Case, proposal: Proposal, party: str, response: Response) -> bool:
    """Whether a party's positions on the day of its answer leave room for the proposal."""
    assert response.date is not None
    terms = Rule.model_validate({"id": "terms", "requires": proposal.terms})
    return can_be_met(case, [terms, *case.on(response.date).positions_of(party)])


def unsourced(case: Case) -> list[str]:
    """Return what names no statement of the case as its source."""
    sourced = [(p.id, p.source) for p in case.positions]
    sourced += [(p.id, p.source) for p in case.proposals]
    sourced += [(rule.id, rule.source) for rule in case.rules]
    sourced += [(id, figure.source) for id, figure in case.figures.items()]
    sourced += [(f"{p.id}/{party}", r.source) for p, party, r in answers(case)]
    if case.moves is not None:
        sourced += [(id, move.source) for id, move in case.moves.options.items()]
        sourced += [(id, order.source) for id, order in case.moves.preferences.items()]
    return [id for id, source in sourced if not source or not set(source) <= set(case.statements)]


def long_quotes(case: Case) -> list[str]:
    """Return the statements that quote more than a short fragment."""
    return [
        id
        for id, statement in case.statements.items()
        if statement.quote and len(statement.quote.split()) > LONGEST_QUOTE
    ]


def own_words(case: Case) -> Iterator[str]:
    """Yield every word of the case that is ours, in lower case and without its punctuation."""
    data = case.model_dump(mode="json", by_alias=True, exclude={"documents", "persons"})

    def texts(value: object, ours: bool) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield from texts(part, ours or key in OWN_WORDS)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part, ours)
        elif ours and isinstance(value, str):
            yield value

    for text in texts(data, ours=False):
        yield from (word.strip(".,;:()\"'").lower() for word in text.split())


def loaded_words(case: Case) -> frozenset[str]:
    """Return the words of ours that take a side."""
    return LOADED.intersection(own_words(case))
