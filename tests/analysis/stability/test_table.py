"""States side by side, against the definitions read plainly."""

from __future__ import annotations

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.analysis.stability.table import state_table
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from tests.analysis.stability.oracle import twin
from tests.analysis.stability.test_published import PUBLISHED, published


@pytest.mark.parametrize("name", PUBLISHED)
def test_arcs_and_orders_are_those_of_the_twin(name: str) -> None:
    case = published(name)
    ids = [row.id for row in stability(case).states]
    table = state_table(case, ids)
    made = twin(case)
    expected = {
        (party, ids[start], ids[end])
        for party in made.movers
        for start in range(len(ids))
        for end in made.own(party, start)
    }
    assert {(arc.by, arc.start, arc.end) for arc in table.arcs} == expected
    for arc in table.arcs:
        groups = table.orders[arc.by]
        place = {id: number for number, group in enumerate(groups) for id in group}
        assert arc.improving == (place[arc.end] < place[arc.start])


def test_only_the_states_asked_for_are_there() -> None:
    table = state_table(published("hipel-1993"), ["s5", "s6", "s8"])
    assert table.orders["uniroyal"] == (("s8",), ("s5",), ("s6",))
    assert {(arc.by, arc.start, arc.end) for arc in table.arcs} == {
        ("moe", "s5", "s6"),
        ("uniroyal", "s6", "s8"),
    }


def test_ties_stand_together_and_who_has_no_preferences_wants_nothing() -> None:
    case = Case.model_validate({
        "case": "Ward",
        "parties": {"nurses": {"name": "Nurses"}},
        "third-parties": {"mayor": {"name": "Mayor", "roles": ["mediator"]}},
        "moves": {
            "options": {"strike": {"by": "nurses"}, "speak": {"by": "mayor"}},
            "preferences": {"nurses": {"ranking": [["2", "4"], ["1", "3"]]}},
        },
    })  # fmt: skip
    table = state_table(case, ["1", "2", "3", "4"])
    assert table.orders == {"nurses": (("2", "4"), ("1", "3"))}
    assert [arc.improving for arc in table.arcs if arc.by == "mayor"] == [False] * 4


def test_unknown_states_and_cases_without_moves_are_refused() -> None:
    with pytest.raises(NotFoundError, match="s99"):
        state_table(published("chicken"), ["s99"])
    bare = Case.model_validate({"case": "x", "parties": {"a": {"name": "A"}}})
    with pytest.raises(CallError, match="a case with moves"):
        state_table(bare, [])
