"""What `impasse` answers: frozen results that carry their reasons as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from goodoffices.analysis.json_form import json_form
from goodoffices.analysis.zone.costs import Alone as Alone
from goodoffices.analysis.zone.costs import Cost as Cost
from goodoffices.analysis.zone.costs import Missing as Missing
from goodoffices.analysis.zone.costs import Terms as Terms


@dataclass(frozen=True, slots=True)
class IssueZone:
    """What the zone leaves of one issue.

    Attributes:
        possible: options that some package of the zone has; of a range with more than 1,000 values,
            bands written ``low..high``.
        settled: the option that every package of the zone has, or None.
        excluded: for each other option (or band), a smallest-as-can-be set of positions which,
            with the rules, leave no package with it; empty when the rules alone exclude it.
    """

    possible: tuple[str, ...]
    settled: str | None
    excluded: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Zone:
    """The packages that meet every rule and position in force.

    Attributes:
        empty: whether there is none.
        packages: exact number of packages; None when counting was stopped by a limit.
        space: number of all packages, whether or not they meet anything.
        issues: what is left of each issue.
        example: one package of the zone, or None.
    """

    empty: bool
    packages: int | None
    space: int
    issues: Mapping[str, IssueZone]
    example: Terms | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A point of contention: positions that no package meets together; each is needed for it.

    ``positions`` is empty when the rules contradict each other by themselves.
    """

    id: str
    positions: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    knot: str


@dataclass(frozen=True, slots=True)
class Knot:
    """Points of contention that hang together: they share positions, directly or through others.

    ``ways_out`` is how many ways out the knot has by itself; None when not all were found.
    """

    id: str
    conflicts: tuple[str, ...]
    positions: tuple[str, ...]
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    ways_out: int | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """Positions which, given up, open the zone; none of them could be kept.

    Attributes:
        relax: the positions given up, in the order of the case.
        parties: the parties that hold them.
        cost: what it costs.
        packages: exact number of packages that it opens; None when a limit stopped the count.
        example: one of these packages.
    """

    relax: tuple[str, ...]
    parties: tuple[str, ...]
    cost: Cost
    packages: int | None
    example: Terms


@dataclass(frozen=True, slots=True)
class EvenWayOut:
    """The way out whose largest burden on one party is smallest, then the next largest, ..."""

    relax: tuple[str, ...]
    cost: Cost
    burden: Mapping[str, Cost]


@dataclass(frozen=True, slots=True)
class Amendment:
    """The fewest terms of a proposal to change so that it lies in a zone.

    Attributes:
        change: the new option of each changed issue; empty when, after that way out, the
            proposal is acceptable as it is.
        after: the way out whose zone it is; empty when it is the zone itself.
        package: a whole package of that zone with these changes.
    """

    change: Terms
    after: tuple[str, ...]
    package: Terms


@dataclass(frozen=True, slots=True)
class ProposalFinding:
    """Where a proposal stands.

    Attributes:
        breaks: for each party, its positions that the proposal's terms leave no room for.
        rules_broken: the rules that they leave no room for.
        acceptable: whether the terms can be completed to a package of the zone.
        amendments: smallest amendments, all of equal size for the same ``after``.
        amendments_complete: whether these are all.
    """

    breaks: Mapping[str, tuple[str, ...]]
    rules_broken: tuple[str, ...]
    acceptable: bool
    amendments: tuple[Amendment, ...]
    amendments_complete: bool


@dataclass(frozen=True, slots=True)
class OptionDemand:
    """What one position asks of a new option.

    Attributes:
        position: the position.
        party: the party that holds it.
        counts_as: the new option would have to count as one of these (named options).
        counts_as_none_of: it may count as none of these (named options).
        bounds: for a range, the bands of which the new number would have to lie in one; each has
            ``at-least`` or ``above``, ``at-most`` or ``below``, or one of them, with a number.
        when: whether the position asks it only in some packages.
    """

    position: str
    party: str
    counts_as: tuple[str, ...]
    counts_as_none_of: tuple[str, ...]
    bounds: tuple[Mapping[str, str], ...]
    when: bool


@dataclass(frozen=True, slots=True)
class NewOption:
    """An issue whose options are all refused by somebody, and what a new one would have to meet.

    Attributes:
        issue: the issue.
        refused: for each option, the positions that stand against it.
        demands: exactly what each position asks of a new option.
        opens: whether an option that no position names would open the zone, nobody moving.
        values: for a range, the bands of numbers off its steps that would open the zone, as
            ``bounds`` has them.
        example: the rest of a package with such an option; None when it would not open the zone.
    """

    issue: str
    refused: Mapping[str, tuple[str, ...]]
    demands: tuple[OptionDemand, ...]
    opens: bool
    values: tuple[Mapping[str, str], ...]
    example: Terms | None


@dataclass(frozen=True, slots=True)
class ImpasseResult:
    """What the sides are stuck on, and the smallest movements that would free them.

    `to_data` gives the JSON form; `missing` says what a limit kept out.
    """

    case: str
    as_of: str | None
    zone: Zone
    conflicts: tuple[Conflict, ...]
    conflicts_complete: bool
    knots: tuple[Knot, ...]
    ways_out: tuple[WayOut, ...]
    ways_out_complete: bool
    ways_out_total: int | None
    alone: Mapping[str, Alone | None]
    most_even: EvenWayOut | None
    proposals: Mapping[str, ProposalFinding]
    new_options: tuple[NewOption, ...]
    missing: tuple[Missing, ...]
    method: str
    parameters: Mapping[str, Any]
    positions: tuple[str, ...]
    numeric: frozenset[str] = field(default_factory=frozenset, repr=False)

    def to_data(self) -> dict[str, Any]:
        """Return the result as plain data for JSON: documented keys, in a fixed order.

        Counts past 2**53 are decimal strings; options of numeric issues are numbers.
        """
        data: dict[str, Any] = json_form(self, numeric=self.numeric)
        return data

    def __str__(self) -> str:
        head = f"{self.case}" + (f" as of {self.as_of}" if self.as_of else "")
        if not self.zone.empty:
            count = "not counted" if self.zone.packages is None else f"{self.zone.packages:,}"
            return f"{head}: the zone is open; packages: {count}"
        lines = [f"{head}: the zone is empty"]
        lines += [
            f"  {conflict.id}: {', '.join(conflict.positions)}" for conflict in self.conflicts
        ]
        lines += [f"  way out: give up {', '.join(way.relax)}" for way in self.ways_out]
        lines += [f"  missing: {missing.what} ({missing.limit})" for missing in self.missing]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [
            f"<tr><th scope='row'>{escape(conflict.id)}</th>"
            f"<td>{escape(', '.join(conflict.positions))}</td></tr>"
            for conflict in self.conflicts
        ]
        rows += [
            f"<tr><th scope='row'>way out</th><td>{escape(', '.join(way.relax))}</td></tr>"
            for way in self.ways_out
        ]
        title = escape(str(self).splitlines()[0])
        return f"<table><caption>{title}</caption>{''.join(rows)}</table>"
