"""Who and what is named in a case file must be there: speakers, documents, statements, ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from goodoffices.casefile.chronology import chronology_faults
from goodoffices.casefile.content import Content, entries, names_in, unknown
from goodoffices.casefile.lineage import lineage_faults
from goodoffices.casefile.moves import move_faults
from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.terms import term_faults
from goodoffices.model.conditions import JOINERS, Path

LineOf = Callable[[Path], int]
"""Tells the line of a place in the file."""

_SOURCED = ("rules", "positions", "proposals")


def reference_faults(content: Content, line_of: LineOf) -> Iterator[Fault]:
    """Yield every fault of what a case file says about its own parts."""
    yield from _name_faults(content, line_of)
    yield from _id_faults(content, line_of)
    yield from _speaker_faults(content)
    yield from _side_faults(content)
    yield from _source_faults(content)
    yield from term_faults(content)
    yield from lineage_faults(content)
    yield from chronology_faults(content)
    yield from move_faults(content)


def _name_faults(content: Content, line_of: LineOf) -> Iterator[Fault]:
    """Names of those who speak are one set; an issue may not be called like a joiner."""
    taken: dict[str, str] = {}
    for section in ("parties", "third-parties", "persons"):
        for id in content.ids(section) or ():
            if id in taken:
                line = line_of((taken[id], id))
                words = "a name that no party, third party or person has"
                yield Fault((section, id), f"{words} (it is on line {line}, too)", id)
            taken.setdefault(id, section)
    for id in content.issues or ():
        if id in JOINERS:
            words = f"another name than {', '.join(JOINERS)}, which join conditions"
            yield Fault(("issues", id), words, id)


def _id_faults(content: Content, line_of: LineOf) -> Iterator[Fault]:
    """Results name positions and rules by their ids, so these are one set; proposals another."""
    for sections in (("rules", "positions"), ("proposals",)):
        seen: dict[str, Path] = {}
        for section in sections:
            for path, entry in content.rows(section):
                id = entry.get("id")
                if not isinstance(id, str):
                    continue
                if id in seen:
                    lines = sorted((line_of(seen[id]), line_of((*path, "id"))))
                    words = f"each id once; it stands on lines {lines[0]} and {lines[1]}"
                    yield Fault((*path, "id"), words, id)
                seen.setdefault(id, (*path, "id"))


def _named(entry: dict[str, Any], path: Path, key: str) -> Iterator[tuple[Path, str]]:
    yield from names_in(entry.get(key), (*path, key))


def _speaker_faults(content: Content) -> Iterator[Fault]:
    """Persons speak for a body; statements have a document and speakers."""
    for path, person in content.entries("persons"):
        yield from unknown(_named(person, path, "of"), content.bodies, "a party or third party")
    for path, statement in content.entries("statements"):
        yield from unknown(_named(statement, path, "document"), content.documents, "a document")
        for key in ("by", "relayed-by"):
            yield from unknown(
                _named(statement, path, key), content.anybody, "a party, third party or person"
            )


def _side_faults(content: Content) -> Iterator[Fault]:
    """Positions and priorities have a party, proposals an author, terms somebody to give them."""
    parties, bodies, anybody = content.parties, content.bodies, content.anybody
    for path, issue in content.entries("issues"):
        names = _named(issue, path, "given-by")
        yield from unknown(names, content.third_parties, "a third party")
    for path, position in content.rows("positions"):
        yield from unknown(_named(position, path, "party"), parties, "a party")
    for path, proposal in content.rows("proposals"):
        for key in ("by", "carrier"):
            yield from unknown(
                _named(proposal, path, key), anybody, "a party, third party or person"
            )
        sides = proposal.get("responses")
        names = (((*path, "responses", side), side) for side in _keys(sides))
        yield from unknown(names, bodies, "a party or third party")
    for path, response, _ in content.responses():
        yield from unknown(_named(response, path, "by"), content.persons, "a person")
    names = ((("priorities", party), party) for party in _keys(content.data.get("priorities")))
    yield from unknown(names, parties, "a party")


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, dict) else ()


def _sourced(content: Content) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Everything that rests on statements."""
    for section in _SOURCED:
        yield from content.rows(section)
    for section in ("figures", "priorities"):
        yield from content.entries(section)
    for path, response, _ in content.responses():
        yield path, response
    moves = content.data.get("moves")
    if isinstance(moves, dict):
        for key in ("options", "preferences", "what-if"):
            yield from entries(moves.get(key), ("moves", key))
        for path, change in entries(moves.get("what-if"), ("moves", "what-if")):
            yield from entries(change.get("options"), (*path, "options"))


def _source_faults(content: Content) -> Iterator[Fault]:
    for path, entry in _sourced(content):
        yield from unknown(_named(entry, path, "source"), content.statements, "a statement")
    for path, figure in content.entries("figures"):
        if figure.get("source") == []:
            yield Fault((*path, "source"), "at least one statement", [])
