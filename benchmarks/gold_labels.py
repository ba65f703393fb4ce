"""The project's own labelled documents: how their labels are read, and what makes them wrong.

A document is a text file with a YAML file of the same name beside it. A label names its words by
quoting them, with the number of the occurrence when the text has several; every quotation is looked
up, and one that is not there is an error that says where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import yaml

from goodoffices.model.record import Bound, FigureKind, StatementKind
from goodoffices.reading import Span
from goodoffices.reading.dates import DateBound
from goodoffices.reading.result import Form, Mood, Quotation

HALVES = ("dev", "held")
GOLD = Path(__file__).parents[1] / "tests" / "gold"
_MOODS = ("negated", "conditional", "future", "past")
_KEYS = {
    "document": {
        "title", "publisher", "published", "language", "style", "talks", "spelling", "statements",
        "figures", "dates", "distractors", "ignored", "optional-cues",
    },
    "statement": {
        "speaker", "named", "role", "organisation", "channel", "cue", "content", "mode", "form",
        "kind", "or-kind", "mood", "said", "issue",
    },
    "figure": {
        "quote", "value", "high", "bound", "unit", "kind", "counted", "by", "since", "as-of",
    },
    "date": {"quote", "first", "last", "bound", "vague"},
    "distractor": {"quote", "sort"},
}  # fmt: skip


class LabelError(ValueError):
    """A label that cannot be right, with its document and place."""


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One labelled statement.

    Attributes:
        speaker: the words that name the speaker; None when the text names nobody.
        names: who that is, as the document names them: name, role and organisation.
        cue: the words that report; None where only a colon or a turn does.
        content: what is said, in the order of the text.
        kinds: the kind, and others that a careful reader could give as well.
        mood: how the content is put; whether it is told as past is not labelled.
        said: how the cue is put.
        issue: what it is about, in a word.
    """

    speaker: Span | None
    names: Mapping[str, str]
    channel: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Quotation
    form: Form
    kinds: tuple[StatementKind, ...]
    mood: Mood
    said: Mood
    issue: str


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One labelled figure; ``by``, ``since`` and ``as_of`` are numbers of dates, from 0."""

    span: Span
    value: Decimal
    high: Decimal | None
    bound: Bound
    unit: str
    kind: FigureKind
    counted: Span | None
    by: int | None
    since: int | None
    as_of: int | None


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One labelled date; of a ``vague`` one only a day within these days is asked."""

    span: Span
    first: date
    last: date
    bound: DateBound
    vague: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One labelled document.

    Attributes:
        distractors: numbers that are no figures, each with what it is.
        ignored: words that may be read as figures or dates, or not.
        optional: cues that may be read, or not.
    """

    id: str
    text: str
    title: str
    published: date
    about: Mapping[str, str]
    statements: tuple[GoldStatement, ...]
    figures: tuple[GoldFigure, ...]
    dates: tuple[GoldDate, ...]
    distractors: tuple[tuple[Span, str], ...]
    ignored: tuple[Span, ...]
    optional: tuple[Span, ...]


def span_of(text: str, quoted: Any, place: str) -> Span:
    """Return where some quoted words stand.

    >>> span_of("to be or to go", {"text": "to", "nth": 2}, "example")
    Span(start=9, end=11)

    Raises:
        LabelError: they are not there, or there several times and no number says which.
    """
    entry = {"text": quoted} if isinstance(quoted, str) else quoted
    if not isinstance(entry, dict) or not entry.get("text") or set(entry) - {"text", "nth"}:
        raise LabelError(f"{place}: expected words of the text, or text and nth; got {quoted!r}")
    words, nth = str(entry["text"]), entry.get("nth")
    found = [at for at in range(len(text)) if text.startswith(words, at)]
    if nth is None and len(found) > 1:
        raise LabelError(f"{place}: {words!r} stands there {len(found)} times; say which by nth")
    number = 1 if nth is None else nth
    if not isinstance(number, int) or not 1 <= number <= len(found):
        raise LabelError(f"{place}: no {words!r} number {number} in the text")
    return Span(found[number - 1], found[number - 1] + len(words))


@dataclass(frozen=True)
class _Labels:
    """The labels of one document, while they are read."""

    id: str
    text: str
    data: Mapping[str, Any]

    def rows(self, key: str, sort: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the entries of a list, each with its place."""
        for number, entry in enumerate(self.data.get(key, ()), 1):
            place = f"{self.id}: {key} {number}"
            unknown = set(entry) - _KEYS[sort]
            if unknown:
                raise LabelError(f"{place}: unknown {', '.join(sorted(unknown))}")
            yield place, entry

    def span(self, entry: Mapping[str, Any], key: str, place: str) -> Span:
        return span_of(self.text, entry.get(key), f"{place}, {key}")

    def maybe(self, entry: Mapping[str, Any], key: str, place: str) -> Span | None:
        return self.span(entry, key, place) if entry.get(key) is not None else None

    def spans(self, key: str) -> tuple[Span, ...]:
        return tuple(span_of(self.text, one, f"{self.id}: {key}") for one in self.data.get(key, ()))


def read_gold(folder: Path) -> list[GoldDocument]:
    """Return the labelled documents of a folder, by name.

    Raises:
        LabelError: a label is wrong, or a text and its labels are not both there.
    """
    texts, labels = ({path.stem for path in folder.glob(f"*.{end}")} for end in ("txt", "yaml"))
    if texts != labels:
        raise LabelError(f"{folder.name}: text or labels missing of {sorted(texts ^ labels)}")
    if not texts:
        raise LabelError(f"{folder.name}: no documents")
    return [read_document(folder / f"{name}.txt") for name in sorted(texts)]


