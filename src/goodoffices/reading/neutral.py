"""Reading a document in a language that is data: the same drafts, by rules that know none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goodoffices.model import Case
from goodoffices.model.record import StatementKind
from goodoffices.reading.amounts import amounts_in
from goodoffices.reading.casenames import CaseNames
from goodoffices.reading.claims import Written, claimed, dates_of
from goodoffices.reading.cuewords import Range
from goodoffices.reading.dates import DateFound
from goodoffices.reading.days import days_in, numbers_of
from goodoffices.reading.figures import FigureFound
from goodoffices.reading.moods import turned
from goodoffices.reading.passages import Passage, passages
from goodoffices.reading.reports import Telling, Told, span_of
from goodoffices.reading.result import Quotation, Reading, Speaker, SpeakerSort, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.tongue import Language
from goodoffices.reading.writing import Word

_OPENS = 6
"""Among how many words of a clause its own verb may stand, for the kind that it shows."""


def read_in(
    text: str, language: Language, *, case: Case | None = None, published: date | None = None
) -> Reading:
    """Find who says what in a text of a language that a folder describes.

    >>> from goodoffices.reading.tongue import language_of
    >>> text = "Le syndicat a déclaré que la grève continue."
    >>> reading = read_in(text, language_of("fr"))
    >>> [(s.speaker.span.of(text), s.cue.of(text)) for s in reading.statements]
    [('Le syndicat', 'déclaré')]
    """
    row = list(passages(text, language))
    dates: list[DateFound] = []
    figures: list[FigureFound] = []
    for passage in row:
        words = language.script.words(text, passage.span)
        written = days_in(words, language, published)
        dates += (one.found for one in written)
        figures += amounts_in(words, language, frozenset(numbers_of(written)))
    found = _Document(text, language, row, CaseNames.of(case, language), dates).statements()
    blocks = [passage.block() for passage in row]
    days = dates_of(found, blocks, dates)
    said = tuple(
        one if day is None else replace(one, date=day) for one, day in zip(found, days, strict=True)
    )
    return Reading(
        language=language.code,
        published=published,
        statements=said,
        figures=tuple(claimed(text, Written(figures, dates), blocks, said, language.lexicon)),
        dates=tuple(dates),
        own_voice=tuple(_own_voice(row, said)),
        credits=(),
    )


@dataclass(frozen=True)
class _Document:
    """A text while it is read."""

    text: str
    language: Language
    passages: Sequence[Passage]
    names: CaseNames
    dates: Sequence[DateFound]

    def statements(self) -> list[Statement]:
        found: list[Statement] = []
        place = 0
        for passage in self.passages:
            for sentence in passage.sentences:
                while place < len(self.dates) and self.dates[place].span.end <= sentence[0].start:
                    place += 1
                near = _near(self.dates, place, sentence[-1].end)
                told = self._sentence(passage, sentence, near, found[-1:])
                if not told and found:
                    _continued(found, passage, sentence)
                found += told
        found.sort(key=lambda one: (one.cue, one.content))
        return [replace(one, within=_within(found, number)) for number, one in enumerate(found)]

    def _sentence(
        self, passage: Passage, words: Sequence[Word], dates: Sequence[Span], last: list[Statement]
    ) -> list[Statement]:
        days = frozenset(_meeting_words(words, dates))
        named = [(start, end) for start, end, _, _ in self.names.found(words)]
        telling = Telling(words, self.language, days, named)
        found: list[Statement] = []
        for told in telling.told():
            found.append(self._statement(passage, words, told, found[-1:] or last))
        return found

    def _statement(
        self, passage: Passage, words: Sequence[Word], told: Told, last: list[Statement]
    ) -> Statement:
        cue = Span(told.begins, words[told.cue[1] - 1].end)
        content = tuple(self._said(words, part) for part in told.content)
        speaker = self._speaker(words, told.speaker) if told.speaker else None
        nobody = self.language.known("impersonal").has(words, told.cue[0])
        if speaker is None and last and not nobody and passage.paragraph - last[-1].paragraph <= 1:
            speaker = _implied(last[-1].speaker)
        kind, evidence = self._kind(words, told, speaker)
        return Statement(
            paragraph=passage.paragraph,
            speaker=speaker,
            cue=cue,
            content=content,
            kind=kind,
            evidence=evidence or cue,
            way="speech",
            form=told.form,
            quotation=_quotation(content, passage.outer, self.text),
            said=told.mood,
        )

    def _said(self, words: Sequence[Word], part: Range) -> Span:
        """Where a content stands; a prefix that joins it to the rest is no part of it."""
        span = span_of(words, part)
        first = words[part[0]]
        cut = next(
            (form.cut for form in first.forms if [s for s, _ in form.prefixes] == ["conjunction"]),
            0,
        )
        link = cut and self.language.known("complementizer").plain(
            first._replace(text=first.text[1:])
        )
        return Span(span.start + cut, span.end) if link else span

    def _speaker(self, words: Sequence[Word], part: Range) -> Speaker:
        named = list(self.names.found(words[part[0] : part[1]]))
        start = words[part[0]].start
        if named and named[0][0] == 0:
            start = words[part[0]].begins(named[0][2]) if _outer(named[0][2].prefixes) else start
        else:
            start = self._bare_start(words[part[0]])
        ids, suggested, reason = self.names.match(words[part[0] : part[1]])
        span = Span(start, words[part[1] - 1].end)
        return Speaker(
            span, self._sort(words, part, ids), ids=ids, suggested=suggested, reason=reason
        )

    def _bare_start(self, word: Word) -> int:
        """Where a speaker's first word begins: after a preposition that is written with it."""
        known = (*self.language.classes.values(),)
        for form in word.forms:
            if (
                form.prefixes
                and _outer(form.prefixes)
                and any(one.by_first.get(form.text) for one in known)
            ):
                return word.begins(form)
        return word.start

    def _sort(self, words: Sequence[Word], part: Range, ids: tuple[str, ...]) -> SpeakerSort:
        """How some words name a speaker."""
        places = [n for n in range(*part) if words[n].sort == "w"]
        known = self.language.known
        if places and all(known("pronoun").plain(words[n]) for n in places):
            return "pronoun"
        if any(id in self.names.persons for id in ids):
            return "person"
        kinds: tuple[tuple[str, SpeakerSort], ...] = (
            ("unnamed", "unnamed"), ("role", "role"), ("organisation", "organisation"),
            ("evidence", "document"),
        )  # fmt: skip
        capitals = [n for n in places if words[n].capital and n > part[0]]
        for name, sort in kinds:
            if any(known(name).has(words, n) for n in places[:3]):
                return "person" if sort == "role" and len(capitals) > 1 else sort
        if ids:
            return "organisation"
        return "person" if len(places) > 1 and words[places[0]].capital else "unnamed"

    def _kind(
        self, words: Sequence[Word], told: Told, speaker: Speaker | None
    ) -> tuple[StatementKind, Span | None]:
        """The kind of a statement, and the words that show it when the cue does not."""
        kind = turned(told.report.kind, told.mood)
        if kind != "says" or told.mood.negated or told.source or told.form != "clause":
            return kind, None
        shown = self._shown(words, told, speaker)
        return shown if shown is not None else (kind, None)

    def _shown(
        self, words: Sequence[Word], told: Told, speaker: Speaker | None
    ) -> tuple[StatementKind, Span] | None:
        """The kind that the clause's own verb shows, when its subject is the speaker again."""
        start, end = told.content[0]
        inner = Telling(words[start : min(end, start + 2 * _OPENS)], self.language, frozenset(), ())
        for cue in inner.cues[:1]:
            before = words[start : start + cue.start]
            if len(before) > _OPENS or "o" not in cue.report.frames:
                return None
            if not self._is_speaker(before, speaker):
                return None
            kind = turned(cue.report.kind, cue.mood)
            first, last = start + cue.start, start + cue.end - 1
            span = Span(words[first].start, words[last].end)
            return (kind, span) if kind != "says" else None
        return None

    def _is_speaker(self, before: Sequence[Word], speaker: Speaker | None) -> bool:
        """Whether the words before a verb name nobody else: a pronoun, nobody, or the speaker."""
        known = self.language.known
        names = (
            "complementizer",
            "pronoun",
            "negation",
            "adverb",
            "clitic",
            "auxiliary",
            "article",
            "start",
        )
        rest = [word for word in before if word.sort == "w"]
        others = [w for w in rest if not any(known(n).plain(w) for n in names)]
        if not others:
            return bool(rest)
        ids, _, _ = self.names.match(others)
        return bool(ids) and speaker is not None and ids == speaker.ids


