"""One news report read whole, beside the record that was made of it by hand.

A record's statement is found when a draft of the same paragraph has its speaker and its kind; a
draft may stand for as many statements as it has speakers. What is found with another kind, or with
a speaker whom the names of the case do not tell, is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import table
from goodoffices.casefile import paragraph_spans, read_case
from goodoffices.model import Case
from goodoffices.model.record import Statement as RecordStatement
from goodoffices.reading import Reading, Statement, read_statements

EXAMPLE = Path(__file__).parents[1] / "examples" / "gaza-2025"
OUTCOMES = ("found", "another kind", "speaker not matched", "missed")


@dataclass(frozen=True)
class Compared:
    """One statement of the record and the draft that stands for it."""

    id: str
    statement: RecordStatement
    draft: int | None
    outcome: str


def compared(case: Case, reading: Reading) -> list[Compared]:
    """Match the attributed statements of a record to drafts, the best matches first."""
    pairs = sorted(
        (
            (-score, id, number)
            for id, statement in case.statements.items()
            if statement.by is not None
            for number, draft in enumerate(reading.statements)
            if (score := _score(statement, draft)) > 0
        ),
    )
    given: dict[str, int] = {}
    left = Counter(
        {
            number: max(1, len(draft.speaker.ids) if draft.speaker else 1)
            for number, draft in enumerate(reading.statements)
        }
    )
    for _, id, number in pairs:
        if id not in given and left[number] > 0:
            given[id] = number
            left[number] -= 1
    return [
        Compared(id, one, given.get(id), _outcome(one, given.get(id), reading))
        for id, one in case.statements.items()
        if one.by is not None
    ]


def _score(statement: RecordStatement, draft: Statement) -> int:
    """How well a draft fits: speaker before kind; 0 when it is another statement."""
    if draft.paragraph != statement.paragraph:
        return 0
    ids = draft.speaker.ids if draft.speaker else ()
    kind = draft.kind == statement.kind
    if statement.by in ids:
        return 4 if kind else 2
    return 1 if not ids and kind else 0


def _outcome(statement: RecordStatement, number: int | None, reading: Reading) -> str:
    if number is None:
        return "missed"
    return {4: "found", 2: "another kind", 1: "speaker not matched"}[
        _score(statement, reading.statements[number])
    ]


def figures_compared(case: Case, reading: Reading, text: str) -> list[tuple[str, str]]:
    """Return what became of each figure of the record, by its id."""
    paragraphs = paragraph_spans(text)
    rows: list[tuple[str, str]] = []
    for id, figure in case.figures.items():
        start, end = paragraphs[(case.statements[figure.source[0]].paragraph or 1) - 1]
        drafts = [
            draft
            for draft in reading.figures
            if start <= draft.span.start < end and draft.value == figure.value
        ]
        right = any(draft.bound == figure.bound for draft in drafts)
        rows.append((id, "missed" if not drafts else "found" if right else "another bound"))
    return rows


def report_tables(report: Path) -> Iterator[str]:
    """Yield what was found, missed and wrong in a report."""
    text = report.read_text(encoding="utf-8-sig")
    case = read_case(EXAMPLE)
    published = case.documents["report"].published
    reading = read_statements(text, case=case, published=published.first if published else None)
    found = compared(case, reading)
    count = Counter(one.outcome for one in found)
    yield f"The report of {EXAMPLE.name}: {len(found)} attributed statements in the record"
    yield table(["statements", "number"], [[word, str(count[word])] for word in OUTCOMES])
    yield "\n".join(_lines(found, reading, text))
    figures = Counter(word for _, word in figures_compared(case, reading, text))
    yield table(["figures", "number"], [[word, str(n)] for word, n in sorted(figures.items())])
    yield f"{len(reading.figures) - figures['found']} figures found that the record does not have"


def _lines(found: Sequence[Compared], reading: Reading, text: str) -> Iterator[str]:
    """Yield every statement that is not simply found, and every draft that is too many."""
    for one in found:
        if one.outcome != "found":
            yield f"  {one.id}: {one.outcome} ({one.statement.by} {one.statement.kind})"
    used = {one.draft for one in found}
    for number, draft in enumerate(reading.statements):
        if number not in used:
            speaker = draft.speaker.span.of(text) if draft.speaker else "nobody"
            yield f"  draft {number}, paragraph {draft.paragraph}: {speaker}, {draft.kind}"
