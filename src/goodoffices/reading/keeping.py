"""From a draft to the record: the case with what a person kept, and the case without it again.

Nothing here reads or writes a file. Whoever writes the case checks it first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case, Document, Figure, Position, Response, Statement, number_text
from goodoffices.model.base import Model
from goodoffices.reading.drafts import Draft, DraftDocument
from goodoffices.reading.text import paragraph_spans

Kind = TypeVar("Kind", bound=Model)

NOBODY = "none"
"""Said in place of a speaker: the document speaks for itself."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Choice:
    """What a person decided to put into the case of one draft.

    Attributes:
        changes: keys of a statement or figure with other values than the draft's; `by` may name
            several, with commas between them, or `none`.
        links: positions that rest on the statement.
        answers: proposals, sides and answers, of which the statement is the source.
        position: a new position that rests on it, as a case file writes one, without its source.
        confidential: whether the positions that are linked or made were told in confidence.
    """

    changes: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    answers: tuple[tuple[str, str, str], ...] = ()
    position: Mapping[str, Any] | None = None
    confidential: bool = False


@dataclass(frozen=True)
class Source:
    """The document that a draft stands in, its text, and what was kept of its other drafts."""

    document: DraftDocument
    text: str
    texts: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Sequence[str]] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """The case with what was kept, and the ids that are new in it, by section."""

    case: Case
    added: Mapping[str, tuple[str, ...]]
    document: str


def keep(case: Case, source: Source, draft: Draft, choice: Choice) -> Kept:
    """Put a draft into the case as the person chose.

    Raises:
        CallError: something that the record needs is missing, or has another form.
        NotFoundError: a position, proposal or side is not in the case.
    """
    editor = _Editor(case, source)
    document = editor.document()
    if draft.what == "figure":
        if choice.links or choice.answers or choice.position:
            raise CallError("a figure", expected="to be kept; positions rest on statements")
        editor.figure(document, draft, choice)
    else:
        ids = editor.statements(document, draft, choice)
        editor.link(ids, choice)
        editor.answer(ids, choice)
        editor.position(ids, choice)
    added = {section: tuple(ids) for section, ids in editor.added.items() if ids}
    return Kept(editor.case, added, document)


