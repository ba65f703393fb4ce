"""All that `impasse` found, on a terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from goodoffices.analysis.impasse_result import ImpasseResult, IssueZone
from goodoffices.brief.compose import brief
from goodoffices.brief.contents import Brief
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import label, listed, option_runs, runs_by, shown
from goodoffices.brief.section_names import CONFIDENTIAL
from goodoffices.brief.terminal import print_freeing, print_giving, print_standing_of, print_stuck
from goodoffices.brief.terminal_record import print_method
from goodoffices.brief.words import missing_words
from goodoffices.model import Case


def print_impasse(case: Case, result: ImpasseResult, console: Console) -> None:
    """Print the zone, every point of contention, every way out, and where each proposal stands."""
    paper = Paper(console)
    whole = brief(case, result, show=sys.maxsize)
    paper.title(f"{whole.title}, as of {whole.as_of}" if whole.as_of else whole.title)
    if whole.confidential:
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    paper.line(Text(shown(whole.glance.zone), style="bold"))
    paper.heading("What is left of each issue")
    for issue, left in result.zone.issues.items():
        _issue(paper, case, issue, left)
    paper.heading("Points of contention")
    print_stuck(paper, whole)
    paper.heading("Ways out")
    print_freeing(paper, whole)
    paper.heading("What each side would have to give")
    print_giving(paper, whole)
    _proposals(paper, whole)
    _missing(paper, result)
    paper.heading("Method and parameters")
    print_method(paper, whole)


def _issue(paper: Paper, case: Case, issue: str, left: IssueZone) -> None:
    paper.sub(label(case, issue))
    settled = left.settled is not None
    possible = listed(option_runs(case, issue, left.possible))
    paper.field("Settled" if settled else "Possible", possible or "nothing", indent=2)
    for words, positions in runs_by(case, issue, left.excluded):
        paper.line(f"Excluded: {words}, by {listed(positions) or 'the rules'}", indent=2)


def _proposals(paper: Paper, whole: Brief) -> None:
    if whole.proposals:
        paper.heading("Proposals")
    for proposal in whole.proposals:
        paper.sub(f"{proposal.name} ({proposal.id})")
        print_standing_of(paper, whole, proposal)


def _missing(paper: Paper, result: ImpasseResult) -> None:
    if result.missing:
        paper.heading("Not found, for a limit was met")
        paper.bullets(missing_words(missing) for missing in result.missing)
