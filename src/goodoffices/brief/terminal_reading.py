"""Drafts of a document on a terminal."""

from __future__ import annotations

from rich.console import Console

from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import counted
from goodoffices.brief.reading_words import about, act, details, quantity, who
from goodoffices.reading.drafts import Draft, Drafts


def print_drafts(drafts: Drafts, console: Console) -> None:
    """Print the drafts of one document, in the order of its text."""
    paper = Paper(console)
    document = drafts.document
    entry = f", entry {document.entry}" if document.entry else ""
    paper.title(document.title or f"{document.name}{entry}")
    paper.quiet(f"{document.name}{entry}: {about(document)}")
    statements = [one for one in drafts.drafts if one.what == "statement"]
    figures = [one for one in drafts.drafts if one.what == "figure"]
    words = [counted(len(statements), "statement"), counted(len(figures), "figure")]
    paper.line(f"Drafts: {words[0]} and {words[1]}. None is part of a case until you keep it.")
    for problem in document.problems:
        paper.line(problem, lead="! ", indent=2)
    for number, draft in enumerate(drafts.drafts, 1):
        print_draft(paper, number, draft)
    paper.gap()


def print_draft(paper: Paper, number: int, draft: Draft) -> None:
    """Print one draft with its place."""
    place = f"paragraph {draft.paragraph}"
    if draft.what == "figure":
        paper.line(f"{quantity(draft)}: “{draft.quote}”", lead=f"{number:>3}  = ", indent=0)
    else:
        paper.line(f"{who(draft)} {act(draft)}: “{draft.quote}”", lead=f"{number:>3}  ")
    paper.quiet("; ".join([place, *details(draft)]), indent=5)
