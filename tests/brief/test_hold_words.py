"""Sentences about states: what is done, what follows, how strongly a state holds, and for whom."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from goodoffices.analysis.stability import stability
from goodoffices.analysis.stability.result import Departure, Evolution, Sanction, Step, Witness
from goodoffices.brief.hold_words import (
    CONCEPT_MEANINGS,
    CONCEPT_NAMES,
    NO_MARK,
    PREDICTS_NOTHING,
    READING,
    SHORT,
    Wording,
    concept_meaning,
    concept_name,
    how_strongly,
    mark,
    order_words,
    strongest,
)
from goodoffices.model import Case
from tests.brief.cases import made
from tests.brief.test_holding import published

INCLUSIONS = [("nash", "sseq"), ("sseq", "seq"), ("sseq", "smr"), ("seq", "gmr"), ("smr", "gmr")]
"""The theorems, one step at a time: a state that is stable by the first is so by the second."""

WARD = made(
    {
        "third-parties": {"board": {"name": "The Board", "roles": ["guarantor"]}},
        "moves": {
            "options": {
                "strike": {"by": "ana"},
                "walk-out": {"by": "ana"},
                "lock-out": {"by": "ben"},
                "speak": {"by": "board"},
            },
            "states": {"calm": [], "struck": ["strike"], "out": ["walk-out"], "shut": ["lock-out"],
                       "both": ["strike", "walk-out"], "war": ["strike", "lock-out"]},
            "preferences": {
                "ana": {"statements": [{"prefers": {"lock-out": "no"}}]},
                "ben": {"statements": [{"prefers": {"strike": "no"}}]},
            },
        },
    }
)  # fmt: skip


def wording(case: Case = WARD) -> Wording:
    return Wording(case, stability(case))


def closed(concepts: set[str]) -> set[str]:
    """Return concepts with all that they imply, by going through the theorems until none adds."""
    found = set(concepts)
    while fresh := {weak for strong, weak in INCLUSIONS if strong in found} - found:
        found |= fresh
    return found


SETS = [
    set(chosen)
    for chosen in chain.from_iterable(combinations(SHORT, n) for n in range(len(SHORT) + 1))
]


@pytest.mark.parametrize("concepts", SETS, ids=lambda one: "+".join(sorted(one)) or "none")
def test_the_strongest_concepts_imply_all_the_others_and_not_each_other(
    concepts: set[str],
) -> None:
    best = strongest(concepts)
    assert set(best) <= concepts
    assert closed(set(best)) >= concepts
    for one in best:
        assert not any(one in closed({other}) for other in best if other != one)


@pytest.mark.parametrize("concepts", SETS, ids=lambda one: "+".join(sorted(one)) or "none")
def test_a_mark_and_its_words_name_the_same_concepts(concepts: set[str]) -> None:
    held = closed(concepts)
    marks = mark(held)
    if not held:
        assert marks == NO_MARK
        return
    assert closed({id for id, short in SHORT.items() if short in marks.split("+")}) == held
    words = how_strongly(strongest(held), held)
    assert {id for id, short in SHORT.items() if short in words.replace(",", "").split()} == held


@pytest.mark.parametrize(
    ("by", "start", "end", "words"),
    [
        ("ana", "calm", "struck", "makes ‘strike’"),
        ("ana", "struck", "calm", "takes back ‘strike’"),
        ("ana", "struck", "out", "turns from ‘strike’ to ‘walk out’"),
        ("ana", "calm", "both", "makes ‘strike’ and ‘walk out’"),
        ("ana", "both", "out", "takes back ‘strike’"),
        ("ben", "calm", "shut", "makes ‘lock out’"),
        ("ben", "calm", "war", "makes ‘lock out’"),  # only what is its own
        ("ana", "calm", "calm", ""),
        ("ana", "calm", "elsewhere", ""),
    ],
)
def test_what_somebody_does_between_two_states(by: str, start: str, end: str, words: str) -> None:
    assert wording().done(by, start, end) == words


def test_a_state_is_named_with_what_is_made_in_it() -> None:
    words = wording()
    assert words.state("both") == "both (‘strike’ and ‘walk out’)"
    assert words.state("calm") == "calm (no move made, the state now)"
    assert words.state("elsewhere") == "elsewhere"
    assert words.moves_made("war") == {"strike", "lock-out"}
    assert words.moves_made("elsewhere") == frozenset()


def test_steps_follow_each_other() -> None:
    steps = (Step("ana", "struck"), Step("ben", "war"))
    assert wording().steps("calm", steps) == [
        "Ana moves to struck (makes ‘strike’)",
        "Ben moves to war (makes ‘lock out’)",
    ]
    assert wording().steps("calm", ()) == []
    assert wording().step("calm", Step("board", "6"), "could move").startswith("The Board could")


def test_reasons_join_those_who_are_content_and_tell_each_sanction() -> None:
    sanction = Sanction("struck", (Step("ben", "war"),), "war")
    witnesses = [
        Witness("calm", "ana", "smr", True, None, (sanction,)),
        Witness("calm", "ben", "smr", True, None, ()),
    ]
    assert wording().reasons(witnesses, "smr") == [
        "Ben has no move that it prefers.",
        "Ana prefers struck (makes ‘strike’); but Ben could move to war (makes ‘lock out’), which "
        "Ana does not prefer to calm, nor anything that Ana could then reach in one move.",
    ]
    assert wording().reasons(witnesses, "seq")[1] == (
        "Ana prefers struck (makes ‘strike’); but Ben would prefer to move to war (makes ‘lock "
        "out’), which Ana does not prefer to calm."
    )
    nobody = [Witness("calm", party, "nash", True, None, ()) for party in ("ana", "ben")]
    assert wording().reasons(nobody, "nash") == ["Ana and Ben have no move that they prefer."]
    assert wording().reasons([], "nash") == []


def test_a_gain_that_nobody_can_undo() -> None:
    witness = Witness("calm", "ana", "gmr", False, "struck", ())
    gain = "Ana prefers struck (makes ‘strike’)"
    assert wording().no_answer(witness) == (
        f"{gain}, and nothing that the others have would undo that gain."
    )


ONE, TWO = (Step("ana", "struck"),), (Step("ana", "struck"), Step("ben", "war"))
SHORT_WAY = "Ana moves to struck (makes ‘strike’)"
LONG_WAY = f"{SHORT_WAY}, then Ben moves to war (makes ‘lock out’)"


@pytest.mark.parametrize(
    ("suiting", "shortest", "words"),
    [
        (None, None, "No moves lead there from the state now."),
        ((), (), "It is the state now."),
        (None, ONE, f"Not by moves each of which suits the one who makes it; by any: {SHORT_WAY}."),
        (ONE, ONE, f"By moves each of which suits the one who makes it: {SHORT_WAY}."),
        (TWO, ONE,
         f"By moves each of which suits the one who makes it: {LONG_WAY}. By any: {SHORT_WAY}."),
    ],
)  # fmt: skip
def test_ways_from_the_state_now(
    suiting: tuple[Step, ...] | None, shortest: tuple[Step, ...] | None, words: str
) -> None:
    improving = Evolution("war", True, suiting is not None, suiting or ())
    any_way = Evolution("war", False, shortest is not None, shortest or ())
    assert wording().ways(improving, any_way) == words


def departure(*parties: str, equilibrium: tuple[str, ...] = ()) -> Departure:
    moves = (Step("ana", "struck"), Step("ben", "war"))
    return Departure("calm", parties, "war", moves, equilibrium)


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ({"calm": 1, "struck": 2, "war": 3}, "prefers calm to war."),
        ({"calm": 3, "struck": 2, "war": 1}, "prefers war to calm."),
        ({"calm": 1, "struck": 2, "war": 1}, "prefers neither to the other."),
    ],
)
def test_a_joint_move_tells_what_it_means_for_the_others(ranks: dict[str, int], words: str) -> None:
    own = {"calm": 2, "struck": 1, "war": 1}
    told = wording().afterwards(departure("ana", "ben"), {"ana": own, "ben": own, "board": ranks})
    none = "war would not hold by itself: it is an equilibrium by none of Nash, SSEQ, SEQ, SMR and"
    assert told == [f"{none} GMR.", f"The Board, without a part in it, {words}"]


def test_a_joint_move_tells_who_is_worse_off_on_the_way() -> None:
    ranks = {
        "ana": {"calm": 2, "struck": 3, "war": 1},
        "ben": {"calm": 2, "struck": 1, "war": 1},
    }
    told = wording().afterwards(departure("ana", "ben", equilibrium=("gmr",)), ranks)
    assert told == [
        "On the way, at struck, Ana is worse off than in calm: the step after it has to be sure.",
        "war would then hold by GMR only.",
    ]


@pytest.mark.parametrize(
    ("parties", "end"),
    [(("ana", "ben"), "which both prefer."), (("ana", "ben", "board"), "each of them prefers.")],
)
def test_who_prefers_where_a_joint_move_leads(parties: tuple[str, ...], end: str) -> None:
    assert wording().departure(departure(*parties)).endswith(end)


def test_every_concept_of_a_result_has_a_name_and_a_meaning() -> None:
    found = stability(published("prisoners-dilemma"), horizon=4).equilibria
    assert len(found) > len(SHORT)
    names = [concept_name(concept) for concept in found]
    assert len(set(names)) == len(names)
    assert all(concept_meaning(concept) for concept in found)
    assert concept_name("limited-move-1") == "limited-move, 1 move ahead"
    assert concept_name("of-its-own") == "of-its-own"
    assert set(SHORT) <= CONCEPT_NAMES.keys() == CONCEPT_MEANINGS.keys()


def test_orders_are_written_best_first() -> None:
    assert order_words([("a", "b"), ("c",)]) == "a = b > c"
    assert order_words([]) == ""


def test_what_is_read_in_is_never_called_a_fact() -> None:
    assert set(READING) == {"inferred", "reported", "stated", "confidential"}
    assert "No side has stated them." in READING["inferred"]
    assert "no forecast" in PREDICTS_NOTHING
