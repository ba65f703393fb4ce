"""The twin and the editor's checks of the example tests, held against faults made on purpose."""

from itertools import product

import pytest

from goodoffices.model import Case, meets
from tests.examples import replay


def small_case(**changes: object) -> Case:
    """Two sides that part over a shop's hours, with one thing wrong where a test says so."""
    data: dict[str, object] = {
        "case": "Opening hours",
        "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
        "documents": {"minutes": {"title": "Minutes"}},
        "statements": {"s1": {"document": "minutes", "by": "ana", "says": "Sundays are free."}},
        "issues": {
            "sunday": {"question": "Is Sunday open?", "options": ["shut", "open"]},
            "hours": {"question": "Until when?", "range": {"from": 17, "to": 20}},
        },
        "positions": [
            {"id": "a1", "party": "ana", "requires": {"sunday": "shut"}, "source": "s1"},
            {"id": "a2", "party": "ana", "requires": {"hours": {"at-most": 18}}, "source": "s1"},
            {"id": "b1", "party": "ben", "requires": {"sunday": "open"}, "source": "s1"},
            {"id": "b2", "party": "ben", "prefers": {"hours": 20}, "source": "s1"},
        ],
    }
    return Case.model_validate(data | changes)


def test_packages_are_those_of_the_plain_product() -> None:
    case = small_case()
    positions = case.positions_of("ana")
    every = [
        dict(zip(case.issues, terms, strict=True))
        for terms in product(*([i.option(k) for k in range(i.size)] for i in case.issues.values()))
    ]
    plain = [x for x in every if all(meets(p, x, case.issues) for p in positions)]
    assert sorted(x.items() for x in replay.packages(case, positions)) == sorted(
        x.items() for x in plain
    )
    assert len(plain) == 2


def test_conflicts_are_smallest_and_preferences_take_no_part() -> None:
    case = small_case()
    assert replay.conflicts(case) == {frozenset({"a1", "b1"})}
    assert not replay.is_open(case)
    assert replay.is_open(case, without=["a1"])


def test_an_open_zone_has_no_conflict() -> None:
    case = small_case(positions=[{"id": "a1", "party": "ana", "requires": {"sunday": "shut"}}])
    assert replay.conflicts(case) == set()


@pytest.mark.parametrize("source", [[], ["s9"]])
def test_a_missing_source_is_seen(source: list[str]) -> None:
    position = {"id": "a1", "party": "ana", "requires": {"sunday": "shut"}, "source": source}
    assert replay.unsourced(small_case(positions=[position])) == ["a1"]
    assert replay.unsourced(small_case()) == []


def test_a_long_quote_is_seen() -> None:
    statement = {"document": "minutes", "quote": "word " * 13}
    assert replay.long_quotes(small_case(statements={"s1": statement})) == ["s1"]
    statement = {"document": "minutes", "quote": "word " * 12}
    assert replay.long_quotes(small_case(statements={"s1": statement})) == []


def test_a_loaded_word_is_seen_in_our_words_only() -> None:
    ours = {"document": "minutes", "says": "A stubborn, brutal answer."}
    theirs = {"document": "minutes", "quote": "a stubborn answer"}
    assert replay.loaded_words(small_case(statements={"s1": ours})) == {"stubborn", "brutal"}
    assert replay.loaded_words(small_case(statements={"s1": theirs})) == set()
    assert replay.loaded_words(small_case(summary="Brutal.")) == {"brutal"}


def test_an_answer_is_held_against_the_positions_of_its_day() -> None:
    case = small_case(
        positions=[
            {"id": "a1", "party": "ana", "requires": {"sunday": "shut"}, "until": "2020-02-01"},
        ],
        proposals=[
            {
                "id": "open",
                "by": "ben",
                "terms": {"sunday": "open"},
                "responses": {
                    "ana": [
                        {"answer": "rejects", "date": "2020-01-31"},
                        {"answer": "accepts", "date": "2020-02-01"},
                    ]
                },
            }
        ],
    )
    fits = [replay.fits_own_positions(case, *answer) for answer in replay.answers(case)]
    assert fits == [False, True]
