"""From a case with moves and what `stability` found to the sections on what would hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goodoffices.analysis.stability.checks import move_problems
from goodoffices.analysis.stability.problems import MoveProblem
from goodoffices.analysis.stability.result import Departure, StabilityResult, Step, Witness
from goodoffices.analysis.stability.table import Arc, StateTable, state_table
from goodoffices.brief.compose_changes import changes
from goodoffices.brief.hold_words import (
    CONCEPT_NAMES,
    PREDICTS_NOTHING,
    READING,
    SHORT,
    WAYS,
    Wording,
    concept_meaning,
    concept_name,
    condition_words,
    how_strongly,
    mark,
    order_words,
    strongest,
)
from goodoffices.brief.holding import (
    ArcLine,
    Arranging,
    ConceptLine,
    Drawing,
    Holding,
    JointMove,
    MoveLine,
    OrderLine,
    StateColumn,
    VerdictLine,
    WayThere,
)
from goodoffices.brief.phrases import counted, isolated, listed, name_of, spaced
from goodoffices.brief.record import source_lines
from goodoffices.model import Case, Moves
from goodoffices.model.preferences import PreferenceStatement

COLUMNS = 32
"""Most states that stand side by side; of more, the one now, equilibria and those on the ways."""
DRAWN = 16
"""Most states that are drawn with all moves between them; of more, equilibria and the ways."""

LATER = "The moves of this case rest on statements dated after this day, and are left out."
NOT_ASKED = "It was not asked what would hold."

Ranks = Mapping[str, Mapping[str, int]]
"""By party, the place of each state in its order, from 1; ties share a place."""


def holding(case: Case, result: StabilityResult | None, show: int) -> Holding | None:
    """Return what would hold away from the table; None for a case without moves.

    Args:
        case: the case, read as of its day.
        result: what `stability` found in it; None when that was not asked.
        show: how many verdicts and joint moves are written out.
    """
    if case.moves is None or not case.moves.options:
        return None
    if not case.moves_known:
        return _unanswered(Moves(status=case.moves.status), (), (LATER,))
    lines = _move_lines(case, case.moves)
    faults = tuple(_fault_words(problem) for problem in move_problems(case))
    if faults or result is None:
        return _unanswered(case.moves, lines, faults or (NOT_ASKED,))
    return _Composer(case, case.moves, result, show).holding()


def _fault_words(problem: MoveProblem) -> str:
    place = ".".join(str(step) for step in problem.path)
    found = f"; found {problem.found}" if problem.found else ""
    return f"{place}: expected {problem.expected}{found}"


def _unanswered(moves: Moves, lines: tuple[MoveLine, ...], faults: tuple[str, ...]) -> Holding:
    return Holding(moves.status, READING[moves.status], moves.note, faults, lines)


def _move_lines(case: Case, moves: Moves) -> tuple[MoveLine, ...]:
    return tuple(
        MoveLine(
            id=id,
            by=option.by,
            by_name=name_of(case, option.by),
            words=isolated(option.text or spaced(id)),
            way=WAYS[option.direction],
            now=option.now == "yes",
            sources=source_lines(case, option.source),
            note=option.note,
        )
        for id, option in moves.options.items()
    )


class _Composer:
    """Writes one result down."""

    def __init__(self, case: Case, moves: Moves, result: StabilityResult, show: int) -> None:
        self._case = case
        self._moves = moves
        self._result = result
        self._show = show
        self._wording = Wording(case, result)
        self._place = {id: number for number, id in enumerate(moves.states)}
        self._shown = self._chosen(COLUMNS)
        self._table = state_table(case, self._shown)
        self._ranks = _ranks(self._table)
        self._witnesses = {(w.state, w.party, w.concept): w for w in result.witnesses}

    def holding(self) -> Holding:
        """Return the whole."""
        equilibria = self._equilibria()
        falling = [id for id in self._shown if id not in equilibria and self._unsanctioned(id)]
        falling.sort(key=lambda id: id != self._result.now)
        return Holding(
            status=self._moves.status,
            reading=f"{READING[self._moves.status]} {PREDICTS_NOTHING}",
            note=self._moves.note,
            faults=(),
            moves=_move_lines(self._case, self._moves),
            summary=tuple(self._summary(equilibria)),
            columns=tuple(self._column(id, equilibria) for id in self._shown),
            columns_left_out=self._left_out(self._shown, "are not written out"),
            orders=tuple(self._orders()),
            concepts=tuple(self._concepts()),
            holds=tuple(self._holds(id, equilibria[id]) for id in list(equilibria)[: self._show]),
            holds_left_out=_more(len(equilibria) - self._show, "state", "that would hold"),
            falls=tuple(self._falls(id) for id in falling[: self._show]),
            falls_left_out=_more(len(falling) - self._show, "state", "that would not hold"),
            ways=tuple(self._ways()),
            ways_left_out=_more(
                len(self._result.paths) // 2 - self._show, "state", "that would hold"
            ),
            drawing=self._drawing(),
            arranging=self._arranging(),
            missing=tuple(
                f"{CONCEPT_NAMES.get(gap.what, spaced(gap.what))}: {gap.why}"
                for gap in self._result.missing
            ),
            method=(
                *(f"{name}: {words.removeprefix(f'{name}: ')}."
                  for name, words in self._result.variants.items()),
                f"Found by: {self._result.method}.",
            ),
        )  # fmt: skip

    def _ordered(self, states: Iterable[str]) -> list[str]:
        """Return states in the order of the case, those without a name of their own last."""
        return sorted(states, key=lambda id: self._place.get(id, len(self._place)))

    def _chosen(self, most: int) -> list[str]:
        """Return the states that are shown: all, or of many those that the answer names."""
        listed_states = self._ordered(row.id for row in self._result.states)
        if self._result.total <= most:
            return listed_states
        named = {self._result.now, *(step.to for way in self._result.paths for step in way.moves)}
        named |= {id for states in self._result.equilibria.values() for id in states}
        named |= {step.to for joint in self._result.coalitions.departures for step in joint.moves}
        nash = self._result.equilibria.get("nash", ())
        ways = [step.to for way in self._result.paths if way.to in nash for step in way.moves]
        first = [self._result.now, *nash, *ways]
        kept = dict.fromkeys(id for id in (*first, *listed_states) if id in named and id)
        wanted = set(list(kept)[:most])
        return [id for id in listed_states if id in wanted]

    def _left_out(self, shown: Sequence[str], words: str) -> str:
        more = self._result.total - len(shown)
        return f"{counted(more, 'state')} of {self._result.total:,} {words}." if more else ""

    def _equilibria(self) -> dict[str, set[str]]:
        """Return by state the concepts by which it is an equilibrium, strongest states first."""
        found: dict[str, set[str]] = {}
        for concept in SHORT:
            for state in self._ordered(self._result.equilibria.get(concept, ())):
                found.setdefault(state, set()).add(concept)
        return found

    def _column(self, id: str, equilibria: Mapping[str, set[str]]) -> StateColumn:
        made = self._wording.moves_made(id)
        stable = self._result.stable
        return StateColumn(
            id=id,
            now=id == self._result.now,
            made=tuple(move in made for move in self._moves.options),
            words=self._wording.made(id),
            ranks=tuple(str(ranks[id]) for ranks in self._ranks.values()),
            marks=tuple(
                mark({concept for concept in SHORT if id in rows.get(concept, ())})
                for rows in (stable[party] for party in self._ranks if party in stable)
            ),
            mark=mark(equilibria.get(id, set())),
        )

    def _orders(self) -> Sequence[OrderLine]:
        return [
            OrderLine(
                party=party,
                party_name=name_of(self._case, party),
                order=order_words(self._table.orders[party]),
                reasons=tuple(self._reasons(party)),
                sources=source_lines(self._case, self._moves.preferences[party].source),
                note=self._moves.preferences[party].note,
            )
            for party in self._table.orders
        ]

    def _reasons(self, party: str) -> Sequence[str]:
        preference = self._moves.preferences[party]
        reasons = [
            _statement_words(number, statement)
            for number, statement in enumerate(preference.statements or (), 1)
        ]
        for pairs, words in (
            (preference.unknown, "It is not known which of {} and {} it prefers."),
            (preference.greatly, "It greatly prefers {} to {}."),
        ):
            reasons += [words.format(one, other) for one, other in pairs]
        return reasons

    def _summary(self, equilibria: Mapping[str, set[str]]) -> Sequence[str]:
        result, words = self._result, []
        now = self._wording.state(result.now) if result.now else "not a feasible one"
        words.append(f"{counted(result.total, 'feasible state')}; the state now is {now}.".replace(
            ", the state now)", ")"))  # fmt: skip
        if not result.equilibria:
            return [*words, *self._by_variant()]
        nash = self._ordered(result.equilibria["nash"])
        words.append(
            f"Nobody would leave {_few(nash)} by itself: no party has a move there that it "
            "prefers (Nash)."
            if nash
            else "In every state some party has a move that it prefers (no state is Nash)."
        )
        others: dict[str, list[str]] = {}
        for state, concepts in equilibria.items():
            if "nash" not in concepts:
                others.setdefault(mark(concepts), []).append(state)
        for marks, states in others.items():
            verb = "holds" if len(states) == 1 else "hold"
            words.append(
                f"{_few(states)} {verb} only because a party that would rather leave could lose by "
                f"it ({marks.replace('+', ' and ')})."
            )
        return [*words, *self._by_variant()]

    def _by_variant(self) -> Sequence[str]:
        """Return equilibria where preferences are partly unknown, or some are great."""
        words = []
        for kind, found in (("unknown preferences", self._result.unknown),
                            ("strength of preference", self._result.strength)):  # fmt: skip
            for name, stability in found.items():
                states = "; ".join(
                    f"{SHORT.get(concept, concept)}: {_few(ids) or 'no state'}"
                    for concept, ids in stability.equilibria.items()
                )
                words.append(f"With {kind}, {name}: {states}.")
        return words

    def _concepts(self) -> Sequence[ConceptLine]:
        held = self._result.equilibria
        order = [concept for concept in SHORT if concept in held]
        order += [concept for concept in held if concept not in SHORT]
        return [
            ConceptLine(id, concept_name(id), concept_meaning(id),
                        tuple(self._ordered(held[id])))
            for id in order
        ]  # fmt: skip

    def _of(self, state: str, concept: str) -> list[Witness]:
        keys = ((state, party, concept) for party in self._result.parties)
        return [self._witnesses[key] for key in keys if key in self._witnesses]

    def _holds(self, state: str, concepts: set[str]) -> VerdictLine:
        best = strongest(concepts)
        head = f"{self._wording.state(state)} would hold {how_strongly(best, concepts)}."
        reasons = [
            reason
            for concept in best
            for reason in self._wording.reasons(self._of(state, concept), concept)
        ]
        return VerdictLine(state, head, tuple(dict.fromkeys(reasons)))

    def _unsanctioned(self, state: str) -> list[Witness]:
        return [witness for witness in self._of(state, "gmr") if not witness.stable]

    def _falls(self, state: str) -> VerdictLine:
        head = f"{self._wording.state(state)} would not hold by any of {listed(SHORT.values())}."
        reasons = tuple(self._wording.no_answer(witness) for witness in self._unsanctioned(state))
        return VerdictLine(state, head, reasons)

    def _ways(self) -> Sequence[WayThere]:
        paths = self._result.paths
        suiting = {path.to: path for path in paths if path.improving}
        order = list(self._equilibria())
        any_way = sorted((path for path in paths if not path.improving),
                         key=lambda path: order.index(path.to))  # fmt: skip
        return [
            WayThere(path.to, self._wording.ways(suiting[path.to], path))
            for path in any_way[: self._show]
        ]

    def _drawing(self) -> Drawing:
        shown = self._chosen(DRAWN)
        few = len(shown) == self._result.total
        wanted = self._on_ways() if not few else None
        arcs = tuple(
            ArcLine(arc.by, name_of(self._case, arc.by), arc.start, arc.end, arc.improving)
            for arc in self._table.arcs
            if arc.start in shown and arc.end in shown
            if wanted is None or _key(arc) in wanted
        )
        words = "are not drawn, nor moves that are on none of the ways above"
        return Drawing(tuple(shown), arcs, self._left_out(shown, words))

    def _on_ways(self) -> set[tuple[str, str, str]]:
        """Return the moves that the sections write out."""
        runs = [(self._result.now or "", path.moves) for path in self._result.paths]
        runs += [(joint.state, joint.moves) for joint in self._result.coalitions.departures]
        return {
            (step.by, start, step.to)
            for first, steps in runs
            for start, step in zip((first, *(step.to for step in steps)), steps, strict=False)
        }

    def _arranging(self) -> Arranging:
        found = self._result.coalitions.departures
        ranks = self._all_ranks() if found else {}
        return Arranging(
            self._arranging_sentence(),
            tuple(
                JointMove(
                    state=joint.state,
                    parties=joint.parties,
                    to=joint.to,
                    sentence=self._wording.departure(joint),
                    steps=tuple(self._wording.steps(joint.state, joint.moves)),
                    after=(
                        *self._wording.afterwards(joint, ranks),
                        *self._other_order(joint, ranks),
                    ),
                )
                for joint in found[: self._show]
            ),
            _more(len(found) - self._show, "joint move"),
            self._against_all(),
            changes(self._case, self._moves),
        )

    def _other_order(self, joint: Departure, ranks: Ranks) -> list[str]:
        """Return that two steps can come the other way round, so that neither side has to be first.

        Which order the shortest way has is an accident of the order of the case.
        """
        if len(joint.moves) != 2:
            return []
        first, second = (step.by for step in joint.moves)
        arcs = {(arc.by, arc.start, arc.end) for arc in self._table.arcs}
        between = (end for by, start, end in arcs if (by, start) == (second, joint.state))
        for state in sorted(between):
            if state != joint.to and (first, state, joint.to) in arcs:
                steps = (Step(second, state), Step(first, joint.to))
                words = ", then ".join(self._wording.steps(joint.state, steps))
                return [
                    f"The steps can come in the other order, too: {words}.",
                    *self._wording.worse_off(joint, state, ranks),
                ]
        return []

    def _all_ranks(self) -> Ranks:
        if len(self._shown) == self._result.total:
            return self._ranks
        return _ranks(state_table(self._case, [row.id for row in self._result.states]))

    def _arranging_sentence(self) -> str:
        result = self._result
        together = 2 ** len(result.parties) - len(result.parties) - 1
        if not result.coalitions.equilibria:
            return "Joint moves were not looked for: see what is not answered."
        looked = f"{counted(together, 'coalition')} of two or more parties"
        was = "was" if together == 1 else "were"
        nash = self._ordered(result.equilibria["nash"])
        if not nash:
            return "No state is one that no side leaves alone, so there is none to leave together."
        if not result.coalitions.departures:
            return (
                f"{looked} {was} looked at. None can leave {_few(nash, 'or')}, which no side "
                "leaves alone, for a state that each of its members prefers."
            )
        joint = counted(len(result.coalitions.departures), "joint move")
        return (
            f"{looked} {was} looked at. {joint} would leave a state that no side leaves alone for "
            "one that each who moves prefers. Nobody gains by going first and alone: it has to be "
            "arranged."
        )

    def _against_all(self) -> str:
        held = self._result.coalitions.equilibria.get("nash")
        if held is None:
            return ""
        if not held:
            return "No state holds when any parties may move together (coalition Nash)."
        verb = "holds" if len(held) == 1 else "hold"
        return (
            f"{_few(self._ordered(held))} {verb} even when any parties may move together "
            "(coalition Nash)."
        )


def _key(arc: Arc) -> tuple[str, str, str]:
    return (arc.by, arc.start, arc.end)


def _few(states: Sequence[str], joiner: str = "and") -> str:
    """Return states as a list, of very many only how many there are."""
    return listed(states, joiner) if len(states) <= COLUMNS else counted(len(states), "state")


def _more(number: int, noun: str, which: str = "") -> str:
    """Return how many more there are than are written out."""
    if number <= 0:
        return ""
    verb = "is" if number == 1 else "are"
    words = f"{counted(number, f'more {noun}')} {which}".strip()
    return f"{words} {verb} not written out."


def _ranks(table: StateTable) -> Ranks:
    ranks: dict[str, dict[str, int]] = {}
    for party, groups in table.orders.items():
        ranks[party] = {}
        for group in groups:
            place = len(ranks[party]) + 1
            ranks[party] |= dict.fromkeys(group, place)
    return ranks


def _statement_words(number: int, statement: PreferenceStatement) -> str:
    words = f"{number}. Prefers {condition_words(statement.prefers)}"
    if statement.if_ is not None:
        words += f", if {condition_words(statement.if_)}"
    if statement.iff is not None:
        words += f", exactly if {condition_words(statement.iff)}"
    return f"{words}.{f' {isolated(statement.note)}' if statement.note else ''}"
