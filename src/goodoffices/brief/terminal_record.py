"""The record at the end of a brief on a terminal: figures, statements, gaps, method."""

from __future__ import annotations

from goodoffices.brief.contents import Brief, DocumentLine, StatementLine
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import shown


def print_facts(paper: Paper, brief: Brief) -> None:
    """Print the figures by measure, with who claims each."""
    if not brief.facts:
        paper.line("No figure is recorded.")
    for measure in brief.facts:
        paper.sub(measure.label)
        for claim in measure.claims:
            about = f", {claim.about}" if claim.about else ""
            ids = ", ".join(source.statement for source in claim.sources)
            kind = f"{claim.kind}, {claim.when}" + (", confidential" if claim.confidential else "")
            words = f"{claim.value}{about} ({kind}); {claim.who}, from {ids}"
            paper.line(words, lead="• ", indent=2)
        for disagreement in measure.disagreements:
            paper.line(disagreement, lead="≠ ", indent=2)


def print_record(paper: Paper, brief: Brief) -> None:
    """Print the statements in order of date, then the documents."""
    if not brief.statements:
        paper.line("No statement is recorded.")
    day = ""
    for statement in brief.statements.values():
        if statement.date != day:
            day = statement.date
            paper.sub(day if day != "no date" else "Without a date")
        _statement(paper, statement)
    if brief.documents:
        paper.sub("Documents")
    for document in brief.documents.values():
        _document(paper, document)


def _statement(paper: Paper, statement: StatementLine) -> None:
    where = f"{statement.document}, {statement.place}" if statement.place else statement.document
    through = f", {statement.channel}" if statement.channel else ""
    says = f": {statement.says}" if statement.says else ""
    quote = f" “{statement.quote}”" if statement.quote else ""
    mark = " (confidential)" if statement.confidential else ""
    words = f"{statement.speaker} [{statement.kind}{through}]{says}{quote}{mark} ({where})"
    paper.line(words, lead=f"{shown(statement.id)}  ", indent=2)


def _document(paper: Paper, document: DocumentLine) -> None:
    words = f"{document.title}; {document.about}; language {document.language}; {document.kept}"
    if document.url:
        words += f"; {document.url}"
    paper.line(words, lead=f"{shown(document.id)}  ", indent=2)


def print_gaps(paper: Paper, brief: Brief) -> None:
    """Print what is missing from the record."""
    if not brief.gaps:
        paper.line("Nothing that is looked for here.")
    for gap in brief.gaps:
        if all(len(item) < 30 for item in gap.items):
            paper.line(f"{gap.heading}: {', '.join(gap.items)}.", lead="• ", indent=2)
        else:
            paper.line(f"{gap.heading}:", lead="• ", indent=2)
            paper.bullets(gap.items, indent=4)


def print_method(paper: Paper, brief: Brief) -> None:
    """Print how the findings were reached."""
    for sentence in brief.method.sentences:
        paper.line(sentence)
    paper.line("; ".join(f"{name}: {value}" for name, value in brief.method.parameters))
