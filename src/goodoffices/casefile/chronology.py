"""Dates that cannot be: answers before the question, reports of what had not happened yet.

Only what is impossible is a fault. A month or a year is a span, and two spans contradict each
other only when no day of the one could be right. Between the day of an event and the day on
which a document reports it, one day is allowed for time zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from goodoffices.casefile.content import Content, date_of, names_in
from goodoffices.casefile.lineage import proposal_places
from goodoffices.casefile.nodes import Fault
from goodoffices.model.conditions import Path

_ZONES = timedelta(days=1)


def chronology_faults(content: Content) -> Iterator[Fault]:
    """Yield the faults of dates that cannot all be right."""
    yield from _statement_faults(content)
    yield from _figure_faults(content)
    yield from _proposal_faults(content)
    yield from _response_faults(content)


def _published(content: Content, document: Any) -> date | None:
    entry = (content.documents or {}).get(str(document))
    published = date_of(entry, "published") if isinstance(entry, dict) else None
    return published.last if published else None


def _late(day: date, last: date) -> bool:
    return last < date.max - _ZONES and day > last + _ZONES


def _statement_faults(content: Content) -> Iterator[Fault]:
    for path, statement in content.entries("statements"):
        said = date_of(statement, "date")
        last = _published(content, statement.get("document"))
        if said and last and _late(said.first, last):
            words = f"a date not after {last}, when its document was published"
            yield Fault((*path, "date"), words, str(said))


def _figure_faults(content: Content) -> Iterator[Fault]:
    for path, figure in content.entries("figures"):
        since, as_of, by = (date_of(figure, key) for key in ("since", "as-of", "by"))
        for key, end in (("as-of", as_of), ("by", by)):
            if since and end and end.last < since.first:
                words = f"a date not before {since}, when its period begins"
                yield Fault((*path, key), words, str(end))
        last = _last_report(content, figure, path)
        claimed = figure.get("kind", "claimed") == "claimed"
        if claimed and as_of and last and _late(as_of.first, last):
            words = f"a date not after {last}, when the figure was published"
            yield Fault((*path, "as-of"), words, str(as_of))


def _last_report(content: Content, entry: Mapping[str, Any], path: Path) -> date | None:
    """Return the last day on which a source of an entry was published, None when one is open."""
    days: list[date] = []
    for _, name in names_in(entry.get("source"), path):
        statement = (content.statements or {}).get(name)
        document = statement.get("document") if isinstance(statement, dict) else None
        day = _published(content, document)
        if day is None:
            return None
        days.append(day)
    return max(days, default=None)


def _proposal_faults(content: Content) -> Iterator[Fault]:
    places = proposal_places(content)
    proposals = dict(content.rows("proposals"))
    for path, proposal in proposals.items():
        made = date_of(proposal, "date")
        for _, name in names_in(proposal.get("based-on"), path):
            earlier = date_of(proposals[places[name]], "date") if name in places else None
            if made and earlier and made.last < earlier.first:
                words = f"a date not before {earlier}, when {name} was made, on which it is based"
                yield Fault((*path, "date"), words, str(made))


def _response_faults(content: Content) -> Iterator[Fault]:
    for path, response, proposal in content.responses():
        given, made = date_of(response, "date"), date_of(proposal, "date")
        if given and made and given.last < made.first:
            words = f"a date not before {made}, when the proposal was made"
            yield Fault((*path, "date"), words, str(given))