def _outer(prefixes: Sequence[tuple[str, str]]) -> bool:
    """Whether prefixes are more than an article."""
    return any(sort != "article" for sort, _ in prefixes)


def _meeting_words(words: Sequence[Word], spans: Sequence[Span]) -> Iterator[int]:
    """The numbers of the words that share characters with some spans."""
    starts = [word.start for word in words]
    for span in spans:
        number = max(0, bisect_right(starts, span.start) - 1)
        while number < len(words) and starts[number] < span.end:
            if words[number].end > span.start:
                yield number
            number += 1


def _near(dates: Sequence[DateFound], place: int, end: int) -> list[Span]:
    """The spans of the dates from a number on that begin before a code point."""
    found = []
    while place < len(dates) and dates[place].span.start < end:
        found.append(dates[place].span)
        place += 1
    return found


def _implied(speaker: Speaker | None) -> Speaker | None:
    """The speaker of the statement before, for a clause that names nobody."""
    if speaker is None:
        return None
    reason = "speaks in the statement before"
    return replace(speaker, implied=True, suggested=True, reason=reason)


def _continued(found: list[Statement], passage: Passage, sentence: Sequence[Word]) -> None:
    """Add a sentence that is nothing but a quotation to the quoted statement before it."""
    last = found[-1]
    quoted = [word for word in sentence if word.sort != "m"]
    if last.paragraph != passage.paragraph or last.quotation == "indirect" or not quoted:
        return
    if all(word.sort == "q" for word in quoted):
        part = Span(quoted[0].start, quoted[-1].end)
        found[-1] = replace(last, content=(*last.content, part))


