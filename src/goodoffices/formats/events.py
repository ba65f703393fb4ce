"""Statements and answers as event records, for those who work with PLOVER or CAMEO event data.

A record says what a document reports, in the codes of the event vocabularies where they have one.
It holds what the case holds: nobody is added as a target, and a deed whose kind the record does not
tell gets no code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.model import Case
from goodoffices.model.positions import Answer, Proposal, Response
from goodoffices.model.record import Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Code:
    """An event code: PLOVER's event and CAMEO's root; None where a vocabulary has none."""

    plover: str | None
    cameo: str | None


_NONE = Code(None, None)
_SAID = Code(None, "01")
_ASKED = Code("REQUEST", "10")
_APPEALED = Code("REQUEST", "02")
_AGREED = Code("AGREE", "03")
_REJECTED = Code("REJECT", "12")

STATEMENT_CODES: Mapping[StatementKind, Code] = {
    "says": _SAID,
    "demands": _ASKED,
    "offers": _AGREED,
    "proposes": _APPEALED,
    "accepts": _AGREED,
    "rejects": _REJECTED,
    "refuses": _REJECTED,
    "vows": _SAID,
    "threatens": Code("THREATEN", "13"),
    "orders": _NONE,
    "denies": _SAID,
    "accuses": Code("ACCUSE", "11"),
    "agrees": _AGREED,
    "calls-for": _APPEALED,
    "estimates": _SAID,
    "does": _NONE,
}
"""The codes of statements by their kind.

A vow may promise help or harm, so it is coded as something said and no more. Orders to one's own
side and deeds are events whose code depends on what is ordered or done, which the record does not
tell; CAMEO has statements (01), which PLOVER leaves out.
"""

ANSWER_CODES: Mapping[Answer, Code] = {
    "accepts": _AGREED,
    "accepts-in-part": _AGREED,
    "counters": _APPEALED,
    "considers": _SAID,
    "rejects": _REJECTED,
}
"""The codes of answers to a proposal."""


@dataclass(frozen=True, slots=True)
class EventsExport:
    """A case as event records.

    Attributes:
        text: JSON Lines, a record to a line.
        lost: what has no counterpart or was left out, in words, each once.
    """

    text: str
    lost: tuple[str, ...]


def events_text(case: Case, *, confidential: bool = False) -> EventsExport:
    """Return the statements and answers of a case as event records.

    Args:
        case: the case; what is dated after its day is left out.
        confidential: whether what was told in confidence is among the records, marked as such.

    >>> case = Case.model_validate({
    ...     "case": "T", "parties": {"ana": {"name": "Ana"}},
    ...     "documents": {"d": {"title": "D", "published": "2025-06-02"}},
    ...     "statements": {"s": {"document": "d", "by": "ana", "kind": "rejects"}},
    ... })
    >>> record = json.loads(events_text(case).text)
    >>> record["plover"], record["cameo"], record["source"]["id"], record["target"]
    ('REJECT', '12', 'ana', None)
    """
    records = tuple(_records(case))
    shown = [record for record in records if confidential or not record["confidential"]]
    lines = (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in shown)
    return EventsExport("".join(f"{line}\n" for line in lines), tuple(_lost(records, shown)))


def _records(case: Case) -> Iterator[dict[str, Any]]:
    for id_, statement in case.statements.items():
        if case.known(statement.date):
            yield _of_statement(case, id_, statement)
    for proposal in case.proposals_made:
        for side, response in proposal.responses_until(case.day):
            yield _of_answer(case, proposal, side, response)


def _of_statement(case: Case, id_: str, statement: Statement) -> dict[str, Any]:
    code = STATEMENT_CODES[statement.kind]
    return {
        "id": id_,
        "event": "statement",
        "kind": statement.kind,
        "words": statement.kind != "does",
        "plover": code.plover,
        "cameo": code.cameo,
        "date": str(statement.date) if statement.date else None,
        "source": _actor(case, statement.by),
        "relayed_by": _actor(case, statement.relayed_by),
        "target": None,
        "text": statement.says,
        "quote": statement.quote,
        "confidential": id_ in case.told_in_confidence,
        "document": _document(case, statement),
    }


def _of_answer(case: Case, proposal: Proposal, side: str, response: Response) -> dict[str, Any]:
    code = ANSWER_CODES[response.answer]
    first = case.statements.get(response.source[0]) if response.source else None
    return {
        "id": f"{proposal.id}:{side}:{response.date or ''}:{response.answer}",
        "event": "answer",
        "kind": response.answer,
        "words": True,
        "plover": code.plover,
        "cameo": code.cameo,
        "date": str(response.date) if response.date else None,
        "source": _actor(case, side),
        "relayed_by": None,
        # An answer is to whoever made the proposal: the record says who that is.
        "target": _actor(case, proposal.by),
        "text": proposal.name or proposal.id,
        "quote": response.quote,
        "confidential": bool(set(response.source) & case.told_in_confidence),
        "document": _document(case, first) if first else None,
    }


def _actor(case: Case, id_: str | None) -> dict[str, Any] | None:
    if id_ is None:
        return None
    return {"id": id_, "name": case.name_of(id_), "side": case.side_of(id_)}


def _document(case: Case, statement: Statement) -> dict[str, Any]:
    document = case.documents.get(statement.document)
    published = document.published if document else None
    return {
        "id": statement.document,
        "publisher": document.publisher if document else None,
        "published": str(published) if published else None,
        "paragraph": statement.paragraph,
    }


def _lost(records: tuple[dict[str, Any], ...], shown: list[dict[str, Any]]) -> Iterator[str]:
    """Say once for each kind what has no code, and how much was kept back."""
    kept_back = len(records) - len(shown)
    if kept_back:
        yield f"{kept_back} told in confidence, left out"
    for vocabulary in ("plover", "cameo"):
        kinds = sorted({record["kind"] for record in shown if record[vocabulary] is None})
        if kinds:
            yield f"no {vocabulary.upper()} code for: {', '.join(kinds)}"
