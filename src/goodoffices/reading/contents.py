"""What is said, over the borders of sentences: finished quotations and those that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.reading.attributions import Attribution, acts
from goodoffices.reading.clauses import Grammar
from goodoffices.reading.finder import Finder
from goodoffices.reading.quotes import Quotation
from goodoffices.reading.spans import Span
from goodoffices.reading.text import QUOTED, Block, Sentence


@dataclass(slots=True)
class Found:
    """An attribution with the spans of what is said, and the block it was found in."""

    attribution: Attribution
    block: Block
    content: tuple[Span, ...]


def found_in(row: list[Block], grammar: Grammar) -> list[Found]:
    """Return the attributions of the blocks of a text, in the order of their cues."""
    found: list[Found] = []
    reports = grammar.words.reports
    for number, block in enumerate(row):
        for index, sentence in enumerate(block.sentences):
            if reports.isdisjoint([item.word for item in sentence.items]):
                continue
            told = Finder(sentence, grammar.of(sentence)).find()
            led = _led(sentence, grammar, told) if number + 1 < len(row) else None
            for one in (*told, *((led,) if led is not None else ())):
                content = _content(one, block, index) or _announced(one, row, number)
                content = _continued(content, row, number)
                if content:
                    found.append(Found(one, block, content))
    return sorted(found, key=lambda one: one.attribution.sentence.items[one.attribution.cue[0]])


def _led(sentence: Sentence, grammar: Grammar, told: Sequence[Attribution]) -> Attribution | None:
    """A verb far from the colon that ends its sentence: "The minister wrote on her page:"."""
    items = sentence.items
    if items[-1].word != ":" or any(one.form == "quote" for one in told) or sentence.inside != -1:
        return None
    clauses = grammar.of(sentence)
    for place, item in enumerate(items):
        quoting = any("q" in cue.frames for cue in grammar.words.cues.get(item.word, ()))
        if quoting and clauses.is_finite(place) and not any(one.head == place for one in told):
            first, edge = clauses.group_start(place)
            source = clauses.before(edge).range
            if source is not None and acts(clauses, source):
                return Attribution(
                    sentence, (first, place + 1), place, source, None, False,
                    ((len(items), len(items)),), "says", "speech", "quote",
                )  # fmt: skip
    return None


def _content(one: Attribution, block: Block, index: int) -> tuple[Span, ...]:
    """The spans of what one sentence says, with quotations of its neighbours."""
    items = one.sentence.items
    spans = [Span(items[a].start, items[b - 1].end) for a, b in one.content if a < b]
    if not spans and one.form == "trailing":
        before = _neighbour(block, index, -1)
        if before is None or before.items[-1].word != QUOTED:
            return ()
        spans = [before.span if len(before.items) > 1 else Span(*before.items[-1][:2])]
    if _goes_on(one, block.sentences[index], spans):
        following = _neighbour(block, index, 1)
        while following is not None and all(item.word == QUOTED for item in following.items):
            spans.append(following.span)
            index += 1
            following = _neighbour(block, index, 1)
    return tuple(spans)


def _goes_on(one: Attribution, sentence: Sentence, spans: list[Span]) -> bool:
    """Whether sentences that are nothing but quoted words go on with what is said."""
    if one.form in {"quote", "trailing"}:
        return _ends_quoted(one, spans)
    told = one.form in {"that", "clause", "question"} and one.way == "speech"
    last = bool(spans) and spans[-1].end >= sentence.items[-1].start
    return told and last and one.source is not None and not one.passive


def _announced(one: Attribution, row: list[Block], number: int) -> tuple[Span, ...]:
    """The quotation with which the next block begins, after a colon at the end of one."""
    if one.form != "quote" or number + 1 >= len(row):
        return ()
    block, following = row[number], row[number + 1]
    if one.sentence.span.end != block.span.end or not following.quotations:
        return ()
    first = following.quotations[0].span
    return (first,) if first.start == following.span.start else ()


def _neighbour(block: Block, index: int, step: int) -> Sentence | None:
    """The sentence before or after one, of the same quotation or outside of any."""
    place = index + step
    if 0 <= place < len(block.sentences):
        other = block.sentences[place]
        return other if other.inside == block.sentences[index].inside else None
    return None


def _ends_quoted(one: Attribution, spans: list[Span]) -> bool:
    """Whether what is said is quoted, so that more quoted words go on with it."""
    items = one.sentence.items
    return any(item.word == QUOTED and span.end == item.end for item in items for span in spans)


def _continued(content: tuple[Span, ...], row: list[Block], number: int) -> tuple[Span, ...]:
    """Add the paragraphs in which a quotation that is not closed goes on."""
    if not content:
        return content
    last = _closing(row[number], content[-1].end)
    spans = list(content)
    while last is not None and not last.closed and number + 1 < len(row):
        number += 1
        following = row[number].quotations
        if not following or following[0].span.start != row[number].span.start:
            break
        last = following[0]
        spans.append(last.span)
    return tuple(spans)


def _closing(block: Block, end: int) -> Quotation | None:
    """The quotation with which a content ends."""
    return next((one for one in block.quotations if one.span.end == end), None)
