"""Files of the program GMCR+ (``.gmcr``, JSON) <-> the moves of a case.

The file's decision makers are parties, its options moves; statements and rankings are preferences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodoffices.errors import CallError, CaseError, Problem
from goodoffices.formats.gmcr_form import read_form
from goodoffices.formats.patterns import Pattern, patterns_of
from goodoffices.model import Case
from goodoffices.model.conditions import JOINERS, condition_data, parse_condition
from goodoffices.model.preferences import Moves, PreferenceStatement, StatePreference

_DIRECTIONS = {"both": "both", "fwd": "forward", "back": "backward"}
_MOST_NUMBERED = 20
"""Options, beyond which states are not numbered one by one to read or write a ranking."""


@dataclass(frozen=True, slots=True)
class GmcrImport:
    """A case read from a ``.gmcr`` file.

    Attributes:
        case: the case.
        lost: what the file holds that has no counterpart in a case, in words.
    """

    case: Case
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GmcrExport:
    """The text of a ``.gmcr`` file.

    Attributes:
        text: the text, JSON.
        lost: what the case holds that has no counterpart in such a file, in words.
    """

    text: str
    lost: tuple[str, ...]


def read_gmcr(text: str, *, file: str = "model.gmcr", name: str | None = None) -> GmcrImport:
    """Read the text of a ``.gmcr`` file.

    Args:
        text: the text of the file.
        file: its name, for the problems.
        name: the name of the case; without it, the file's title or name.

    Raises:
        CaseError: the text is no such file; all its problems are told.

    >>> read = read_gmcr('''{
    ...     "options": [{"name": "Strike", "permittedDirection": "both"}], "infeasibles": [],
    ...     "decisionMakers": [{"name": "Nurses", "options": [0], "preferences": [[[0, "N"]]]}]
    ... }''')
    >>> read.case.moves.options["strike"].by
    'nurses'
    """
    data, faults = read_form(text)
    if faults:
        raise CaseError([Problem(file, f.line, f.place, f.expected, f.found) for f in faults])
    return _Reader(data, name or _title(data) or file).imported()


def _title(data: Mapping[str, Any]) -> str:
    title = data.get("title")
    return title.strip() if isinstance(title, str) else ""


def ids_for(names: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Return an id for each name: lower case, hyphens, told apart by numbers.

    >>> ids_for(["Air strike", "air-strike", "All", "!"])
    ['air-strike', 'air-strike-2', 'all-2', 'unnamed']
    """
    found: list[str] = []
    used = {*taken, *JOINERS}
    for name in names:
        stem = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:80] or "unnamed"
        id, number = stem, 1
        while id in used:
            number += 1
            id = f"{stem}-{number}"
        used.add(id)
        found.append(id)
    return found


_KEPT = {"title", "options", "decisionMakers", "infeasibles", "coalitions"}
_CHOICES = ("useManualPreferenceRanking", "useManualPreferenceVectors")
_RANKINGS = ("preferenceRanking", "preferenceVector")


