"""What is on the table: each proposal with its terms, lineage, answers and amendments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goodoffices.analysis.impasse_result import Amendment, ProposalFinding
from goodoffices.brief.contents import (
    AmendmentLine,
    AnswerLine,
    Difference,
    ProposalLine,
    TermLine,
)
from goodoffices.brief.phrases import date_words, isolated, label, name_of, option_words, spaced
from goodoffices.brief.record import lane_of, source_lines
from goodoffices.brief.words import (
    ANSWER_WORDS,
    amendment_head,
    amendment_sentence,
    answer_sentence,
    difference_sentences,
    proposal_sentence,
    standing_sentence,
)
from goodoffices.model import Case, Proposal


def term_lines(case: Case, terms: Mapping[str, str] | None) -> tuple[TermLine, ...]:
    """Return terms in words, in the order of the case's issues."""
    given = terms or {}
    return tuple(
        TermLine(issue, label(case, issue), option_words(case, issue, given[issue]))
        for issue in case.issues
        if issue in given
    )


def proposal_lines(
    case: Case, findings: Mapping[str, ProposalFinding], show: int
) -> tuple[ProposalLine, ...]:
    """Return the proposals made by the case's day, in the order of their dates and lineage."""
    names = {proposal.id: proposal_name(proposal) for proposal in case.proposals}
    made = {proposal.id: proposal for proposal in in_order(case.proposals_made)}
    return tuple(
        _proposal_line(case, proposal, findings[id], (names, made, show))
        for id, proposal in made.items()
        if id in findings
    )


def proposal_name(proposal: Proposal) -> str:
    """Return what a proposal is called."""
    return isolated(proposal.name or spaced(proposal.id))


def in_order(proposals: tuple[Proposal, ...]) -> list[Proposal]:
    """Return proposals by date, each after those that it is based on; undated ones stay in place.

    A proposal without a date stands just before the first dated one that is based on it.
    """
    held = {proposal.id: proposal for proposal in proposals}
    placed: dict[str, Proposal] = {}
    pending = sorted(proposals, key=lambda p: (p.date is None, p.date and p.date.first))
    for proposal in pending:
        _place(proposal, held, placed)
    return list(placed.values())


def _place(proposal: Proposal, held: Mapping[str, Proposal], placed: dict[str, Proposal]) -> None:
    stack = [proposal]
    while stack:
        top = stack[-1]
        waiting = [held[id] for id in top.based_on if id in held and id not in placed]
        if waiting and top.id not in placed:
            stack.append(waiting[0])
        else:
            placed.setdefault(stack.pop().id, top)


_Table = tuple[Mapping[str, str], Mapping[str, Proposal], int]


def _proposal_line(
    case: Case, proposal: Proposal, finding: ProposalFinding, table: _Table
) -> ProposalLine:
    names, made, show = table
    answers = proposal.responses_until(case.day)
    author = case.side_of(proposal.by)
    bases = [base for base in proposal.based_on if base in made]
    return ProposalLine(
        id=proposal.id,
        name=names[proposal.id],
        author=lane_of(case, proposal.by),
        sentence=proposal_sentence(case, proposal),
        date=date_words(proposal.date),
        terms=term_lines(case, proposal.terms),
        open_issues=tuple(label(case, i) for i in case.issues if i not in proposal.terms),
        based_on=tuple(bases),
        differences=tuple(_difference(case, made[base], proposal) for base in bases),
        answers=tuple(
            AnswerLine(side, answer_sentence(case, side, response, names),
                       f"{name_of(case, side)} {ANSWER_WORDS[response.answer]}", response.quote,
                       source_lines(case, response.source))
            for side, response in answers
        ),
        silent=tuple(
            name_of(case, party)
            for party in case.parties
            if party != author and party not in {side for side, _ in answers}
        ),
        standing=standing_sentence(case, finding, case.rules),
        breaks=tuple(id for broken in finding.breaks.values() for id in broken),
        amendments=_amendment_lines(case, finding.amendments[:show]),
        amendments_left_out=_left_out(finding, show),
        says=proposal.says,
        sources=source_lines(case, proposal.source),
        note=proposal.note,
    )  # fmt: skip


def _difference(case: Case, base: Proposal, proposal: Proposal) -> Difference:
    sentences = tuple(difference_sentences(case, base, proposal))
    return Difference(base.id, proposal_name(base), sentences)


def _amendment_lines(case: Case, amendments: Iterable[Amendment]) -> tuple[AmendmentLine, ...]:
    zones: dict[tuple[str, ...], list[str]] = {}
    for amendment in amendments:
        zones.setdefault(amendment.after, []).append(amendment_sentence(case, amendment))
    return tuple(
        AmendmentLine(after, amendment_head(case, after), tuple(changes))
        for after, changes in zones.items()
    )


def _left_out(finding: ProposalFinding, show: int) -> str:
    more = len(finding.amendments) - show
    if more > 0:
        return f"{more:,} more smallest amendments are in the full listing."
    return "" if finding.amendments_complete else "There may be more; a limit was met."
