"""The invented pay dispute: its texts, its days, and what each day teaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.impasse_result import Cost, ImpasseResult
from goodoffices.casefile import read_case
from goodoffices.model import Bounds, Case, each_test, number_text
from tests.examples import replay
from tests.examples.brute import thinned

FOLDER = replay.EXAMPLES / "hospital-pay"


@cache
def case() -> Case:
    """Return the case."""
    return read_case(FOLDER)


@cache
def on(day: str) -> ImpasseResult:
    """Return what the sides are stuck on as of a day."""
    return impasse(case().on(day))


def text(document: str) -> str:
    """Return a document's text."""
    name = case().documents[document].text
    assert name is not None
    return (FOLDER / name).read_text(encoding="utf-8")


# The record is true to its texts


def test_every_document_is_here_and_has_a_statement() -> None:
    kept = {path.relative_to(FOLDER).as_posix() for path in (FOLDER / "documents").iterdir()}
    assert {document.text for document in case().documents.values()} == kept
    assert {s.document for s in case().statements.values()} == set(case().documents)
    for id, document in case().documents.items():
        assert text(id).startswith(f"{document.title}\n"), id


def test_every_quote_is_in_its_paragraph_once() -> None:
    for id, statement in case().statements.items():
        paragraphs = text(statement.document).split("\n\n")
        assert statement.paragraph is not None, id
        assert statement.quote is not None, id
        assert paragraphs[statement.paragraph - 1].count(statement.quote) == 1, id
        assert id.rstrip("abc").endswith(f"-{statement.paragraph}"), id


def test_every_span_is_whole_sentences_around_the_quote() -> None:
    spans = {id: s for id, s in case().statements.items() if s.span}
    assert {s.document for s in spans.values()} == {"bulletin", "notes"}
    for id, statement in spans.items():
        assert statement.span is not None
        assert statement.quote is not None
        assert statement.paragraph is not None
        whole = text(statement.document)
        sentence = whole[slice(*statement.span)]
        assert statement.quote in sentence, id
        assert re.fullmatch(r"[A-Z].*\.", sentence), id
        assert sentence in whole.split("\n\n")[statement.paragraph - 1], id


def test_dates_are_those_of_the_documents_or_told_in_them() -> None:
    told = {"gazette-3", "gazette-4a", "gazette-4b", "gazette-5", "closing-3"}
    for id, statement in case().statements.items():
        published = case().documents[statement.document].published
        assert statement.date is not None, id
        assert published is not None, id
        assert (statement.date == published) is (id not in told), id
        assert statement.date.first <= published.last, id


NUMBER_WORDS = {"Forty-one": "41"}


def test_every_figure_stands_in_its_paragraph() -> None:
    for id, figure in case().figures.items():
        (source,) = figure.source
        statement = case().statements[source]
        paragraph = text(statement.document).split("\n\n")[(statement.paragraph or 0) - 1]
        for word, digits in NUMBER_WORDS.items():
            paragraph = paragraph.replace(word, digits)
        assert figure.value_text in paragraph.replace(",", ""), id


def test_the_claims_that_disagree_are_of_different_sides() -> None:
    claims: dict[str, set[str | None]] = {}
    for figure in case().figures.values():
        side = case().side_of(case().statements[figure.source[0]].by)
        claims.setdefault(figure.measure, set()).add(side)
    twice = {measure for measure, sides in claims.items() if len(sides) > 1}
    assert twice == {"price-rise", "on-call-time", "saving-by-contract"}


def test_everything_rests_on_a_statement_and_takes_no_side() -> None:
    assert replay.unsourced(case()) == []
    assert replay.long_quotes(case()) == []
    assert replay.loaded_words(case()) == set()


def test_positions_rest_on_their_own_party() -> None:
    for position in case().positions:
        voices = {case().side_of(case().statements[id].by) for id in position.source}
        assert voices == {position.party}, position.id


