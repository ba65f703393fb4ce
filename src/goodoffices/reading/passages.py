"""Passages and their sentences, by marks alone: for languages with and without capital letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from goodoffices.reading.pairs import paired
from goodoffices.reading.quotes import Quotation
from goodoffices.reading.spans import Span
from goodoffices.reading.text import Block, Item, Sentence, paragraph_spans
from goodoffices.reading.tongue import Language
from goodoffices.reading.writing import Form, Word

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
TERMINAL = frozenset(".!?…؟۔。！？")
_LONGEST = 400
"""A sentence of more words is cut, so that text without full stops takes no longer to read."""
_WRAPPED_AT = 120


class Passage(NamedTuple):
    """A stretch of text that no sentence leaves.

    Attributes:
        paragraph: the paragraph it is in, counted from 1 over the text.
        span: where it stands.
        quotations: in order of their starts.
        outer: where quotations stand that are within no other.
        sentences: rows of words, in which an outer quotation counts as one word of sort ``q``.
    """

    paragraph: int
    span: Span
    quotations: tuple[Quotation, ...]
    outer: tuple[Span, ...]
    sentences: tuple[tuple[Word, ...], ...]

    def block(self) -> Block:
        """Return the passage in the form that the rules for figures and dates of all share."""
        rows = tuple(
            Sentence((Item(row[0].start, row[-1].end, "", False, -1),), -1)
            for row in self.sentences
        )
        return Block(self.paragraph, self.span, self.quotations, rows)


def passages(text: str, language: Language) -> Iterator[Passage]:
    """Yield the passages of a text; a text without words has none."""
    for number, paragraph in enumerate(paragraph_spans(text), start=1):
        for span in _parts(text, paragraph):
            quoted = paired(text, span, language.quotes)
            outer = tuple(_outer(quoted))
            row = _row(language.script.words(text, span), outer)
            sentences = tuple(tuple(part) for part in _split(text, row, language) if part)
            if sentences:
                yield Passage(number, span, quoted, outer, sentences)


def _parts(text: str, paragraph: Span) -> Iterator[Span]:
    """Split a paragraph at line breaks, but for those that only wrap a line."""
    lines = [Span(*m.span()) for m in _LINE.finditer(text, paragraph.start, paragraph.end)]
    widest = max(line.end - line.start for line in lines)
    start = lines[0].start
    for line, following in pairwise(lines):
        word = following.of(text).split(maxsplit=1)[0]
        fits = widest > _WRAPPED_AT or line.end - line.start + 1 + len(word) <= widest
        if not word[0].islower() and (fits or text[line.end - 1] in TERMINAL):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _outer(quoted: Sequence[Quotation]) -> Iterator[Span]:
    """Quotations that are within no other, none of them without a width."""
    end = -1
    for quotation in quoted:
        start, stop = quotation.span
        if start >= end:
            end = max(stop, start + 1)
            yield Span(start, end)


def _row(words: Sequence[Word], outer: Sequence[Span]) -> list[Word]:
    """The words outside quotations; each outer quotation becomes one word."""
    row: list[Word] = []
    place = 0
    for start, end in outer:
        while place < len(words) and words[place].end <= start:
            row.append(words[place])
            place += 1
        row.append(Word(start, end, '"', (Form('"'),), "q", True))
        while place < len(words) and words[place].start < end:
            place += 1
    row += words[place:]
    return row


def _split(text: str, row: Sequence[Word], language: Language) -> Iterator[list[Word]]:
    """Split a row of words into sentences."""
    start = 0
    for place in range(len(row) - 1):
        if place + 1 - start == _LONGEST or _ends(text, row, place, language):
            yield list(row[start : place + 1])
            start = place + 1
    yield list(row[start:])


def _ends(text: str, row: Sequence[Word], place: int, language: Language) -> bool:
    """Whether a sentence ends with a word that another follows."""
    word, following = row[place], row[place + 1]
    if following.sort == "m" and following.text not in "([—-¿¡":
        return False
    cased = language.setting("capitals") == "yes"
    if cased and following.sort == "w" and not following.capital:
        return False
    if word.sort == "q":
        inner = text[word.start : word.end].rstrip("\"'”’»›״ \t\u00a0\u202f")
        report = language.cues.has(row, place + 1)
        return inner[-1:] in TERMINAL and not report
    if word.sort != "m" or word.text not in TERMINAL:
        return False
    if word.text == "." and place and row[place - 1].end == word.start:
        before = row[place - 1]
        single = before.sort == "w" and len(before.text) == 1 and before.capital
        return not (single or language.known("abbreviation").plain(before))
    return True
