"""The five concepts: twin and engine agree on many thousand verdicts; the theorems hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from goodoffices.analysis.stability import boxed
from goodoffices.analysis.stability.boxed import BoxedGraph
from goodoffices.analysis.stability.graph import verdicts
from goodoffices.analysis.stability.listed import ListedGraph
from goodoffices.analysis.stability.model import Model
from goodoffices.analysis.stability.movers import movers_of
from goodoffices.analysis.stability.scores import state_scores
from goodoffices.analysis.stability.states import States
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import everything, twin

SHAPES = [
    Shape(2, 3),
    Shape(2, 4, one_way=0.4, infeasible=1),
    Shape(3, 4, infeasible=2),
    Shape(3, 5, one_way=0.5, infeasible=1),
    Shape(3, 4, merged=1, one_way=0.3),
    Shape(4, 5, infeasible=2, one_way=0.2),
    Shape(4, 5, merged=2),
    Shape(2, 4, third_party=True, one_way=0.3),
]


def graph_of(case: Case) -> BoxedGraph | ListedGraph:
    """Return the graph of a case whose moves may have what `check` would ask about."""
    assert case.moves is not None
    states = States.of(case.moves)
    movers = movers_of(case.moves.options, case)
    scores = {p: state_scores(pref, states) for p, pref in case.moves.preferences.items()}
    removed = [(m.by, states.index(m.from_), states.index(m.to)) for m in case.moves.removed]
    if states.merged_into is None and not removed:
        return BoxedGraph(states, movers, scores)
    return ListedGraph(states, movers, scores, removed)


def listed(case: Case) -> dict[str, dict[str, list[bool]]]:
    found = verdicts(graph_of(case))
    return {name: {p: row.tolist() for p, row in rows.items()} for name, rows in found.items()}


def sample(seed: int, shape: Shape) -> Case:
    """Return a random case with a feasible state; half of them with rankings."""
    rng = np.random.default_rng(seed)
    while True:
        case = model(rng, shape)
        number = len(twin(case).states)
        if number:
            return ranked(rng, case, number, ties=seed % 4 == 1) if seed % 2 else case


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_engine_and_twin_agree(shape: Shape) -> None:
    count = 0
    for seed in range(24):
        case = sample(seed, shape)
        expected = everything(case)
        assert listed(case) == expected, seed
        count += sum(len(row) for rows in expected.values() for row in rows.values())
    # Together the shapes come to more than ten thousand.
    assert count >= 1_200


def with_removed(case: Case, seed: int) -> Case:
    """Return a case that names all states by their numbers, and lacks some single moves."""
    made = twin(case)
    rng = np.random.default_rng(seed)
    arcs = [(m, a, b) for m in made.movers for a in made.moves[m] for b in sorted(made.moves[m][a])]
    data = case.model_dump(by_alias=True, exclude_unset=True)
    assert case.moves is not None
    names = list(case.moves.options)
    data["moves"]["states"] = {
        str(n + 1): [name for bit, name in enumerate(names) if min(state) >> bit & 1]
        for n, state in enumerate(made.states)
    }
    gone = rng.permutation(len(arcs))[: max(1, len(arcs) // 4)]
    data["moves"]["removed"] = [
        {"by": arcs[n][0], "from": str(arcs[n][1] + 1), "to": str(arcs[n][2] + 1)} for n in gone
    ]
    return Case.model_validate(data)


@pytest.mark.parametrize("shape", [Shape(2, 4), Shape(3, 4, infeasible=1), Shape(3, 5, merged=1)])
def test_removed_moves_need_the_last_mover(shape: Shape) -> None:
    intransitive = 0
    for seed in range(20):
        case = sample(2 * seed, shape)
        if not any(targets for m in twin(case).moves.values() for targets in m.values()):
            continue
        case = with_removed(case, seed)
        intransitive += not graph_of(case).transitive
        assert listed(case) == everything(case), seed
    assert intransitive > 5


@pytest.mark.parametrize("setting", [(0, 16), (1, 16), (48, 1)], ids=str)
@pytest.mark.parametrize("shape", SHAPES[:4], ids=str)
def test_other_ways_to_the_same_verdicts_agree(
    shape: Shape, setting: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph written out, and choices compared in pairs, are for sizes no test should have."""
    cases = [sample(seed, shape) for seed in range(12)]
    before = [listed(case) for case in cases]
    monkeypatch.setattr(boxed, "PATIENCE", setting[0])
    monkeypatch.setattr(boxed, "_MANY_PATTERNS", setting[1])
    assert [listed(case) for case in cases] == before


