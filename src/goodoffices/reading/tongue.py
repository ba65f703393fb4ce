"""Languages that are data: a folder of text files, read whole, with every mistake said at once.

The rules that use it know no language. Each file is UTF-8, one entry a line, with ``|`` between
columns and a plus sign between the words of one entry; lines that start with ``#`` are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from goodoffices.errors import CallError
from goodoffices.model.record import Bound, StatementKind
from goodoffices.reading.dates import DateBound
from goodoffices.reading.figure_forms import FigureSort
from goodoffices.reading.lexicon import Lexicon, folder_of
from goodoffices.reading.phrases import Phrases
from goodoffices.reading.writing import Row, Script

COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "settings": 2, "quotes": 2, "fold": 2, "prefixes": 2, "words": 2, "cues": 4, "sources": 2,
        "numbers": 3, "bounds": 3, "units": 3, "dates": 3, "date-patterns": 2, "figures": 3,
    }
)  # fmt: skip
"""The files of a folder, each with the number of its columns."""

REQUIRED = ("settings", "quotes", "words", "cues")


@dataclass(frozen=True, slots=True)
class Report:
    """What a folder says of a word that reports.

    Attributes:
        kind: what a statement with it does.
        frames: what may follow, a letter each: ``t`` a clause, ``q`` a quotation, ``o`` an object
            or an infinitive.
        helped: whether it reports only after an auxiliary.
    """

    kind: StatementKind
    frames: frozenset[str]
    helped: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """A language as its folder describes it.

    Attributes:
        code: its code, the name of the folder.
        settings: what else is to be known, by name.
        script: how its words are written, cut and folded.
        quotes: opening marks, each with those that close it.
        classes: groups of words that rules look at, by class.
        sorts: the same words, each with all the classes that it is of.
        cues: words that report.
        sources: words that name a source, as "according to", each with its kind.
        numbers: number words, each with its sort and value.
        bounds: words that bound a figure, by their place.
        units: units with their sort.
        dates: words of dates: sort and value.
        patterns: forms of dates, in the order of their precedence.
        lexicon: the rows that rules of every language share.
    """

    code: str
    settings: Mapping[str, str]
    script: Script
    quotes: Mapping[str, frozenset[str]]
    classes: Mapping[str, Phrases[str]]
    sorts: Phrases[frozenset[str]]
    cues: Phrases[tuple[Report, ...]]
    sources: Phrases[StatementKind]
    numbers: Phrases[tuple[str, str]]
    bounds: Mapping[str, Phrases[str]]
    units: Phrases[tuple[FigureSort, str]]
    dates: Phrases[tuple[tuple[str, str], ...]]
    patterns: tuple[tuple[str, tuple[str, ...]], ...]
    lexicon: Lexicon = field(repr=False)

    def known(self, name: str) -> Phrases[str]:
        """Return a class of words; an empty one when the folder has none of that name."""
        return self.classes.get(name, _NONE)

    def setting(self, name: str) -> str:
        """Return what a setting says; "" when it is not there."""
        return self.settings.get(name, "")


_NONE: Phrases[str] = Phrases({})


def language_in(folder: Path | Traversable) -> Language:
    """Return the language that a folder describes.

    Raises:
        CallError: files or columns are missing, or hold words that are not known; all are named.

    >>> language_in(folder_of("fr")).setting("name")
    'French'
    """
    problems: list[str] = []
    files: dict[str, list[_Line]] = {}
    for name in COLUMNS:
        file = folder / f"{name}.txt"
        if file.is_file():
            files[name] = list(_lines(name, file.read_text(encoding="utf-8"), problems))
        elif name in REQUIRED:
            problems.append(f"{name}.txt: missing")
    problems += (problem for name in files for problem in _mistakes(name, files[name]))
    if problems:
        expected = "entries as the page on reading documents describes them"
        raise CallError(
            f"the language folder {folder.name}", expected=expected, found="; ".join(problems)
        )
    return _Builder(folder.name, files).language()


@cache
def is_data(code: str) -> bool:
    """Whether a language that comes with the package is data alone; English has its own rules.

    >>> is_data("fr"), is_data("en")
    (True, False)
    """
    return (folder_of(code) / "quotes.txt").is_file()


@cache
def language_of(code: str) -> Language:
    """Return one of the languages that come with the package."""
    return language_in(folder_of(code))


@dataclass(frozen=True, slots=True)
class _Line:
    """One entry, with the number of its line."""

    number: int
    columns: tuple[str, ...]


def _lines(name: str, text: str, problems: list[str]) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = tuple(column.strip() for column in line.split("|"))
        columns += ("",) * (name == "cues" and len(columns) == COLUMNS[name] - 1)
        if len(columns) != COLUMNS[name]:
            expected = f"expected {COLUMNS[name]} columns, found {len(columns)}"
            problems.append(f"{name}.txt:{number}: {expected}")
        else:
            yield _Line(number, columns)


DATE_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "month": tuple(str(number) for number in range(1, 13)),
        "weekday": tuple(str(number) for number in range(7)),
        "ordinal": tuple(str(number) for number in range(1, 32)),
        "day": ("-3", "-2", "-1", "0", "1", "2", "3"),
        "pointer": ("-1", "0", "1"),
        "unit": ("day", "week", "month", "year"),
        "pair": ("day", "week", "month", "year"),
        "edge": ("start", "end"),
        "bound": get_args(DateBound),
    }
)
"""The sorts of words of dates that have a value, each with the values there are."""

_DAY_AND_MONTH = (frozenset({"d", "d2"}), frozenset({"month", "m"}))
DATE_PARTS: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "date": (*_DAY_AND_MONTH, frozenset({"y"})),
        "day-month": _DAY_AND_MONTH,
        "month-year": (frozenset({"month"}), frozenset({"y"})),
        "month": (frozenset({"month"}),),
        "year": (frozenset({"y"}),),
        "weekday": (frozenset({"weekday"}),),
        "day": (frozenset({"day"}),),
        "period": (frozenset({"unit"}),),
        "ago": (frozenset({"unit", "pair"}),),
        "ahead": (frozenset({"unit", "pair"}),),
        "edge": (frozenset({"edge"}), frozenset({"month", "y", "unit"})),
    }
)
"""What a form of dates can be, each with the parts of which it needs one."""

_KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cues": frozenset(get_args(StatementKind)),
        "sources": frozenset(get_args(StatementKind)),
        "units": frozenset(get_args(FigureSort)),
        "numbers": frozenset(
            {"one", "digit", "ten", "hundred", "scale", "fraction", "share", "about", "joiner"}
        ),
        "bounds": frozenset({"before", "after", "between", "joint", "joint-opened"}),
        "dates": frozenset({*DATE_VALUES, "dating", "future"}),
        "date-patterns": frozenset(DATE_PARTS),
    }
)
"""The files whose first column is one of some words."""


def _mistakes(name: str, lines: Sequence[_Line]) -> Iterator[str]:
    """What a file says that is not known."""
    for line in lines:
        for column, fits, expected in _asked(name, line.columns):
            if not fits:
                yield f'{name}.txt:{line.number}: expected {expected}; found "{column}"'


def _asked(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, bool, str]]:
    """Yield what an entry says, whether that can be, and what is expected."""
    first = columns[0]
    if name in _KNOWN:
        yield first, first in _KNOWN[name], "one of " + ", ".join(sorted(_KNOWN[name]))
    if name == "bounds" and first in {"before", "after"}:
        yield columns[1], columns[1] in get_args(Bound), "one of " + ", ".join(get_args(Bound))
    if name == "numbers" and first != "joiner":
        yield columns[1], _is_value(columns[1]), "a value"
    if name == "dates" and first in DATE_VALUES:
        words = DATE_VALUES[first]
        yield columns[1], columns[1] in words, f"one of {', '.join(words)}"
    if name == "date-patterns" and first in DATE_PARTS:
        parts = {
            one.strip("~{}") for one in columns[1].split() if one[0] in "~{" and one[-1] != "?"
        }
        needed = DATE_PARTS[first]
        yield columns[1], all(parts & one for one in needed), f"the parts of a {first}"
        unknown = re.findall(r"\{([^}]*)\}", columns[1])
        known = {*DATE_VALUES, "d", "d2", "m", "n", "y", "slash"} - {"bound", "ordinal"}
        yield columns[1], set(unknown) <= known, f"parts among {', '.join(sorted(known))}"


def _is_value(written: str) -> bool:
    above, _, below = written.partition("/")
    return above.isdecimal() and (not below or (below.isdecimal() and int(below) > 0))


@dataclass(frozen=True)
class _Builder:
    """A folder's lines, while a language is made of them."""

    code: str
    files: Mapping[str, list[_Line]]

    def rows(self, name: str) -> list[tuple[str, ...]]:
        return [line.columns for line in self.files.get(name, ())]

    def language(self) -> Language:
        settings = {row[0]: row[1] for row in self.rows("settings")}
        script = Script.of(settings, self.rows("fold"), self.rows("prefixes"))
        classes: dict[str, list[tuple[Row, str]]] = {}
        for name, words in self.rows("words"):
            classes.setdefault(name, []).extend((row, name) for row in script.entries(words))
        sorts: dict[Row, frozenset[str]] = {}
        for row, name in (entry for entries in classes.values() for entry in entries):
            sorts[row] = sorts.get(row, frozenset()) | {name}
        places: dict[str, list[tuple[Row, str]]] = {}
        for place, bound, words in self.rows("bounds"):
            places.setdefault(place, []).extend((row, bound) for row in script.entries(words))
        quotes: dict[str, frozenset[str]] = {}
        for opening, closing in self.rows("quotes"):
            quotes[opening] = quotes.get(opening, frozenset()) | set(closing.split())
        return Language(
            code=self.code,
            settings=MappingProxyType(settings),
            script=script,
            quotes=MappingProxyType(quotes),
            classes=MappingProxyType({name: Phrases.of(rows) for name, rows in classes.items()}),
            sorts=Phrases.of(sorts.items()),
            cues=self._cues(script),
            sources=Phrases.of(
                (row, cast(StatementKind, kind))
                for kind, words in self.rows("sources")
                for row in script.entries(words)
            ),
            numbers=Phrases.of(
                (row, (sort, value))
                for sort, value, words in self.rows("numbers")
                for row in script.entries(words)
            ),
            bounds=MappingProxyType({name: Phrases.of(rows) for name, rows in places.items()}),
            units=Phrases.of(
                (row, (cast(FigureSort, sort), unit))
                for sort, unit, words in self.rows("units")
                for row in script.entries(words)
            ),
            dates=self._dates(script),
            patterns=tuple((kind, tuple(row.split())) for kind, row in self.rows("date-patterns")),
            lexicon=Lexicon(self.code, {}, {}, (), {}, frozenset(), self._shared()),
        )

    def _shared(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        return MappingProxyType({"figures": tuple(self.rows("figures"))})

    def _cues(self, script: Script) -> Phrases[tuple[Report, ...]]:
        found: dict[Row, tuple[Report, ...]] = {}
        for kind, frames, plain, helped in self.rows("cues"):
            for words, needs in ((plain, False), (helped, True)):
                report = Report(cast(StatementKind, kind), frozenset(frames), needs)
                for row in script.entries(words):
                    found[row] = (*found.get(row, ()), report)
        return Phrases.of(found.items())

    def _dates(self, script: Script) -> Phrases[tuple[tuple[str, str], ...]]:
        """Words of dates; one word may be of several sorts."""
        found: dict[Row, tuple[tuple[str, str], ...]] = {}
        for sort, value, words in self.rows("dates"):
            for row in script.entries(words):
                found[row] = (*found.get(row, ()), (sort, value))
        return Phrases.of(found.items())