class _Reader:
    """Turns the checked data of a file into a case."""

    def __init__(self, data: Mapping[str, Any], name: str) -> None:
        self._data = data
        self._name = name
        self._makers = data["decisionMakers"]
        self._options = data["options"]
        self._moves = ids_for([option["name"] for option in self._options])
        self._parties = ids_for([maker["name"] for maker in self._makers])
        self._by_ranking = any(bool(data.get(key)) for key in _CHOICES)
        self.lost: list[str] = []

    def imported(self) -> GmcrImport:
        """Return the case and what has no counterpart in it."""
        moves: dict[str, Any] = {
            "options": {id: self._option(n) for n, id in enumerate(self._moves)},
            "infeasible": [self._condition(pattern) for pattern in self._data["infeasibles"]],
        }
        if self._by_ranking:
            moves["states"] = self._states()
        moves["preferences"] = {
            id: self._preference(maker)
            for id, maker in zip(self._parties, self._makers, strict=True)
        }
        self._tell_rest()
        data = {
            "case": self._name,
            "parties": {
                id: {"name": maker["name"]}
                for id, maker in zip(self._parties, self._makers, strict=True)
            },
            "moves": moves,
        }
        return GmcrImport(Case.model_validate(data), tuple(self.lost))

    def _option(self, number: int) -> dict[str, str]:
        (owner,) = [
            id
            for id, maker in zip(self._parties, self._makers, strict=True)
            if number in maker["options"]
        ]
        option = self._options[number]
        direction = _DIRECTIONS[option.get("permittedDirection", "both")]
        return {"by": owner, "text": option["name"], "direction": direction}

    def _condition(self, pattern: Sequence[Sequence[Any]]) -> dict[str, Any]:
        tests = {self._moves[n]: "yes" if answer == "Y" else "no" for n, answer in pattern}
        if len(tests) == len(pattern):
            return tests
        return {"all": [{self._moves[n]: "yes" if a == "Y" else "no"} for n, a in pattern]}

    def _preference(self, maker: Mapping[str, Any]) -> dict[str, Any]:
        statements = maker.get("preferences") or []
        ranking = next((maker[key] for key in _RANKINGS if maker.get(key)), None)
        if self._by_ranking and ranking:
            if statements:
                self.lost.append(f"the statements of {maker['name']}: its ranking is used")
            ties = [tied if isinstance(tied, list) else [tied] for tied in ranking]
            return {"ranking": [[str(state) for state in tied] for tied in ties]}
        if ranking:
            self.lost.append(f"the ranking of {maker['name']}: its statements are used")
        return {"statements": [{"prefers": self._statement(one)} for one in statements]}

    def _statement(self, statement: Any) -> dict[str, Any]:
        if isinstance(statement, dict):
            return {"any": [self._condition(pattern) for pattern in statement["members"]]}
        return self._condition(statement)

    def _states(self) -> dict[str, list[str]]:
        patterns = [dict(pattern) for pattern in self._data["infeasibles"]]
        closed = [{n: a == "Y" for n, a in pattern.items()} for pattern in patterns]
        return {
            str(number): [id for bit, id in enumerate(self._moves) if code >> bit & 1]
            for number, code in enumerate(_open_codes(len(self._moves), closed), 1)
        }

    def _tell_rest(self) -> None:
        for maker in self._makers:
            if maker.get("misperceptions"):
                self.lost.append(f"the misperceptions of {maker['name']}")
        joined = [group for group in self._data.get("coalitions") or [] if isinstance(group, list)]
        for group in joined:
            names = " and ".join(self._makers[number]["name"] for number in group)
            self.lost.append(f"the coalition of {names}: every coalition is looked at")
        known = {*_KEPT, *_CHOICES}
        self.lost += [f'the key "{key}"' for key in self._data if key not in known]


def _open_codes(number: int, closed: Sequence[Pattern]) -> list[int]:
    """Return the codes that meet none of the patterns, in order."""
    if number > _MOST_NUMBERED:
        words = f"at most {_MOST_NUMBERED} options where states are ranked one by one"
        raise CallError("options", expected=words, found=str(number))
    return [
        code
        for code in range(1 << number)
        if not any(all((code >> n & 1) == made for n, made in p.items()) for p in closed)
    ]


def gmcr_text(case: Case) -> GmcrExport:
    """Return the moves of a case as the text of a ``.gmcr`` file.

    Raises:
        CallError: the case has no moves, or a ranking that cannot be numbered.

    >>> case = Case.model_validate({
    ...     "case": "Ward", "parties": {"nurses": {"name": "Nurses"}},
    ...     "moves": {
    ...         "options": {"strike": {"by": "nurses"}},
    ...         "preferences": {"nurses": {"statements": [{"prefers": {"strike": "no"}}]}},
    ...     },
    ... })
    >>> read_gmcr(gmcr_text(case).text).case.moves.preferences == case.moves.preferences
    True
    """
    if case.moves is None or not case.moves.options:
        raise CallError("moves", expected="a case with moves")
    return _Writer(case, case.moves).exported()


