"""What moves answer and what fell silent, against twins that go through the record line by line."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from goodoffices.analysis.movement import movement
from goodoffices.analysis.movement_record import acts_on, days_of_change, heard, silences
from goodoffices.analysis.movement_result import AnswerTo, Move
from goodoffices.model import Case, PartialDate
from tests.analysis import movement_twins as twins
from tests.strategies import Shape, case_data

Told = tuple[str, str, str, str]
SAID = ("2025-01-01", "2025-01-05", "2025-01-10", "2025-01", "2025-02-01", "2025-03-15", "2025")
RANK = {"proposal": 0, "answer": 1, "statement": 2}


def spoken(rng: Random) -> Case:
    """Return a random record with statements, proposals and answers, many of one day."""
    data = case_data(rng, Shape(issues=3, positions=7, packages=40, rules=0.1, crowded=0.9))
    parties = list(data["parties"])
    speakers = [*parties, "d0", "t0"]
    data["third-parties"] = {"t0": {"name": "T", "roles": ["mediator"]}}
    data["persons"] = {"d0": {"name": "D", "of": parties[0]}}
    data["documents"] = {"doc": {"title": "Paper"}}
    data["statements"] = {
        f"s{n}": {"document": "doc", "by": rng.choice(speakers), "date": rng.choice(SAID)}
        for n in range(8)
    }
    for position in data["positions"]:
        position["source"] = rng.sample(sorted(data["statements"]), rng.randint(0, 2))
        for key in ("since", "until"):
            position.pop(key, None)
        days = sorted(rng.sample(twins.DATES, 2))
        position.update(dict(zip(("since", "until"), days, strict=True)))
    for proposal in data["proposals"]:
        proposal.update(by=rng.choice(speakers), date=rng.choice(SAID))
        proposal["source"] = rng.sample(sorted(data["statements"]), 1)
        proposal["responses"] = {party: [response(rng, data)] for party in parties[:2]}
    return Case.model_validate(data)


def response(rng: Random, data: dict[str, Any]) -> dict[str, Any]:
    source = rng.sample(sorted(data["statements"]), rng.randint(0, 1))
    return {"answer": "rejects", "date": rng.choice(SAID), "source": source}


def recorded(case: Case, move: Move, day: date) -> set[str]:
    """Return the proposals that the record ties a move to: the words of the theory, one by one."""
    held = {position.id: position for position in case.positions}
    sources = {id for begun in move.begun for id in held[begun].source}
    tied = set()
    for proposal in case.proposals:
        for given in proposal.responses.get(move.party, ()):
            if set(given.source) & sources and begun_by(given.date, day):
                tied.add(proposal.id)
    return tied


def begun_by(when: PartialDate | None, day: date) -> bool:
    return when is None or when.first <= day


def inferred(case: Case, move: Move, day: date) -> set[Told]:
    """Return the last acts of others on the issues of a move, by going through every act."""
    held = {position.id: position for position in case.positions}
    floor = max((held[id].since.first for id in move.ended if held[id].since), default=date.min)  # type: ignore[union-attr]
    found: list[tuple[date, Told]] = []

    def add(kind: str, id: str, by: str | None, when: PartialDate | None, on: set[str]) -> None:
        side = case.side_of(by)
        near = when is not None and floor <= when.last <= day
        if side and side != move.party and near and on & set(move.issues):
            assert when is not None
            found.append((when.last, (kind, id, side, str(when))))

    for proposal in case.proposals:
        add("proposal", proposal.id, proposal.by, proposal.date, set(proposal.terms))
        for side, given in proposal.responses.items():
            for answer in given:
                add("answer", proposal.id, side, answer.date, set(proposal.terms))
    for id, statement in case.statements.items():
        on = {i for p in case.positions if id in p.source for i in p.issues}
        add("statement", id, statement.by, statement.date, on)
    if not found:
        return set()
    latest = max(when for when, _ in found)
    of_the_day = [told for when, told in found if when == latest]
    best = min(RANK[told[0]] for told in of_the_day)
    return {told for told in of_the_day if RANK[told[0]] == best}


def as_told(done: AnswerTo) -> Told:
    return done.kind, done.id, done.by, done.date or ""


@pytest.mark.parametrize("seed", range(120))
def test_what_moves_answer_is_what_going_through_the_record_finds(seed: int) -> None:
    case = spoken(Random(seed))
    for on, move in movement(case).moves:
        day = date.fromisoformat(on)
        tied = recorded(case, move, day)
        bases = {done.basis for done in move.answers_to}
        assert len(bases) <= 1
        if bases == {"recorded"}:
            assert tied <= {done.id for done in move.answers_to}
        else:
            assert tied == set()
            assert {as_told(done) for done in move.answers_to} == inferred(case, move, day)


def test_the_random_records_hold_both_kinds_of_ties() -> None:
    found = [d for s in range(120) for _, m in movement(spoken(Random(s))).moves
             for d in m.answers_to]  # fmt: skip
    assert {done.basis for done in found} == {"recorded", "inferred"}
    assert {done.kind for done in found if done.basis == "inferred"} == set(RANK)


@pytest.mark.parametrize("seed", range(40))
def test_what_fell_silent_is_what_counting_the_days_finds(seed: int) -> None:
    rng = Random(seed)
    case = spoken(rng)
    day = date(2025, 1, 1) + timedelta(days=rng.randint(0, 200))
    limit = rng.choice((1, 10, 45))
    held = twins.held_on(case, day)
    found = {silence.position: silence for silence in silences(case, held, day, limit)}
    for position in held:
        word = [position.since.first] if position.since else []
        for id in position.source:
            when = case.statements[id].date
            assert when is not None
            word += [d for d in (when.first, when.last) if d <= day]
            word += [day] if when.first <= day < when.last else []
        last = max(word, default=None)
        assert heard(case, position, day) == last
        stale = last is not None and last + timedelta(days=limit) < day
        assert (position.id in found) is stale
        if stale:
            assert last is not None
            assert found[position.id].days == (day - last).days


def test_days_and_acts_of_a_record() -> None:
    case = spoken(Random(3))
    every = days_of_change(case, None, None)
    assert list(every) == sorted(every)
    assert all(dated.first == day for day, dated in every.items())
    cut = date(2025, 1, 10)
    assert {*days_of_change(case, None, cut), *days_of_change(case, cut, None)} == set(every)
    acts = [act for day in every for act in acts_on(case, day)]
    assert len(acts) == len(case.proposals) + sum(
        len(given) for p in case.proposals for given in p.responses.values()
    )
