"""Figures: who claims which quantity, over time, and where the claims cannot all be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from goodoffices.analysis.json_form import json_form, option_form
from goodoffices.errors import NotFoundError
from goodoffices.model import (
    ABOUT_SHARE,
    Case,
    ClaimRelation,
    Figure,
    PartialDate,
    common_reach,
    compare,
    number_text,
    reach,
)

METHOD = "every two claims of one measure, unit and time compared by the values that they allow"

Amount = int | float | str
"""A number as JSON has it, or its text where a JSON number would not keep it exactly."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the record, with who stands behind it.

    Attributes:
        id: the figure.
        kind: ``claimed``, ``estimated``, ``wanted`` or ``ordered``.
        bound: how the value is to be read.
        value: the value; the lower end of ``between``.
        high: the upper end of ``between``, else None.
        reach: the lowest and the highest value that it allows, each None where there is no end.
        unit: the unit, or None.
        as_of: the date that it speaks of, or None.
        since: the start of the period that it covers, or None.
        by: the target date of what is wanted, or None.
        source: the statements that it rests on.
        speaker: who made the first of them; None for the document's own voice.
        side: the party or third party that the speaker speaks for, or None.
        said: the date of the first statement, or None.
        confidential: whether a statement that it rests on was made in confidence.
    """

    id: str
    kind: str
    bound: str
    value: Amount
    high: Amount | None
    reach: tuple[Amount | None, Amount | None]
    unit: str | None
    as_of: str | None
    since: str | None
    by: str | None
    source: tuple[str, ...]
    speaker: str | None
    side: str | None
    said: str | None
    confidential: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims of one thing at one time.

    Attributes:
        figures: the two figures, in the order of the claims.
        relation: ``disagree`` (no value is allowed by both), ``same`` (both allow exactly the
            same) or ``compatible``.
        common: the ends of what both allow, each None where there is no end; None when they
            disagree.
        same_speaker: whether one speaker made both claims.
        confidential: whether one of them rests on what was said in confidence.
    """

    figures: tuple[str, str]
    relation: ClaimRelation
    common: tuple[Amount | None, Amount | None] | None
    same_speaker: bool
    confidential: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """The claims on one measure, by the time that they speak of, and how they stand."""

    measure: str
    claims: tuple[Claim, ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class FiguresResult:
    """Every measure of a case with all that is claimed of it by the case's day."""

    case: str
    as_of: str | None
    measures: tuple[Measure, ...]
    confidential: bool
    method: str
    parameters: Mapping[str, Any]

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        data: dict[str, Any] = json_form(self)
        return data


def figures(case: Case, *, measure: str | None = None) -> FiguresResult:
    """Say who claims what, measure by measure, and where the claims cannot all be so.

    What was not yet said on the case's day is left out.

    Args:
        case: the case, read as of its day.
        measure: the only measure to tell of; all of them without it.

    Raises:
        NotFoundError: the case has no figure on this measure.

    >>> case = Case.model_validate({
    ...     "case": "Talks", "parties": {"ana": {"name": "Ana"}},
    ...     "documents": {"d": {"title": "Paper"}},
    ...     "statements": {"s": {"document": "d", "by": "ana"}, "t": {"document": "d"}},
    ...     "figures": {"f": {"measure": "posts", "value": 40, "bound": "about", "source": "s"},
    ...                 "g": {"measure": "posts", "value": 50, "source": "t"}},
    ... })
    >>> figures(case).measures[0].comparisons[0].relation
    'disagree'
    """
    known = {figure.measure for figure in case.figures.values()}
    if measure is not None and measure not in known:
        near = get_close_matches(measure, sorted(known), n=1)
        expected = f"a measure of the case{f', as {near[0]}' if near else ''}"
        raise NotFoundError("the measure", expected=expected, found=measure)
    groups: dict[str, dict[str, Figure]] = {}
    for id, figure in case.figures.items():
        said = any(case.known(case.statements[source].date) for source in figure.source)
        if said and measure in {None, figure.measure}:
            groups.setdefault(figure.measure, {})[id] = figure
    measures = tuple(_measure(case, name, group) for name, group in groups.items())
    return FiguresResult(
        case=case.case,
        as_of=str(case.as_of) if case.as_of else None,
        measures=measures,
        confidential=any(claim.confidential for found in measures for claim in found.claims),
        method=METHOD,
        parameters={"about_share": float(ABOUT_SHARE), "measure": measure},
    )


def _measure(case: Case, name: str, group: Mapping[str, Figure]) -> Measure:
    claims = sorted((_claim(case, id, figure) for id, figure in group.items()), key=_time)
    found = [
        comparison
        for one, other in combinations(claims, 2)
        if (comparison := _comparison(group, one, other)) is not None
    ]
    return Measure(name, tuple(claims), tuple(found))


def _time(claim: Claim) -> tuple[bool, str]:
    """Sort by the time that a claim speaks of, else by the day it was made; undated ones last."""
    when = claim.as_of or claim.since or claim.by or claim.said
    return when is None, "" if when is None else PartialDate.parse(when).first.isoformat()


def _claim(case: Case, id: str, figure: Figure) -> Claim:
    first = case.statements[figure.source[0]]
    low, high = reach(figure)
    return Claim(
        id=id,
        kind=figure.kind,
        bound=figure.bound,
        value=option_form(figure.value_text),
        high=None if figure.high is None else option_form(number_text(figure.high)),
        reach=(_amount(low), _amount(high)),
        unit=figure.unit,
        as_of=_date(figure.as_of),
        since=_date(figure.since),
        by=_date(figure.by),
        source=figure.source,
        speaker=first.by,
        side=case.side_of(first.by),
        said=_date(first.date),
        confidential=not case.told_in_confidence.isdisjoint(figure.source),
    )


def _comparison(group: Mapping[str, Figure], one: Claim, other: Claim) -> Comparison | None:
    first, second = group[one.id], group[other.id]
    relation = compare(first, second)
    if relation is None:
        return None
    low, high = common_reach(first, second)
    return Comparison(
        figures=(one.id, other.id),
        relation=relation,
        common=None if relation == "disagree" else (_amount(low), _amount(high)),
        same_speaker=one.speaker == other.speaker,
        confidential=one.confidential or other.confidential,
    )


def _amount(number: Any) -> Amount | None:
    return None if number is None else option_form(number_text(number))


def _date(when: PartialDate | None) -> str | None:
    return None if when is None else str(when)