def statement_ids(added: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the statements that a decision made, or found in the case."""
    return (*added.get("statements", ()), *added.get("statements-found", ()))


def undone(case: Case, added: Mapping[str, Sequence[str]]) -> Case:
    """Return the case without what a decision put into it; what was there before stays."""
    statements = set(added.get("statements", ()))
    rested = set(statement_ids(added))
    figures = {id: one for id, one in case.figures.items() if id not in added.get("figures", ())}
    made = set(added.get("positions", ()))
    linked = set(added.get("linked", ()))
    status = dict(one.rsplit("=", 1) for one in added.get("status", ()))
    positions: list[Position] = []
    for one in case.positions:
        if one.id in made:
            continue
        if one.id in linked:
            kept = tuple(id for id in one.source if id not in rested)
            one = one.model_copy(update={"source": kept})
        if one.id in status:
            one = one.model_copy(update={"status": status[one.id]})
        positions.append(one)
    case = case.model_copy(
        update={
            "figures": figures,
            "positions": tuple(positions),
            "proposals": _without_answers(case, added.get("responses", ()), rested),
            "statements": {id: one for id, one in case.statements.items() if id not in statements},
        }
    )
    used = {one.document for one in case.statements.values()}
    gone = set(added.get("documents", ())) - used
    documents = {id: one for id, one in case.documents.items() if id not in gone}
    return case.model_copy(update={"documents": documents})


def _without_answers(case: Case, answers: Iterable[str], rested: set[str]) -> tuple[Any, ...]:
    gone = set(answers)
    proposals = []
    for one in case.proposals:
        responses = {
            side: tuple(
                response
                for response in row
                if f"{one.id}/{side}" not in gone or not rested & set(response.source)
            )
            for side, row in one.responses.items()
        }
        left = {side: row for side, row in responses.items() if row}
        proposals.append(one.model_copy(update={"responses": left}))
    return tuple(proposals)


class _Editor:
    """A case while one decision is put into it."""

    def __init__(self, case: Case, source: Source) -> None:
        self.case = case
        self.source = source
        self.added: dict[str, list[str]] = {}

    def _add(self, section: str, id: str) -> None:
        self.added.setdefault(section, []).append(id)

    def document(self) -> str:
        """The id of the document in the case, which is added where the case has none such."""
        about = self.source.document
        for id, one in self.case.documents.items():
            held = self.source.texts.get(id)
            if one.sha256 == about.text_sha256 or held == self.source.text:
                return id
        id = free_id(_slug(about.title or about.name), self.case.documents)
        data = {
            "title": about.title or about.name, "publisher": about.publisher,
            "author": about.author, "published": about.published, "language": about.language,
            "text": f"documents/{id}.txt", "sha256": about.text_sha256, "url": about.url,
        }  # fmt: skip
        made = checked(Document, {key: value for key, value in data.items() if value}, "document")
        self.case = self.case.model_copy(update={"documents": {**self.case.documents, id: made}})
        self._add("documents", id)
        return id

    def statements(self, document: str, draft: Draft, choice: Choice) -> list[str]:
        """Add a statement for each speaker, and return their ids."""
        changes = dict(choice.changes)
        asked = changes.pop("id", None)
        speakers = self._speakers(draft, changes.pop("by", None))
        ids = []
        for by in speakers:
            data = {**self._said(document, draft), "by": by, **changes}
            data = {key: value for key, value in data.items() if value not in (None, "")}
            made = checked(Statement, data, "statement")
            if (known := self._known(made)) is not None:
                self._add("statements-found", known)
                ids.append(known)
                continue
            if asked in self.case.statements:
                raise CallError("id", expected="an id that no statement has yet", found=str(asked))
            id = asked if asked and len(speakers) == 1 else None
            id = id or free_id(f"{document}-{draft.paragraph}", self.case.statements)
            self.case = self.case.model_copy(
                update={"statements": {**self.case.statements, id: made}}
            )
            self._add("statements", id)
            ids.append(id)
        return ids

    def _speakers(self, draft: Draft, given: str | None) -> list[str | None]:
        if given == NOBODY:
            return [None]
        if given:
            names = [name.strip() for name in given.split(",") if name.strip()]
            for name in names:
                if name not in {*self.case.parties, *self.case.third_parties, *self.case.persons}:
                    raise NotFoundError("by", expected=_anybody(self.case), found=name)
            return list(names)
        if not draft.speaker:
            return [None]
        if draft.certain_by is None:
            guess = ",".join(draft.by)
            hint = f"; suggested: by={guess}" if guess else ""
            words = f"by=ID of who speaks, or by={NOBODY} for the document itself{hint}"
            raise CallError("a speaker", expected=words, found=draft.speaker)
        return [draft.certain_by]

    def _known(self, made: Statement) -> str | None:
        """The id of a statement that the case has already, word for word."""
        same = (id for id, one in self.case.statements.items() if one == made)
        return next(same, None)

    def _said(self, document: str, draft: Draft) -> dict[str, Any]:
        """What the draft says of a statement."""
        outer = self.source.drafts.get(draft.within or "")
        relayed = outer.certain_by if outer else None
        place = _place(self.source.text, draft)
        return {
            "document": document, **place, "kind": draft.kind, "channel": draft.channel,
            "date": draft.date, "quote": draft.quote,
            "relayed-by": relayed if relayed not in draft.by else None,
        }  # fmt: skip

    def figure(self, document: str, draft: Draft, choice: Choice) -> None:
        """Add a figure, and the statement that claims it where that is the document itself."""
        changes = dict(choice.changes)
        if "measure" not in changes:
            known = sorted({one.measure for one in self.case.figures.values()})
            hint = f"; the case has {', '.join(known)}" if known else ""
            raise CallError("a figure", expected=f"measure=NAME of what it measures{hint}")
        asked = changes.pop("id", None)
        if asked in self.case.figures:
            raise CallError("id", expected="an id that no figure has yet", found=str(asked))
        data: dict[str, Any] = {
            "value": number_text(draft.value) if draft.value is not None else None,
            "high": number_text(draft.high) if draft.high is not None else None,
            "bound": draft.bound, "unit": draft.unit, "kind": draft.figure_kind,
            "as-of": draft.as_of, "since": draft.since, "by": draft.target,
            "source": self._claimed(document, draft), **changes,
        }  # fmt: skip
        made = checked(Figure, {k: v for k, v in data.items() if v not in (None, "")}, "figure")
        id = asked or free_id(_slug(made.measure), self.case.figures)
        self.case = self.case.model_copy(update={"figures": {**self.case.figures, id: made}})
        self._add("figures", id)

    def _claimed(self, document: str, draft: Draft) -> list[str]:
        """The statements that a figure rests on."""
        if draft.claimed_in:
            kept = self.source.kept.get(draft.claimed_in)
            if not kept:
                outer = self.source.drafts.get(draft.claimed_in)
                quote = f": “{outer.quote}”" if outer else ""
                words = f"the statement that claims it to be kept before it{quote}"
                raise CallError("a figure", expected=words)
            return list(kept)
        place = _place(self.source.text, draft)
        own = {"document": document, **place, "kind": "says", "quote": draft.quote}
        made = checked(Statement, own, "statement")
        known = self._known(made)
        if known is not None:
            return [known]
        id = free_id(f"{document}-{draft.paragraph}", self.case.statements)
        self.case = self.case.model_copy(update={"statements": {**self.case.statements, id: made}})
        self._add("statements", id)
        return [id]

    def link(self, ids: Sequence[str], choice: Choice) -> None:
        """Let positions rest on statements."""
        known = {one.id for one in self.case.positions}
        for name in choice.links:
            if name not in known:
                expected = ", ".join(sorted(known)) or "a case that has positions"
                raise NotFoundError("a position", expected=expected, found=name)
        positions = []
        for one in self.case.positions:
            if one.id in choice.links:
                fresh = [id for id in ids if id not in one.source]
                if fresh:
                    self._add("linked", one.id)
                    one = one.model_copy(update={"source": (*one.source, *fresh)})
                if choice.confidential and one.status != "confidential":
                    self._add("status", f"{one.id}={one.status}")
                    one = one.model_copy(update={"status": "confidential"})
            positions.append(one)
        self.case = self.case.model_copy(update={"positions": tuple(positions)})

    def answer(self, ids: Sequence[str], choice: Choice) -> None:
        """Let statements be the source of answers to proposals."""
        for proposal, side, answer in choice.answers:
            found = {one.id: one for one in self.case.proposals}
            if proposal not in found:
                expected = ", ".join(found) or "a case that has proposals"
                raise NotFoundError("a proposal", expected=expected, found=proposal)
            if side not in self.case.parties and side not in self.case.third_parties:
                expected = ", ".join([*self.case.parties, *self.case.third_parties])
                raise NotFoundError("a side", expected=expected, found=side)
            statement = self.case.statements[ids[0]]
            person = statement.by if statement.by in self.case.persons else None
            data = {"answer": answer, "date": statement.date, "source": list(ids), "by": person}
            data = {key: value for key, value in data.items() if value}
            made = checked(Response, data, "answer")
            one = found[proposal]
            row = (*one.responses.get(side, ()), made)
            changed = one.model_copy(update={"responses": {**one.responses, side: row}})
            proposals = tuple(changed if p.id == proposal else p for p in self.case.proposals)
            self.case = self.case.model_copy(update={"proposals": proposals})
            self._add("responses", f"{proposal}/{side}")

    def position(self, ids: Sequence[str], choice: Choice) -> None:
        """Add a new position that rests on statements."""
        if choice.position is None:
            return
        data = {**choice.position, "source": list(ids)}
        if choice.confidential:
            data["status"] = "confidential"
        taken = {one.id: None for one in self.case.positions}
        data.setdefault("id", free_id(str(data.get("party", "position")), taken))
        made = checked(Position, data, "position")
        if made.id in taken:
            raise CallError("id", expected="an id that no position has yet", found=made.id)
        self.case = self.case.model_copy(update={"positions": (*self.case.positions, made)})
        self._add("positions", made.id)


def checked(kind: type[Kind], data: Mapping[str, Any], what: str) -> Kind:
    """Return data as a part of a case.

    Raises:
        CallError: they have another form; the first fault is named.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or what
        words = str(first["msg"]).removeprefix("Value error, ")
        raise CallError(
            f"{what}, {place}", expected=words, found=str(first["input"])[:80]
        ) from None


def free_id(stem: str, taken: Mapping[str, object]) -> str:
    """Return an id that is not taken: the stem, or the stem with a letter or a number.

    >>> free_id("report-7", {}), free_id("report-7", {"report-7": 1, "report-7b": 1})
    ('report-7', 'report-7c')
    """

    def names() -> Iterator[str]:
        yield stem
        yield from (f"{stem}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
        number = 2
        while True:
            yield f"{stem}-{number}"
            number += 1

    return next(name for name in names() if name not in taken)


def _slug(title: str) -> str:
    """A short id of a title's first words; of one without Latin letters, its kind."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = _WORD.findall(plain.rsplit("/", 1)[-1])[:4]
    return "-".join(words)[:40] or "document"


def _place(text: str, draft: Draft) -> dict[str, Any]:
    """The paragraph and span of a draft; one that leaves its paragraph has a span alone."""
    extent = draft.extent
    spans = paragraph_spans(text)
    inside = draft.paragraph <= len(spans) and spans[draft.paragraph - 1].holds(extent)
    if inside:
        return {"paragraph": draft.paragraph, "span": [extent.start, extent.end]}
    return {"span": [extent.start, extent.end]}


def _anybody(case: Case) -> str:
    return "one of " + ", ".join([*case.parties, *case.third_parties, *case.persons])
