"""Blocks, sentences and words of any text, with the code points at which they stand.

A sentence is a row of items: words, marks, and quotations, each of which counts as one item
however long it is. What stands inside a quotation has sentences of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper, cache, lru_cache
from itertools import accumulate, compress, pairwise, repeat
from typing import NamedTuple

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.quotes import Quotation, quotations
from goodoffices.reading.spans import Span, Tokens, tokens_in

_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]*\S[^\r\n]*)*")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_WORD = re.compile(
    r"("
    r"[a-zA-Z]++(?=[ ,\n:;?!\"”)])|(?![ \n])"  # most words and gaps, for speed
    r"(?:(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*(?:\w+)?(?:-\w+)*"  # 1,200 or 60-day
    r"|[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f]+"
    r"(?:['’\-‐‑&/][\w\u0300-\u036f]+|\.(?=[a-z]{2,4}\b)\w+)*"
    r"|``|''|\.{2,}|--|[^\w\s])"
    r")"
)
TERMINAL = frozenset(".!?…؟。！？") | {"...", ".."}
"""Marks that end a sentence."""
_CLOSING = frozenset(")]}\"'”’»")
_ENDING = frozenset("".join(TERMINAL | _CLOSING))
_NO_START = frozenset({",", ";", ":", ")", "-", "—", "–"} | TERMINAL)
_LONGEST = 400
"""A sentence of more items is cut, so that text without full stops takes no longer to read."""
_WRAPPED_AT = 120
QUOTED = '"'
"""The word of an item that is a whole quotation."""


class Item(NamedTuple):
    """A word, a mark, or a quotation taken as one.

    Attributes:
        start: its first code point.
        end: the code point after its last.
        word: in lower case, with straight apostrophes; ``"`` for a quotation.
        capital: whether it begins with a capital letter.
        quotation: the number of the quotation in its block, or -1.
    """

    start: int
    end: int
    word: str
    capital: bool
    quotation: int


class Sentence(NamedTuple):
    """A sentence, and the number of the quotation of its block that it stands in, or -1."""

    items: tuple[Item, ...]
    inside: int

    @property
    def span(self) -> Span:
        """From its first item to its last."""
        return Span(self.items[0].start, self.items[-1].end)


class Block(NamedTuple):
    """A stretch of text that no sentence leaves: a paragraph, or a line that stands by itself.

    Attributes:
        paragraph: the paragraph it is in, counted from 1 over the text.
        span: where it stands.
        quotations: in order of their starts.
        sentences: outside quotations first, then those of each quotation.
    """

    paragraph: int
    span: Span
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]


def paragraph_spans(text: str) -> list[Span]:
    """Return the paragraphs: runs of lines that are not blank, as the case file counts them.

    >>> [span.of("One\\n\\nTwo") for span in paragraph_spans("One\\n\\nTwo")]
    ['One', 'Two']
    """
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]


def blocks(text: str, words: Lexicon, *, items: list[Item] | None = None) -> Iterator[Block]:
    """Yield the blocks of a text, of which the items may be given; without words there is none."""
    items = items_in(text)[0] if items is None else items
    starts = [item.start for item in items]
    first = 0
    for number, paragraph in enumerate(paragraph_spans(text), start=1):
        for span in _block_spans(text, paragraph):
            last = bisect_left(starts, span.end, first)
            yield _block(text, span, number, words, items[first:last])
            first = last


def block(text: str, span: Span, paragraph: int, words: Lexicon) -> Block:
    """Return one block with its sentences.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> text = 'Mr. Katz said: "No. Never." He left.'
    >>> [s.span.of(text) for s in block(text, Span(0, len(text)), 1, lexicon("en")).sentences]
    ['Mr. Katz said: "No. Never."', 'He left.', 'No.', 'Never.']
    """
    items = [item for item in items_in(text[: span.end])[0] if item.start >= span.start]
    return _block(text, span, paragraph, words, items)


def _block(text: str, span: Span, paragraph: int, words: Lexicon, items: list[Item]) -> Block:
    """A block of which the items are known."""
    quoted = quotations(text, span)
    sentences: list[Sentence] = []
    for number in range(-1, len(quoted)):
        inner = span if number == -1 else quoted[number].inner
        row = _row(items, quoted, number, inner) if quoted else items
        sentences += (Sentence(tuple(part), number) for part in _split(text, row, words))
    return Block(paragraph, span, quoted, tuple(sentences))


def items_in(text: str, wanted: frozenset[str] = frozenset()) -> tuple[list[Item], Tokens]:
    """Return the words and marks of a text, and those tokens of it that `tokens_in` finds.

    >>> items, tokens = items_in("40 Percent of the U.S.", frozenset({"percent"}))
    >>> [item.word for item in items], tokens
    (['40', 'percent', 'of', 'the', 'u.s.'], [(0, '40'), (3, 'percent')])
    """
    parts = _WORD.split(text)
    places = list(accumulate(map(len, parts)))
    starts, ends = places[:-1:2], places[1::2]
    known = _known(wanted)
    written = parts[1::2]
    if max(map(len, written), default=0) < _RARE:
        found = list(map(known, written))
    else:
        found = [(known if len(one) < _RARE else known.__wrapped__)(one) for one in written]
    words, capitals, rows = zip(*found, strict=True) if found else ((), (), ())
    items = list(map(_made, repeat(Item), zip(starts, ends, words, capitals, repeat(-1))))
    tokens = [
        (start + at, token)
        for start, row in compress(zip(starts, rows, strict=True), rows)
        for at, token in row
    ]
    return items, tokens


_Known = tuple[str, bool, Sequence[tuple[int, str]]]


@cache
def _known(wanted: frozenset[str]) -> _lru_cache_wrapper[_Known]:
    """Tells a word as rules compare it, whether it begins with a capital, and its tokens."""

    def folded(written: str) -> _Known:
        lower = written.lower().replace("’", "'")
        return lower, written[0].isupper(), tuple(tokens_in(written, wanted))

    return lru_cache(maxsize=_KEPT)(folded)


_made: Callable[[type[Item], tuple[int, int, str, bool, int]], Item] = tuple.__new__
"""Makes an item without a detour: a text has so many that it counts."""
_KEPT = 1 << 14
"""Of how many words is kept in mind what was found out about them."""
_RARE = 32
"""Words of that length are not kept in mind, so that hostile texts do not fill the memory."""


def _block_spans(text: str, paragraph: Span) -> Iterator[Span]:
    """Split a paragraph at line breaks, but for those that only wrap a line."""
    lines = [Span(*m.span()) for m in _LINE.finditer(text, paragraph.start, paragraph.end)]
    widest = max(line.end - line.start for line in lines)
    start = lines[0].start
    marks = [0, 0, 0]  # how often each stands between the start and the end of a line
    for line, following in pairwise(lines):
        marks = [n + text.count(mark, *line) for n, mark in zip(marks, _COUNTED, strict=True)]
        goes_on = _left_open(marks, following.of(text))
        if not goes_on and not _wraps(text, line, following, widest):
            yield Span(start, line.end)
            start, marks = following.start, [0, 0, 0]
    yield Span(start, lines[-1].end)


_COUNTED = ('"', "“", "”")


def _wraps(text: str, line: Span, following: Span, widest: int) -> bool:
    """Whether a line goes on in the next: in lower case, or as its first word did not fit."""
    word = following.of(text).split(maxsplit=1)[0]
    if word[0].islower():
        return True
    if line.of(text).rstrip()[-1] in _ENDING:
        return False
    return widest <= _WRAPPED_AT and line.end - line.start + 1 + len(word) > widest


def _left_open(marks: Sequence[int], following: str) -> bool:
    """Whether lines leave a quotation open that the next closes, without opening it anew."""
    straight, opened, closed = marks
    if following.lstrip()[:1] in '"“„«':
        return False
    return (straight % 2 == 1 and '"' in following) or (opened > closed and "”" in following)


def _row(
    items: Sequence[Item], quoted: tuple[Quotation, ...], number: int, inner: Span
) -> list[Item]:
    """The items of one level: what stands in quotations further in becomes one item each."""
    children: list[tuple[int, Span]] = []
    for index in range(number + 1, len(quoted)):
        if quoted[index].span.start >= inner.end:
            break
        if not children or quoted[index].span.start >= children[-1][1].end:
            children.append((index, quoted[index].span))
    children.reverse()
    row: list[Item] = []
    at = bisect_right(items, inner.start, key=lambda item: item.end)
    if not children:
        return list(items[at : bisect_left(items, inner.end, key=lambda item: item.start)])
    while at < len(items) and items[at].start < inner.end:
        item = items[at]
        while children and children[-1][1].end <= item.start:
            children.pop()
        if children and children[-1][1].start <= item.start:
            index, span = children[-1]
            row.append(Item(span.start, span.end, QUOTED, True, index))
            while at < len(items) and items[at].start < span.end:
                at += 1
            continue
        row.append(item)
        at += 1
    return row


def _split(text: str, row: list[Item], words: Lexicon) -> Iterator[list[Item]]:
    """Split a row of items into sentences."""
    marks = [index for index, item in enumerate(row) if item[2][-1] in _ENDING]
    if marks and marks[-1] == len(row) - 1:
        marks.pop()
    ends = [index + 1 for index in marks if _ends(text, row, index, words)]
    start = 0
    for end in (*ends, len(row)):
        for cut in range(start, end, _LONGEST):
            yield row[cut : min(end, cut + _LONGEST)]
        start = end


def _ends(text: str, row: list[Item], index: int, words: Lexicon) -> bool:
    """Whether a sentence ends with an item that another follows."""
    item, following = row[index], row[index + 1]
    if following.word in _CLOSING and following.quotation == -1 and following.start == item.end:
        return False
    if not (following.capital or following.word[0].isdigit() or not following.word[0].isalpha()):
        return False
    if following.word in _NO_START:
        return False
    if item.quotation != -1:
        return _last_mark(text, item) in TERMINAL and following.start > item.end
    if item.word in _CLOSING and index and row[index - 1].word in TERMINAL:
        return following.start > item.end
    if item.word in TERMINAL:
        return not (item.word == "." and index and _abbreviated(text, row, index, words))
    if item.word.endswith(".") and len(item.word) > 1:
        return following.word in words.starters
    return False


def _last_mark(text: str, item: Item) -> str:
    """The last character of a quotation that is not a closing mark."""
    inner = text[item.start : item.end].rstrip("\"'”’»›`」』 \t")
    return inner[-1:]


def _abbreviated(text: str, row: list[Item], index: int, words: Lexicon) -> bool:
    """Whether a full stop belongs to the word before it."""
    before = row[index - 1]
    if before.end != row[index].start:
        return False
    written = text[before.start : before.end]
    if len(written) == 1 and written.isupper() and written != "I":
        return True
    if written.lower() in words.words("numbered"):
        return row[index + 1].word[0].isdigit()
    return written in words.abbreviations
