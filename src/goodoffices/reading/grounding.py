"""The gate for what a helper proposes: a row counts only if the text holds it, word for word.

Quote, cue, speaker, evidence and figures have to stand in the text. A quote may be in pieces, in
the order of the text and in one paragraph. A negation that stands before the quote, between its
pieces or before its cue may not be left out, and a kind may not say the contrary of the words. A
row that does not pass is refused as a whole, with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import Field

from goodoffices.model.base import Model
from goodoffices.model.issues import Number
from goodoffices.model.record import Bound, StatementKind
from goodoffices.reading.figures import FigureFound, figures_in
from goodoffices.reading.folding import Folded
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.quoted import Quoted
from goodoffices.reading.result import Figure, Mood, Speaker, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.speakers import Roster, sort_of
from goodoffices.reading.text import Block, blocks, paragraph_spans

RefusalReason = Literal[
    "quote", "short-quote", "order", "cue", "speaker", "evidence", "negation", "kind", "figure"
]
"""What of a row is not as the text has it."""

_GAP = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\.{3,}|…)\s*")
_SPOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NEAR = 3
"""How many words before a cue a negation still governs it."""
_STOPS = frozenset(".!?;:؟。")
_AGREEING = frozenset({"accepts", "agrees", "offers"})
_DISAGREEING = frozenset({"refuses", "rejects", "denies"})


class HelperFigure(Model):
    """A figure that a helper proposes."""

    words: str = Field(min_length=1, description="the words of the figure, exactly as in the text")
    value: Number
    high: Number | None = None
    bound: Bound = "exactly"


class HelperRow(Model):
    """A statement that a helper proposes."""

    speaker: str = Field(description='who speaks, exactly as in the text; "" when nobody is named')
    cue: str = Field(min_length=1, description="the words that report, exactly as in the text")
    quote: str = Field(min_length=1, description="what is said, exactly as in the text")
    kind: StatementKind
    evidence: str = Field(default="", description="the words that show the kind, as in the text")
    figures: tuple[HelperFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was refused.

    Attributes:
        number: of the row, from 1.
        reason: what of it is not as the text has it.
        words: the words that were looked for, or that stand in the way.
    """

    number: int
    reason: RefusalReason
    words: str


@dataclass(frozen=True, slots=True)
class Grounded:
    """What passed the gate and what did not; figures name their statement by its number here."""

    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    refused: tuple[Refusal, ...]


class _RefusedError(Exception):
    def __init__(self, reason: RefusalReason, words: str) -> None:
        self.reason: RefusalReason = reason
        self.words = words
        super().__init__(reason)


def grounded(
    text: str, rows: Sequence[HelperRow], words: Lexicon, roster: Roster | None = None
) -> Grounded:
    """Hold the rows of a helper against the text.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> row = HelperRow(speaker="The union", cue="said", quote="will accept it", kind="accepts")
    >>> grounded("The union said it will not accept it.", [row], lexicon("en")).refused[0].reason
    'quote'
    """
    gate = _Gate(text, words, roster or Roster.of(None))
    statements: list[Statement] = []
    figures: list[Figure] = []
    refused: list[Refusal] = []
    for number, row in enumerate(rows, 1):
        try:
            made, claimed = gate.passed(row, len(statements))
        except _RefusedError as error:
            refused.append(Refusal(number, error.reason, error.words))
        else:
            statements.append(made)
            figures += claimed
    return Grounded(tuple(statements), tuple(figures), tuple(refused))


