"""States, scores, the condensation, and what the engine relies on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from goodoffices.analysis.stability.boxed import BoxedGraph
from goodoffices.analysis.stability.condensation import least_reached
from goodoffices.analysis.stability.graph import equilibria, verdicts
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.movers import Mover
from goodoffices.analysis.stability.scores import statement_scores
from goodoffices.analysis.stability.states import States, feasible_codes, truth
from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case, parse_condition
from goodoffices.model.preferences import Moves, PreferenceStatement
from tests.analysis.stability.generating import Shape, model
from tests.analysis.stability.oracle import twin


def moves_of(**keys: Any) -> Moves:
    options = {"a": {"by": "ana"}, "b": {"by": "ben"}, "c": {"by": "ben"}}
    return Moves.model_validate({"options": options, **keys})


@pytest.mark.parametrize("seed", range(20))
def test_feasible_and_merged_codes_agree_with_the_twin(seed: int) -> None:
    case = model(np.random.default_rng(seed), Shape(2, 5, infeasible=2, merged=seed % 3))
    assert case.moves is not None
    states, made = States.of(case.moves), twin(case)
    assert states.codes.tolist() == [min(state) for state in made.states]
    for number, state in enumerate(made.states):
        assert {states.at(code) for code in state} == {number}


def test_ids_are_names_or_numbers_of_feasible_states() -> None:
    moves = moves_of(infeasible=[{"a": "yes"}], states={"calm": [], "loud": ["b", "c"]})
    states = States.of(moves)
    assert states.ids(range(4)) == ("calm", "2", "3", "loud")
    assert [states.index(id) for id in ("calm", "2", "3", "loud")] == [0, 1, 2, 3]
    assert states.made_in(3) == ("b", "c")
    assert states.at(1) is None
    for id in ("1", "4", "5", "0", "-1", "two", "²", "1" * 30):
        assert not states.has(id)
        with pytest.raises(NotFoundError):
            states.index(id)


def test_a_name_hides_the_number_of_another_state() -> None:
    states = States.of(moves_of(states={"2": [], "1": ["a"]}))
    assert states.index("2") == 0
    assert states.index("1") == 1


def test_the_state_now() -> None:
    options = {"a": {"by": "ana", "now": "yes"}, "b": {"by": "ben"}}
    assert States.of(Moves.model_validate({"options": options})).now == 1
    assert States.of(moves_of(states={"x": ["c"]}, now="x")).now == 4
    assert States.of(moves_of(now="3")).now == 2
    assert States.of(moves_of(now="nowhere")).now is None


def test_many_moves_with_few_states_are_no_trouble() -> None:
    names = [f"m{n}" for n in range(40)]
    only_one = [
        parse_condition({names[a]: "yes", names[b]: "yes"}) for a in range(40) for b in range(a)
    ]
    codes = feasible_codes(names, only_one)
    assert codes.tolist() == [0, *(1 << n for n in range(40))]


def test_too_many_moves_or_states_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CallError, match="at most 62"):
        feasible_codes([f"m{n}" for n in range(63)], [])
    monkeypatch.setattr("goodoffices.analysis.stability.states.MOST_STATES", 8)
    assert len(feasible_codes(["a", "b", "c"], [])) == 8
    with pytest.raises(CallError, match="at most 8 states"):
        feasible_codes(["a", "b", "c", "d"], [])


def test_conditions_on_moves() -> None:
    codes, index = np.arange(4), {"a": 0, "b": 1}

    def where(data: Any) -> list[int]:
        return np.flatnonzero(truth(parse_condition(data), codes, index)).tolist()

    assert where({"a": "yes"}) == [1, 3]
    assert where({"a": {"not": "yes"}, "b": ["yes"]}) == [2]
    assert where({"a": ["yes", "no"]}) == [0, 1, 2, 3]
    assert where({"a": {"not": ["yes", "no"]}}) == []
    assert where({"any": [{"a": "yes"}, {"b": "yes"}]}) == [1, 2, 3]
    assert where({"none": [{"a": "yes"}, {"b": "yes"}]}) == [0]
    assert where({"all": [{"a": "yes"}, {"none": [{"b": "yes"}]}]}) == [1]
    with pytest.raises(CallError, match="yes or no"):
        where({"a": {"at-most": 1}})


@pytest.mark.parametrize("number", [29, 31, 59, 75])
def test_scores_keep_their_order_however_many_statements(number: int) -> None:
    rng = np.random.default_rng(number)
    names = [f"m{n}" for n in range(8)]
    chosen = [names[int(rng.integers(8))] for _ in range(number)]
    statements = [PreferenceStatement(prefers={name: "yes"}) for name in chosen]
    codes = np.arange(256)
    scores = statement_scores(statements, codes, names)
    exact = [
        sum(2 ** (number - 1 - k) for k, n in enumerate(chosen) if code >> names.index(n) & 1)
        for code in range(256)
    ]
    order = sorted(range(256), key=lambda code: exact[code])
    for low, high in pairwise(order):
        assert (scores[low] < scores[high]) == (exact[low] < exact[high])
    assert scores.dtype == np.int32


def test_no_statement_leaves_all_states_equal() -> None:
    assert statement_scores([], np.arange(4), ["a", "b"]).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(40))
def test_the_least_value_that_is_reached(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 30))
    arcs = rng.integers(size, size=(2, int(rng.integers(0, 3 * size))))
    arcs = np.unique(arcs, axis=1)
    values = rng.integers(-5, 20, size=size)
    reach = np.eye(size, dtype=bool)
    reach[arcs[0], arcs[1]] = True
    for middle in range(size):
        reach |= reach[:, [middle]] & reach[[middle]]
    expected = [values[reach[node]].min() for node in range(size)]
    assert least_reached(values, arcs[0], arcs[1]).tolist() == expected


@pytest.mark.parametrize("seed", range(20))
def test_scipy_finds_components_from_the_first_node_on(seed: int) -> None:
    """What `least_reached` relies on: nothing found later is reached from what was found before."""
    rng = np.random.default_rng(seed)
    arcs = np.unique(rng.integers(40, size=(2, 60)), axis=1)
    graph = csr_array((np.ones(arcs.shape[1]), (arcs[0], arcs[1])), shape=(40, 40))
    label = connected_components(graph, directed=True, connection="strong")[1]
    assert (label[arcs[0]] >= label[arcs[1]]).all()
    latest = np.maximum.accumulate(label)
    reach = np.eye(40, dtype=bool)
    reach[arcs[0], arcs[1]] = True
    for middle in range(40):
        reach |= reach[:, [middle]] & reach[[middle]]
    for node in range(40):
        # All that a node reaches is numbered by the time that the node itself is.
        assert label[reach[node]].max() <= latest[node]


def test_one_way_moves() -> None:
    mover = Mover("ana", (0, 1, 2), forward=frozenset([1]), backward=frozenset([2]))
    assert (mover.mask, mover.one_way, mover.both_ways) == (7, (1, 2), (0,))
    here = 0b100
    assert [c for c in range(8) if mover.may_go(here, np.array([c]))[0]] == list(range(8))
    here = 0b010
    assert [c for c in range(8) if mover.may_go(here, np.array([c]))[0]] == [2, 3]


@pytest.mark.parametrize("kind", [BoxedGraph, ListedGraph])
def test_nobody_else_moves(kind: type[BoxedGraph] | type[ListedGraph]) -> None:
    states = States.of(moves_of())
    graph = kind(states, [Mover("ana", (0,))], {"ben": np.arange(8, dtype=np.int32)})
    assert graph.targets("ben", 0).tolist() == []
    found = equilibria(verdicts(graph))
    assert all(len(held) == 8 for held in found.values())


def test_no_party_no_equilibrium() -> None:
    states = States.of(moves_of())
    assert equilibria(verdicts(BoxedGraph(states, [Mover("ana", (0, 1, 2))], {}))) == {}


def test_a_graph_is_listed_when_few_combinations_are_feasible() -> None:
    names = [f"m{n}" for n in range(14)]
    clash = [{names[a]: "yes", names[b]: "yes"} for a in range(14) for b in range(a)]
    ranking = [[str(n + 1) for n in range(15)]]
    data = {
        "case": "Few",
        "parties": {"ana": {"name": "Ana"}},
        "moves": {
            "options": {name: {"by": "ana"} for name in names},
            "infeasible": clash,
            "preferences": {"ana": {"ranking": ranking}},
        },
    }
    built = Model.of(Case.model_validate(data))
    assert isinstance(built.graph, ListedGraph)
    assert built.graph.transitive
    with pytest.raises(CallError, match="a case with moves"):
        Model.of(Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}}))
