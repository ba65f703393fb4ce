"""Drafts: what a reading proposes for the record, and what a person decided of each.

A draft is known by its document, what it is, and where it stands, so that reading a document again
finds the same drafts, and what was decided of them stays decided.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from goodoffices.model.base import Model
from goodoffices.model.dates import CaseDate, PartialDate
from goodoffices.model.issues import Number
from goodoffices.model.record import Bound, FigureKind, StatementKind
from goodoffices.reading.dates import DateFound
from goodoffices.reading.documents import Document, MediaKind
from goodoffices.reading.result import Figure, FoundBy, Reading, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.text import paragraph_spans

QUOTE_WORDS = 12
"""The longest quote that is put into the record, in words."""

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{3,}?)[”»\"]")
_WORD = re.compile(r"\S+")


class Draft(Model):
    """A statement or a figure that somebody may confirm.

    Spans count the code points of the document's text.
    """

    id: str
    what: Literal["statement", "figure"]
    paragraph: int = Field(ge=1)
    spans: tuple[tuple[int, int], ...] = Field(description="what is said, or the figure's words")
    quote: str = Field(description="a short fragment, as in the text")
    kind: StatementKind = "says"
    evidence: tuple[int, int] | None = Field(default=None, description="words that show the kind")
    cue: tuple[int, int] | None = None
    speaker: str = Field(default="", description="the words that name the speaker")
    by: tuple[str, ...] = Field(default=(), description="whom of the case that means")
    by_suggested: bool = Field(default=False, description="whether that is a guess")
    by_reason: str = ""
    within: str | None = Field(default=None, description="the draft in which this one is told")
    channel: str | None = None
    date: CaseDate | None = None
    mood: tuple[str, ...] = Field(default=(), description="negated, conditional, future, past")
    value: Number | None = None
    high: Number | None = None
    bound: Bound = "exactly"
    unit: str = ""
    counted: str = Field(default="", description="words that say of what it is a number or share")
    figure_kind: FigureKind = "claimed"
    as_of: CaseDate | None = None
    since: CaseDate | None = None
    target: CaseDate | None = Field(default=None, description="the target date of what is wanted")
    claimed_in: str | None = Field(default=None, description="the draft that claims a figure")
    found_by: FoundBy = "rules"

    @property
    def extent(self) -> Span:
        """From the first of its words to the last."""
        pairs = [*self.spans, *(one for one in (self.cue, self.evidence) if one)]
        return Span(min(start for start, _ in pairs), max(end for _, end in pairs))

    @property
    def certain_by(self) -> str | None:
        """Whom the text names, where that is one of the case and no guess."""
        return self.by[0] if len(self.by) == 1 and not self.by_suggested else None


class DraftDocument(Model):
    """What is kept of a document beside its text."""

    name: str = Field(description="of the file, without the folders of whoever read it")
    media: MediaKind
    sha256: str
    text_sha256: str
    identity: str
    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published: CaseDate | None = None
    language: str = "en"
    url: str | None = None
    entry: int | None = None
    encoding: str = ""
    attachments: tuple[dict[str, str | int], ...] = ()
    problems: tuple[str, ...] = Field(default=(), description="parts that could not be read")


class Earlier(Model):
    """The version of a document that another one seems to replace."""

    key: str
    reason: str


class Decision(Model):
    """What somebody decided of a draft, and what that put into the case."""

    draft: str
    decision: Literal["keep", "correct", "drop", "undo"]
    by: str
    on: str
    changes: dict[str, str] = Field(default={}, description="what was corrected, by key")
    reason: str = ""
    added: dict[str, tuple[str, ...]] = Field(default={}, description="ids, by section of the case")


class Drafts(Model):
    """All drafts of one document, and every decision on them, in order."""

    format: Literal["goodoffices drafts 1"] = "goodoffices drafts 1"
    key: str
    document: DraftDocument
    earlier: Earlier | None = None
    drafts: tuple[Draft, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def decided(self) -> dict[str, Decision]:
        """Return the decision that stands for each draft of which something was decided."""
        stacks: dict[str, list[Decision]] = {}
        for one in self.decisions:
            stack = stacks.setdefault(one.draft, [])
            if one.decision != "undo":
                stack.append(one)
            elif stack:
                stack.pop()
        return {id: stack[-1] for id, stack in stacks.items() if stack}

    def with_decision(self, decision: Decision) -> Drafts:
        """Return the drafts with one more decision."""
        return self.model_copy(update={"decisions": (*self.decisions, decision)})

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON, without what is default."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {"format": self.format, **data}


def drafts_key(document: Document) -> str:
    """Return the name under which the drafts of a document are kept: of its bytes and its text."""
    whole = f"{document.identity}\n{document.text_sha256}"
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def drafts_of(document: Document, reading: Reading, problems: Sequence[str] = ()) -> Drafts:
    """Return the drafts of a document that was read, in the order of the text."""
    key = drafts_key(document)
    told = _Told(key, document.text, reading)
    kept = DraftDocument(
        name=_base(document.name), media=document.media, sha256=document.sha256,
        text_sha256=document.text_sha256, identity=document.identity, title=document.title,
        publisher=document.publisher, author=document.author,
        published=PartialDate.of_day(reading.published) if reading.published else None,
        language=reading.language, url=document.url, entry=document.entry,
        encoding=document.encoding, attachments=tuple(document.to_data()["attachments"]),
        problems=tuple(problems),
    )  # fmt: skip
    return Drafts(key=key, document=kept, drafts=in_order(told.drafts()))


def in_order(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return drafts in the order of the text, each id once, figures after what claims them."""
    found = {draft.id: draft for draft in drafts}

    def place(draft: Draft) -> tuple[int, int, bool, int, int, str]:
        claimed = found.get(draft.claimed_in or "", draft).extent
        own = draft.extent
        return (claimed.start, claimed.end, draft.what == "figure", own.start, own.end, draft.id)

    return tuple(sorted(found.values(), key=place))


