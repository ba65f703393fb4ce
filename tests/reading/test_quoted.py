"""What stands in quotation marks, found by place, against looking at every quotation."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.quoted import Quoted
from goodoffices.reading.spans import Span
from goodoffices.reading.text import Block, Sentence, blocks

EN = lexicon("en")
pieces = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "‘",
        "’",
        "«",
        "»",
        "``",
        "''",
        " ",
        ", ",
        ". ",
        "he said",
        "No",
        "We wait",
        ".",
    ]
)
texts = st.lists(pieces, min_size=1, max_size=24).map("".join)
numbers = st.integers(0, 60)


def parts_of(text: str, places: list[tuple[int, int]]) -> list[Span]:
    """Return stretches of a text that hold something."""
    found = []
    for one, other in places:
        start = one % len(text)
        found.append(Span(start, start + 1 + other % (len(text) - start)))
    return found


def sort_of(block: Block, content: list[Span], text: str) -> str:
    """The twin: every quotation is looked at for every part."""
    spans = [one.span for one in block.quotations]
    whole = [is_quoted(part, spans, text) for part in content]
    if all(whole):
        return "direct"
    return "mixed" if any(part.meets(one) for part in content for one in spans) else "indirect"


def is_quoted(part: Span, spans: list[Span], text: str) -> bool:
    rest = part.start
    for one in spans:
        if part.holds(one) and text[rest : one.start].strip(" ,.;:") == "":
            rest = max(rest, one.end)
    closed = any(one.start == part.start for one in spans)
    return text[rest : part.end].strip(" ,.;:") == "" or (not closed and text[part.start] in '"“„«')


def quoted_blocks(text: str) -> Iterator[Block]:
    return (block for block in blocks(text, EN) if block.span.start < block.span.end)


@given(texts, st.lists(st.tuples(numbers, numbers), min_size=1, max_size=3))
def test_contents_are_direct_mixed_or_indirect_as_every_quotation_tells(
    text: str, places: list[tuple[int, int]]
) -> None:
    content = parts_of(text, places)
    for block in quoted_blocks(text):
        assert Quoted(block).sort_of(content, text) == sort_of(block, content, text)


@given(texts, numbers, numbers)
def test_sentences_within_a_part_are_all_that_it_holds(text: str, one: int, other: int) -> None:
    (part,) = parts_of(text, [(one, other)])
    for block in quoted_blocks(text):
        held: list[Sentence] = [
            sentence
            for sentence in block.sentences
            if sentence.inside != -1 and part.holds(sentence.span)
        ]
        assert list(Quoted(block).sentences_of(part)) == held


@given(texts, st.sets(st.integers(-1, 6)))
def test_the_first_sentence_of_each_quotation_comes_in_order(text: str, wanted: set[int]) -> None:
    for block in quoted_blocks(text):
        left, first = set(wanted), []
        for sentence in block.sentences:
            if sentence.inside in left:
                left.discard(sentence.inside)
                first.append(sentence)
        assert list(Quoted(block).first_of(wanted)) == first
