"""The record day by day: when it changes, what is done on a day, and what a move answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goodoffices.analysis.movement_result import Act, ActKind, AnswerTo, Basis, Silence
from goodoffices.model import Case, PartialDate, Position, Proposal, Response


def days_of_change(case: Case, first: date | None, last: date | None) -> dict[date, PartialDate]:
    """Return the days on which a position begins or ends, a proposal is made or answered.

    A month or a year stands for its first day; the date beside a day is the most precise that
    the record has for it. Days before ``first`` and after ``last`` are left out.
    """
    bounds = [bound for p in case.positions for bound in (p.since, p.until)]
    bounds += [proposal.date for proposal in case.proposals]
    bounds += [response.date for _, _, response in _answers(case)]
    days: dict[date, PartialDate] = {}
    for bound in sorted((b for b in bounds if b is not None), reverse=True):
        if (first is None or bound.first >= first) and (last is None or bound.first <= last):
            days[bound.first] = bound
    return dict(sorted(days.items()))


def _answers(case: Case) -> Iterator[tuple[Proposal, str, Response]]:
    for proposal in case.proposals:
        for side, responses in proposal.responses.items():
            for response in responses:
                yield proposal, side, response


def acts_on(case: Case, day: date) -> Iterator[Act]:
    """Yield the proposals made and the answers given on a day."""
    confidential = case.told_in_confidence
    for proposal in case.proposals:
        if proposal.date is not None and proposal.date.first == day:
            by = case.side_of(proposal.by) or proposal.by
            hidden = not confidential.isdisjoint(proposal.source)
            yield Act("proposal", proposal.id, by, None, str(proposal.date), hidden)
    for proposal, side, response in _answers(case):
        if response.date is not None and response.date.first == day:
            hidden = not confidential.isdisjoint(response.source)
            yield Act("answer", proposal.id, side, response.answer, str(response.date), hidden)


@dataclass(frozen=True, slots=True)
class _Done:
    """An act of the record that a move can answer, with the issues that it bears on."""

    kind: ActKind
    id: str
    by: str
    date: PartialDate | None
    source: frozenset[str]
    issues: frozenset[str]

    def answered(self, case: Case, basis: Basis) -> AnswerTo:
        """Return it as what a move answers."""
        when = None if self.date is None else str(self.date)
        named = {self.id} if self.kind == "statement" else self.source
        hidden = not case.told_in_confidence.isdisjoint(named)
        return AnswerTo(self.kind, self.id, self.by, when, basis, hidden)


class Chronicle:
    """Knows who did what before a move, and what the record ties a move to."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._proposals = {proposal.id: proposal for proposal in case.proposals}
        self._done = [*self._made(), *self._said()]

    def _made(self) -> Iterator[_Done]:
        """Yield proposals and answers."""
        for proposal in self._case.proposals:
            yield self._proposed(proposal)
        for proposal, side, response in _answers(self._case):
            source, issues = frozenset(response.source), frozenset(proposal.terms)
            yield _Done("answer", proposal.id, side, response.date, source, issues)

    def _proposed(self, proposal: Proposal) -> _Done:
        by = self._case.side_of(proposal.by) or proposal.by
        source, issues = frozenset(proposal.source), frozenset(proposal.terms)
        return _Done("proposal", proposal.id, by, proposal.date, source, issues)

    def _said(self) -> Iterator[_Done]:
        """Yield statements, each with the issues of the positions that rest on it."""
        spoken: dict[str, set[str]] = {}
        for position in self._case.positions:
            for id in position.source:
                spoken.setdefault(id, set()).update(position.issues)
        for id, issues in spoken.items():
            statement = self._case.statements[id]
            side = self._case.side_of(statement.by)
            if side is not None:
                named = frozenset((id,))
                yield _Done("statement", id, side, statement.date, named, frozenset(issues))

    def answers_to(
        self, party: str, day: date, begun: Iterable[Position], ended: Iterable[Position]
    ) -> tuple[AnswerTo, ...]:
        """Return what a move answers: what the record ties it to, else the last act before it.

        The record ties a move to a proposal when a position that begins rests on the statement by
        which the party answered that proposal, or made one of its own that is based on it.
        """
        begun, ended = list(begun), list(ended)
        sources = frozenset(id for position in begun for id in position.source)
        tied = list(dict.fromkeys(self._tied(party, day, sources)))
        if tied:
            return tuple(done.answered(self._case, "recorded") for done in tied)
        issues = frozenset().union(*(position.issues for position in (*begun, *ended)))
        held = [p.since.first for p in ended if p.since is not None]
        last = self._last(party, day, issues, max(held, default=date.min))
        return tuple(done.answered(self._case, "inferred") for done in last)

    def _tied(self, party: str, day: date, sources: frozenset[str]) -> Iterator[_Done]:
        for proposal, side, response in _answers(self._case):
            if (
                side == party
                and _by(response.date, day)
                and not sources.isdisjoint(response.source)
            ):
                yield self._proposed(proposal)
        for proposal in self._case.proposals:
            own = self._case.side_of(proposal.by) == party and _by(proposal.date, day)
            if own and not sources.isdisjoint(proposal.source):
                bases = (self._proposed(self._proposals[id]) for id in proposal.based_on)
                yield from (b for b in bases if b.by != party and _by(b.date, day))

    def _last(self, party: str, day: date, issues: frozenset[str], from_: date) -> list[_Done]:
        """Return the last acts of others on some issues that are surely not after a day.

        Of several on one day the proposals count, else the answers, else the statements.
        """
        before = [
            (done.date.last, done)
            for done in self._done
            if done.by != party and done.date is not None and from_ <= done.date.last <= day
            if not issues.isdisjoint(done.issues)
        ]
        latest = max((when for when, _ in before), default=None)
        last = [done for when, done in before if when == latest]
        # A proposal says more than the answers of its day, and these more than what was said.
        kinds: tuple[ActKind, ...] = ("proposal", "answer", "statement")
        told = next((kind for kind in kinds if any(d.kind == kind for d in last)), None)
        return [done for done in last if done.kind == told]


def _by(when: PartialDate | None, day: date) -> bool:
    return when is None or when.first <= day


def heard(case: Case, position: Position, day: date) -> date | None:
    """Return the last day, up to one, on which something was heard of a position.

    That is the last day on which a statement that it rests on can have been made, or the day on
    which it began; None when neither has a date.
    """
    dates = [case.statements[id].date for id in position.source]
    known = [min(when.last, day) for when in dates if when is not None and when.first <= day]
    known += [position.since.first] if position.since is not None else []
    return max(known, default=None)


def silences(
    case: Case, positions: Iterable[Position], day: date, stale_days: int
) -> Iterator[Silence]:
    """Yield the positions of which nothing was heard for more than some days before a day."""
    for position in positions:
        last = heard(case, position, day)
        if last is not None and (day - last).days > stale_days:
            hidden = position.status == "confidential"
            yield Silence(position.id, position.party, last.isoformat(), (day - last).days, hidden)
