"""The certificate that a list of conflicts is complete, at work long before it is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from random import Random

import pytest

from goodoffices.analysis.zone import certificate, factoring
from goodoffices.analysis.zone.certificate import Bundle, Certificate, Factor
from goodoffices.analysis.zone.clauses import Clause
from goodoffices.analysis.zone.enumeration import explore
from goodoffices.analysis.zone.factoring import Factoring
from goodoffices.analysis.zone.hitting import TooManyError, components, minimal_hitting_sets
from goodoffices.analysis.zone.solving import ZoneSolver
from tests.analysis.zone.quarrels import Quarrels, linked, loose


def plain(quarrels: Quarrels) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Conflicts and ways out by plain exploration."""
    with quarrels.solver() as solver:
        found = list(explore(solver, range(len(quarrels.groups))))
    kinds = {kind: sorted(f.positions for f in found if f.kind == kind) for kind in KINDS}
    return kinds["conflict"], kinds["way-out"]


KINDS = ("conflict", "way-out")


def knowing(
    solver: ZoneSolver, quarrels: Quarrels, conflicts: Sequence[tuple[int, ...]]
) -> Factoring:
    """A search that has found these conflicts."""
    search = Factoring(solver, quarrels.groups, quarrels.hard, conflicts=list(conflicts))
    search.factors = tuple(
        Factor(tuple(group), tuple(minimal_hitting_sets(group))) for group in components(conflicts)
    )
    return search


def combinations(search: Factoring) -> list[tuple[int, ...]]:
    """All ways out, multiplied out of the factors."""
    every = product(*(factor.ways_out for factor in search.factors))
    return sorted(tuple(sorted(group for way in ways for group in way)) for ways in every)