def _quotation(content: Sequence[Span], outer: Sequence[Span], text: str) -> Quotation:
    """Return whether a content is quoted, told in the report's words, or both."""
    bared = [_bared(part, text) for part in content]
    if all(any(one.holds(part) for one in _meeting(part, outer)) for part in bared):
        return "direct"
    return "mixed" if any(_meeting(part, outer) for part in content) else "indirect"


def _meeting(part: Span, outer: Sequence[Span]) -> Sequence[Span]:
    """The quotations that share characters with a part; they stand one after the other."""
    first = bisect_right(outer, part.start, key=lambda one: one.end)
    return outer[first : bisect_left(outer, part.end, key=lambda one: one.start)]


def _bared(part: Span, text: str) -> Span:
    """A part without the marks that close it."""
    return Span(part.start, part.start + max(1, len(part.of(text).rstrip(" ,،.;:"))))


def _within(found: Sequence[Statement], number: int) -> int | None:
    """The number of the innermost statement near by whose content holds a statement's cue."""
    cue = found[number].cue
    holders = [
        (part.end - part.start, other)
        for other in range(max(0, number - 12), min(len(found), number + 12))
        for part in found[other].content
        if other != number and part.holds(cue)
    ]
    return min(holders)[1] if holders else None


def _own_voice(row: Sequence[Passage], found: Sequence[Statement]) -> Iterator[Span]:
    """The sentences that no speaker says."""
    said = sorted(part for one in found for part in (one.cue, *one.content))
    place = 0
    for passage in row:
        for sentence in passage.sentences:
            span = Span(sentence[0].start, sentence[-1].end)
            while place < len(said) and said[place].end <= span.start:
                place += 1
            near = said[place : place + 12]
            if not any(part.meets(span) for part in near):
                yield span
