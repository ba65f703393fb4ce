"""What reading a document finds: drafts of statements, each anchored to exact characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from goodoffices.model.record import Bound, FigureKind, StatementKind
from goodoffices.reading.dates import DateFound
from goodoffices.reading.figure_forms import FigureSort
from goodoffices.reading.lexicon import Way
from goodoffices.reading.spans import Span

SpeakerSort = Literal["person", "role", "organisation", "document", "unnamed", "pronoun"]
"""How a speaker is named; a ``document`` is a report, a poll, or figures that show something."""

Quotation = Literal["direct", "indirect", "mixed"]
"""Whether what is said is in quotation marks, in the report's words, or in both."""

Form = Literal["clause", "infinitive", "object", "deed"]
"""How a content is put: a clause or quoted words, an infinitive, an object; or a deed told."""

FoundBy = Literal["rules", "helper"]
"""Whether the rules found something, or a helper did and the text was found to hold it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to speak.

    Attributes:
        span: the words that name the speaker; those of another clause when `implied`.
        sort: how these words name somebody.
        implied: whether the clause of the cue names nobody, so that `span` is taken from another.
        stands_for: what a pronoun stands for, as far as it can be told.
        ids: the parties, third parties or persons of the case that are meant.
        suggested: whether `ids` or `stands_for` is a suggestion, for a person to confirm.
        reason: why they were taken, in words; "" when there is nothing to say.
    """

    span: Span
    sort: SpeakerSort
    implied: bool = False
    stands_for: Span | None = None
    ids: tuple[str, ...] = ()
    suggested: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a verb is put: told of the cue, and of what is said."""

    negated: bool = False
    conditional: bool = False
    future: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A draft of a statement: what a document reports that somebody said or did.

    Attributes:
        paragraph: counted from 1, as the case file counts.
        speaker: None when the text names nobody ("it is estimated that").
        cue: the words that report.
        content: what is said, in one or more pieces, in the order of the text.
        kind: what the statement does.
        evidence: the words that show the kind.
        way: speech, thought or finding; a deed counts as a finding of the report.
        form: how the content is put.
        quotation: direct, indirect or mixed.
        said: how the cue is put.
        mood: how what is said is put.
        channel: words that say where or through what it was said.
        addressee: words that say who was told.
        within: the number of the statement in whose content this one stands, or None.
        date: the number of the date of the reading that says when, or None.
        found_by: the rules, or a helper whose row was found in the text.
    """

    paragraph: int
    speaker: Speaker | None
    cue: Span
    content: tuple[Span, ...]
    kind: StatementKind
    evidence: Span
    way: Way
    form: Form
    quotation: Quotation
    said: Mood = Mood()
    mood: Mood = Mood()
    channel: Span | None = None
    addressee: Span | None = None
    within: int | None = None
    date: int | None = None
    found_by: FoundBy = "rules"


@dataclass(frozen=True, slots=True)
class Figure:
    """A draft of a figure: a quantity that a document claims.

    Attributes:
        span: the words of the figure with its bound and unit.
        value: its value; of a range, the lower end.
        high: the upper end of a range.
        bound: how it is bounded.
        sort: what its unit is.
        unit: ``percent``, a currency, a unit of time or measure, or the words for what is
            counted; "" when the text does not say.
        counted: the words that say of what it is a number or share, or None.
        kind: whether it is claimed, estimated, wanted or ordered.
        statement: the number of the statement that claims it; None for the document itself.
        since: the number of the date since which it counts, or None.
        by: the number of its target date, or None.
        as_of: the number of another date in its sentence, or None.
        found_by: the rules, or a helper whose row was found in the text.
    """

    span: Span
    value: Decimal
    high: Decimal | None
    bound: Bound
    sort: FigureSort
    unit: str
    counted: Span | None
    kind: FigureKind
    statement: int | None = None
    since: int | None = None
    by: int | None = None
    as_of: int | None = None
    found_by: FoundBy = "rules"


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a picture or recording is credited to; no statement, but part of what a page says."""

    span: Span
    source: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one document.

    Attributes:
        language: the code of the language whose rules were used.
        published: the day against which dates were resolved, or None.
        statements: in the order of their cues.
        figures: in the order of the text.
        dates: in the order of the text.
        own_voice: sentences that are attributed to nobody.
        credits: of pictures and recordings.
    """

    language: str
    published: date | None
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    dates: tuple[DateFound, ...]
    own_voice: tuple[Span, ...]
    credits: tuple[Credit, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON, with keys as they are written in case files."""
        found = plain(self)
        assert isinstance(found, dict)
        return found


def plain(value: Any) -> Any:
    """Return plain data: spans as two numbers, dates and decimals as text."""
    if isinstance(value, Span):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name.replace("_", "-"): plain(getattr(value, one.name)) for one in fields(value)
        }
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return [plain(item) for item in value]
