"""The example of Camp David, 1978: its sources, its words, and its movement day by day."""

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.model import Case, Rule, issues_in
from tests.examples import replay

NAME = "camp-david-1978"

SETTLEMENTS = {"e-settlements", "i-settlements"}
WEST_BANK = {"e-west-bank", "i-west-bank"}
RELATIONS = {"e-relations", "i-relations"}
AIRFIELDS = {"e-airfields", "i-etzion"}

STUCK = {
    "1978-09-05": [SETTLEMENTS],
    "1978-09-06": [SETTLEMENTS, WEST_BANK],
    "1978-09-10": [SETTLEMENTS, WEST_BANK, RELATIONS, AIRFIELDS],
    "1978-09-11": [SETTLEMENTS, RELATIONS, AIRFIELDS],
    "1978-09-14": [SETTLEMENTS, AIRFIELDS],
    "1978-09-16": [{"e-settlements", "i-settlements-vote"}, AIRFIELDS],
    "1978-09-17": [],
}


@pytest.fixture(scope="module")
def case() -> Case:
    return replay.load(NAME)


def test_everything_rests_on_a_statement(case: Case) -> None:
    assert replay.unsourced(case) == []


def test_every_statement_names_a_document_and_a_known_speaker(case: Case) -> None:
    speakers = {*case.parties, *case.third_parties, *case.persons}
    for id, statement in case.statements.items():
        assert statement.document in case.documents, id
        assert {statement.by, statement.relayed_by} - {None} <= speakers, id
    assert {s.document for s in case.statements.values()} == set(case.documents)


def test_no_text_of_a_source_is_kept(case: Case) -> None:
    assert replay.long_quotes(case) == []
    assert [id for id, document in case.documents.items() if document.text] == []


def test_our_words_take_no_side(case: Case) -> None:
    assert replay.loaded_words(case) == set()


def test_inferred_positions_say_from_what(case: Case) -> None:
    assert [p.id for p in case.positions if p.status == "inferred" and not p.note] == []
    assert [p.id for p in case.positions if p.firmness == "red-line" and not p.note] == []


@pytest.mark.parametrize("day", STUCK)
def test_where_the_sides_were_stuck(case: Case, day: str) -> None:
    then = case.on(day)
    assert replay.conflicts(then) == {frozenset(ids) for ids in STUCK[day]}
    assert replay.is_open(then) == (not STUCK[day])


def test_the_knots_of_10_september_are_over_different_issues(case: Case) -> None:
    then = case.on("1978-09-10")
    positions = {p.id: p for p in then.in_force}
    issues = [
        frozenset().union(*(positions[id].issues for id in ids)) for ids in STUCK["1978-09-10"]
    ]
    assert len(frozenset().union(*issues)) == sum(len(part) for part in issues)


def test_the_accords_lie_in_the_zone_of_17_september(case: Case) -> None:
    accords = next(p for p in case.proposals if p.id == "accords")
    in_zone = list(replay.packages(case, case.in_force))
    assert any(accords.terms.items() <= package.items() for package in in_zone)
    assert {package["settlements"] for package in in_zone} == {"knesset-first"}
    assert {package["replacement-airfields"] for package in in_zone} == {"us-helps"}
    assert {package["jerusalem"] for package in in_zone} == {"letters-by-reference"}


@pytest.mark.parametrize("day", ["1978-09-14", "1978-09-15", "1978-09-16"])
def test_before_the_last_day_the_accords_break_positions_of_both_sides(
    case: Case, day: str
) -> None:
    accords = next(p for p in case.proposals if p.id == "accords")
    terms = {"id": "accords", "requires": accords.terms}
    for party in case.parties:
        then = case.on(day)
        rule = Rule.model_validate(terms)
        assert not replay.can_be_met(then, [rule, *then.positions_of(party)]), party


def test_a_vote_of_the_knesset_was_the_new_option(case: Case) -> None:
    voices = {p.id for p in case.on("1978-09-15").proposals_made if "settlements" in p.terms}
    assert voices == {"egyptian-paper", "dayan-idea", "settlements-later"}
    later = {p.id for p in case.proposals_made if "settlements" in p.terms} - voices
    assert later == {"knesset-after", "knesset-first", "accords"}


def test_answers_fit_the_positions_of_their_day(case: Case) -> None:
    for proposal, party, response in replay.answers(case):
        fits = replay.fits_own_positions(case, proposal, party, response)
        if response.answer in {"accepts", "rejects"}:
            assert fits == (response.answer == "accepts"), (proposal.id, party)


def test_the_last_text_descends_from_the_egyptian_paper(case: Case) -> None:
    bases = {p.id: p.based_on for p in case.proposals}

    def forebears(id: str) -> set[str]:
        return {id}.union(*(forebears(base) for base in bases[id]))

    assert {"egyptian-paper", "us-draft", "sinai-draft", "knesset-first"} <= forebears("accords")


def test_a_proposal_is_based_on_earlier_ones(case: Case) -> None:
    dates = {p.id: p.date for p in case.proposals}
    for proposal in case.proposals:
        for base in proposal.based_on:
            earlier, later = dates[base], proposal.date
            assert earlier is not None, base
            assert later is not None, proposal.id
            assert earlier.first <= later.first, proposal.id


def test_the_two_accounts_of_the_halt_to_settlements_are_kept_apart(case: Case) -> None:
    claims = {
        (case.side_of(case.statements[figure.source[0]].by), figure.value_text)
        for figure in case.figures.values()
        if figure.measure == "length-of-settlement-halt"
    }
    assert claims == {("israel", "3"), ("united-states", "60")}


def test_moves_belong_to_parties_and_preferences_speak_of_moves(case: Case) -> None:
    assert case.moves is not None
    assert {move.by for move in case.moves.options.values()} == set(case.parties)
    assert set(case.moves.preferences) == set(case.parties)
    for preference in case.moves.preferences.values():
        assert preference.note == "The analyst's reading, nobody's statement."
        for statement in preference.statements or ():
            spoken_of = issues_in(statement.prefers) | issues_in(statement.iff)
            assert spoken_of <= set(case.moves.options)


def test_the_day_would_not_hold_and_one_sides_move_would_do(case: Case) -> None:
    assert case.moves is not None
    assert case.moves.status == "inferred"
    found = stability(case)
    assert found.now == "1"
    assert "1" not in found.equilibria["gmr"]
    assert found.equilibria["nash"] == ("2",)
    assert found.equilibria["seq"] == ("2", "3")
    assert found.coalitions.departures == ()
    assert stability(case.on("1978-09-14")).states == ()
