"""Who speaks where no word says so: "Name: ...", the turns of a transcript, headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from goodoffices.reading.attributions import Attribution, acts
from goodoffices.reading.clauses import Clauses, Grammar, Range
from goodoffices.reading.contents import Found
from goodoffices.reading.spans import Span
from goodoffices.reading.text import QUOTED, TERMINAL, Block, Sentence

_LONGEST = 8
"""How many words a speaker before a colon has at most."""
_HEADLINE = 4
"""How many words name the source of a headline at most."""
_DASHES = frozenset("-–—:")


def turns_in(row: Sequence[Block], grammar: Grammar) -> Iterator[Found]:
    """Yield what somebody says of whom only a colon or a dash tells, in the order of the text.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> from goodoffices.reading.text import blocks
    >>> text = "RUIZ: We wait.\\n\\nMODERATOR: Why?\\n\\nRUIZ: Ask them."
    >>> words = Grammar(lexicon("en"))
    >>> found = turns_in(list(blocks(text, words.words)), words)
    >>> [one.content[0].of(text) for one in found]
    ['We wait.', 'Why?', 'Ask them.']
    """
    labels = [_label(block, grammar) for block in row]
    often = Counter(_named(block, end) for block, end in zip(row, labels, strict=True) if end)
    transcript = any(times > 1 for times in often.values())
    for number, block in enumerate(row):
        end = labels[number]
        if end and transcript:
            yield _turn(row, number, end, labels)
        elif (headline := _headline(block, grammar)) is not None:
            yield headline
        else:
            yield from _quoted(block, grammar)


def _outer(block: Block) -> Iterator[Sentence]:
    return (one for one in block.sentences if one.inside == -1)


def _label(block: Block, grammar: Grammar) -> int:
    """The colon that ends a label at the beginning of a block; 0 when there is none."""
    first = next(_outer(block))
    words = grammar.words.words
    for place, item in enumerate(first.items[:_LONGEST]):
        if item.word == ":":
            plain = place and place + 1 < len(first.items)
            known = {one.word for one in first.items[:place]}
            return place if plain and not known & words("notice") else 0
        if not item.capital:
            return 0
    return 0


def _named(block: Block, end: int) -> str:
    """The words of a label, for comparison."""
    return " ".join(item.word for item in next(_outer(block)).items[:end])


def _turn(row: Sequence[Block], number: int, end: int, labels: Sequence[int]) -> Found:
    """What somebody says in a transcript, until the next label."""
    block = row[number]
    sentence = next(_outer(block))
    content = [Span(sentence.items[end + 1].start, block.span.end)]
    for later in range(number + 1, len(row)):
        if labels[later]:
            break
        content.append(row[later].span)
    part = (end + 1, len(sentence.items))
    return Found(_said(sentence, (0, end), end, part), block, tuple(content))


def _said(sentence: Sentence, source: Range, mark: int, content: Range) -> Attribution:
    return Attribution(
        sentence, (mark, mark + 1), mark, source, None, False, (content,), "says", "speech", "quote"
    )


def _headline(block: Block, grammar: Grammar) -> Found | None:
    """Read "Port to close - union" and "Minister: strike must end"."""
    sentences = list(_outer(block))
    items = sentences[0].items
    if len(sentences) > 1 or items[-1].word in TERMINAL or items[-1].word == QUOTED:
        return None
    clauses = grammar.of(sentences[0])
    for mark in (*range(1, _HEADLINE), *range(len(items) - _HEADLINE - 1, len(items) - 1)):
        if not 0 < mark < len(items) - 1 or items[mark].word not in _DASHES:
            continue
        leads = mark < _HEADLINE and items[mark].word == ":"
        source = (0, mark) if leads else (mark + 1, len(items))
        content = (mark + 1, len(items)) if leads else (0, mark)
        spaced = items[mark - 1].end < items[mark].start or items[mark].word == ":"
        if spaced and _is_role(clauses, source):
            span = Span(items[content[0]].start, items[content[1] - 1].end)
            return Found(_said(sentences[0], source, mark, content), block, (span,))
    return None


def _is_role(clauses: Clauses, source: Range) -> bool:
    """Whether words name a role or a body, as the sources of headlines do."""
    words = clauses.words.words
    known = words("role|unnamed|organisation|evidence")
    return clauses.word(source[1] - 1) in known and not clauses.finite_in(*source)


def _quoted(block: Block, grammar: Grammar) -> Iterator[Found]:
    """Read quotations that a name and a colon lead."""
    sentences = list(_outer(block))
    for number, sentence in enumerate(sentences):
        items = sentence.items
        mark = next((n for n, one in enumerate(items[: _LONGEST + 1]) if one.word == ":"), 0)
        if not mark or mark + 1 >= len(items) or items[mark + 1].word != QUOTED:
            continue
        clauses = grammar.of(sentence)
        if clauses.finite_in(0, mark) is not None or not acts(clauses, (0, mark)):
            continue
        content = [Span(items[mark + 1].start, items[mark + 1].end)]
        for later in sentences[number + 1 :]:
            if any(item.word != QUOTED for item in later.items):
                break
            content.append(later.span)
        found = _said(sentence, (0, mark), mark, (mark + 1, mark + 2))
        yield Found(found, block, tuple(content))
