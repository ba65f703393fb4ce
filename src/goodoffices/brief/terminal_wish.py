"""What would make a state hold, and what a change would do, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from goodoffices.analysis.stability import InverseResult, PromisesResult, WhatIfResult
from goodoffices.analysis.stability.inverse import SmallestChange, Unanswered, Wish
from goodoffices.analysis.stability.promises import Promise
from goodoffices.analysis.stability.what_if import Shift, Wished
from goodoffices.brief.hold_words import READING, SHORT, how_strongly, strongest
from goodoffices.brief.paper import Paper
from goodoffices.brief.phrases import big, counted, listed, name_of, shown, spaced
from goodoffices.brief.section_names import CONFIDENTIAL
from goodoffices.model import Case

SEVERAL = 8
"""Most states that are named where any one of many would do."""


def print_wish(case: Case, wishes: InverseResult, found: PromisesResult, console: Console) -> None:
    """Print under which preferences a wished state holds, and which single promises make it."""
    paper = Paper(console)
    _top(paper, case, f"{wishes.case}: what would make {wishes.state} hold")
    paper.line(held_words(wishes.state, found.holds))
    for party, by_concept in wishes.wishes.items():
        who = name_of(case, party)
        paper.heading(f"Preferences of {who}")
        for concept, name in SHORT.items():
            first, *rest = wish_sentences(who, wishes.state, concept, by_concept[concept])
            paper.line(first, lead=f"{name}: ", indent=2)
            for sentence in rest:
                paper.line(sentence, indent=4)
    paper.heading("Single promises")
    if not found.promises:
        paper.line(f"{counted(found.tried, 'promise')} looked at; none makes it hold by more.")
    for promise in found.promises:
        paper.line(promise_sentence(case, found.state, promise), lead="• ", indent=2)
    paper.heading("Method")
    paper.bullets(f"{method}." for method in (wishes.method, found.method))


def print_what_if(case: Case, result: WhatIfResult, console: Console) -> None:
    """Print what one more move, promise or guarantee would do."""
    paper = Paper(console)
    _top(paper, case, f"{result.case}: what if")
    paper.line(Text(shown(result.change or "a change without words"), style="bold"))
    paper.field("New moves", listed(spaced(move) for move in result.moves))
    paper.field("No longer possible", listed(result.ruled_out))
    paper.heading("States that hold")
    for concept, name in SHORT.items():
        paper.line(shift_words(result.equilibria[concept], result.shifts[concept]),
                   lead=f"{name}: ", indent=2)  # fmt: skip
    for party in result.parties:
        paper.sub(f"For {name_of(case, party)}")
        for sentence in party_sentences(result.stable[party]):
            paper.line(sentence, indent=2)
    if result.wished:
        paper.heading("The wished state")
    for wished in result.wished:
        paper.bullets(wished_sentences(wished))
    paper.heading("Method")
    paper.line(f"{result.method}.")


def _top(paper: Paper, case: Case, title: str) -> None:
    paper.title(title)
    status = case.moves.status if case.moves is not None else "inferred"
    if status == "confidential":
        paper.line(Text(CONFIDENTIAL, style="bold reverse"))
    paper.line(Text(READING[status], style="bold"))


def held_words(state: str, holds: Iterable[str]) -> str:
    """Return by which concepts a state is an equilibrium now.

    >>> held_words("s1", ["gmr", "smr"]), held_words("s2", [])
    ('s1 now holds by SMR, and so by GMR.', 's2 now holds by none of these concepts.')
    """
    concepts = set(holds)
    if not concepts:
        return f"{state} now holds by none of these concepts."
    return f"{state} now holds {how_strongly(strongest(concepts), concepts)}."


def wish_sentences(who: str, state: str, concept: str, wish: Wish) -> Iterator[str]:
    """Yield under which rankings a state is stable for a party, and what would change that."""
    yield f"{'stable' if wish.stable else 'not stable'} now; {_rankings(wish)}."
    if wish.change is not None and wish.rankings != 0:
        yield _change_sentence(who, state, wish.change)
    elif not wish.stable and wish.rankings == 0:
        yield "No ranking of the states makes it stable."
    for free in wish.unanswered:
        yield _free_sentence(free, concept)


def _free_sentence(free: Unanswered, concept: str) -> str:
    """Return an improvement that nobody answers, and what would be an answer."""
    if concept == "nash":
        return f"It prefers {free.improvement}."
    if not free.answers:
        return f"Its move to {free.improvement} has no answer, and no state would be one."
    few = free.answers[:SEVERAL]
    more = len(free.answers) - len(few)
    rest = f", or {more} more" if more else ""
    return (
        f"Its move to {free.improvement} has no answer; one would be any move of another side from "
        f"there to {listed(few, 'or')}{rest}."
    )


def _rankings(wish: Wish) -> str:
    if wish.of is None:
        return "the rankings of so many states are not counted"
    if wish.rankings is None:
        return f"under how many of the {big(wish.of)} strict rankings was too long a sum"
    share = f"{100 * wish.rankings / wish.of:.3g} %"
    return f"stable under {big(wish.rankings)} of {big(wish.of)} strict rankings ({share})"


def _change_sentence(who: str, state: str, change: SmallestChange) -> str:
    pairs = listed(f"{other} above {one}" for one, other in change.turned)
    number = counted(len(change.turned), "pair")
    tail = "" if change.fewest else f"; at least {counted(change.bound, 'pair')} would have to"
    return (
        f"Smallest change: {who} ranks {state} above {listed(change.below)}; {number} "
        f"{'turns' if len(change.turned) == 1 else 'turn'} ({pairs}){tail}."
    )


def promise_sentence(case: Case, state: str, promise: Promise) -> str:
    """Return a promise as a sentence: who gives up what, and what that makes of a state."""
    who, move = name_of(case, promise.by), f"‘{spaced(promise.move or '')}’"
    given = {
        "making": f"not to make {move}",
        "taking back": f"not to take back {move}",
        "both": f"to leave {move} as it is in {state}",
        "one step": f"not to move from {state} to {promise.to}",
    }[promise.gives_up]
    names = listed(SHORT[concept] for concept in SHORT if concept in promise.holds)
    return f"If {who} promises {given}, {state} also holds by {names}."


def shift_words(now: Iterable[str], shift: Shift) -> str:
    """Return the states that hold with a change, and which of them come and go.

    >>> shift_words(["s1", "s2"], Shift(("s2",), ("s3",)))
    's1 and s2; new: s2; no longer: s3'
    """
    parts = [listed(now) or "no state"]
    parts += [f"new: {listed(shift.gained)}"] if shift.gained else []
    parts += [f"no longer: {listed(shift.lost)}"] if shift.lost else []
    return "; ".join(parts if len(parts) > 1 else [*parts, "as before"])


def party_sentences(shifts: Mapping[str, Shift]) -> Iterator[str]:
    """Yield what a change does to the states that are stable for one party."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for concept, name in SHORT.items():
        shift = shifts[concept]
        for verb, states in (("gained", shift.gained), ("lost", shift.lost)):
            if states:
                found.setdefault((verb, states), []).append(name)
    for (verb, states), names in found.items():
        one = len(states) == 1
        becomes, no_longer = ("becomes", "is no longer") if one else ("become", "are no longer")
        words = becomes if verb == "gained" else no_longer
        yield f"{listed(states)} {words} stable by {listed(names)}."
    if not found:
        yield "Nothing changes."


def wished_sentences(wished: Wished) -> list[str]:
    """Return what a change does to a wished state."""
    before = held_words(wished.was, wished.holds_before)
    concepts = set(wished.holds)
    after = how_strongly(strongest(concepts), concepts) if concepts else "by none of them"
    return [before, f"With the change {wished.state} holds {after}."]