class _Writer:
    """Turns the moves of a case into the data of a file."""

    def __init__(self, case: Case, moves: Moves) -> None:
        self._case = case
        self._moves = moves
        self._bit = {id: number for number, id in enumerate(moves.options)}
        self._owners = list(
            dict.fromkeys(
                [id for id in case.parties if id in {o.by for o in moves.options.values()}]
                + [id for id in case.parties if id in moves.preferences]
                + [option.by for option in moves.options.values()]
            )
        )
        self._closed = [
            pattern
            for condition in moves.infeasible
            for pattern in patterns_of(condition, self._bit)
        ]
        self.lost: list[str] = []

    def exported(self) -> GmcrExport:
        """Return the file and what has no counterpart in it."""
        back = {ours: theirs for theirs, ours in _DIRECTIONS.items()}
        ranked = any(pref.ranking is not None for pref in self._moves.preferences.values())
        data = {
            "title": self._case.case,
            "options": [
                {"name": option.text or id, "permittedDirection": back[option.direction]}
                for id, option in self._moves.options.items()
            ],
            "infeasibles": [_written(pattern) for pattern in self._closed],
            "decisionMakers": [self._maker(id, ranked=ranked) for id in self._owners],
            "useManualPreferenceRanking": ranked,
        }
        self._tell_rest()
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        return GmcrExport(text, tuple(self.lost))

    def _maker(self, id: str, *, ranked: bool) -> dict[str, Any]:
        owned = [self._bit[m] for m, option in self._moves.options.items() if option.by == id]
        maker: dict[str, Any] = {"name": self._case.name_of(id), "options": owned}
        preference = self._moves.preferences.get(id)
        if preference is None:
            self.lost.append(f"{id} has no preferences: all states are written as tied")
            preference = StatePreference(statements=())
        if ranked:
            maker["preferences"] = []
            maker["preferenceRanking"] = self._ranking(preference)
        else:
            written = [self._statement(one) for one in preference.statements or ()]
            maker["preferences"] = [one for one in written if one is not None]
        return maker

    def _statement(self, statement: PreferenceStatement) -> Any:
        """Return a statement; None when it is always or never satisfied and so orders nothing."""
        patterns = self._patterns(statement)
        if not patterns or {} in patterns:
            return None
        if len(patterns) == 1:
            return _written(patterns[0])
        return {"compound": True, "members": [_written(pattern) for pattern in patterns]}

    def _patterns(self, statement: PreferenceStatement) -> list[Pattern]:
        prefers = condition_data(statement.prefers)
        if statement.if_ is not None:
            data = {"any": [prefers, {"none": [condition_data(statement.if_)]}]}
        elif statement.iff is not None:
            iff = condition_data(statement.iff)
            data = {"any": [{"all": [prefers, iff]}, {"none": [prefers, iff]}]}
        else:
            data = prefers
        return patterns_of(parse_condition(data), self._bit)

    def _ranking(self, preference: StatePreference) -> list[Any]:
        codes = _open_codes(len(self._bit), self._closed)
        number = {code: place for place, code in enumerate(codes, 1)}
        if preference.ranking is None:
            groups = self._groups(preference, codes)
        else:
            states = self._merged_states(codes)
            of = {code: state for state in states for code in state}
            named = {id: of[self._code(taken)] for id, taken in self._moves.states.items()}
            groups = [
                [code for id in tied for code in named.get(id) or states[int(id) - 1]]
                for tied in preference.ranking
            ]
        ranking = [sorted(number[code] for code in group) for group in groups]
        return [tied[0] if len(tied) == 1 else tied for tied in ranking]

    def _groups(self, preference: StatePreference, codes: Sequence[int]) -> list[list[int]]:
        """Return the codes by prioritized statements, best first, ties together."""
        tests = [self._patterns(statement) for statement in preference.statements or ()]
        scores: dict[tuple[bool, ...], list[int]] = {}
        for code in codes:
            scores.setdefault(tuple(_meets(code, test) for test in tests), []).append(code)
        return [scores[key] for key in sorted(scores, reverse=True)]

    def _merged_states(self, codes: Sequence[int]) -> list[list[int]]:
        """Return the codes of each state: one, or several where they are merged."""
        states = [[code] for code in codes]
        for condition in self._moves.merged:
            patterns = patterns_of(condition, self._bit)
            hit = [state for state in states if any(_meets(code, patterns) for code in state)]
            if hit:
                states = [state for state in states if state not in hit]
                states.append(sorted(code for state in hit for code in state))
        return sorted(states)

    def _code(self, taken: Sequence[str]) -> int:
        return sum(1 << self._bit[id] for id in taken)

    def _tell_rest(self) -> None:
        moves = self._moves
        if moves.merged:
            self.lost.append("merged states: their codes are written as states of their own")
        if moves.removed:
            self.lost.append("single moves that are removed")
        if moves.now is not None or any(o.now == "yes" for o in moves.options.values()):
            self.lost.append("the state now")
        if moves.states:
            self.lost.append("the names of states: the file numbers them")
        if any(pref.unknown for pref in moves.preferences.values()):
            self.lost.append("pairs of states whose order is not known")
        if any(pref.greatly for pref in moves.preferences.values()):
            self.lost.append("great preferences")
        if moves.what_if:
            self.lost.append("what one more move, promise or guarantee would change")
        self.lost.append("all of the case but its moves, with their sources and notes")


def _meets(code: int, patterns: Sequence[Pattern]) -> bool:
    return any(all((code >> n & 1) == made for n, made in p.items()) for p in patterns)


def _written(pattern: Pattern) -> list[list[Any]]:
    return [[number, "Y" if made else "N"] for number, made in sorted(pattern.items())]
