"""Reading a document: drafts of the statements that it reports, and of its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice

from goodoffices.model import Case
from goodoffices.model.record import StatementKind
from goodoffices.reading.attributions import Attribution
from goodoffices.reading.claims import Written, claimed, dates_of
from goodoffices.reading.clauses import Clauses, Grammar, Range
from goodoffices.reading.contents import Found, found_in
from goodoffices.reading.credits import credits_in
from goodoffices.reading.dates import DateFound, date_words, dates_in
from goodoffices.reading.deeds import deeds_in
from goodoffices.reading.figures import figures_in
from goodoffices.reading.furniture import furniture_in, stands_in
from goodoffices.reading.holders import holders_of
from goodoffices.reading.lexicon import Lexicon, lexicon
from goodoffices.reading.moods import Kind, denies, mood, refined, turned, verb_group
from goodoffices.reading.neutral import read_in
from goodoffices.reading.numbers import number_words
from goodoffices.reading.pronouns import Voices
from goodoffices.reading.quoted import Quoted
from goodoffices.reading.result import Form, Mood, Reading, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.speakers import Roster
from goodoffices.reading.text import QUOTED, Block, Item, blocks, items_in
from goodoffices.reading.tongue import is_data, language_of
from goodoffices.reading.turns import turns_in


def read_statements(
    text: str, *, language: str = "en", case: Case | None = None, published: date | None = None
) -> Reading:
    """Find who says what in a text.

    Every finding is a draft: it says where it stands, and nothing becomes part of a case until a
    person has confirmed it. Dates are resolved against the day of publication, as far as one is
    given. With a case, speakers are matched to its parties, third parties and
    persons; what is inferred about them is marked as suggested, with the reason.

    Raises:
        NotFoundError: no rules are known for the language.

    >>> text = 'The union said on Monday that it would not accept "any offer" below 5 percent.'
    >>> reading = read_statements(text)
    >>> [(s.speaker.span.of(text), s.cue.of(text), s.kind) for s in reading.statements]
    [('The union', 'said', 'refuses')]
    >>> [span.of(text) for span in reading.statements[0].content]
    ['that it would not accept "any offer" below 5 percent']
    """
    if is_data(language):
        return read_in(text, language_of(language), case=case, published=published)
    words = lexicon(language)
    items, tokens = items_in(text, _quantifying(words))
    row = list(blocks(text, words, items=items))
    if lines := furniture_in(text, words):
        row = [block for block in row if not stands_in(block.span, lines)]
    grammar = Grammar(words)
    dates = dates_in(text, words, published, tokens=tokens)
    figures = [
        one
        for one in figures_in(text, words, dates, tokens=tokens)
        if not lines or not stands_in(one.span, lines)
    ]
    voices = Voices(text, grammar, Roster.of(case))
    found = tuple(_Document(text, grammar, row, voices, dates).statements())
    return Reading(
        language=language,
        published=published,
        statements=found,
        figures=tuple(claimed(text, Written(figures, dates), row, found, words)),
        dates=tuple(dates),
        own_voice=tuple(_own_voice(row, found)),
        credits=tuple(credits_in(text, words)),
    )


@cache
def _quantifying(words: Lexicon) -> frozenset[str]:
    """The words with which dates and figures are written."""
    return date_words(words) | frozenset(number_words(words).values)


@dataclass(frozen=True)
class _Document:
    """A text while it is read."""

    text: str
    grammar: Grammar
    row: list[Block]
    voices: Voices
    dates: Sequence[DateFound]
    quoted: dict[int, Quoted] = field(default_factory=dict)

    def statements(self) -> list[Statement]:
        told_in = found_in(self.row, self.grammar)
        turns = [one for one in turns_in(self.row, self.grammar) if not _known(one, told_in)]
        found = [self._statement(one) for one in (*told_in, *turns)]
        found = _without_echoes(found, self._is_self)
        told = [content for one in found for content in one.content]
        found += deeds_in(self.row, self.grammar, told)
        found.sort(key=lambda one: (one.cue, one.content))
        holders = holders_of(found)
        speakers = self.voices.identified(found, holders, self.row)
        days = dates_of(found, self.row, self.dates)
        return [
            one
            if within is None and day is None and speaker is one.speaker
            else replace(one, within=within, date=day, speaker=speaker)
            for one, within, day, speaker in zip(found, holders, days, speakers, strict=True)
        ]

    def _is_self(self, one: Statement) -> bool:
        """Whether a pronoun that may be the speaker around it is who speaks."""
        word = one.speaker.span.of(self.text).lower() if one.speaker is not None else ""
        return word in self.grammar.words.words("reflexive")

    def _statement(self, found: Found) -> Statement:
        one = found.attribution
        clauses = self.grammar.of(one.sentence)
        said = mood(clauses, one.cue, (0, 0))
        kind = self._kind(one, clauses, found, said)
        return Statement(
            paragraph=found.block.paragraph,
            speaker=self.voices.speaker(one),
            cue=_span(one, one.cue),
            content=found.content,
            kind=kind[0],
            evidence=kind[1],
            way=one.way,
            form=_form(one),
            quotation=self._quoted_in(found.block).sort_of(found.content, self.text),
            said=said,
            mood=self._told(one, clauses, found, said),
            channel=_span(one, one.channel) if one.channel else None,
            addressee=_span(one, one.addressee) if one.addressee else None,
        )

    def _told(self, one: Attribution, clauses: Clauses, found: Found, said: Mood) -> Mood:
        """How what is said is put: its first verb, and whether any word of it denies."""
        parts = [part for part in one.content if part[0] < part[1]]
        inner = list(self._quoted(found, [n for part in parts for n in range(*part)], clauses))
        verb = verb_group(clauses, parts[0]) if parts else None
        how = mood(clauses, verb, parts[0]) if verb is not None and parts else None
        negated = any(denies(clauses, part) for part in parts)
        for number, (row, part) in enumerate(inner):
            group = verb_group(row, part)
            if how is None and number == 0 and group is not None:
                how = mood(row, group, part)
            negated = negated or denies(row, part)
        if one.form in {"that", "clause"}:
            negated = negated or one.kind == "denies" or (said.negated and one.way == "thought")
        return replace(how or Mood(), negated=negated)

    def _quoted(
        self, found: Found, places: Sequence[int], clauses: Clauses
    ) -> Iterator[tuple[Clauses, Range]]:
        """The first sentence of each quotation within what is said."""
        quoted = self._quoted_in(found.block)
        wanted = {clauses.items[n].quotation for n in places if clauses.word(n) == QUOTED}
        if not wanted and not places:
            wanted = {one.inside for one in islice(quoted.sentences_of(found.content[0]), 1)}
        for sentence in quoted.first_of(wanted):
            yield self.grammar.of(sentence), (0, len(sentence.items))

    def _quoted_in(self, block: Block) -> Quoted:
        """What is quoted in a block, put in order once."""
        known = self.quoted.get(block.span.start)
        if known is None:
            known = self.quoted[block.span.start] = Quoted(block)
        return known

    def _kind(
        self, one: Attribution, clauses: Clauses, found: Found, said: Mood
    ) -> tuple[StatementKind, Span]:
        """The kind of a statement, and the words that show it."""
        cue = _span(one, one.cue)
        thinks = one.source is not None or clauses.word(one.head) in clauses.words.words(
            "reckoning"
        )
        if one.kind == "says" and one.way == "thought" and thinks and self._counts(one, clauses):
            return "estimates", cue
        if one.kind != "says" or one.way != "speech":
            return turned(one.kind, said), cue
        shown = self._shown(one, clauses, found)
        return shown if shown is not None and not said.negated else ("says", cue)

    def _counts(self, one: Attribution, clauses: Clauses) -> bool:
        """Whether a number stands in what somebody thinks."""
        numbers = number_words(clauses.words).values
        known = {word for word, (sort, _) in numbers.items() if sort not in {"one", "joiner"}}
        row = (clauses.word(place) for part in one.content for place in range(*part))
        return any(word[:1].isdigit() or word in known for word in row)

    def _shown(
        self, one: Attribution, clauses: Clauses, found: Found
    ) -> tuple[StatementKind, Span] | None:
        """The kind that what is said shows, in the report's words or in quoted ones."""
        speaker = ""
        if one.source is not None:
            speaker = " ".join(clauses.word(place) for place in range(*one.source))
        for part in one.content:
            if part[0] < part[1] and clauses.word(part[0]) != QUOTED:
                return _anchored(one.sentence.items, refined(clauses, part, speaker))
        for sentence in self._quoted_in(found.block).sentences_of(found.content[0]):
            inner = self.grammar.of(sentence)
            shown = refined(inner, (0, len(sentence.items)), "", quoted=True)
            if shown is not None:
                return _anchored(sentence.items, shown)
        return None


