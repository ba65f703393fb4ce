"""Deeds that a document tells in its own voice, kept apart from words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from goodoffices.reading.clauses import Clauses, Grammar, Range
from goodoffices.reading.complements import Complements
from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.moods import mood
from goodoffices.reading.result import Speaker, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.text import Block


def deeds_in(row: Sequence[Block], grammar: Grammar, told: Sequence[Span]) -> Iterator[Statement]:
    """Yield what somebody does, but for what stands within what somebody says."""
    verbs = _verbs(grammar.words)
    spans = sorted(told)
    for block in row:
        for sentence in block.sentences:
            if sentence.inside == -1:
                places = [n for n, item in enumerate(sentence.items) if item.word in verbs and n]
                if places:
                    yield from _of_sentence(block, grammar.of(sentence), places, spans)


@cache
def _verbs(words: Lexicon) -> frozenset[str]:
    return frozenset(form for row in words.table("deeds") for form in row[0].split())


def _of_sentence(
    block: Block, clauses: Clauses, places: Sequence[int], told: Sequence[Span]
) -> Iterator[Statement]:
    for place in places:
        item = clauses.items[place]
        if not _told(Span(item.start, item.end), told):
            found = _deed(block, clauses, place)
            if found is not None:
                yield found


def _told(span: Span, told: Sequence[Span]) -> bool:
    """Whether a word stands in what somebody says; those that begin last are looked at first."""
    until = bisect_right(told, (span.start, span.end + 1))
    return any(part.holds(span) for part in reversed(told[max(0, until - 50) : until]))


def _deed(block: Block, clauses: Clauses, place: int) -> Statement | None:
    """Read one verb of a deed in the active voice, with a subject that can act."""
    items, words = clauses.items, clauses.words
    before = clauses.word(place - 1)
    if before == "to" or before in words.words("determiner|preposition") or before.endswith("'s"):
        return None
    if clauses.word(place) in words.words("adjectival") and (
        clauses.word(place + 1) in words.words("adjectival-link")
    ):
        return None
    first, edge = clauses.group_start(place)
    group = {clauses.word(n) for n in range(first, place)}
    if (group & words.words("be")) and not clauses.word(place).endswith("ing"):
        return None
    if clauses.word(place).endswith("ing") and not group & words.words("be"):
        return None
    subject = clauses.before(edge)
    actor = subject.range if not subject.relative else subject.implied
    actor = actor or subject.implied
    base = not clauses.word(place).endswith(("s", "ed", "ing"))
    if subject.range is None and base and not group:
        return None
    if actor is None or not _acts(clauses, actor):
        return None
    if clauses.word(place + 1) in words.words("subordinate"):
        return None
    end = Complements(clauses).object_end(place + 1)
    if end <= place + 1:
        return None
    span = Span(items[actor[0]].start, items[actor[1] - 1].end)
    cue = Span(items[first].start, items[place].end)
    return Statement(
        paragraph=block.paragraph,
        speaker=Speaker(span, "unnamed", implied=subject.range is None),
        cue=cue,
        content=(Span(items[place + 1].start, items[end - 1].end),),
        kind="does",
        evidence=cue,
        way="finding",
        form="deed",
        quotation="indirect",
        said=mood(clauses, (first, place + 1), (0, 0)),
    )


def _acts(clauses: Clauses, actor: Range) -> bool:
    """Whether a subject names somebody: a name, a body or a role."""
    row = [clauses.word(place) for place in range(*actor)]
    capital = any(clauses.items[place].capital and place for place in range(*actor))
    named = clauses.items[actor[0]].capital and row[0] not in clauses.determiner
    head = not clauses.words.words("organisation|role|unnamed").isdisjoint(row)
    things = clauses.words.words("evidence")
    return (capital or named or head) and row[-1] not in things and len(row) < 15
