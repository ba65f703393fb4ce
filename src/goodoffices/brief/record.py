"""The record behind a brief: statements, documents, figures, the timeline, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from goodoffices.analysis.impasse_result import ImpasseResult
from goodoffices.brief.contents import (
    ClaimLine,
    DocumentLine,
    Event,
    Gap,
    MeasureLine,
    SourceLine,
    StatementLine,
)
from goodoffices.brief.phrases import (
    date_words,
    figure_words,
    isolated,
    label,
    listed,
    name_of,
    spaced,
)
from goodoffices.brief.words import (
    ANSWER_WORDS,
    KIND_WORDS,
    measure_words,
    missing_words,
    place_words,
    position_sentence,
    speaker_words,
)
from goodoffices.model import (
    Case,
    Document,
    Figure,
    PartialDate,
    Position,
    Statement,
    disagree,
)

OWN_VOICE = "documents' own voice"


def known_statements(case: Case) -> dict[str, Statement]:
    """Return the statements not dated after the case's day, oldest first, those undated last."""
    known = [(id, statement) for id, statement in case.statements.items()
             if case.known(statement.date)]  # fmt: skip
    known.sort(key=lambda pair: _day_order(pair[1].date))
    return dict(known)


def _day_order(when: PartialDate | None) -> tuple[bool, str, str]:
    """Sort days before the months and years that begin with them, and no date last."""
    if when is None:
        return (True, "", "")
    return (False, when.first.isoformat(), when.last.isoformat())


def source_lines(case: Case, sources: Iterable[str]) -> tuple[SourceLine, ...]:
    """Return the statements that something rests on, each with its speaker and place."""
    lines = []
    for id in sources:
        statement = case.statements[id]
        line = SourceLine(id, speaker_words(case, statement), statement.document,
                          place_words(statement), case.known(statement.date))  # fmt: skip
        lines.append(line)
    return tuple(lines)


def statement_lines(case: Case) -> dict[str, StatementLine]:
    """Return what was said or done by the case's day, in order of date."""
    confidential = case.told_in_confidence
    return {
        id: StatementLine(
            id=id,
            date=date_words(statement.date),
            speaker=speaker_words(case, statement),
            side=lane_of(case, statement.by),
            kind=spaced(statement.kind),
            channel=statement.channel,
            says=statement.says,
            quote=statement.quote,
            document=statement.document,
            place=place_words(statement),
            confidential=id in confidential,
            note=statement.note,
        )
        for id, statement in known_statements(case).items()
    }


def lane_of(case: Case, speaker: str | None) -> str:
    """Return the side under which a speaker stands in the timeline."""
    if speaker is None:
        return OWN_VOICE
    return name_of(case, case.side_of(speaker) or speaker)


def document_lines(case: Case) -> dict[str, DocumentLine]:
    """Return the documents published by the case's day, and those that a statement here needs."""
    needed = {statement.document for statement in known_statements(case).values()}
    return {
        id: _document_line(id, document)
        for id, document in case.documents.items()
        if id in needed or case.known(document.published)
    }


def _document_line(id: str, document: Document) -> DocumentLine:
    about = [isolated(part) for part in (document.author, document.publisher) if part]
    about.append(date_words(document.published) if document.published else "no date")
    kept = "text kept with the case" if document.text else "text not kept with the case"
    return DocumentLine(id, document.title, ", ".join(about), document.language, kept,
                        document.sha256, document.url, document.note)  # fmt: skip


def events(case: Case) -> tuple[Event, ...]:
    """Return the dated statements, proposals and answers, oldest first."""
    confidential = case.told_in_confidence
    found = [
        _event(
            lane_of(case, statement.by),
            spaced(statement.kind),
            statement.date,
            (statement.says or spaced(statement.kind))
            + (" (confidential)" if id in confidential else ""),
        )
        for id, statement in known_statements(case).items()
        if statement.date
    ]
    for proposal in case.proposals_made:
        name = isolated(proposal.name or spaced(proposal.id))
        if proposal.date:
            found.append(_event(lane_of(case, proposal.by), "proposal", proposal.date, name))
        for side, response in proposal.responses_until(case.day):
            if response.date:
                words = f"{ANSWER_WORDS[response.answer]}: {name}"
                found.append(_event(lane_of(case, side), "answer", response.date, words))
    return tuple(sorted(found, key=lambda event: (event.first, event.last)))


def _event(lane: str, kind: str, when: PartialDate, words: str) -> Event:
    return Event(lane, kind, when.first.isoformat(), when.last.isoformat(), words)


def measure_lines(case: Case) -> tuple[MeasureLine, ...]:
    """Return the figures claimed by the case's day, by measure, and where they disagree."""
    measures: dict[str, dict[str, Figure]] = {}
    for id, figure in case.figures.items():
        if any(case.known(case.statements[source].date) for source in figure.source):
            measures.setdefault(figure.measure, {})[id] = figure
    return tuple(
        MeasureLine(
            measure=measure,
            label=measure_words(measure),
            claims=tuple(claim_line(case, id, figure) for id, figure in figures.items()),
            disagreements=tuple(_disagreements(case, figures)),
        )
        for measure, figures in measures.items()
    )


