"""The impasse engine beside OptUx, RC2 and a plain MARCO loop, on generated cases.

Every contender starts from the same `Case`; the time to the answer holds making the clauses.
What two contenders both found must agree, or the benchmark fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from benchmarks.cases import Shape, stuck
from benchmarks.contenders import CONTENDERS, LISTED, Positions, Question
from benchmarks.timing import (
    OutOfTimeError,
    limited,
    machine,
    milliseconds,
    quartiles,
    ratio,
    stopwatch,
    table,
)
from goodoffices.analysis.zone.search import Prices
from goodoffices.analysis.zone.system import System
from goodoffices.model import Case

OURS, *RIVALS = CONTENDERS
_RUNS = 3


@dataclass(frozen=True)
class Cases:
    """Generated cases that are measured together; ``goals`` are seconds of engine time."""

    name: str
    shape: Shape
    goals: dict[Question, float] = field(default_factory=dict)


_FIRST = {Question.FIRST_CONFLICT: 0.2, Question.CHEAPEST: 0.2}
_ALL_OF_LARGE = {Question.CONFLICTS: 2.0, Question.WAYS: 2.0}
ALL = (
    Cases("small", Shape(10, 30, 0.6, 0.3)),
    Cases("middle", Shape(40, 150, 0.2, 0.3), {Question.CONFLICTS: 0.1, Question.WAYS: 0.1}),
    Cases(
        "large, few quarrels",
        Shape(200, 1000, 0.05, 0.6),
        _FIRST | _ALL_OF_LARGE,
    ),
    Cases(
        "large, some quarrels",
        Shape(200, 1000, 0.1, 0.6),
        _FIRST | _ALL_OF_LARGE,
    ),
    Cases("large, more quarrels", Shape(200, 1000, 0.15, 0.6), _FIRST),
    Cases("large, tangled", Shape(200, 1000, 0.05, 0.3), _FIRST),
)
QUICK = (Cases("small", Shape(10, 30, 0.6, 0.3)),)


@dataclass(frozen=True)
class Answer:
    """An answer and the seconds it took."""

    seconds: float
    found: Any


@dataclass
class Trial:
    """What every contender answered on one case."""

    case: Case
    answers: dict[str, dict[Question, Answer]] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)

    def run(self, name: str, limit: float) -> None:
        """Let a contender work on the case for so many seconds; of several runs the best counts."""
        answers = self.answers.setdefault(name, {})
        clock = stopwatch()

        def note(question: Question, found: Any) -> None:
            seconds = clock()
            if question not in answers or seconds < answers[question].seconds:
                answers[question] = Answer(seconds, found)

        try:
            with limited(limit):
                CONTENDERS[name](self.case, note)
        except OutOfTimeError:
            self.late.add(name)

    def seconds(self, name: str, question: Question) -> float | None:
        """Return how long a contender took, or None when it has no answer."""
        answer = self.answers[name].get(question)
        return None if answer is None else answer.seconds

    def best_rival(self, question: Question) -> float | None:
        """Return the time of the fastest of the others, or None when none has an answer."""
        times = [self.seconds(name, question) for name in RIVALS if name in self.answers]
        return min((time for time in times if time is not None), default=None)


def trials(cases: Cases, number: int, limit: float) -> Iterator[Trial]:
    """Run all contenders on a number of cases, each time in another order.

    What ends in time is run three times, by turns.
    """
    names = list(CONTENDERS)
    for turn, (_, case) in enumerate(stuck(cases.shape, number)):
        trial = Trial(case)
        for place in range(_RUNS * len(names)):
            name = names[(turn + place) % len(names)]
            if name not in trial.late:
                trial.run(name, limit)
        check(trial)
        yield trial


def check(trial: Trial) -> None:
    """Hold the contenders' answers to the same case against each other.

    Raises:
        AssertionError: two answers differ that must be the same.
    """
    system = System.of(trial.case)
    prices = Prices.of(system.positions, None)
    costs = {
        name: [prices.total(way) for way in _ways(answers, Question.CHEAPEST_WAYS)]
        for name, answers in trial.answers.items()
    }
    sizes = {
        name: [len(found) for found in _ways(answers, Question.SMALLEST_CONFLICTS)]
        for name, answers in trial.answers.items()
    }
    conflicts = {
        name: sorted(_ways(answers, Question.CONFLICTS)) for name, answers in trial.answers.items()
    }
    for what in (costs, sizes, conflicts):
        assert _agree(what.values()), f"{trial.case.case}: {what}"
    first = {
        prices.total(w[0]) for a in trial.answers.values() if (w := _ways(a, Question.CHEAPEST))
    }
    assert len(first) <= 1, first
    _check_ways(trial)


def _knots(trial: Trial) -> list[list[Positions]]:
    answer = trial.answers[OURS].get(Question.WAYS)
    return [] if answer is None else list(answer.found)


def _ways(answers: dict[Question, Answer], question: Question) -> list[Positions]:
    return list(answers[question].found) if question in answers else []


def _agree(answers: Any) -> bool:
    """Whether the answers that were given are the same."""
    given = [answer for answer in answers if answer]
    return all(answer == given[0] for answer in given)


def _check_ways(trial: Trial) -> None:
    """Hold all ways out of the others against ours, which are a product of knots."""
    knots = _knots(trial)
    parts = [frozenset(position for way in knot for position in way) for knot in knots]
    choices = [frozenset(knot) for knot in knots]
    for name in RIVALS:
        listed = _ways(trial.answers.get(name, {}), Question.WAYS)
        if not (knots and listed):
            continue
        assert len(set(listed)) == len(listed) == prod(map(len, choices)), name
        for way in listed:
            for part, choice in zip(parts, choices, strict=True):
                assert tuple(number for number in way if number in part) in choice, (name, way)


def rows(cases: Cases, found: Sequence[Trial], limit: float) -> Iterator[list[str]]:
    """Yield a line of the table for each question."""
    for question in Question:
        cells = [cases.name, question.value]
        for name in CONTENDERS:
            cells.append(_cell([trial.seconds(name, question) for trial in found], limit))
        yield [*cells, _ratio(question, found, limit), _goal(cases, question, found)]


def _cell(times: Sequence[float | None], limit: float) -> str:
    """Return a contender's times, those that did not end counted as the limit."""
    ended = [time for time in times if time is not None]
    if not ended:
        return "-"
    late = len(times) - len(ended)
    text = milliseconds([limit if time is None else time for time in times])
    return f"{text}; {late} of {len(times)} not in {limit:g} s" if late else text