class _Gate:
    """One text, prepared for looking rows up in it."""

    def __init__(self, text: str, words: Lexicon, roster: Roster) -> None:
        self.text = text
        self.words = words
        self.roster = roster
        self.folded = Folded(text)
        self.paragraphs = paragraph_spans(text)
        self.blocks = list(blocks(text, words))
        self.sentences = sorted(
            one.span for block in self.blocks for one in block.sentences if one.inside == -1
        )
        self.figures = figures_in(text, words, [])
        self.kinds: Mapping[str, frozenset[StatementKind]] = {
            form: frozenset(cue.kind for cue in cues)
            for table in (words.cues, words.nouns)
            for form, cues in table.items()
        }

    def passed(self, row: HelperRow, number: int) -> tuple[Statement, list[Figure]]:
        """Return what a row says as the text has it.

        Raises:
            _RefusedError: the text has it otherwise.
        """
        last: _RefusedError | None = None
        for content in self._contents(row.quote):
            try:
                return self._at(row, content, number)
            except _RefusedError as error:
                last = last or error
        raise last or _RefusedError("quote", row.quote)

    def _contents(self, quote: str) -> Iterator[tuple[Span, ...]]:
        """The places where a quote stands, in one piece or in several of one paragraph."""
        pieces = [piece for piece in _GAP.split(quote) if piece.strip()]
        scattered = False
        for first in self.folded.find(pieces[0]) if pieces else ():
            place = [first]
            whole = self.paragraphs[self._paragraph(first) - 1]
            for piece in pieces[1:]:
                rest = Span(place[-1].end, whole.end)
                following = next(self.folded.find(piece, rest), None)
                if following is None:
                    break
                place.append(following)
            if len(place) == len(pieces):
                yield tuple(place)
            else:
                scattered = True
        if scattered:
            raise _RefusedError("order", quote)

    def _at(
        self, row: HelperRow, content: tuple[Span, ...], number: int
    ) -> tuple[Statement, list[Figure]]:
        extent = Span(content[0].start, content[-1].end)
        self._is_long_enough(row.quote, content)
        cue = self._cue(row.cue, extent)
        self._keeps_negation(content, cue)
        evidence = self._evidence(row, cue, extent)
        self._shows_kind(row.kind, cue, content, evidence)
        figures = [self._figure(one, cue, extent, number) for one in row.figures]
        block = self._block(extent)
        statement = Statement(
            paragraph=self._paragraph(cue),
            speaker=self._speaker(row.speaker, cue, extent),
            cue=cue,
            content=content,
            kind=row.kind,
            evidence=evidence,
            way="speech",
            form="clause",
            quotation=Quoted(block).sort_of(content, self.text) if block else "indirect",
            mood=Mood(
                negated=any(self._negations(part) for part in content),
                conditional=self._is_conditional(cue, extent),
            ),
            found_by="helper",
        )
        return statement, figures

    def _is_long_enough(self, quote: str, content: tuple[Span, ...]) -> None:
        """A word by itself stands anywhere; it counts only where it is quoted."""
        start, end = content[0].start, content[-1].end
        around = self.text[start - 1 : start] + self.text[end : end + 1]
        marks = set(around) & set("\"'“”‘’«»„")
        if len(_words(" ".join(part.of(self.text) for part in content))) < 2 and not marks:
            raise _RefusedError("short-quote", quote)

    def _cue(self, cue: str, extent: Span) -> Span:
        """The cue nearest to the quote, in its paragraph or the one before or after."""
        near = self._paragraph(extent)
        first = self.paragraphs[max(0, near - 2)]
        last = self.paragraphs[min(len(self.paragraphs), near + 1) - 1]
        found = list(self.folded.find(cue, Span(first.start, last.end)))
        outside = [span for span in found if not span.meets(extent)] or found
        if not outside:
            raise _RefusedError("cue", cue)
        return min(outside, key=lambda span: _apart(span, extent))

    def _speaker(self, speaker: str, cue: Span, extent: Span) -> Speaker | None:
        """The speaker, of whom one who is not named beside the cue is a suggestion."""
        if not speaker.strip():
            return None
        found = [
            span for span in self.folded.find(speaker)
            if self._paragraph(span) <= self._paragraph(cue)
            and not any(part.holds(span) for part in [extent] if not part.holds(cue))
        ]  # fmt: skip
        if not found:
            raise _RefusedError("speaker", speaker)
        nearest = min(found, key=lambda span: _apart(span, cue))
        match = self.roster.match(nearest.of(self.text))
        doubt = self._doubt(nearest, cue)
        reasons = [doubt, match.reason if match else ""]
        return Speaker(
            nearest,
            sort_of(nearest.of(self.text), self.words),
            ids=match.ids if match else (),
            suggested=bool(doubt) or bool(match and match.suggested),
            reason="; ".join(reason for reason in reasons if reason),
        )

    def _doubt(self, speaker: Span, cue: Span) -> str:
        """Why a speaker may belong to another cue; "" when nothing speaks for that."""
        if self._sentence(speaker) != self._sentence(cue):
            return "named in another sentence than the words that report"
        between = Span(min(speaker.end, cue.end), max(speaker.start, cue.start))
        if any(word in self.words.cues for word in _words(between.of(self.text))):
            return "other words that report stand between"
        return ""

    def _keeps_negation(self, content: tuple[Span, ...], cue: Span) -> None:
        """A negation that governs the quote or the cue stands in them."""
        for before, after in pairwise(content):
            self._refuse_negation(Span(before.end, after.start))
        for part in (content[0], cue):
            start = self._clause_start(part)
            if part is not cue and start <= cue.start < part.start:
                start = cue.end
            spoken = list(_SPOKEN.finditer(self.text, start, part.start))
            if part is cue and spoken:
                # Further away it negates something else: "said no while the port said".
                start = spoken[-_NEAR:][0].start()
            self._refuse_negation(Span(start, part.start))

    def _refuse_negation(self, span: Span) -> None:
        if found := self._negations(span):
            raise _RefusedError("negation", found[0])

    def _clause_start(self, span: Span) -> int:
        """Where the clause begins that a span stands in: after the last stop before it."""
        sentence = self._sentence(span) or Span(self.paragraphs[self._paragraph(span) - 1].start, 0)
        before = self.text[sentence.start : span.start]
        stop = max((before.rfind(mark) for mark in (*_STOPS, ",", '"', "“", "«")), default=-1)
        return sentence.start + stop + 1

    def _negations(self, span: Span) -> list[str]:
        """The words of a span that negate."""
        said = span.of(self.text).replace("’", "'").lower()
        found: list[str] = _SPOKEN.findall(said)
        known = self.words.words("negation")
        return [word for word in found if word in known or word.endswith("n't") or word == "cannot"]

    def _evidence(self, row: HelperRow, cue: Span, extent: Span) -> Span:
        """The words that show the kind, in the sentence of the cue or within the quote."""
        if not row.evidence.strip():
            return cue
        around = [one for one in (extent, self._sentence(cue), self._sentence(extent)) if one]
        for whole in around:
            found = next(self.folded.find(row.evidence, whole), None)
            if found is not None:
                return found
        raise _RefusedError("evidence", row.evidence)

    def _shows_kind(
        self, kind: StatementKind, cue: Span, content: tuple[Span, ...], evidence: Span
    ) -> None:
        """The kind says nothing contrary to the words."""
        if self._kinds(cue) & {kind} and not self._negations(cue):
            return
        negated = [word for part in (*content, cue, evidence) for word in self._negations(part)]
        if kind in _AGREEING and negated:
            raise _RefusedError("kind", f"{kind}, beside {negated[0]}")
        if kind in _DISAGREEING and not negated:
            shown = set().union(*(self._kinds(part) for part in (*content, evidence)))
            if not shown & _DISAGREEING:
                raise _RefusedError("kind", f"{kind}, and no word of it")
        if kind in _AGREEING and self._kinds(cue) & _DISAGREEING:
            raise _RefusedError("kind", f"{kind}, beside {cue.of(self.text)}")

    def _kinds(self, span: Span) -> frozenset[StatementKind]:
        """The kinds that the lexicon gives the words of a span."""
        words = _words(span.of(self.text))
        return frozenset().union(*(self.kinds.get(word, frozenset()) for word in words))

    def _figure(self, one: HelperFigure, cue: Span, extent: Span, number: int) -> Figure:
        """A figure as the rules read its words; another value or bound is refused."""
        sentences = [span for span in (self._sentence(cue), self._sentence(extent)) if span]
        for span in self.folded.find(one.words):
            near = span.meets(extent) or any(whole.holds(span) for whole in sentences)
            read = next((found for found in self.figures if found.span.meets(span)), None)
            if near and read is not None and _agrees(one, read):
                return Figure(
                    span=read.span, value=read.value, high=read.high, bound=read.bound,
                    sort=read.sort, unit=read.unit, counted=read.counted, kind="claimed",
                    statement=number, found_by="helper",
                )  # fmt: skip
        raise _RefusedError("figure", f"{one.words}: {one.bound} {one.value}")

    def _is_conditional(self, cue: Span, extent: Span) -> bool:
        sentence = self._sentence(extent) or self._sentence(cue)
        if sentence is None:
            return False
        after = Span(extent.end, max(sentence.end, extent.end))
        said = extent.of(self.text) + " " + after.of(self.text)
        return any(word in self.words.words("if") for word in _words(said))

    def _paragraph(self, span: Span) -> int:
        return max(1, bisect_right(self.paragraphs, span.start, key=lambda one: one.start))

    def _sentence(self, span: Span) -> Span | None:
        place = bisect_right(self.sentences, span.start, key=lambda one: one.start) - 1
        found = self.sentences[place] if place >= 0 else None
        return found if found is not None and span.start < found.end else None

    def _block(self, span: Span) -> Block | None:
        place = bisect_right(self.blocks, span.start, key=lambda one: one.span.start) - 1
        return self.blocks[place] if place >= 0 else None


def _words(text: str) -> list[str]:
    found: list[str] = _SPOKEN.findall(text.lower())
    return found


def _apart(one: Span, other: Span) -> int:
    """How many code points lie between two spans."""
    return max(0, one.start - other.end, other.start - one.end)


def _agrees(one: HelperFigure, read: FigureFound) -> bool:
    high: Decimal | None = one.high
    return one.value == read.value and one.bound == read.bound and high == read.high
