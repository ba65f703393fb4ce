"""The whole record replayed: what a brief says of a case on one day after another."""

from __future__ import annotations

import pytest

from goodoffices.brief import Brief
from goodoffices.brief.phrases import plain
from tests.brief.cases import EXAMPLES, GOLDEN, example, example_brief
from tests.golden import assert_golden


def days(name: str) -> list[str]:
    """Return the days on which a position begins or ends, or a proposal is made or answered."""
    case = example(name)
    dates = [date for p in case.positions for date in (p.since, p.until)]
    dates += [proposal.date for proposal in case.proposals]
    dates += [r.date for p in case.proposals for _, r in p.responses_until(None)]
    last = case.day
    found = {date.last for date in dates if date and (last is None or date.last <= last)}
    return [day.isoformat() for day in sorted(found)]


def told(made: Brief) -> str:
    """Return the brief's answers of a day as text."""
    lines = [f"# {made.as_of}", made.glance.zone, made.glance.contention, made.glance.way_out]
    lines += [f"{knot.id}: {knot.sentence}" for knot in made.stuck.knots]
    lines += [f"new option: {new.sentence}" for new in made.stuck.new_options]
    lines += [alone.sentence for alone in made.giving.alone]
    lines += [f"{p.name}: {p.standing}" for p in made.proposals]
    lines.append(f"missing: {'; '.join(f'{g.heading}: {len(g.items)}' for g in made.gaps)}")
    return plain("\n".join(lines))


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_replay(name: str) -> None:
    text = "\n\n".join(told(example_brief(name, day)) for day in days(name))
    assert_golden(GOLDEN / f"replay-{name}.txt", text + "\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_dated_later_is_told_on_any_day(name: str) -> None:
    case = example(name)
    for day in days(name):
        made = example_brief(name, day)
        assert {event.first for event in made.events} <= set(_until(made, day))
        shown = {proposal.id for proposal in made.proposals}
        assert shown == {p.id for p in case.on(day).proposals_made}
        assert set(made.positions) == {p.id for p in case.on(day).in_force}


def _until(made: Brief, day: str) -> list[str]:
    return [event.first for event in made.events if event.first <= day]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_record_only_grows(name: str) -> None:
    statements: set[str] = set()
    documents: set[str] = set()
    for day in days(name):
        made = example_brief(name, day)
        assert statements <= set(made.statements)
        assert documents <= set(made.documents)
        statements, documents = set(made.statements), set(made.documents)
