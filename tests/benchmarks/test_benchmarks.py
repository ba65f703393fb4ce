"""The benchmarks run, and notice answers that differ; nothing here is timed."""

from __future__ import annotations

import doctest
import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from benchmarks import cases, impasse, start_up, timing, zone_count
from benchmarks.__main__ import main
from benchmarks.cases import Shape, generate, stuck
from benchmarks.contenders import CONTENDERS, Question
from benchmarks.impasse import Answer, Cases, Trial, check, trials
from benchmarks.timing import OutOfTimeError, limited, quartiles, table
from goodoffices.analysis.impasse import impasse as full_impasse

TINY = Shape(4, 14, 0.9)


def tiny() -> Trial:
    return next(iter(trials(Cases("tiny", TINY), 1, limit=20)))


def test_a_generated_case_is_the_same_for_the_same_seed() -> None:
    one, other = (generate(TINY, np.random.default_rng(3)) for _ in range(2))
    assert one == other
    assert one != generate(TINY, np.random.default_rng(4))


def test_a_generated_side_never_contradicts_itself() -> None:
    for seed in range(5):
        case = generate(replace(TINY, parties=1), np.random.default_rng(seed))
        assert not full_impasse(case).zone.empty


def test_cases_that_are_stuck_have_an_empty_zone() -> None:
    found = list(stuck(TINY, 3))
    assert len({seed for seed, _ in found}) == 3
    assert all(full_impasse(case).zone.empty for _, case in found)


def test_every_contender_answers_what_it_is_there_for() -> None:
    trial = tiny()
    asked = {name: set(answers) for name, answers in trial.answers.items()}
    assert asked["Good Offices"] == set(Question)
    assert set.union(*(asked[name] for name in asked if name != "Good Offices")) == set(Question)
    assert list(CONTENDERS) == ["Good Offices", "OptUx", "RC2", "MARCO"]


@pytest.mark.parametrize("question", [q for q in Question if q is not Question.FIRST_CONFLICT])
def test_answers_that_differ_are_noticed(question: Question) -> None:
    trial = tiny()
    rival = next(name for name in ("OptUx", "RC2") if question in trial.answers[name])
    answer = trial.answers[rival][question]
    wrong = [tuple(range(14)), *answer.found[1:]]
    trial.answers[rival][question] = Answer(answer.seconds, wrong)
    with pytest.raises(AssertionError):
        check(trial)


def test_a_contender_that_is_late_has_no_time() -> None:
    _, case = next(stuck(Shape(40, 150, 0.2), 1))  # with thousands of ways out
    trial = Trial(case)
    trial.run("RC2", limit=0.01)
    assert trial.late == {"RC2"}
    assert trial.seconds("RC2", Question.WAYS) is None
    assert trial.best_rival(Question.WAYS) is None


def test_the_tables_have_a_line_for_each_question() -> None:
    parts = list(impasse.report(1, 20, (Cases("tiny", TINY, {Question.WAYS: 1e9}),)))
    assert [line.count("|") for line in parts[3].splitlines()] == [9] * (2 + len(Question))
    assert "1e+09 s: 1 of 1" in parts[3]
    assert "python-sat" in parts[0]


def test_a_command_that_is_missing_is_said_to_be() -> None:
    missing = start_up.Command("goodoffices teleport", ("teleport",), 1.0)
    (text,) = start_up.report(1, (missing,))
    assert "failed: " in text.splitlines()[-1]
    assert "import pydantic, yaml" in text


def test_time_taken_is_positive() -> None:
    took = start_up.seconds([sys.executable, "-c", ""])
    assert isinstance(took, float)
    assert took > 0


def test_positions_that_fit_together_are_counted() -> None:
    system, kept = zone_count.opened(generate(TINY, np.random.default_rng(0)))
    with system.solver() as solver:
        assert solver.fits(kept)
        left = set(range(14)) - set(kept)
        assert not any(solver.fits([*kept, number]) for number in left)


def spin() -> None:
    while True:
        pass


def test_the_clock_rings() -> None:
    with pytest.raises(OutOfTimeError), limited(0.01):
        spin()


@pytest.mark.parametrize("module", [cases, impasse, start_up, timing, zone_count])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_quartiles_and_tables() -> None:
    assert quartiles([2.0]) == (2.0, 2.0, 2.0)
    assert table(["a"], [["b"]]) == "| a |\n|---|\n| b |"


def test_everything_runs_quickly(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick"])
    printed = capsys.readouterr().out
    for name in (*CONTENDERS, "packages", "µs a state", "s, matrices", "goodoffices --help"):
        assert name in printed
