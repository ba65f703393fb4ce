"""What of a block stands in quotation marks, found by where it stands.

A block may have thousands of quotations; whoever asks about a few characters looks at those few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from goodoffices.reading.result import Quotation
from goodoffices.reading.spans import Span
from goodoffices.reading.text import Block, Sentence

_BESIDE = " ,.;:"


class Quoted:
    """The quotations of a block, and the sentences in them."""

    def __init__(self, block: Block) -> None:
        self._sentences = [one for one in block.sentences if one.inside != -1]
        self._spans = [one.span for one in block.quotations]
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))
        places = [(one.items[0].start, number) for number, one in enumerate(self._sentences)]
        self._places = sorted(places)
        self._first: dict[int, int] = {}
        self._all = block.sentences
        for number, one in enumerate(self._all):
            self._first.setdefault(one.inside, number)

    def sentences_of(self, part: Span) -> Iterator[Sentence]:
        """Yield the sentences in quotations that a stretch of text holds, in their order."""
        first = bisect_left(self._places, (part.start, -1))
        last = bisect_left(self._places, (part.end, -1))
        for number in sorted(number for _, number in self._places[first:last]):
            sentence = self._sentences[number]
            if sentence.items[-1].end <= part.end:
                yield sentence

    def first_of(self, quotations: Iterable[int]) -> Iterator[Sentence]:
        """Yield the first sentence of each of some quotations, in their order."""
        for number in sorted(self._first[one] for one in quotations if one in self._first):
            yield self._all[number]

    def sort_of(self, content: Sequence[Span], text: str) -> Quotation:
        """Return whether a content is quoted, told in the report's words, or both."""
        if all(self._is_quoted(part, text) for part in content):
            return "direct"
        return "mixed" if any(self._meets(part) for part in content) else "indirect"

    def _meets(self, part: Span) -> bool:
        """Whether a stretch of text shares characters with a quotation."""
        before = bisect_left(self._starts, part.end)
        return before > 0 and self._reach[before - 1] > part.start

    def _is_quoted(self, part: Span, text: str) -> bool:
        """Whether a part is nothing but quotations, or begins with a mark as one that goes on."""
        rest = part.start
        first, last = (bisect_left(self._starts, place) for place in part)
        for one in self._spans[first:last]:
            if one.end <= part.end and text[rest : one.start].strip(_BESIDE) == "":
                rest = max(rest, one.end)
        if text[rest : part.end].strip(_BESIDE) == "":
            return True
        closed = first < last and self._starts[first] == part.start
        return not closed and text[part.start] in '"“„«'
