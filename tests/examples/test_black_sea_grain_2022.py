"""The example of the Black Sea Grain Initiative: its sources, its words, and its movement."""

import pytest

from goodoffices.model import Case
from tests.examples import replay

NAME = "black-sea-grain-2022"

STUCK = {
    "2022-06-10": [{"u-corridor", "u-patrol", "r-escort"}],
    "2022-07-21": [{"u-corridor", "u-patrol", "r-escort"}],
    "2022-10-29": [{"u-corridor", "r-suspends"}],
    "2022-10-31": [{"u-corridor", "r-suspends"}],
    "2023-03-15": [{"u-120", "r-60"}],
    "2023-04-20": [{"u-corridor", "r-bank-for-may"}],
    "2023-06-15": [{"u-corridor", "r-bank"}],
    "2023-07-17": [{"u-corridor", "r-bank"}],
}
OPEN = ["2022-07-22", "2022-10-28", "2022-11-02", "2022-11-17", "2023-03-18", "2023-05-20"]


@pytest.fixture(scope="module")
def case() -> Case:
    return replay.load(NAME)


def test_everything_rests_on_a_statement(case: Case) -> None:
    assert replay.unsourced(case) == []


def test_every_statement_names_a_document_and_a_known_speaker(case: Case) -> None:
    speakers = {*case.parties, *case.third_parties, *case.persons}
    for id, statement in case.statements.items():
        assert statement.document in case.documents, id
        assert statement.by is None or statement.by in speakers, id
        assert statement.date is not None, id
    assert {s.document for s in case.statements.values()} == set(case.documents)


def test_no_text_of_a_source_is_kept(case: Case) -> None:
    assert replay.long_quotes(case) == []
    assert [id for id, document in case.documents.items() if document.text] == []
    assert all(document.publisher for document in case.documents.values())


def test_our_words_take_no_side(case: Case) -> None:
    assert replay.loaded_words(case) == set()


def test_inferred_positions_say_from_what(case: Case) -> None:
    assert [p.id for p in case.positions if p.status == "inferred" and not p.note] == []
    assert [p.id for p in case.positions if p.firmness == "red-line" and not p.note] == []


@pytest.mark.parametrize("day", STUCK)
def test_where_the_sides_were_stuck(case: Case, day: str) -> None:
    assert replay.conflicts(case.on(day)) == {frozenset(ids) for ids in STUCK[day]}


@pytest.mark.parametrize("day", OPEN)
def test_when_the_zone_was_open(case: Case, day: str) -> None:
    assert replay.conflicts(case.on(day)) == set()
    assert replay.is_open(case.on(day))


def test_the_july_text_lies_in_the_zone_of_its_day(case: Case) -> None:
    then = case.on("2022-07-22")
    text = next(p for p in then.proposals_made if p.id == "july-text")
    in_zone = replay.packages(then, then.in_force)
    assert any(text.terms.items() <= package.items() for package in in_zone)


def test_in_march_2023_only_a_text_without_a_number_is_in_the_zone(case: Case) -> None:
    then = case.on("2023-03-18")
    assert {p["length-named"] for p in replay.packages(then, then.in_force)} == {"no"}


def test_in_may_2023_the_length_is_sixty_days_or_less(case: Case) -> None:
    then = case.on("2023-05-20")
    assert {p["days"] for p in replay.packages(then, then.in_force)} == {"30", "60"}


def test_at_the_end_either_side_could_open_the_zone_alone(case: Case) -> None:
    assert case.as_of is not None
    assert not replay.is_open(case)
    assert replay.is_open(case, without=["r-bank"])
    assert replay.is_open(case, without=["u-corridor"])


def test_without_the_rule_on_the_bank_the_zone_would_be_open_at_the_end(case: Case) -> None:
    rules = tuple(rule for rule in case.rules if rule.id != "bank-not-offered")
    assert replay.is_open(case.model_copy(update={"rules": rules}))


def test_the_secretary_generals_letter_breaks_the_position_on_the_bank_only(case: Case) -> None:
    then = case.on("2023-07-11")
    letter = next(p for p in then.proposals if p.id == "un-letter")
    without_bank = [p for p in then.in_force if p.id != "r-bank"]
    assert any(letter.terms.items() <= x.items() for x in replay.packages(then, without_bank))


def test_answers_fit_the_positions_of_their_day(case: Case) -> None:
    for proposal, party, response in replay.answers(case):
        fits = replay.fits_own_positions(case, proposal, party, response)
        if response.answer in {"accepts", "rejects"}:
            assert fits == (response.answer == "accepts"), (proposal.id, party)


def test_a_proposal_is_based_on_earlier_ones(case: Case) -> None:
    dates = {p.id: p.date for p in case.proposals}
    for proposal in case.proposals:
        for base in proposal.based_on:
            earlier, later = dates[base], proposal.date
            assert earlier is not None, base
            assert later is not None, proposal.id
            assert earlier.first <= later.first, proposal.id


def test_the_march_extension_keeps_both_accounts_of_its_length(case: Case) -> None:
    claims = {
        (case.side_of(case.statements[figure.source[0]].by), figure.value_text)
        for figure in case.figures.values()
        if figure.measure == "length-of-march-extension"
    }
    assert claims == {("russia", "60"), ("ukraine", "120")}


def test_totals_of_food_shipped_never_contradict_each_other_in_july_2023(case: Case) -> None:
    totals = [case.figures[f"f-tonnes-{who}"] for who in ("coordinator", "guterres", "eu")]
    lows = [figure.low for figure in totals if figure.low is not None]
    highs = [figure.high_end for figure in totals if figure.high_end is not None]
    assert max(lows) <= min(highs)