def test_a_position_begins_and_ends_on_the_day_of_a_statement() -> None:
    days = {s.date for s in case().statements.values()}
    for position in case().positions:
        assert position.since in days, position.id
        assert position.until is None or position.until in days, position.id


def test_only_the_two_limits_are_confidential_and_they_come_from_the_notes() -> None:
    confidential = {p.id: p.source for p in case().positions if p.status == "confidential"}
    assert confidential == {"n3": ("notes-4",), "e3": ("notes-5b",)}
    assert case().statements["notes-4"].channel == "in confidence to the conciliator"


def test_it_says_that_it_is_invented() -> None:
    assert "invented" in case().case
    assert "Everything here is invented" in (FOLDER / "README.md").read_text(encoding="utf-8")


# What each day teaches

FIRST = {"n1 e1", "n1 n4 e8", "n1 n5 e6"}
SECOND = {"n1 e2", "n1 n4 e8", "n1 n5 e6"}
CLEANING = {"u1 e4", "u1 u2 e5"}
LAST = {"n2 e2", "n3 e2", "n2 e3", "n2 n4 e8"}
STUCK = {
    "2026-03-05": set[str](),
    "2026-03-06": FIRST | CLEANING,
    "2026-03-13": FIRST,
    "2026-03-16": SECOND,
    "2026-03-20": {"n2 e2", "n2 n4 e8"},
    "2026-03-24": LAST,
    "2026-03-27": LAST,
    "2026-04-02": LAST,
    "2026-04-03": set[str](),
}


def ids(sets: set[str]) -> set[frozenset[str]]:
    """Return sets of positions written as "n1 e1"."""
    return {frozenset(names.split()) for names in sets}


@pytest.mark.parametrize("day", STUCK)
def test_where_the_sides_were_stuck(day: str) -> None:
    result = on(day)
    assert result.conflicts_complete
    assert {frozenset(conflict.positions) for conflict in result.conflicts} == ids(STUCK[day])
    assert result.zone.empty is bool(STUCK[day])


def marked_values() -> dict[str, list[str]]:
    """Return for each numeric issue the values at, below and above every bound of the case."""
    marks = {name: {0, issue.size - 1} for name, issue in case().issues.items() if issue.numeric}
    demands: list[replay.Demand] = [*case().positions, *case().rules]
    for demand in demands:
        for _, condition in demand.conditions:
            for test, _path in each_test(condition):
                if isinstance(test.test, Bounds):
                    marks[test.issue] |= set(around(test.issue, test.test))
    return {
        name: [case().issues[name].option(k) for k in sorted(indexes)]
        for name, indexes in marks.items()
    }


def around(name: str, bounds: Bounds) -> Iterator[int]:
    """Yield the indexes of the options at, below and above the ends of a bound."""
    issue = case().issues[name]
    for number in (bounds.at_least, bounds.at_most):
        index = issue.index(number_text(number)) if number is not None else None
        if index is not None:
            yield from (k for k in (index - 1, index, index + 1) if 0 <= k < issue.size)


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-27", "2026-04-03"])
def test_trying_every_marked_value_finds_the_same(day: str) -> None:
    few = thinned(case().on(day), marked_values())
    assert replay.conflicts(few) == ids(STUCK[day])


def test_two_knots_at_first_whose_ways_out_multiply() -> None:
    first = on("2026-03-06")
    knots = {(knot.issues, knot.parties): knot.ways_out for knot in first.knots}
    assert sorted(knots.values(), key=str) == [3, 5]
    assert first.ways_out_total == 15
    assert len(on("2026-03-13").knots) == 1
    nurses, cleaning = sorted(first.knots, key=lambda knot: "cleaning" in knot.issues)
    assert set(cleaning.parties) == {"support", "hospital"}
    assert set(nurses.parties) == {"nurses", "hospital"}
    assert not set(nurses.issues) & set(cleaning.issues)


