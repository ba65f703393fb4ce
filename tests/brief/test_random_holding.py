"""What would hold in random models: the words agree with a reading of the definitions."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.stability import stability
from goodoffices.brief import brief_data, brief_html
from goodoffices.brief.compose_holding import COLUMNS, DRAWN, holding
from goodoffices.brief.hold_words import SHORT
from goodoffices.brief.holding import Holding
from goodoffices.brief.terminal_stability import print_stability
from goodoffices.model import Case
from tests.analysis.stability.generating import Shape, model, ranked
from tests.analysis.stability.oracle import twin
from tests.brief.cases import brief_of

SHAPES = [
    Shape(),
    Shape(parties=3, moves=4, one_way=0.3),
    Shape(parties=2, moves=3, infeasible=1),
    Shape(parties=3, moves=5, infeasible=2, one_way=0.5),
    Shape(parties=2, moves=4, merged=1),
    Shape(parties=2, moves=4, third_party=True),
    Shape(parties=4, moves=6),
]


def cases() -> list[Case]:
    """Return random cases with feasible states, some with rankings that hold ties."""
    rng = np.random.default_rng(20260)
    found = []
    for shape in SHAPES:
        for number in range(3):
            case = model(rng, shape)
            states = stability(case).total if _computable(case) else 0
            if states:
                found.append(ranked(rng, case, states, number == 2) if number else case)
    return found


def _computable(case: Case) -> bool:
    from goodoffices.analysis.stability import move_problems

    return not move_problems(case)


CASES = cases()


def held(case: Case) -> Holding:
    found = holding(case, stability(case), 1_000)
    assert found is not None
    return found


def test_there_are_cases_of_every_size() -> None:
    sizes = [stability(case).total for case in CASES]
    assert len(CASES) >= 12
    assert min(sizes) < 10 < DRAWN <= max(sizes)
    assert max(sizes) > COLUMNS


@pytest.mark.parametrize("number", range(len(CASES)))
def test_marks_are_what_the_twin_finds(number: int) -> None:
    case = CASES[number]
    made, shown = twin(case), held(case)
    ids = [row.id for row in stability(case).states]
    for column in shown.columns:
        state = ids.index(column.id)
        for order, marks in zip(shown.orders, column.marks, strict=True):
            for concept, short in SHORT.items():
                if short in marks.split("+"):
                    assert made.stable(concept, order.party, state)
            if marks == "–":
                assert not made.stable("gmr", order.party, state)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_ranks_are_those_of_the_twin(number: int) -> None:
    case = CASES[number]
    made, shown = twin(case), held(case)
    ids = [row.id for row in stability(case).states]
    places = [ids.index(column.id) for column in shown.columns]
    for at, order in enumerate(shown.orders):
        scores = made.scores[order.party]
        for column, place in zip(shown.columns, places, strict=True):
            better = sum(scores[other] > scores[place] for other in places)
            assert int(column.ranks[at]) == better + 1


@pytest.mark.parametrize("number", range(len(CASES)))
def test_arrows_of_the_drawing_are_moves_of_the_twin(number: int) -> None:
    case = CASES[number]
    made, shown = twin(case), held(case)
    ids = [row.id for row in stability(case).states]
    for arc in shown.drawing.arcs:
        start, end = ids.index(arc.start), ids.index(arc.end)
        assert end in made.moves[arc.by][start]
        assert arc.improving == (end in made.steps(arc.by, start, True))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_joint_move_helps_each_who_makes_it_and_none_could_alone(number: int) -> None:
    case = CASES[number]
    made, shown = twin(case), held(case)
    ids = [row.id for row in stability(case).states]
    for joint in shown.arranging.moves:
        start, end = ids.index(joint.state), ids.index(joint.to)
        assert end in made.reach(joint.parties, start, False)
        for party in joint.parties:
            assert made.scores[party][end] > made.scores[party][start]
        assert all(made.stable("nash", party, start) for party in made.scores)
        assert len(joint.steps) >= 1


@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_every_way_of_showing_it_works(number: int) -> None:
    case = CASES[number]
    page = brief_html(brief_of(case))
    assert page.count('<table class="states">') == 1
    assert len(re.findall(r'<th scope="col"', page.split('<table class="states">')[1])) >= 1
    data = brief_data(brief_of(case))["holding"]
    assert [column["id"] for column in data["columns"]] == [c.id for c in held(case).columns]
    stream = io.StringIO()
    print_stability(case, stability(case), Console(file=stream, width=70))
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 70
    for line in held(case).holds:
        assert f"• {line.state} (" in stream.getvalue()
