"""Documents with what was found in them, as one self-contained page: no network, no script."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from goodoffices.brief.page import environment, printable
from goodoffices.brief.phrases import counted
from goodoffices.brief.reading_words import about, act, details, quantity, who
from goodoffices.reading.drafts import Draft, DraftDocument, Drafts
from goodoffices.reading.spans import Span
from goodoffices.reading.text import paragraph_spans

_MARKS = ("said", "cue", "figure")
_BLANK = re.compile(r"\n\s*\n+")


class Piece(NamedTuple):
    """A stretch of text that is marked in one way.

    Attributes:
        text: as in the document.
        marks: what it is part of, as ``said cue``.
        begins: the numbers of the drafts that begin here.
        ends: the numbers of the drafts that end here.
    """

    text: str
    marks: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]


class Note(NamedTuple):
    """A draft beside the text."""

    number: str
    sort: str
    who: str
    act: str
    quote: str
    remarks: str
    decided: str


class Row(NamedTuple):
    """A paragraph with its drafts."""

    number: int
    pieces: list[Piece]
    notes: list[Note]


@dataclass(frozen=True)
class Shown:
    """A document on the page."""

    number: int
    title: str
    facts: str
    document: DraftDocument
    rows: list[Row]
    statements: str
    figures: str


def reading_page(read: Sequence[tuple[Drafts, str]]) -> str:
    """Return the whole page for some documents, each with its text."""
    documents = [_shown(number, *one) for number, one in enumerate(read, 1)]
    html = environment().get_template("reading.html").render(documents=documents)
    return printable(_BLANK.sub("\n", html).strip()) + "\n"


def _shown(number: int, drafts: Drafts, text: str) -> Shown:
    document = drafts.document
    numbers = {draft.id: f"{number}.{place}" for place, draft in enumerate(drafts.drafts, 1)}
    beside: dict[int, list[Note]] = {}
    decided = {id: one.decision for id, one in drafts.decided().items()}
    for draft in drafts.drafts:
        note = _note(draft, numbers[draft.id], decided.get(draft.id, ""))
        beside.setdefault(draft.paragraph, []).append(note)
    paragraphs = paragraph_spans(text)
    meeting = _by_paragraph(paragraphs, drafts.drafts)
    return Shown(
        number=number,
        title=document.title or document.name,
        facts=about(document),
        document=document,
        rows=[
            Row(
                place, list(_pieces(text, span, meeting[place - 1], numbers)), beside.get(place, [])
            )
            for place, span in enumerate(paragraphs, 1)
        ],
        statements=counted(sum(one.what == "statement" for one in drafts.drafts), "statement"),
        figures=counted(sum(one.what == "figure" for one in drafts.drafts), "figure"),
    )


def _by_paragraph(paragraphs: Sequence[Span], drafts: Iterable[Draft]) -> list[list[Draft]]:
    """The drafts that have words in each paragraph."""
    found: list[list[Draft]] = [[] for _ in paragraphs]
    starts = [span.start for span in paragraphs]
    for draft in drafts:
        first = max(0, bisect_right(starts, draft.extent.start) - 1)
        for place in range(first, bisect_right(starts, draft.extent.end - 1)):
            found[place].append(draft)
    return found


def _note(draft: Draft, number: str, decided: str) -> Note:
    figure = draft.what == "figure"
    return Note(
        number=number,
        sort=draft.what,
        who="" if figure else who(draft),
        act=quantity(draft) if figure else act(draft),
        quote=draft.quote,
        remarks="; ".join(details(draft)),
        decided=decided,
    )


def _parts(draft: Draft) -> Iterator[tuple[Span, str]]:
    for start, end in draft.spans:
        yield Span(start, end), "figure" if draft.what == "figure" else "said"
    if draft.cue:
        yield Span(*draft.cue), "cue"


def _pieces(
    text: str, paragraph: Span, drafts: Iterable[Draft], numbers: dict[str, str]
) -> Iterator[Piece]:
    """A paragraph cut wherever something begins or ends."""
    parts: list[tuple[Span, str]] = []
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for draft in drafts:
        own = [(span, sort) for span, sort in _parts(draft) if span.meets(paragraph)]
        if not own:
            continue
        parts += own
        if paragraph.start <= draft.extent.start < paragraph.end:
            begins.setdefault(draft.extent.start, []).append(numbers[draft.id])
        last = min(max(span.end for span, _ in own), paragraph.end)
        if last >= draft.extent.end - 1:
            ends.setdefault(last, []).append(numbers[draft.id])
    cuts = {paragraph.start, paragraph.end, *begins, *ends}
    cuts |= {edge for span, _ in parts for edge in span}
    edges = sorted(edge for edge in cuts if paragraph.start <= edge <= paragraph.end)
    for start, end in pairwise(edges):
        held = {sort for span, sort in parts if span.start <= start and end <= span.end}
        marks = " ".join(mark for mark in _MARKS if mark in held)
        starting = tuple(begins.get(start, ()))
        yield Piece(text[start:end], marks, starting, tuple(ends.get(end, ())))