def test_with_the_limits_known_one_side_alone_has_to_break_its_own() -> None:
    before, after = on("2026-03-20").alone["nurses"], on("2026-03-24").alone["nurses"]
    assert before is not None
    assert after is not None
    assert before.relax == ("n2",)
    assert after.relax == ("n2", "n3")
    assert (before.cost.red_line, after.cost.red_line) == (0, 1)


def test_a_way_out_on_either_side_and_the_smallest_by_both() -> None:
    result = on("2026-03-27")
    relaxed = {side: alone.relax for side, alone in result.alone.items() if alone}
    assert relaxed == {"nurses": ("n2", "n3"), "hospital": ("e2", "e3", "e8")}
    assert result.alone["support"] is None
    first = result.ways_out[0]
    assert (first.relax, first.parties) == (("n2", "e2"), ("hospital", "nurses"))
    assert first.cost == Cost(red_line=0, firm=0, open=2)
    assert result.most_even is not None
    assert result.most_even.relax == first.relax


def test_the_step_between_is_the_one_value_left() -> None:
    opened = case().on("2026-03-27")
    held = [position for position in opened.in_force if position.id not in {"n2", "e2"}]
    left = list(replay.packages(opened, held))
    assert len(left) == on("2026-03-27").ways_out[0].packages == 6
    assert {package["pay-nurses"] for package in left} == {"4.25"}
    last = on("2026-04-03").zone
    assert last.packages == 6
    assert {name: zone.settled for name, zone in last.issues.items() if zone.settled} == {
        "pay-nurses": "4.25",
        "pay-support": "3.5",
        "term": "24",
        "staffing": "published",
        "cleaning": "in-house",
    }


def test_the_first_proposal_is_one_step_off_and_the_second_lies_in_the_zone() -> None:
    bridge = on("2026-03-27").proposals["bridge"]
    assert {side: set(broken) for side, broken in bridge.breaks.items() if broken} == {
        "nurses": {"n2"},
        "hospital": {"e2", "e8"},
    }
    amendments = [dict(a.change) for a in bridge.amendments if a.after == ("n2", "e2")]
    assert amendments == [{"pay-nurses": "4.25"}]
    assert on("2026-04-03").proposals["second-bridge"].acceptable
    assert "second-bridge" not in on("2026-03-27").proposals


def test_answers_fit_the_positions_of_their_day() -> None:
    expected = {"accepts": True, "rejects": False, "counters": False, "considers": False}
    for proposal, party, response in replay.answers(case()):
        broken = on(str(response.date)).proposals[proposal.id].breaks.get(party, ())
        assert (not broken) is expected[response.answer], (proposal.id, party)


def test_lineage_leads_back_to_both_claims() -> None:
    based_on = {proposal.id: proposal.based_on for proposal in case().proposals}
    reached, open_ids = set[str](), {"second-bridge"}
    while open_ids:
        reached |= open_ids
        open_ids = {parent for id in open_ids for parent in based_on[id]} - reached
    assert reached == set(based_on)


def test_preferences_and_offers_are_of_all_kinds() -> None:
    assert {p.kind for p in case().positions} == {"requires", "refuses", "offers", "prefers"}
    assert {p.firmness for p in case().positions} == {"red-line", "firm", "open"}


def test_points_are_given_for_every_option_that_is_weighed() -> None:
    points = case().priorities["nurses"]
    assert isinstance(points.issues, dict)
    assert sum(points.issues.values()) == Decimal(100)
    for name, worth in points.options.items():
        issue = case().issues[name]
        assert {issue.index(option) for option in worth if isinstance(option, str)} == set(
            range(issue.size)
        )


def test_every_move_is_taken_into_account_by_somebody() -> None:
    moves = case().moves
    assert moves is not None
    assert {option.by for option in moves.options.values()} == set(case().parties)
    assert set(moves.preferences) == set(case().parties)
    named = {
        test.issue
        for order in moves.preferences.values()
        for statement in order.statements or ()
        for condition in (statement.prefers, statement.if_, statement.iff)
        if condition is not None
        for test, _ in each_test(condition)
    }
    assert named == set(moves.options)