def claimants(case: Case, figure: Figure) -> str:
    """Return who claims a figure: the speaker of the first statement that it rests on."""
    return speaker_words(case, case.statements[figure.source[0]])


def claim_line(case: Case, id: str, figure: Figure) -> ClaimLine:
    """Return a figure in words, with who claims it and of when."""
    when = [
        f"{word} {date_words(value)}"
        for word, value in (("as of", figure.as_of), ("since", figure.since), ("by", figure.by))
        if value
    ]
    return ClaimLine(
        id=id,
        value=figure_words(figure),
        kind=KIND_WORDS[figure.kind],
        about=figure.says or "",
        who=claimants(case, figure),
        when=", ".join(when) or "no date",
        sources=source_lines(case, figure.source),
        confidential=not case.told_in_confidence.isdisjoint(figure.source),
        note=figure.note,
    )


def _disagreements(case: Case, figures: dict[str, Figure]) -> list[str]:
    return [
        f"{claimants(case, one)}: {figure_words(one)} ({a}); "
        f"{claimants(case, other)}: {figure_words(other)} ({b}). These do not agree."
        for (a, one), (b, other) in combinations(figures.items(), 2)
        if disagree(one, other)
    ]


def gaps(case: Case, finding: ImpasseResult) -> tuple[Gap, ...]:
    """Return what is missing from the record, and what a limit kept from being found."""
    statements = known_statements(case)
    documents = document_lines(case)
    kinds: list[tuple[str, list[str]]] = [
        ("Not found, for a limit was met", [missing_words(missing) for missing in finding.missing]),
        ("Positions without a source", _positions(case, lambda p: not p.source)),
        ("Positions whose every source is dated after this day", _positions(case, _later(case))),
        ("Positions without a date from which they hold", _positions(case, lambda p: not p.since)),
        *_silences(case),
        *_proposal_gaps(case),
        ("Statements without a date", [i for i, s in statements.items() if s.date is None]),
        ("Statements without a place in their document",
         [i for i, s in statements.items() if not place_words(s)]),
        ("Figures without a date",
         [i for i, f in case.figures.items() if not (f.as_of or f.since or f.by)]),
        ("Documents whose text is not kept with the case",
         [i for i in documents if not case.documents[i].text]),
        ("Dated after this day, and left out", _left_out(case)),
    ]  # fmt: skip
    return tuple(Gap(heading, tuple(items)) for heading, items in kinds if items)


def _positions(case: Case, lacks: Callable[[Position], bool]) -> list[str]:
    return [
        f"{position.id}: {position_sentence(case, position)}"
        for position in case.in_force
        if lacks(position)
    ]


def _later(case: Case) -> Callable[[Position], bool]:
    def all_later(position: Position) -> bool:
        dates = [case.statements[source].date for source in position.source]
        return bool(dates) and not any(case.known(when) for when in dates)

    return all_later


def _silences(case: Case) -> list[tuple[str, list[str]]]:
    """Issues and parties of which nothing, or one side only, is recorded."""
    voices: dict[str, set[str]] = {issue: set() for issue in case.issues}
    for position in case.in_force:
        for issue in position.issues:
            voices[issue].add(position.party)
    nobody = [label(case, issue) for issue, parties in voices.items() if not parties]
    single = [
        f"{label(case, issue)}: {name_of(case, next(iter(parties)))}"
        for issue, parties in voices.items()
        if len(parties) == 1
    ]
    silent = [name_of(case, party) for party in case.parties if not case.positions_of(party)]
    return [
        ("Parties without a position", silent),
        ("Issues on which nobody has a position", nobody),
        ("Issues on which one party only has a position", single if len(case.parties) > 1 else []),
    ]


def _proposal_gaps(case: Case) -> list[tuple[str, list[str]]]:
    undated, unanswered, no_source, answers = [], [], [], []
    for proposal in case.proposals_made:
        name = isolated(proposal.name or spaced(proposal.id))
        if proposal.date is None:
            undated.append(name)
        if not proposal.source:
            no_source.append(name)
        given = proposal.responses_until(case.day)
        answers += [f"{name}: {name_of(case, side)}" for side, answer in given if not answer.source]
        answered = {side for side, _ in given}
        silent = [
            name_of(case, party)
            for party in case.parties
            if party not in answered and party != case.side_of(proposal.by)
        ]
        if silent:
            unanswered.append(f"{name}: {listed(silent)}")
    return [("Proposals without a source", no_source),
            ("Answers without a source", list(dict.fromkeys(answers))),
            ("Proposals without a date", undated),
            ("Proposals that a party has not answered", unanswered)]  # fmt: skip


def _left_out(case: Case) -> list[str]:
    kinds = (
        ("statements", len(case.statements) - len(known_statements(case))),
        ("documents", len(case.documents) - len(document_lines(case))),
        ("proposals", len(case.proposals) - len(case.proposals_made)),
    )
    return [f"{kind}: {number}" for kind, number in kinds if number]
