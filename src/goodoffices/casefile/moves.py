"""Moves away from the table: conditions speak of moves, orders of states, both of parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodoffices.casefile.content import Content, Known, entries, names_in, repeated, rows, unknown
from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.terms import condition_faults
from goodoffices.model import Issue
from goodoffices.model.conditions import JOINERS, Path

_YES_OR_NO = Issue(question="Is the move made?", options={"no": None, "yes": None})


def move_faults(content: Content) -> Iterator[Fault]:
    """Yield the faults of what the moves of a case refer to."""
    moves = content.data.get("moves")
    if not isinstance(moves, dict):
        return
    options = moves.get("options", {})
    states = moves.get("states", {})
    known_states = states if isinstance(states, dict) else None
    yield from _option_faults(options, content)
    if isinstance(options, dict):
        issues = dict.fromkeys(options, _YES_OR_NO)
        for place, condition in _conditions(moves):
            yield from condition_faults(condition, place, issues, "a move")
        yield from _state_faults(states, options)
    names = names_in(moves.get("now"), ("moves", "now"))
    yield from unknown(names, known_states, "a state")
    yield from _removed_faults(moves.get("removed"), content, known_states)
    yield from _preference_faults(moves.get("preferences"), content, known_states)


def _option_faults(options: Any, content: Content) -> Iterator[Fault]:
    for path, option in entries(options, ("moves", "options")):
        if path[-1] in JOINERS:
            words = f"another name than {', '.join(JOINERS)}, which join conditions"
            yield Fault(path, words, str(path[-1]))
        names = names_in(option.get("by"), (*path, "by"))
        yield from unknown(names, content.parties, "a party")


def _conditions(moves: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield every condition on states, with its place."""
    for key in ("infeasible", "merged"):
        yield from rows(moves.get(key), ("moves", key))
    for path, preference in entries(moves.get("preferences"), ("moves", "preferences")):
        for place, statement in rows(preference.get("statements"), (*path, "statements")):
            for key in ("prefers", "if", "iff"):
                yield (*place, key), statement.get(key)


def _state_faults(states: Any, options: Known) -> Iterator[Fault]:
    for state, taken in states.items() if isinstance(states, dict) else ():
        names = list(names_in(taken, ("moves", "states", state)))
        yield from unknown(names, options, "a move")
        yield from repeated(names, "move")


def _removed_faults(removed: Any, content: Content, states: Known) -> Iterator[Fault]:
    for path, move in rows(removed, ("moves", "removed")):
        names = names_in(move.get("by"), (*path, "by"))
        yield from unknown(names, content.parties, "a party")
        for key in ("from", "to"):
            yield from unknown(names_in(move.get(key), (*path, key)), states, "a state")
        if isinstance(move.get("to"), str) and move["to"] == move.get("from"):
            yield Fault((*path, "to"), "another state than the one that is left", move["to"])


def _preference_faults(preferences: Any, content: Content, states: Known) -> Iterator[Fault]:
    if isinstance(preferences, dict):
        parties = ((("moves", "preferences", party), party) for party in preferences)
        yield from unknown(parties, content.parties, "a party")
    for path, preference in entries(preferences, ("moves", "preferences")):
        ranked = list(names_in(preference.get("ranking"), (*path, "ranking")))
        yield from unknown(ranked, states, "a state")
        yield from repeated(ranked, "state")
        for key in ("unknown", "greatly"):
            pairs = preference.get(key)
            for index, pair in enumerate(pairs if isinstance(pairs, list) else ()):
                names = list(names_in(pair, (*path, key, index)))
                yield from unknown(names, states, "a state")
                yield from repeated(names, "state of a pair")