def _without_echoes(
    found: Sequence[Statement], own: Callable[[Statement], bool]
) -> list[Statement]:
    """Leave out what speakers say of themselves where those words show the kind around it."""
    shown = sorted(
        ((one.evidence, number) for number, one in enumerate(found) if one.evidence != one.cue)
    )
    longest = max((span.end - span.start for span, _ in shown), default=0)

    def echoes(one: Statement) -> bool:
        first = bisect_left(shown, (Span(one.cue.start - longest, 0), -1))
        last = bisect_left(shown, (Span(one.cue.end, 0), -1))
        return any(
            span.meets(one.cue)
            and found[number] is not one
            and found[number].kind == one.kind
            and not found[number].cue.meets(one.cue)
            for span, number in shown[first:last]
        )

    return [one for one in found if not (own(one) and echoes(one))]


def _known(turn: Found, told: Sequence[Found]) -> bool:
    """Whether a word that reports has led to the same already."""
    head = turn.content[0].start
    return any(
        part.start <= head < part.end
        and one.block == turn.block
        and one.attribution.sentence == turn.attribution.sentence
        for one in told
        for part in one.content
    )


def _span(one: Attribution, part: Range) -> Span:
    items = one.sentence.items
    return Span(items[part[0]].start, items[part[1] - 1].end)


def _form(one: Attribution) -> Form:
    if one.form == "infinitive":
        return "infinitive"
    return "object" if one.form == "object" else "clause"


def _anchored(items: Sequence[Item], shown: Kind | None) -> tuple[StatementKind, Span] | None:
    if shown is None:
        return None
    start, end = shown.evidence
    return shown.kind, Span(items[start].start, items[end - 1].end)


def _own_voice(row: Sequence[Block], found: Sequence[Statement]) -> Iterator[Span]:
    """The sentences that no speaker says."""
    said = sorted(part for one in found if one.form != "deed" for part in (one.cue, *one.content))
    reach = 0  # where the last of those ends that begin before the end of a sentence
    place = 0
    for block in row:
        for sentence in block.sentences:
            if sentence.inside == -1:
                span = sentence.span
                while place < len(said) and said[place].start < span.end:
                    reach = max(reach, said[place].end)
                    place += 1
                if reach <= span.start:
                    yield span