def _ratio(question: Question, found: Sequence[Trial], limit: float) -> str:
    """Return our time by that of the best of the others, median over the cases and quartiles."""
    values, bound = [], ""
    for trial in found:
        mine, best = trial.seconds(OURS, question), trial.best_rival(question)
        if mine is None and best is None:
            continue
        bound = "at most " if best is None else bound
        values.append((limit if mine is None else mine) / (limit if best is None else best))
    if not values:
        return "-"
    low, middle, high = (ratio(value) for value in quartiles(values))
    rest = "" if len(values) == len(found) else f"; {len(values)} of {len(found)} cases"
    return f"{bound}{middle} ({low} to {high}){rest}"


def _goal(cases: Cases, question: Question, found: Sequence[Trial]) -> str:
    if question not in cases.goals:
        return ""
    goal = cases.goals[question]
    times = [trial.seconds(OURS, question) for trial in found]
    kept = sum(time is not None and time <= goal for time in times)
    return f"{goal:g} s: {kept} of {len(times)}"


def shapes(cases: Cases, found: Sequence[Trial]) -> list[str]:
    """Return a line that says what the cases are like, as far as our search knows it."""
    conflicts = [len(_ways(t.answers[OURS], Question.CONFLICTS)) for t in found]
    products = [" x ".join(str(len(knot)) for knot in _knots(t)) or "?" for t in found]
    shape = cases.shape
    return [
        cases.name,
        f"{shape.issues} / {shape.positions}",
        f"{shape.d:g}, {shape.tolerance:g}",
        ", ".join(str(count or "?") for count in conflicts),
        "; ".join(products),
    ]


def report(number: int, limit: float, measured: Sequence[Cases] = ALL) -> Iterator[str]:
    """Yield the parts of the report as they are ready.

    Args:
        number: how many cases of each shape.
        limit: seconds each contender has on a case.
        measured: the shapes.
    """
    yield f"On {machine()}."
    yield (
        f"Medians over {number} cases with an empty zone and, in brackets, quartiles; "
        f"milliseconds of processor time from a case to the answer, the best of {_RUNS} runs; "
        f"at most {limit:g} s each. The ratio is ours by the best of the other three, case by case."
    )
    drawn: list[list[str]] = []
    timed: list[list[str]] = []
    for cases in measured:
        found = list(trials(cases, number, limit))
        drawn.append(shapes(cases, found))
        timed += rows(cases, found, limit)
    yield table(
        ["cases", "issues / positions", "d, tolerance", "points of contention", "ways out"], drawn
    )
    yield table(["cases", "question", *CONTENDERS, "ratio", "goal, kept"], timed)
    yield f"Where two of them found everything, or the {LISTED} best, they found the same."
