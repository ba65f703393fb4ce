"""What the fields of an act can be chosen from, and what they start with, from a view alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import QueryParams

from goodoffices.desk.forms import FORMS
from goodoffices.talks import Caveat, DeskView, RoomView

_MORE_CLAUSES = 3
_FEWEST_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause as its fields start."""

    label: str
    text: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from, as name and words, and what stands there already.

    Attributes:
        own: people of the side whose caveat is set.
        conditions: what has to come first for the items that a release relies on.
        clauses: the clauses of the current version, and empty ones.
    """

    caveat: Caveat | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    recipients: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    clauses: tuple[ClauseRow, ...] = ()


def choices(seen: RoomView | DeskView, name: str, given: Mapping[str, Any]) -> Choices:
    """Return what the fields of an act can be chosen from."""
    if isinstance(seen, RoomView):
        own = {person.id: person.name for person in seen.people if person.id != seen.me.id}
        found = {item.id: item.caveat for item in seen.entrusted}
        return Choices(caveat=found.get(str(given.get("item"))), own=own, person=own)
    return _at_the_desk(seen, name, given)


def _at_the_desk(desk: DeskView, name: str, given: Mapping[str, Any]) -> Choices:
    parties = {side.id: side.name for side in desk.sides if not side.left}
    people = {
        person.id: f"{parties[side]}: {person.name}"
        for side, group in desk.people.items()
        if side in parties
        for person in group
    }
    team = {person.id: person.name for person in desk.people["mediator"]}
    item = next((item for item in desk.entrusted if item.id == given.get("item")), None)
    rests_on = set(_listed(given.get("relies_on")))
    conditions = {
        first for item in desk.entrusted if item.id in rests_on for first in item.effective.first
    }
    side = item.side if item else str(given.get("side", ""))
    return Choices(
        caveat=item.effective if item else None,
        own={person.id: person.name for person in desk.people.get(side, ())},
        recipients=parties | people,
        sides=parties | ({"mediator": "—"} if name == "invite" else {}),
        person={id_: who for id_, who in team.items() if id_ != desk.me.id},
        items=_items(desk, parties),
        conditions=tuple(sorted(conditions)),
        clauses=_clauses(desk),
    )


def _items(desk: DeskView, sides: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a release or a note can rest on: what was entrusted, and the team's notes."""
    items = {
        item.id: f"{sides[item.side]}: {item.spoken[-1]}"
        for item in desk.entrusted
        if item.side in sides and not item.withdrawn
    }
    return items | {note.id: note.words[-1] for note in desk.notes}


def _clauses(desk: DeskView) -> tuple[ClauseRow, ...]:
    """Return the clauses as they stand, and room for more."""
    rows = [ClauseRow(row.label, row.text, row.terms, row.rests_on) for row in desk.standing]
    more = max(_MORE_CLAUSES, _FEWEST_CLAUSES - len(rows))
    used = {row.label for row in rows}
    labels = (str(number) for number in range(1, len(rows) + more + len(used) + 1))
    free = [label for label in labels if label not in used][:more]
    return (*rows, *(ClauseRow(label) for label in free))


def starting_values(seen: RoomView | DeskView, name: str, query: QueryParams) -> Mapping[str, Any]:
    """Return what the fields of an act start with: what the link that led here named."""
    keys = {field.key: field for field in FORMS[name].fields}
    given: dict[str, Any] = {}
    for key, value in query.items():
        if key in keys:
            several = keys[key].kind in {"recipients", "items"}
            given[key] = value.split() if several else value
    if name == "read-back" and isinstance(seen, DeskView):
        item = next((item for item in seen.entrusted if item.id == given.get("item")), None)
        if item is not None:
            given |= {"words": item.spoken[-1], "to": [item.side]}
    if name == "reply" and isinstance(seen, RoomView) and "question" not in given:
        given["question"] = None
    return given


def _listed(value: object) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []
