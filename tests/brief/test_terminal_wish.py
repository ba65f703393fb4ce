"""Sentences on wishes and changes, from results made by hand."""

from __future__ import annotations

import pytest

from goodoffices.analysis.stability import Promise
from goodoffices.analysis.stability.inverse import SmallestChange, Unanswered, Wish
from goodoffices.analysis.stability.what_if import Shift, Wished
from goodoffices.brief.terminal_wish import (
    SEVERAL,
    party_sentences,
    promise_sentence,
    shift_words,
    wish_sentences,
    wished_sentences,
)
from goodoffices.model.preferences import MoveChange
from tests.brief.cases import SHIFTS

CHANGE = SmallestChange(("s3", "s4"), (("s3", "s1"), ("s4", "s1"), ("s3", "s2")), True, 3)
SAME = {concept: Shift((), ()) for concept in ("nash", "gmr", "smr", "seq", "sseq")}


def said(concept: str, wish: Wish) -> list[str]:
    return list(wish_sentences("Ana", "s1", concept, wish))


def test_a_state_that_is_stable_needs_no_change() -> None:
    assert said("seq", Wish(True, 12, 24, None, ())) == [
        "stable now; stable under 12 of 24 strict rankings (50 %)."
    ]


def test_the_smallest_change_names_its_pairs() -> None:
    first, change = said("gmr", Wish(False, 6, 24, CHANGE, ()))
    assert first == "not stable now; stable under 6 of 24 strict rankings (25 %)."
    assert change == (
        "Smallest change: Ana ranks s1 above s3 and s4; 3 pairs turn (s1 above s3, s1 above s4 and "
        "s2 above s3)."
    )


def test_a_change_that_may_not_be_the_smallest_has_its_bound() -> None:
    cut = SmallestChange(("s3",), (("s3", "s1"),), False, 1)
    assert said("gmr", Wish(False, 6, 24, cut, ()))[1].endswith("; at least 1 pair would have to.")


def test_what_cannot_be_counted_or_wished_for_says_so() -> None:
    assert said("gmr", Wish(True, None, 10**20, None, ()))[0] == (
        "stable now; under how many of the about 1.0 × 10^20 strict rankings was too long a sum."
    )
    assert said("nash", Wish(False, 0, 24, None, ()))[1] == (
        "No ranking of the states makes it stable."
    )


@pytest.mark.parametrize(
    ("concept", "answers", "words"),
    [
        ("nash", (), "It prefers s2."),
        ("sseq", (), "Its move to s2 has no answer, and no state would be one."),
        ("gmr", ("s3", "s4"), "Its move to s2 has no answer; one would be any move of another side "
                              "from there to s3 or s4."),
        ("gmr", tuple("abcdefghij"), "Its move to s2 has no answer; one would be any move of "
                                     "another side from there to a, b, c, d, e, f, g or h, or 2 "
                                     "more."),
    ],
)  # fmt: skip
def test_improvements_without_an_answer(concept: str, answers: tuple[str, ...], words: str) -> None:
    wish = Wish(False, 6, 24, None, (Unanswered("s2", answers),))
    assert said(concept, wish)[-1] == words
    assert len(answers) <= SEVERAL or "more" in words


@pytest.mark.parametrize(
    ("gives_up", "move", "to", "words"),
    [
        ("making", "walk-out", None, "not to make ‘walk out’"),
        ("taking back", "walk-out", None, "not to take back ‘walk out’"),
        ("both", "walk-out", None, "to leave ‘walk out’ as it is in calm"),
        ("one step", None, "out", "not to move from calm to out"),
    ],
)
def test_promises(gives_up: str, move: str | None, to: str | None, words: str) -> None:
    undertaking = MoveChange.model_validate({"infeasible": [{"walk-out": "yes"}]})
    promise = Promise("ana", gives_up, move, to, ("gmr", "seq"), undertaking)  # type: ignore[arg-type]
    assert promise_sentence(SHIFTS, "calm", promise) == (
        f"If Ana promises {words}, calm also holds by SEQ and GMR."
    )


def test_what_comes_and_goes() -> None:
    assert shift_words(["a"], Shift((), ())) == "a; as before"
    assert shift_words([], Shift((), ("a", "b"))) == "no state; no longer: a and b"


def test_concepts_that_change_alike_share_a_sentence() -> None:
    shifts = SAME | {"nash": Shift(("a",), ("b", "c")), "seq": Shift(("a",), ())}
    assert list(party_sentences(shifts)) == [
        "a becomes stable by Nash and SEQ.",
        "b and c are no longer stable by Nash.",
    ]
    assert list(party_sentences(SAME)) == ["Nothing changes."]


def test_the_wished_state_before_and_after() -> None:
    wished = Wished("s1+truce", "s1", ("gmr",), ("nash", "gmr", "smr", "seq", "sseq"), (), ())
    assert wished_sentences(wished) == [
        "s1 now holds by GMR only.",
        "With the change s1+truce holds by Nash, and so by SSEQ, SEQ, SMR and GMR.",
    ]
    assert wished_sentences(Wished("s1", "s1", (), (), (), ()))[1].endswith("by none of them.")