def read_document(path: Path) -> GoldDocument:
    """Return one labelled document; `path` is that of its text."""
    text = path.read_text(encoding="utf-8")
    data = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    return labelled(path.stem, text, data)


def labelled(id: str, text: str, data: Mapping[str, Any]) -> GoldDocument:
    """Return a document from its text and the data of its labels, checked."""
    unknown = set(data) - _KEYS["document"]
    if unknown:
        raise LabelError(f"{id}: unknown {', '.join(sorted(unknown))}")
    labels = _Labels(id, text, data)
    document = GoldDocument(
        id=id,
        text=text,
        title=str(data["title"]),
        published=data["published"],
        about={
            key: str(data[key]) for key in ("publisher", "style", "talks", "spelling", "language")
        },
        statements=tuple(
            _statement(labels, *row) for row in labels.rows("statements", "statement")
        ),
        figures=tuple(_figure(labels, *row) for row in labels.rows("figures", "figure")),
        dates=tuple(_date(labels, *row) for row in labels.rows("dates", "date")),
        distractors=tuple(
            (labels.span(entry, "quote", place), str(entry["sort"]))
            for place, entry in labels.rows("distractors", "distractor")
        ),
        ignored=labels.spans("ignored"),
        optional=labels.spans("optional-cues"),
    )
    _check(document)
    return document


def _among(value: Any, allowed: Sequence[str], place: str) -> Any:
    if value not in allowed:
        raise LabelError(f"{place}: expected one of {', '.join(allowed)}; got {value!r}")
    return value


def _mood(entry: Mapping[str, Any], key: str, place: str) -> Mood:
    return Mood(**{_among(one, _MOODS, place): True for one in entry.get(key, ())})


def _statement(labels: _Labels, place: str, entry: Mapping[str, Any]) -> GoldStatement:
    text, quoted = labels.text, entry.get("content")
    if not isinstance(quoted, list) or not quoted:
        raise LabelError(f"{place}: expected a list of contents; got {quoted!r}")
    content = tuple(span_of(text, one, f"{place}, content") for one in quoted)
    one = GoldStatement(
        speaker=labels.maybe(entry, "speaker", place),
        names={key: entry[key] for key in ("named", "role", "organisation") if key in entry},
        channel=labels.maybe(entry, "channel", place),
        cue=labels.maybe(entry, "cue", place),
        content=content,
        mode=_among(entry.get("mode"), get_args(Quotation), place),
        form=_among(entry.get("form"), get_args(Form), place),
        kinds=tuple(
            _among(kind, get_args(StatementKind), place)
            for kind in (entry.get("kind"), *entry.get("or-kind", ()))
        ),
        mood=_mood(entry, "mood", place),
        said=_mood(entry, "said", place),
        issue=str(entry.get("issue", "")),
    )
    _apart([*([one.cue] if one.cue else []), *content], text, f"{place}: cue and content")
    if one.cue and one.speaker and one.cue.meets(one.speaker):
        raise LabelError(f"{place}: cue and speaker share words")
    if (one.form == "deed") != (one.kinds == ("does",)):
        raise LabelError(f"{place}: what is done has form deed and kind does, and nothing else has")
    if (one.speaker is None) != (not one.names):
        raise LabelError(f"{place}: a speaker has a name, role or organisation; nobody has none")
    return one


def _figure(labels: _Labels, place: str, entry: Mapping[str, Any]) -> GoldFigure:
    high = entry.get("high")
    dates = len(labels.data.get("dates", ()))

    def number(key: str) -> int | None:
        given = entry.get(key)
        if given is not None and not 1 <= given <= dates:
            raise LabelError(f"{place}: no date {given}")
        return None if given is None else int(given) - 1

    one = GoldFigure(
        span=labels.span(entry, "quote", place),
        value=Decimal(str(entry["value"])),
        high=None if high is None else Decimal(str(high)),
        bound=_among(entry.get("bound"), get_args(Bound), place),
        unit=str(entry.get("unit", "")),
        kind=_among(entry.get("kind"), get_args(FigureKind), place),
        counted=labels.maybe(entry, "counted", place),
        by=number("by"),
        since=number("since"),
        as_of=number("as-of"),
    )
    if (one.high is not None) != (one.bound == "between"):
        raise LabelError(f"{place}: high with bound between, and only then")
    if one.high is not None and one.high <= one.value:
        raise LabelError(f"{place}: high above value")
    return one


def _date(labels: _Labels, place: str, entry: Mapping[str, Any]) -> GoldDate:
    first, last = entry.get("first"), entry.get("last")
    if not isinstance(first, date) or not isinstance(last, date) or first > last:
        raise LabelError(f"{place}: expected a first and a last day; got {first} and {last}")
    bound = _among(entry.get("bound"), get_args(DateBound), place)
    vague = bool(entry.get("vague", False))
    return GoldDate(labels.span(entry, "quote", place), first, last, bound, vague)


def _check(document: GoldDocument) -> None:
    text, id = document.text, document.id
    if not text.startswith(document.title):
        raise LabelError(f"{id}: the text does not begin with its title")
    if not isinstance(document.published, date):
        raise LabelError(f"{id}: expected a day of publication; got {document.published!r}")
    numbers = [*(one.span for one in document.figures), *(span for span, _ in document.distractors)]
    _apart(numbers, text, f"{id}: figures and distractors")
    _apart([one.span for one in document.dates], text, f"{id}: dates")


def _apart(spans: Sequence[Span], text: str, place: str) -> None:
    ordered = sorted(spans)
    for one, other in pairwise(ordered):
        if one.meets(other):
            raise LabelError(f"{place} share words: {one.of(text)!r}, {other.of(text)!r}")
