"""Who a speaker is: how the text names them, and whom of the case that may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from goodoffices.model import Case, Party, Person, ThirdParty
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.result import SpeakerSort

_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s+(?:[^\W\d_a-z][\w'’.-]*|al-\w+|de|bin|van|von|el))+")


_Named = Party | ThirdParty | Person


class Match(NamedTuple):
    """Whom of a case some words mean."""

    ids: tuple[str, ...]
    suggested: bool
    reason: str


@dataclass(frozen=True)
class Roster:
    """The names of a case, by their words.

    Attributes:
        names: names and aliases, as rows of words in lower case, with the ids they name.
        persons: the ids of persons.
        roles: the role and the side of each person.
        surnames: last names that only one person has.
        written: names as the case writes them, by id.
    """

    names: Mapping[tuple[str, ...], str]
    persons: frozenset[str]
    roles: Mapping[str, tuple[tuple[str, ...], str | None]]
    surnames: Mapping[str, str]
    written: Mapping[str, str]

    @classmethod
    def of(cls, case: Case | None) -> Roster:
        """Return the names of a case; none without one."""
        if case is None:
            return cls({}, frozenset(), {}, {}, {})
        groups: tuple[Mapping[str, _Named], ...] = (case.persons, case.parties, case.third_parties)
        names: dict[tuple[str, ...], str] = {}
        for group in groups:
            for id, entry in group.items():
                for name in (entry.name, *entry.aliases):
                    names.setdefault(worded(name), id)
        return cls(
            {name: id for name, id in names.items() if name},
            frozenset(case.persons),
            {id: (worded(one.role or ""), one.of) for id, one in case.persons.items()},
            dict(_surnames(case)),
            {id: entry.name for group in groups for id, entry in group.items()},
        )

    def match(self, text: str) -> Match | None:
        """Return whom some words mean, or None when they name nobody of the case."""
        if not self.names:
            return None
        words = worded(text)
        if words in self.names:
            id = self.names[words]
            return Match((id,), False, f"a name of {self.written[id]}")
        found = list(self._named_in(words))
        people = [id for id in found if id in self.persons]
        if people:
            return Match(tuple(people[:1]), False, f"names {self.written[people[0]]}")
        for word in words:
            if word in self.surnames:
                id = self.surnames[word]
                return Match((id,), True, f"the last name of {self.written[id]}")
        if (holder := self._holder(words, found)) is not None:
            return Match((holder,), True, f"the role of {self.written[holder]}")
        if not found:
            return self._derived(words)
        if "and" in words and len(found) > 1:
            return Match(tuple(found), False, "names each of them")
        return Match((found[0],), True, f"speaks of {self.written[found[0]]}")

    def _derived(self, words: tuple[str, ...]) -> Match | None:
        """Whom a word formed from a name may mean: "Egyptian" of "Egypt"."""
        for word in words:
            for name, id in self.names.items():
                known = name[-1]
                longer = len(word) - len(known)
                if len(name) == 1 and len(known) > 3 and 0 < longer < 4 and word.startswith(known):
                    return Match((id,), True, f"a word formed from a name of {self.written[id]}")
        return None

    def _named_in(self, words: tuple[str, ...]) -> Iterator[str]:
        """The ids that some words name, each once, longest names first at each place."""
        seen: set[str] = set()
        longest = max(map(len, self.names), default=0)
        place = 0
        while place < len(words):
            sizes = range(min(longest, len(words) - place), 0, -1)
            size = next((n for n in sizes if words[place : place + n] in self.names), 0)
            if size and (id := self.names[words[place : place + size]]) not in seen:
                seen.add(id)
                yield id
            place += size or 1

    def _holder(self, words: tuple[str, ...], found: Iterable[str]) -> str | None:
        """The one person whose role the words name."""
        sides = set(found)
        holders = [
            id
            for id, (role, side) in self.roles.items()
            if role and _holds(words, role) and (not sides or side in sides)
        ]
        return holders[0] if len(holders) == 1 else None


def _surnames(case: Case) -> Iterator[tuple[str, str]]:
    last = [(worded(one.name)[-1:], id) for id, one in case.persons.items()]
    for name, id in last:
        if name and sum(other == name for other, _ in last) == 1:
            yield name[0], id


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[n : n + len(part)] == part for n in range(len(words) - len(part) + 1))


def worded(text: str) -> tuple[str, ...]:
    """Return the words of a name, without articles and possessive endings.

    >>> worded("The Government of Israel's")
    ('government', 'of', 'israel')
    """
    found = (word.lower().replace("’", "'") for word in _WORD.findall(text))
    bare = (word.removesuffix("'s").removesuffix("'") for word in found)
    return tuple(word for word in bare if word not in {"the", "a", "an"})


def sort_of(text: str, words: Lexicon, known: frozenset[str] = frozenset()) -> SpeakerSort:
    """Return how some words name a speaker; ``known`` are last names of persons named before.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> sort_of("Energy Minister Dana Ruiz", lexicon("en")), sort_of("officials", lexicon("en"))
    ('person', 'unnamed')
    """
    row = worded(text)
    if not row:
        return "unnamed"
    if all(word in _pronouns(words) for word in row):
        return "pronoun"
    head = set(_head(row, words))
    if _is_person(text, row, words, known):
        return "person"
    last = _head(row, words)[-1:]
    if not set(last) & words.words("role") and head & words.words("organisation"):
        return "organisation"
    for name, sort in _SORTS:
        if head & words.words(name):
            return sort
    return "organisation" if any(part[:1].isupper() for part in _names(text)) else "unnamed"


_SORTS: tuple[tuple[str, SpeakerSort], ...] = (
    ("evidence", "document"), ("role", "role"), ("unnamed", "unnamed"),
)  # fmt: skip


def _names(text: str) -> list[str]:
    """The words of a text but for its first when that is an article or the like."""
    found = text.split()
    return found[1:] if found and found[0].lower() in {"the", "a", "an", "some"} else found


@cache
def _pronouns(words: Lexicon) -> frozenset[str]:
    return words.words("pronoun") | words.words("nominative") | words.words("possessive")


def _head(row: tuple[str, ...], words: Lexicon) -> tuple[str, ...]:
    """The words before the first preposition, where the head of a name stands, last two."""
    cut = next((n for n, w in enumerate(row) if n and w in words.words("preposition")), len(row))
    return row[max(0, cut - 2) : cut]


def _is_person(text: str, row: tuple[str, ...], words: Lexicon, known: frozenset[str]) -> bool:
    if row[-1] in known and len(row) < 3:
        return True
    first = text.split(",")[0]
    for match in _NAME.finditer(first):
        parts = [part.lower().rstrip(".'’s") for part in match.group().split()]
        plain = [part for part in parts if part not in _not_names(words)]
        if len(plain) >= 2 and not set(plain) & words.words("place"):
            return True
        if parts[-1] in plain and set(parts) & words.words("title"):
            return True
    return False


@cache
def _not_names(words: Lexicon) -> frozenset[str]:
    return words.words("title") | words.words("role") | words.words("organisation") | {"the", "of"}