@pytest.mark.parametrize("shape", SHAPES[:4], ids=str)
def test_states_in_a_box_and_moves_in_a_list_agree(shape: Shape) -> None:
    for seed in range(12):
        graph = graph_of(sample(seed, shape))
        assert isinstance(graph, BoxedGraph)
        other = ListedGraph(graph._states, graph.movers, graph.scores)
        one, two = verdicts(graph), verdicts(other)
        assert all((one[name][p] == two[name][p]).all() for name in one for p in one[name])


def follows(found: dict[str, dict[str, list[bool]]], weaker: str, stronger: str) -> bool:
    return all(
        not held or found[weaker][party][state]
        for party, row in found[stronger].items()
        for state, held in enumerate(row)
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_theorems_of_inclusion_hold(seed: int) -> None:
    found = listed(sample(seed, SHAPES[seed % len(SHAPES)]))
    assert follows(found, "sseq", "nash")
    assert follows(found, "smr", "sseq")
    assert follows(found, "seq", "sseq")
    assert follows(found, "gmr", "smr")
    assert follows(found, "gmr", "seq")


def renamed(case: Case, seed: int) -> tuple[Case, dict[str, str]]:
    """Return a case with other names in another order, and the old name of each new one."""
    rng = np.random.default_rng(seed)
    assert case.moves is not None
    new = {str(name): f"x{n}" for n, name in enumerate(rng.permutation(list(case.moves.options)))}
    new |= {str(name): f"q{n}" for n, name in enumerate(rng.permutation(list(case.parties)))}

    def change(value: Any) -> Any:
        if isinstance(value, dict):
            items = [(new.get(key, key), change(part)) for key, part in value.items()]
            return dict(sorted(items) if set(value) & set(new) else items)
        if isinstance(value, list | tuple):
            return [change(part) for part in value]
        return new.get(value, value) if isinstance(value, str) else value

    data = change(case.model_dump(by_alias=True, exclude_unset=True, mode="json"))
    return Case.model_validate(data), {name: old for old, name in new.items()}


Held = dict[tuple[str, str], frozenset[frozenset[str]]]


def held_by_moves(case: Case, old: dict[str, str]) -> Held:
    """Return by concept and party what is made in each stable state, all under the old names."""
    graph = graph_of(case)
    assert isinstance(graph, BoxedGraph)
    states = graph._states
    return {
        (concept, old.get(party, party)): frozenset(
            frozenset(old.get(move, move) for move in states.made_in(state))
            for state in np.flatnonzero(row).tolist()
        )
        for concept, rows in listed(case).items()
        for party, row in rows.items()
    }


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_other_names_in_another_order_change_no_verdict(seed: int) -> None:
    case = sample(seed, SHAPES[seed // 2 % 4])
    other, old = renamed(case, seed)
    assert other != case
    assert held_by_moves(other, old) == held_by_moves(case, {})


def test_a_model_reports_ties() -> None:
    case = Case.model_validate(
        {
            "case": "Ties",
            "parties": {"ana": {"name": "Ana"}},
            "moves": {
                "options": {"a": {"by": "ana"}},
                "preferences": {"ana": {"ranking": [["1", "2"]]}},
            },
        }
    )
    assert not Model.of(case).strict