def merged(old: Drafts, new: Drafts) -> Drafts:
    """Return drafts read before with what is new; what was decided stays as it was.

    Raises:
        ValueError: they are drafts of different documents.
    """
    if old.key != new.key:
        raise ValueError("drafts of one document")
    known = {draft.id for draft in old.drafts}
    added = [draft for draft in new.drafts if draft.id not in known]
    return old.model_copy(update={"drafts": in_order([*old.drafts, *added])}) if added else old


def earlier_version(document: DraftDocument, others: Iterable[Drafts]) -> Earlier | None:
    """Return the drafts of which a document seems to be a newer version, with the reason."""
    for other in others:
        was = other.document
        if was.identity == document.identity:
            return Earlier(key=other.key, reason="the same bytes, read as another text")
        if document.url and was.url == document.url:
            return Earlier(key=other.key, reason="the same address")
        named = _base(was.name) == _base(document.name) and was.entry == document.entry
        if named and document.title and was.title == document.title:
            return Earlier(key=other.key, reason="the same file name and title")
    return None


def _base(name: str) -> str:
    return re.split(r"[/\\]", name)[-1]


def draft_id(key: str, what: str, kind: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the name of a draft: the same wherever the same is found.

    >>> draft_id("k", "figure", "", [(0, 4)]) == draft_id("k", "figure", "", [(0, 4)])
    True
    """
    where = " ".join(f"{start}-{end}" for start, end in spans)
    return hashlib.sha256(f"{key} {what} {kind} {where}".encode()).hexdigest()[:12]


class _Told:
    """A reading while it is turned into drafts."""

    def __init__(self, key: str, text: str, reading: Reading) -> None:
        self.key = key
        self.text = text
        self.reading = reading
        self.paragraphs = paragraph_spans(text)
        self.ids = [self._id(one) for one in reading.statements]

    def drafts(self) -> Iterator[Draft]:
        for number, statement in enumerate(self.reading.statements):
            yield self._statement(statement, self.ids[number])
        for figure in self.reading.figures:
            yield self._figure(figure)

    def _id(self, one: Statement) -> str:
        return draft_id(self.key, "statement", one.kind, (one.cue, *one.content))

    def _words(self, span: Span | None) -> str:
        return " ".join(span.of(self.text).split()) if span else ""

    def _day(self, number: int | None) -> PartialDate | None:
        found: DateFound | None = None if number is None else self.reading.dates[number]
        return found.partial if found else None

    def _statement(self, one: Statement, id: str) -> Draft:
        speaker = one.speaker
        moods: Mapping[str, bool] = {
            name: getattr(one.mood, name) for name in ("negated", "conditional", "future", "past")
        }
        content = one.content or (one.cue,)
        return Draft(
            id=id, what="statement", paragraph=one.paragraph, spans=content,
            quote=short_quote(self.text, content[0]), kind=one.kind, evidence=one.evidence,
            cue=one.cue, speaker=self._words(speaker.span if speaker else None),
            by=speaker.ids if speaker else (), by_suggested=bool(speaker and speaker.suggested),
            by_reason=_reason(self._words(speaker.stands_for), speaker.reason) if speaker else "",
            within=None if one.within is None else self.ids[one.within],
            channel=self._words(one.channel) or None, date=self._day(one.date),
            mood=tuple(name for name, so in moods.items() if so), found_by=one.found_by,
        )  # fmt: skip

    def _figure(self, one: Figure) -> Draft:
        return Draft(
            id=draft_id(self.key, "figure", "", (one.span,)), what="figure",
            paragraph=self._paragraph(one.span), spans=(one.span,),
            quote=short_quote(self.text, one.span), value=one.value, high=one.high,
            bound=one.bound, unit=one.unit, counted=self._words(one.counted),
            figure_kind=one.kind, as_of=self._day(one.as_of), since=self._day(one.since),
            target=self._day(one.by), found_by=one.found_by,
            claimed_in=None if one.statement is None else self.ids[one.statement],
        )  # fmt: skip

    def _paragraph(self, span: Span) -> int:
        return max(1, bisect_right(self.paragraphs, span.start, key=lambda one: one.start))


def _reason(stands_for: str, reason: str) -> str:
    return f"stands for “{stands_for}”: {reason}" if stands_for else reason


def short_quote(text: str, span: Span) -> str:
    """Return a short fragment of what is said, word for word: quoted words where there are some.

    >>> short_quote('He said that "no offer" would do', Span(8, 32))
    'no offer'
    """
    said = span.of(text)
    quoted = max(_QUOTED.findall(said), key=len, default="")
    words = list(_WORD.finditer(quoted or said))[:QUOTE_WORDS]
    if not words:
        return said.strip()
    short = (quoted or said)[words[0].start() : words[-1].end()]
    return short.strip(' ,;"“”«»„') or short
