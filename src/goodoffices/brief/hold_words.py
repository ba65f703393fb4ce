"""Sentences about states away from the table: what would hold, why, and how one comes there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from goodoffices.analysis.stability.result import (
    Departure,
    Evolution,
    Sanction,
    StabilityResult,
    Step,
    Witness,
)
from goodoffices.analysis.stability.states import admits
from goodoffices.brief.phrases import counted, listed, name_of, spaced
from goodoffices.model import AnyOf, Case, Condition, NoneOf, Test

CONCEPT_NAMES = {
    "nash": "Nash",
    "sseq": "symmetric sequential (SSEQ)",
    "seq": "sequential (SEQ)",
    "smr": "symmetric metarational (SMR)",
    "gmr": "general metarational (GMR)",
    "sim": "simultaneous sanctions (SIM)",
    "non-myopic": "non-myopic",
}
"""The names of concepts, those that ask the most of a state first."""
CONCEPT_MEANINGS = {
    "nash": "no party has a move that it prefers",
    "sseq": "as SEQ, and no move of its own would then mend it",
    "seq": "whoever has such a move could lose by it what it gains, by moves that it would suit "
           "the others to make",
    "smr": "as GMR, and no move of its own would then mend it",
    "gmr": "whoever has such a move could lose by it what it gains, by moves that the others have",
    "sim": "whoever has such a move could lose by it what it gains, when the others move at the "
           "same time",
    "non-myopic": "nobody gains by a first move when all foresee every answer to it",
}  # fmt: skip
SHORT = {"nash": "Nash", "sseq": "SSEQ", "seq": "SEQ", "smr": "SMR", "gmr": "GMR"}
"""What stands in the table for the concepts that are decided for every case, strongest first."""
_IMPLIED = {
    "nash": {"sseq", "seq", "smr", "gmr"},
    "sseq": {"seq", "smr", "gmr"},
    "seq": {"gmr"},
    "smr": {"gmr"},
    "gmr": set[str](),
}
NO_MARK = "–"
READING = {
    "inferred": (
        "Moves and preferences are the analyst’s reading, inferred by whoever wrote the case. "
        "No side has stated them."
    ),
    "reported": "Moves and preferences are as others report them; the sides have not stated them.",
    "stated": "Moves and preferences are as the sides state them.",
    "confidential": "Moves and preferences are as the sides told them in confidence.",
}
"""How moves and preferences are known; shown wherever they are."""
PREDICTS_NOTHING = "What follows from them is no forecast: it changes when they do."
WAYS = {"both": "", "forward": "cannot be taken back", "backward": "can only be taken back"}


def concept_name(concept: str) -> str:
    """Return the name of a concept in words.

    >>> concept_name("seq"), concept_name("limited-move-2")
    ('sequential (SEQ)', 'limited-move, 2 moves ahead')
    """
    if concept in CONCEPT_NAMES:
        return CONCEPT_NAMES[concept]
    kind, _, horizon = concept.rpartition("-")
    return f"{kind}, {counted(int(horizon), 'move')} ahead" if horizon.isdigit() else concept


def concept_meaning(concept: str) -> str:
    """Return what a concept asks of a state, in words."""
    if concept in CONCEPT_MEANINGS:
        return CONCEPT_MEANINGS[concept]
    return "nobody gains by a first move when all look that far ahead and no further"


def strongest(concepts: Set[str]) -> list[str]:
    """Return the concepts of `SHORT` that no other among them implies.

    >>> strongest({"gmr", "smr", "seq"}), strongest(set(SHORT))
    (['seq', 'smr'], ['nash'])
    """
    implied = {weaker for concept in concepts for weaker in _IMPLIED.get(concept, ())}
    return [concept for concept in SHORT if concept in concepts and concept not in implied]


def mark(concepts: Set[str]) -> str:
    """Return the strongest concepts as they stand in the table.

    >>> mark({"gmr", "seq", "smr"}), mark(set())
    ('SEQ+SMR', '–')
    """
    return "+".join(SHORT[concept] for concept in strongest(concepts)) or NO_MARK


def how_strongly(best: Sequence[str], concepts: Set[str]) -> str:
    """Return by which concepts a state is an equilibrium.

    >>> how_strongly(["smr"], {"smr", "gmr"}), how_strongly(["gmr"], {"gmr"})
    ('by SMR, and so by GMR', 'by GMR only')
    """
    names = listed(SHORT[concept] for concept in best)
    rest = [SHORT[concept] for concept in SHORT if concept in concepts and concept not in best]
    return f"by {names}, and so by {listed(rest)}" if rest else f"by {names} only"


class Wording:
    """Words the states, moves and verdicts of one result."""

    def __init__(self, case: Case, result: StabilityResult) -> None:
        assert case.moves is not None  # a result with states has moves
        self._case = case
        self._moves = case.moves
        self._made = {row.id: frozenset(row.moves) for row in result.states}
        self._now = result.now

    def name(self, id: str) -> str:
        """Return the name of a party or third party."""
        return name_of(self._case, id)

    def names(self, ids: Iterable[str], joiner: str = "and") -> str:
        """Return several names as a list."""
        return listed((self.name(id) for id in ids), joiner)

    def moves_made(self, state: str) -> frozenset[str]:
        """Return the moves made in a state."""
        return self._made.get(state, frozenset())

    def made(self, state: str) -> str:
        """Return the moves made in a state, as a list."""
        moves = [move for move in self._moves.options if move in self.moves_made(state)]
        return listed(_quoted(moves)) or "no move made"

    def state(self, id: str) -> str:
        """Return a state with the moves made in it."""
        now = ", the state now" if id == self._now else ""
        return f"{id} ({self.made(id)}{now})" if id in self._made else id

    def done(self, by: str, start: str, end: str) -> str:
        """Return what somebody does to come from a state to another: its own moves only."""
        if start not in self._made or end not in self._made:
            return ""
        own = [move for move, option in self._moves.options.items() if option.by == by]
        up = [m for m in own if m in self._made[end] and m not in self._made[start]]
        down = [m for m in own if m in self._made[start] and m not in self._made[end]]
        if up and down:
            return f"turns from {listed(_quoted(down))} to {listed(_quoted(up))}"
        if not up and not down:
            return ""  # a state that others were merged into
        return f"makes {listed(_quoted(up))}" if up else f"takes back {listed(_quoted(down))}"

    def step(self, start: str, step: Step, verb: str = "moves") -> str:
        """Return one move as a clause: who moves where, and what that is."""
        done = self.done(step.by, start, step.to)
        return f"{self.name(step.by)} {verb} to {step.to}{f' ({done})' if done else ''}"

    def steps(self, start: str, steps: Sequence[Step], verb: str = "moves") -> list[str]:
        """Return moves one after the other as clauses."""
        starts = [start, *(step.to for step in steps)]
        return [self.step(here, step, verb) for here, step in zip(starts, steps, strict=False)]

    def reasons(self, witnesses: Sequence[Witness], concept: str) -> list[str]:
        """Return why a state holds by a concept, for every party."""
        content = [witness.party for witness in witnesses if not witness.sanctions]
        reasons = []
        if content:
            verb = "has no move that it prefers" if len(content) == 1 else (
                "have no move that they prefer")  # fmt: skip
            reasons.append(f"{self.names(content)} {verb}.")
        for witness in witnesses:
            for sanction in witness.sanctions:
                reasons.append(self._sanction(witness, sanction, concept))
        return reasons

    def _sanction(self, witness: Witness, sanction: Sanction, concept: str) -> str:
        who, state = self.name(witness.party), witness.state
        verb = "would prefer to move" if concept in {"seq", "sseq"} else "could move"
        gain = self.done(witness.party, state, sanction.improvement)
        answer = ", then ".join(self.steps(sanction.improvement, sanction.moves, verb))
        mend = ""
        if concept in {"smr", "sseq"}:
            mend = f", nor anything that {who} could then reach in one move"
        how = f" ({gain})" if gain else ""
        return (
            f"{who} prefers {sanction.improvement}{how}; but {answer}, "
            f"which {who} does not prefer to {state}{mend}."
        )

    def no_answer(self, witness: Witness) -> str:
        """Return why a state does not hold for a party."""
        gain = self.done(witness.party, witness.state, witness.unsanctioned or "")
        how = f" ({gain})" if gain else ""
        return (
            f"{self.name(witness.party)} prefers {witness.unsanctioned}{how}, and nothing that the "
            "others have would undo that gain."
        )

    def ways(self, improving: Evolution, any_way: Evolution) -> str:
        """Return how the state now comes to an equilibrium, shortest ways first."""
        start = self._now or ""
        if not any_way.reachable:
            return "No moves lead there from the state now."
        if not any_way.moves:
            return "It is the state now."
        shortest = ", then ".join(self.steps(start, any_way.moves))
        if not improving.reachable:
            return f"Not by moves each of which suits the one who makes it; by any: {shortest}."
        suiting = ", then ".join(self.steps(start, improving.moves))
        if len(improving.moves) == len(any_way.moves):
            return f"By moves each of which suits the one who makes it: {suiting}."
        return f"By moves each of which suits the one who makes it: {suiting}. By any: {shortest}."

    def departure(self, departure: Departure) -> str:
        """Return a joint move as a sentence."""
        who = self.names(departure.parties)
        each = "both prefer" if len(departure.parties) == 2 else "each of them prefers"
        return (
            f"From {self.state(departure.state)}, {who} together reach "
            f"{self.state(departure.to)}, which {each}."
        )

    def afterwards(self, departure: Departure, ranks: Mapping[str, Mapping[str, int]]) -> list[str]:
        """Return what a joint move risks on its way, leads to, and means for the others.

        Args:
            departure: the joint move.
            ranks: for each party the place of each state in its order, from 1.
        """
        words = []
        for step in departure.moves[:-1]:
            words += self.worse_off(departure, step.to, ranks)
        concepts = set(departure.equilibrium)
        best = strongest(concepts)
        words.append(
            f"{departure.to} would then hold {how_strongly(best, concepts)}."
            if best
            else f"{departure.to} would not hold by itself: it is an equilibrium by none of "
            f"{listed(SHORT.values())}."
        )
        words += self._others(departure, ranks)
        return words

    def worse_off(
        self, departure: Departure, state: str, ranks: Mapping[str, Mapping[str, int]]
    ) -> list[str]:
        """Return who would be worse off in a state on the way, if anybody."""
        start = departure.state
        worse = [who for who in departure.parties if ranks[who][state] > ranks[who][start]]
        if not worse:
            return []
        is_worse = "is worse off" if len(worse) == 1 else "are worse off"
        return [
            f"On the way, at {state}, {self.names(worse)} {is_worse} than in {start}: the step "
            "after it has to be sure."
        ]

    def _others(self, departure: Departure, ranks: Mapping[str, Mapping[str, int]]) -> list[str]:
        """Return what a joint move means for those without a part in it."""
        before, after = departure.state, departure.to
        found: dict[str, list[str]] = {}
        for party, rank in ranks.items():
            if party not in departure.parties:
                gain = rank[before] - rank[after]
                order = f"{after} to {before}" if gain > 0 else f"{before} to {after}"
                found.setdefault(order if gain else "", []).append(party)
        words = []
        for order, who in found.items():
            verb = "prefers" if len(who) == 1 else "prefer"
            like = f"{verb} {order}" if order else f"{verb} neither to the other"
            words.append(f"{self.names(who)}, without a part in it, {like}.")
        return words


def condition_words(condition: Condition) -> str:
    """Return a condition on moves as words.

    >>> from goodoffices.model import parse_condition
    >>> condition_words(parse_condition({"strike": "yes", "lock-out": "no"}))
    '‘strike’ and not ‘lock out’'
    """
    if isinstance(condition, Test):
        no, yes = (admits(condition.test, made) for made in ("no", "yes"))
        move = f"‘{spaced(condition.issue)}’"
        if no == yes:
            return f"{move} or not" if yes else f"{move} both made and not"
        return move if yes else f"not {move}"
    parts = [
        f"({condition_words(part)})" if not isinstance(part, Test) and len(part.parts) > 1
        else condition_words(part)
        for part in condition.parts
    ]  # fmt: skip
    if isinstance(condition, NoneOf):
        return f"none of {listed(parts)}" if len(parts) > 1 else f"not {parts[0]}"
    return listed(parts, "or" if isinstance(condition, AnyOf) else "and")


def _quoted(moves: Iterable[str]) -> list[str]:
    return [f"‘{spaced(move)}’" for move in moves]


def order_words(groups: Sequence[Sequence[str]]) -> str:
    """Return an order of states, best first.

    >>> order_words([("s1",), ("s2", "s3")])
    's1 > s2 = s3'
    """
    return " > ".join(" = ".join(group) for group in groups)
