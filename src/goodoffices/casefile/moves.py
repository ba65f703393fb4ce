"""Moves away from the table: conditions speak of moves, orders of states, both of parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from goodoffices.casefile.content import Content, Known, entries, names_in, repeated, rows, unknown
from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.terms import condition_faults
from goodoffices.model import Issue
from goodoffices.model.conditions import JOINERS, Path

_BODY = "a party or third party"
_NUMBER = re.compile("[1-9][0-9]{0,18}")
_YES_OR_NO = Issue(question="Is the move made?", options={"no": None, "yes": None})


def move_faults(content: Content) -> Iterator[Fault]:
    """Yield the faults of what the moves of a case refer to."""
    moves = content.data.get("moves")
    if not isinstance(moves, dict):
        return
    options = moves.get("options", {})
    states = moves.get("states", {})
    known = States(states) if isinstance(states, dict) else None
    yield from _option_faults(options, ("moves", "options"), content)
    if isinstance(options, dict):
        for place, condition in _conditions(moves):
            yield from condition_faults(condition, place, _issues(options), "a move")
        yield from _state_faults(states, options)
    yield from _unknown_states(names_in(moves.get("now"), ("moves", "now")), known)
    yield from _removed_faults(moves.get("removed"), ("moves", "removed"), content, known)
    yield from _preference_faults(moves.get("preferences"), content, known)
    for path, change in entries(moves.get("what-if"), ("moves", "what-if")):
        yield from change_faults(change, path, content)


def change_faults(change: dict[str, Any], path: Path, content: Content) -> Iterator[Fault]:
    """Yield the faults of what one more move, promise or guarantee refers to."""
    moves = content.data.get("moves")
    moves = moves if isinstance(moves, dict) else {}
    present, added = moves.get("options", {}), change.get("options", {})
    states = moves.get("states", {})
    known = States(states) if isinstance(states, dict) else None
    yield from _option_faults(added, (*path, "options"), content)
    yield from _removed_faults(change.get("removed"), (*path, "removed"), content, known)
    yield from unknown(
        _keys(change.get("preferences"), (*path, "preferences")), content.bodies, _BODY
    )
    if not isinstance(present, dict) or not isinstance(added, dict):
        return
    yield from unknown(_keys(change.get("directions"), (*path, "directions")), present, "a move")
    for place, id in _keys(added, (*path, "options")):
        if id in present:
            yield Fault(place, "a name that no move of the case has", id)
    for place, condition in _change_conditions(change, path):
        yield from condition_faults(condition, place, _issues({**present, **added}), "a move")


class States(dict[str, object]):
    """The states that may be named: those with names, and all by their numbers.

    Which numbers there are only the moves tell; whoever computes with them says so.
    """

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or bool(_NUMBER.fullmatch(str(name)))


def _issues(options: dict[str, Any]) -> dict[str, Issue | None]:
    return dict.fromkeys(options, _YES_OR_NO)


def _keys(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    for key in value if isinstance(value, dict) else ():
        yield (*path, key), key


def _change_conditions(change: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield every condition of a change, with its place."""
    yield from rows(change.get("infeasible"), (*path, "infeasible"))
    added = change.get("preferences")
    for party, statements in added.items() if isinstance(added, dict) else ():
        for place, statement in rows(statements, (*path, "preferences", party)):
            for key in ("prefers", "if", "iff"):
                yield (*place, key), statement.get(key)


def _unknown_states(names: Iterable[tuple[Path, str]], states: Known) -> Iterator[Fault]:
    if states:
        yield from unknown(names, states, "a state")
    elif states is not None:
        for path, name in names:
            if name not in states:
                words = "the number of a state, 1 or above, since the case names none"
                yield Fault(path, words, name)


def _option_faults(options: Any, place: Path, content: Content) -> Iterator[Fault]:
    for path, option in entries(options, place):
        if path[-1] in JOINERS:
            words = f"another name than {', '.join(JOINERS)}, which join conditions"
            yield Fault(path, words, str(path[-1]))
        names = names_in(option.get("by"), (*path, "by"))
        yield from unknown(names, content.bodies, _BODY)


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


def _removed_faults(removed: Any, place: Path, content: Content, states: Known) -> Iterator[Fault]:
    for path, move in rows(removed, place):
        names = names_in(move.get("by"), (*path, "by"))
        yield from unknown(names, content.bodies, _BODY)
        for key in ("from", "to"):
            yield from _unknown_states(names_in(move.get(key), (*path, key)), states)
        if isinstance(move.get("to"), str) and move["to"] == move.get("from"):
            yield Fault((*path, "to"), "another state than the one that is left", move["to"])


def _preference_faults(preferences: Any, content: Content, states: Known) -> Iterator[Fault]:
    if isinstance(preferences, dict):
        parties = ((("moves", "preferences", party), party) for party in preferences)
        yield from unknown(parties, content.bodies, _BODY)
    for path, preference in entries(preferences, ("moves", "preferences")):
        ranked = list(names_in(preference.get("ranking"), (*path, "ranking")))
        yield from _unknown_states(ranked, states)
        yield from repeated(ranked, "state")
        for key in ("unknown", "greatly"):
            pairs = preference.get(key)
            for index, pair in enumerate(pairs if isinstance(pairs, list) else ()):
                names = list(names_in(pair, (*path, key, index)))
                yield from _unknown_states(names, states)
                yield from repeated(names, "state of a pair")
