"""What can be understood of a case file, whatever else may be wrong with it.

The checks of references look at this and not at a case, so that one misspelt key does not hide
every other problem. What the model has already refused is left out here without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.places import nearest, one_of
from goodoffices.model import Case, Issue, PartialDate
from goodoffices.model.conditions import Path

Known = Mapping[str, object] | None
"""The names that a reference may use; None when they are not known and any may be right."""


class Content:
    """The sections of a case file, as far as each has the form that it should have."""

    def __init__(self, data: Any, case: Case | None = None) -> None:
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self.parties = self.ids("parties", required=True)
        self.third_parties = self.ids("third-parties")
        self.persons = self.ids("persons")
        self.bodies = joined(self.parties, self.third_parties)
        self.anybody = joined(self.bodies, self.persons)
        self.documents = self.ids("documents")
        self.statements = self.ids("statements")
        self.issues = self._issues(case)

    def ids(self, section: str, *, required: bool = False) -> Known:
        """Return the ids of a section; None when it cannot be told what they are."""
        value = self.data.get(section, None if required else {})
        return value if isinstance(value, dict) else None

    def _issues(self, case: Case | None) -> Mapping[str, Issue | None] | None:
        """Return the issues by id, None for an issue that is not well formed."""
        if case is not None:
            return case.issues
        known = self.ids("issues")
        return None if known is None else {id: _issue(value) for id, value in known.items()}

    def entries(self, section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the entries of a section that is a mapping, with their places."""
        yield from entries(self.data.get(section), (section,))

    def rows(self, section: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the entries of a section that is a list, with their places."""
        yield from rows(self.data.get(section), (section,))

    def responses(self) -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
        """Yield every response with its place and its proposal."""
        for path, proposal in self.rows("proposals"):
            sides = proposal.get("responses")
            for side, value in sides.items() if isinstance(sides, dict) else ():
                place = (*path, "responses", side)
                if isinstance(value, dict):
                    yield place, value, proposal
                for inner, response in rows(value, place):
                    yield inner, response, proposal


def _issue(data: Any) -> Issue | None:
    try:
        return Issue.model_validate(data, by_alias=True, by_name=False)
    except ValidationError:
        return None


def joined(*known: Known) -> Known:
    """Return the names of several groups together."""
    names: dict[str, object] = {}
    for group in known:
        if group is None:
            return None
        names.update(group)
    return names


def entries(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the mappings in a mapping, with their places."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, dict):
                yield (*path, key), entry


def rows(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the mappings in a list, with their places."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield (*path, index), entry


def names_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the names that a value consists of: one, or a list of them, or of lists of them."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from names_in(part, (*path, index))


def unknown(names: Iterable[tuple[Path, str]], known: Known, kind: str) -> Iterator[Fault]:
    """Yield a fault for every name that is none of the known ones."""
    if known is None:
        return
    for path, name in names:
        if name not in known:
            yield Fault(path, one_of(known, kind), name, nearest(name, known))


def repeated(names: Iterable[tuple[Path, str]], kind: str) -> Iterator[Fault]:
    """Yield a fault for every name that has been given before."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Fault(path, f"each {kind} once", name)
        seen.add(name)


def date_of(entry: Mapping[str, Any], key: str) -> PartialDate | None:
    """Return a date of an entry, None when there is none or it is not one."""
    try:
        return PartialDate.parse(entry[key]) if isinstance(entry.get(key), str) else None
    except ValueError:
        return None
