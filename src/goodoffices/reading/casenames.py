"""Names of a case in any script, found in a row of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodoffices.model import Case
from goodoffices.reading.phrases import Phrases
from goodoffices.reading.tongue import Language
from goodoffices.reading.writing import Form, Row, Word, bare


@dataclass(frozen=True, eq=False)
class CaseNames:
    """The names and aliases of a case, folded as its language folds words.

    Attributes:
        names: names and aliases, each with the id that it names.
        persons: ids of persons.
        surnames: last names that only one person has.
        written: names as the case writes them, by id.
    """

    names: Phrases[str]
    persons: frozenset[str]
    surnames: Phrases[str]
    written: dict[str, str]

    @classmethod
    def of(cls, case: Case | None, language: Language) -> CaseNames:
        """Return the names of a case; none without one."""
        if case is None:
            return cls(Phrases({}), frozenset(), Phrases({}), {})
        groups = (case.persons, case.parties, case.third_parties)
        entries: list[tuple[Row, str]] = []
        written: dict[str, str] = {}
        for group in groups:
            for id, entry in group.items():
                written[id] = entry.name
                for name in (entry.name, *entry.aliases):
                    entries += ((row, id) for row in _rows(name, language))
        last = [
            (row[-1], id) for id, one in case.persons.items() for row in _rows(one.name, language)
        ]
        surnames = {
            name: id for name, id in last if {other for word, other in last if word == name} == {id}
        }
        return cls(
            Phrases.of(entries),
            frozenset(case.persons),
            Phrases.of(((name,), id) for name, id in surnames.items()),
            written,
        )

    def found(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Form, str]]:
        """Yield the names in a row: first word, the one after the last, how read, and the id."""
        row = [plain(word) for word in words]
        place = 0
        while place < len(row):
            hit = self.names.at(row, place) if row[place].sort == "w" else None
            if hit is not None:
                yield place, hit.end, hit.form, hit.value
            place = hit.end if hit is not None else place + 1

    def match(self, words: Sequence[Word]) -> tuple[tuple[str, ...], bool, str]:
        """Return whom some words mean, whether that is only a suggestion, and why."""
        found = list(self.found(words))
        if not found:
            row = [plain(word) for word in words]
            for place in range(len(row)):
                hit = self.surnames.at(row, place)
                if hit is not None:
                    return (hit.value,), True, f"the last name of {self.written[hit.value]}"
            return (), False, ""
        people = [id for *_, id in found if id in self.persons]
        if people:
            return (people[0],), False, f"names {self.written[people[0]]}"
        start, end, _, id = found[0]
        letters = [n for n, word in enumerate(words) if word.sort != "m"]
        whole = (
            letters and start <= letters[0] + (_is_article(words, letters[0])) and end > letters[-1]
        )
        if whole:
            return (id,), False, f"a name of {self.written[id]}"
        return (id,), True, f"speaks of {self.written[id]}"


def _is_article(words: Sequence[Word], place: int) -> bool:
    """Whether a word is so short that it can only be an article before a name."""
    return len(words[place].text) <= 3 and place + 1 < len(words)


def plain(word: Word) -> Word:
    """Return a word whose forms have no accents, as names are compared."""
    return word._replace(forms=tuple(form._replace(text=bare(form.text)) for form in word.forms))


def _rows(name: str, language: Language) -> Iterator[Row]:
    """The words of a name, with and without its article."""
    words = language.script.words(name)
    row = tuple(bare(word.text) for word in words)
    if row:
        yield row
    if len(row) > 1 and language.known("article").plain(words[0]):
        yield row[1:]
    for form in words[0].forms if words else ():
        if form.prefixes and all(sort == "article" for sort, _ in form.prefixes):
            yield (bare(form.text), *row[1:])
