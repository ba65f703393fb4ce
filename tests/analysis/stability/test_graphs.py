"""The two graphs: single moves, best and least values, against the twin's plain sets."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.analysis.stability import boxed
from goodoffices.analysis.stability.boxed import BoxedGraph
from goodoffices.analysis.stability.graph import Graph, improvements
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.movers import Mover, movers_of
from goodoffices.analysis.stability.states import Array, States
from goodoffices.model import Case
from goodoffices.model.preferences import Moves
from tests.analysis.stability.generating import Shape
from tests.analysis.stability.oracle import Twin, twin
from tests.analysis.stability.test_verdicts import SHAPES, graph_of, sample, with_removed

UNMERGED = [shape for shape in SHAPES if not shape.merged]
MERGED = [shape for shape in SHAPES if shape.merged]


def least(made: Twin, movers: list[str], values: Array, *, improving: bool) -> list[int]:
    """Return the smallest value among each state and what movers reach from it."""
    return [
        min(int(values[to]) for to in {state, *made.reach(movers, state, improving)})
        for state in range(len(made.states))
    ]


def best(made: Twin, mover: str, values: Array) -> list[int]:
    return [
        max(int(values[to]) for to in {state, *made.own(mover, state)})
        for state in range(len(made.states))
    ]


def assert_values_agree(case: Case, graph: Graph, seed: int) -> None:
    made = twin(case)
    rng = np.random.default_rng(seed)
    values = rng.integers(-9, 9, size=len(made.states)).astype(np.int32)
    names = [mover.name for mover in graph.movers]
    for mover in names:
        found = graph.over_states(graph.best(mover, graph.native(values)))
        assert found.tolist() == best(made, mover, values)
    for left_out in ["", *names]:
        group = [name for name in names if name != left_out]
        for improving in (False, True):
            native = graph.least(group, graph.native(values), improving=improving)
            found = graph.over_states(native)
            assert found.tolist() == least(made, group, values, improving=improving)


@pytest.mark.parametrize("seed", range(30))
def test_values_in_a_box(seed: int) -> None:
    case = sample(seed, UNMERGED[seed % len(UNMERGED)])
    graph = graph_of(case)
    assert isinstance(graph, BoxedGraph)
    assert_values_agree(case, graph, seed)


@pytest.mark.parametrize("seed", range(16))
def test_values_over_listed_moves(seed: int) -> None:
    case = sample(seed, MERGED[seed % len(MERGED)])
    graph = graph_of(case)
    assert isinstance(graph, ListedGraph)
    assert_values_agree(case, graph, seed)


@pytest.mark.parametrize("seed", range(16))
def test_values_without_some_moves(seed: int) -> None:
    case = with_removed(sample(2 * seed, Shape(3, 4, infeasible=seed % 2)), seed)
    assert_values_agree(case, graph_of(case), seed)


@pytest.mark.parametrize("patience", [0, 1, 2])
@pytest.mark.parametrize("seed", range(8))
def test_values_of_a_graph_that_is_written_out(
    seed: int, patience: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxed, "PATIENCE", patience)
    case = sample(seed, UNMERGED[seed % len(UNMERGED)])
    assert_values_agree(case, graph_of(case), seed)


@pytest.mark.parametrize("seed", range(8))
def test_values_where_most_moves_are_one_way(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxed, "_MANY_PATTERNS", 1)
    monkeypatch.setattr(boxed, "_FEW_CHOICES", 64)
    case = sample(seed, Shape(2 + seed % 2, 5, one_way=0.8, infeasible=seed % 3))
    assert_values_agree(case, graph_of(case), seed)


@pytest.mark.parametrize("seed", range(24))
def test_single_moves_and_improvements(seed: int) -> None:
    case = sample(seed, SHAPES[seed % len(SHAPES)])
    graph, made = graph_of(case), twin(case)
    for mover in made.movers:
        for state in range(len(made.states)):
            targets = graph.targets(mover, state).tolist()
            assert targets == sorted(made.moves[mover][state])
            better = improvements(graph, mover, state).tolist()
            assert better == sorted(made.steps(mover, state, True))


@pytest.mark.parametrize("seed", range(8))
def test_values_come_back_in_the_order_of_states(seed: int) -> None:
    graph = graph_of(sample(seed, UNMERGED[seed % len(UNMERGED)]))
    assert isinstance(graph, BoxedGraph)
    values = np.random.default_rng(seed).permutation(len(graph._states)).astype(np.int32)
    assert graph.over_states(graph.native(values)).tolist() == values.tolist()


def test_what_is_given_is_not_changed() -> None:
    for shape in (SHAPES[1], SHAPES[4]):
        graph = graph_of(sample(3, shape))
        scores = graph.native(graph.scores["p0"])
        before = scores.copy()
        graph.best("p0", scores)
        graph.least(["p1"], scores, improving=False)
        graph.least(["p1"], scores, improving=True)
        graph.least([], scores, improving=True)
        assert (scores == before).all()


def _three_moves() -> Moves:
    options = {name: {"by": "ana"} for name in ("a", "b", "c")}
    return Moves.model_validate({"options": options})


def test_transitivity_is_looked_at() -> None:
    states = States.of(_three_moves())
    movers = [Mover("ana", (0, 1, 2))]
    assert ListedGraph(states, movers, {}).transitive
    assert not ListedGraph(states, movers, {}, [("ana", 0, 7)]).transitive
    # Without any move away from it, a state is no step in between.
    alone = [("ana", 0, n) for n in range(1, 8)] + [("ana", n, 0) for n in range(1, 8)]
    assert ListedGraph(states, movers, {}, alone).transitive


def test_a_removed_move_of_somebody_else_changes_nothing() -> None:
    states = States.of(_three_moves())
    graph = ListedGraph(states, [Mover("ana", (0, 1, 2))], {}, [("ben", 0, 7)])
    assert graph.targets("ana", 0).tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_movers_come_in_the_order_of_the_case() -> None:
    case = Case.model_validate(
        {
            "case": "Order",
            "parties": {"zoe": {"name": "Zoe"}, "ana": {"name": "Ana"}, "eve": {"name": "Eve"}},
            "third-parties": {"un": {"name": "UN", "roles": ["mediator"]},
                              "eu": {"name": "EU", "roles": ["guarantor"]}},
            "moves": {
                "options": {
                    "a": {"by": "un"},
                    "b": {"by": "ana", "direction": "forward"},
                    "c": {"by": "zoe"},
                    "d": {"by": "eu", "direction": "backward"},
                    "e": {"by": "ana"},
                }
            },
        }
    )  # fmt: skip
    assert case.moves is not None
    assert movers_of(case.moves.options, case) == (
        Mover("zoe", (2,)),
        Mover("ana", (1, 4), forward=frozenset([1])),
        Mover("un", (0,)),
        Mover("eu", (3,), backward=frozenset([3])),
    )


def test_the_choices_of_a_mover() -> None:
    assert Mover("ana", (1, 3)).choices.tolist() == [0, 2, 8, 10]
    assert Mover("ana", ()).choices.tolist() == [0]