@pytest.mark.parametrize("shape", [loose, linked])
@pytest.mark.parametrize("quota", [1, 2, 5])
def test_factoring_finds_what_plain_exploration_finds(
    shape: Callable[[Random], Quarrels], quota: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", quota)
    factors: Counter[int] = Counter()
    for seed in range(250):
        quarrels = shape(Random(seed))
        conflicts, ways = plain(quarrels)
        if not conflicts:
            continue
        with quarrels.solver() as solver:
            search = Factoring(solver, quarrels.groups, quarrels.hard)
            found = list(search.search())
        assert search.complete
        assert sorted(found) == conflicts, seed
        assert len(found) == len(set(found))
        assert combinations(search) == ways, seed
        factors[len(search.factors)] += 1
    assert factors[2] > 0


def stands(found: Certificate) -> bool:
    """Whether one package for each combination meets every clause that it does not give up."""
    bundles = list(found.bundles.values())
    for combination in product(*(bundle.choices.items() for bundle in bundles)):
        patch = {axis: cell for _, cells in combination for axis, cell in cells.items()}
        relaxed = {
            group
            for bundle, (ways, _) in zip(bundles, combination, strict=True)
            for factor, way in zip(bundle.factors, ways, strict=True)
            for group in found.factors[factor].ways_out[way]
        }
        for owner, clause in found.owned:
            met = any(mask >> patch.get(axis, found.base[axis]) & 1 for axis, mask in clause)
            if owner not in relaxed and not met:
                return False
    return True


def test_a_certificate_without_gaps_holds_a_package_for_every_combination() -> None:
    merged = 0
    for seed in range(400):
        quarrels = linked(Random(seed))
        conflicts, _ = plain(quarrels)
        if not conflicts or () in conflicts:
            continue
        with quarrels.solver() as solver:
            search = knowing(solver, quarrels, conflicts)
            found = Certificate(search)
            assert list(found.gaps()) == []
        assert stands(found), seed
        merged += len(found.bundles) < len(search.factors)
    assert merged > 0


@pytest.mark.parametrize("seed", range(60))
def test_a_certificate_names_a_gap_when_a_conflict_is_missing(seed: int) -> None:
    quarrels = linked(Random(seed))
    conflicts, _ = plain(quarrels)
    for left_out in conflicts:
        rest = [conflict for conflict in conflicts if conflict != left_out]
        with quarrels.solver() as solver:
            search = knowing(solver, quarrels, rest)
            gaps = list(Certificate(search).gaps())
        assert gaps == [left_out]


def cells(**allowed: str) -> Clause:
    """A clause from axes by name to the cells that meet it, as ``cells(A="12", B="0")``."""
    pairs = {AXES.index(name): sum(1 << int(c) for c in text) for name, text in allowed.items()}
    return tuple(sorted(pairs.items()))


AXES = ("P", "Q", "S", "R", "A", "E")
CROSSED = Quarrels(
    sizes=(2, 2, 3, 2, 3, 2),
    groups=tuple(
        (group,)
        for group in (
            *(cells(P="1"), cells(P="0"), cells(Q="1"), cells(Q="0")),
            *(cells(S="2"), cells(S="1"), cells(S="0")),
        )
    ),
    hard=(
        *(cells(S="01", R="1"), cells(R="0", S="2"), cells(R="0", A="2")),
        *(cells(A="0", Q="1", R="1"), cells(E="0", P="1"), cells(E="0", S="1")),
        *(cells(P="0", S="02", E="1"), cells(Q="0", A="1")),
    ),
)
"""P and S must be certified together; meanwhile Q and S settle A in ways that cannot both stand."""


def test_factors_certified_together_are_checked_against_the_others_again() -> None:
    conflicts, _ = plain(CROSSED)
    assert (2, 4) in conflicts
    known = [conflict for conflict in conflicts if conflict != (2, 4)]
    with CROSSED.solver() as solver:
        search = knowing(solver, CROSSED, known)
        assert list(Certificate(search).gaps()) == [(2, 4)]


def quarrels_apart(number: int) -> Quarrels:
    """Quarrels of two each, with a hard clause that no two ways out of them meet together."""
    groups = tuple((((axis, mask),),) for axis in range(number) for mask in (0b10, 0b01))
    together = tuple((axis, 0b01) for axis in range(number))
    return Quarrels((2,) * number, groups, (together,))


def test_factors_with_too_many_combinations_end_the_search_incomplete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", 1)
    monkeypatch.setattr(certificate, "_MOST_COMBINATIONS", 3)
    quarrels = quarrels_apart(2)
    clash = Quarrels((2, 2, 2), quarrels.groups, (cells(P="0", Q="0", S="1"), *EXCLUSIVE))
    with clash.solver() as solver:
        search = Factoring(solver, clash.groups, clash.hard)
        assert sorted(search.search()) == [(0, 1), (2, 3)]
        assert not search.complete
    monkeypatch.setattr(certificate, "_MOST_COMBINATIONS", 4)
    with clash.solver() as solver:
        search = Factoring(solver, clash.groups, clash.hard)
        assert sorted(search.search()) == [(0, 1), (2, 3)]
        assert search.complete


EXCLUSIVE = (cells(S="0", P="1"), cells(S="0", Q="1"))
"""The third axis may be settled by its second cell only where both quarrels are."""


def test_too_many_combinations_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "_MOST_COMBINATIONS", 3)
    groups = quarrels_apart(2).groups
    clash = Quarrels((2, 2, 2), groups, (cells(P="0", Q="0", S="1"), *EXCLUSIVE))
    with clash.solver() as solver:
        search = knowing(solver, clash, [(0, 1), (2, 3)])
        with pytest.raises(TooManyError):
            list(Certificate(search).gaps())


def after(times: int) -> Callable[[], bool]:
    """Say stop once it was asked so many times."""
    answers = iter([False] * times)
    return lambda: next(answers, True)


@pytest.mark.parametrize("asked", range(12))
def test_a_stopped_search_claims_nothing_that_is_not_so(
    asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factoring, "_FIRST_LOOK", 2)
    for seed in range(40):
        quarrels = linked(Random(seed))
        conflicts, ways = plain(quarrels)
        with quarrels.solver() as solver:
            search = Factoring(solver, quarrels.groups, quarrels.hard, after(asked))
            found = list(search.search())
        assert set(found) <= set(conflicts)
        if search.complete:
            assert sorted(found) == conflicts
            assert combinations(search) == ways


def test_a_bundle_knows_which_choices_settle_an_axis_otherwise() -> None:
    bundle = Bundle((0,), {(0,): {}})
    bundle.put((1,), {3: 1, 4: 2})
    bundle.put((2,), {3: 0})
    assert bundle.patched == {3: {(1,): 1, (2,): 0}, 4: {(1,): 2}}
    bundle.put((1,), {4: 1})
    assert bundle.patched == {3: {(2,): 0}, 4: {(1,): 1}}
