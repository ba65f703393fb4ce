"""The words of a language: a folder of text files, read once.

A language is a folder below ``languages``. Every file is UTF-8, one entry a line, with ``|``
between columns; lines that start with ``#`` say what the columns are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal, cast, get_args

from goodoffices.errors import NotFoundError
from goodoffices.model.record import StatementKind

Way = Literal["speech", "thought", "finding"]
"""Whether somebody says something, thinks it, or something shows it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a lexicon says of a word that reports.

    Attributes:
        kind: what a statement with it does, when nothing in what is said shows otherwise.
        way: speech, thought or finding.
        frames: what may follow, a letter each, as the lexicon file explains.
        particle: the words that must follow, as in "pointed out".
    """

    kind: StatementKind
    way: Way
    frames: frozenset[str]
    particle: tuple[str, ...] = ()


class _Classes(dict[str, frozenset[str]]):
    """Classes of words by name; every other name has an empty one, or several with bars between."""

    def __missing__(self, name: str) -> frozenset[str]:
        parts = name.split("|") if "|" in name else ()
        self[name] = frozenset().union(*(self[part] for part in parts))
        return self[name]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one language.

    Attributes:
        language: its code.
        cues: verbs that report, by form.
        nouns: nouns that report, by form.
        phrases: groups of words that name a source, longest first, each with its kind.
        classes: the small words that rules look at, by class.
        abbreviations: words after which a full stop ends no sentence.
        tables: other files of the folder, as rows of columns.
    """

    language: str
    cues: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    phrases: tuple[tuple[tuple[str, ...], StatementKind], ...]
    classes: Mapping[str, frozenset[str]]
    abbreviations: frozenset[str]
    tables: Mapping[str, tuple[tuple[str, ...], ...]]

    @cached_property
    def leads(self) -> frozenset[str]:
        """The first words of phrases."""
        return frozenset(phrase[0] for phrase, _ in self.phrases)

    @cached_property
    def reports(self) -> frozenset[str]:
        """Words without which a sentence reports nothing."""
        return self.leads | set(self.cues) | set(self.nouns) | self.words("hearsay")

    @cached_property
    def starters(self) -> frozenset[str]:
        """Words that begin a sentence after an abbreviation."""
        return self.words("determiner") | self.words("pronoun")

    @cached_property
    def words(self) -> Callable[[str], frozenset[str]]:
        """Gives a class of words; an empty one when the language has none of that name.

        Names with bars between them give the words of all these classes: ``role|organisation``.
        """
        return _Classes(self.classes).__getitem__

    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a file; none when the language has no such file."""
        return self.tables.get(name, ())


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be read.

    >>> "en" in languages()
    True
    """
    return tuple(sorted(folder.name for folder in _root().iterdir() if folder.is_dir()))


def folder_of(language: str) -> Traversable:
    """Return the folder of a language.

    Raises:
        NotFoundError: no folder has that name.
    """
    if language not in languages():
        known = "one of " + ", ".join(languages())
        raise NotFoundError("a language to read", expected=known, found=language)
    return _root() / language


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language.

    Raises:
        NotFoundError: no folder has that name.

    >>> lexicon("en").cues["vowed"][0].kind
    'vows'
    """
    files = {
        file.name.removesuffix(".txt"): tuple(_rows(file))
        for file in folder_of(language).iterdir()
        if file.name.endswith(".txt")
    }
    if "quotes" in files:  # a language that is data, with rules and columns of its own
        classes = _classes(files.get("words", ()))
        return Lexicon(language, {}, {}, (), classes, frozenset(), MappingProxyType({}))
    return Lexicon(
        language=language,
        cues=_cues(files.pop("cues", ())),
        nouns=_nouns(files.pop("nouns", ())),
        phrases=_phrases(files.pop("phrases", ())),
        classes=_classes(files.pop("words", ())),
        abbreviations=_listed(files.pop("abbreviations", ())),
        tables=MappingProxyType(files),
    )


def _root() -> Traversable:
    return resources.files("goodoffices.reading") / "languages"


def _rows(file: Traversable) -> Iterator[tuple[str, ...]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(column.strip() for column in line.split("|"))


def _kind(word: str) -> StatementKind:
    """Read a kind; a lexicon file with another word is a mistake of ours."""
    if word not in get_args(StatementKind):
        raise ValueError(f"a kind of statement, not {word!r}")
    return cast(StatementKind, word)


def _cues(rows: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, tuple[Cue, ...]] = {}
    for kind, way, frames, forms in rows:
        for written in forms.split():
            form, _, particle = written.partition("+")
            words = tuple(particle.split("+")) if particle else ()
            cue = Cue(_kind(kind), cast(Way, way), frozenset(frames), words)
            found[form] = (*found.get(form, ()), cue)
    return MappingProxyType(found)


def _nouns(rows: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[Cue, ...]]:
    return _cues(tuple((kind, "speech", frames, forms) for kind, frames, forms in rows))


def _phrases(
    rows: tuple[tuple[str, ...], ...],
) -> tuple[tuple[tuple[str, ...], StatementKind], ...]:
    found = [(tuple(words.split()), _kind(kind)) for kind, words in rows]
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry)))


def _classes(rows: tuple[tuple[str, ...], ...]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(words.split()) for name, words in rows})


def _listed(rows: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(word for row in rows for word in row[0].split())
