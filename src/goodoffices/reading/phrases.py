"""Groups of words, found at any place of a row in time that does not depend on how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from goodoffices.reading.writing import Form, Row, Word

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Phrases(Generic[T]):
    """Groups of words by their first word, the longest first, each with what it means."""

    by_first: Mapping[str, tuple[tuple[Row, T], ...]]

    @classmethod
    def of(cls, entries: Iterable[tuple[Row, T]]) -> Phrases[T]:
        """Return the groups for these entries; of two with the same words the first counts."""
        found: dict[str, dict[Row, T]] = {}
        for row, value in entries:
            if row:
                found.setdefault(row[0], {}).setdefault(row, value)
        return cls(
            {
                first: tuple(sorted(rows.items(), key=lambda one: -len(one[0])))
                for first, rows in found.items()
            }
        )

    def at(self, words: Sequence[Word], place: int) -> Hit[T] | None:
        """Return the longest group that stands at a place, its first word with any prefixes."""
        return next(self.all_at(words, place), None)

    def all_at(self, words: Sequence[Word], place: int) -> Iterator[Hit[T]]:
        """Yield the groups that stand at a place; words as they are come before cut ones."""
        if not 0 <= place < len(words):
            return
        for form in words[place].forms:
            for row, value in self.by_first.get(form.text, ()):
                if _follow(words, place + 1, row[1:]):
                    yield Hit(place, place + len(row), form, value)

    def has(self, words: Sequence[Word], place: int) -> bool:
        """Whether a group begins at a place."""
        return self.at(words, place) is not None

    def plain(self, word: Word) -> bool:
        """Whether a word, with no prefix taken off, is a group by itself."""
        return any(len(row) == 1 for row, _ in self.by_first.get(word.text, ()))


class Hit(NamedTuple, Generic[T]):
    """A group of words that was found.

    Attributes:
        start: the number of its first word.
        end: that of the word after its last.
        form: how its first word was read.
        value: what it means.
    """

    start: int
    end: int
    form: Form
    value: T


def _follow(words: Sequence[Word], place: int, row: Row) -> bool:
    if place + len(row) > len(words):
        return False
    return all(
        any(form.text == wanted for form in words[place + n].forms) for n, wanted in enumerate(row)
    )
