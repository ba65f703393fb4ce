"""The published cases: what was printed, what the twin finds, and what we answer are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.casefile import read_case
from goodoffices.model import Case
from tests.analysis.stability.oracle import everything, twin
from tests.house.source import ROOT

FOLDER = ROOT / "examples" / "published"

GISBORNE_ENVIRONMENT = dict.fromkeys(("nash", "gmr", "smr", "seq"), "s6")
PUBLISHED: dict[str, dict[str, str]] = {
    "prisoners-dilemma": {"nash": "DD", "gmr": "CC DD", "smr": "CC DD", "seq": "CC DD"},
    "chicken": {"nash": "CD DC", "gmr": "CC CD DC", "smr": "CC CD DC", "seq": "CD DC"},
    "hipel-2001": {"nash": "s1", "gmr": "s1 s3", "smr": "s1 s3", "seq": "s1"},
    "hipel-1993": {
        "nash": "s5 s8 s9",
        "gmr": "s1 s4 s5 s8 s9",
        "smr": "s1 s4 s5 s8 s9",
        "seq": "s5 s8 s9",
    },
    "fraser-hipel-1984": {
        "nash": "",
        "gmr": "0 1 2 4 5 6 7",
        "smr": "0 1 2 4 5 6 7",
        "seq": "4 6",
    },
    "fang-2002-economy": {"nash": "s4", "gmr": "s4 s8", "smr": "s4 s8", "seq": "s4"},
    "fang-2002-environment": GISBORNE_ENVIRONMENT,
    "hipel-2014": {"nash": "6", "gmr": "1 6", "smr": "6", "seq": "6"},
}


def published(name: str) -> Case:
    return read_case(FOLDER / name)


def test_every_published_case_is_in_the_table() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/case.yaml")} == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_printed_equilibria_are_found(name: str) -> None:
    found = stability(published(name)).equilibria
    printed = {concept: set(ids.split()) for concept, ids in PUBLISHED[name].items()}
    assert {concept: set(found[concept]) for concept in printed} == printed


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_twin_finds_the_same_for_each_party(name: str) -> None:
    case = published(name)
    result = stability(case)
    made = twin(case)
    assert [row.code for row in result.states] == [min(state) for state in made.states]
    ids = [row.id for row in result.states]
    for concept, rows in everything(case).items():
        for party, row in rows.items():
            stable = [id for id, held in zip(ids, row, strict=True) if held]
            assert list(result.stable[party][concept]) == stable


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_page_of_a_case_has_the_printed_equilibria(name: str) -> None:
    text = Path(FOLDER / name / "README.md").read_text(encoding="utf-8")
    rows = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 2:
            for concept in cells[0].lower().split(", "):
                rows[concept] = set(cells[1].replace("`", "").replace(",", "").split()) - {"none"}
    for concept, ids in PUBLISHED[name].items():
        assert rows[concept] == set(ids.split())


def test_the_ministry_and_the_plant_leave_s5_together() -> None:
    (departure,) = stability(published("hipel-1993")).coalitions.departures
    assert departure.state == "s5"
    assert departure.parties == ("moe", "uniroyal")
    assert departure.to == "s8"
    assert [(step.by, step.to) for step in departure.moves] == [("moe", "s6"), ("uniroyal", "s8")]
    assert "nash" in departure.equilibrium


def test_s5_is_an_equilibrium_only_while_nobody_talks() -> None:
    together = stability(published("hipel-1993")).coalitions.equilibria
    assert set(together["nash"]) == {"s8", "s9"}


def test_silence_of_both_prisoners_is_what_both_would_leave_confessing_for() -> None:
    (departure,) = stability(published("prisoners-dilemma")).coalitions.departures
    assert (departure.state, departure.to) == ("DD", "CC")
