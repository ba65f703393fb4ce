"""One report of what somebody says, as it is found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.model.record import StatementKind
from goodoffices.reading.clauses import Clauses, Range
from goodoffices.reading.complements import Form
from goodoffices.reading.lexicon import Cue, Way
from goodoffices.reading.text import QUOTED, Sentence

PAUSES = frozenset(",;:.") | {QUOTED}
"""Marks at which a clause can begin or end."""


@dataclass(slots=True)
class Attribution:
    """One report of what somebody says, in items of its sentence.

    Attributes:
        sentence: the sentence that it was found in.
        cue: the items of the verb with its auxiliaries, or of the words that report.
        head: the item of the verb itself.
        source: the items that name the speaker there; None when none do.
        implied: items elsewhere in the sentence that say who is meant.
        relative: whether the source is a relative pronoun.
        content: the items of what is said; empty when it stands in another sentence.
        kind: what the cue makes of it.
        way: speech, thought or finding.
        form: how what is said is put.
        channel: the items that say where or to whom.
        addressee: the items that say who was told.
        passive: whether the cue is in the passive voice.
    """

    sentence: Sentence
    cue: Range
    head: int
    source: Range | None
    implied: Range | None
    relative: bool
    content: tuple[Range, ...]
    kind: StatementKind
    way: Way
    form: Form
    channel: Range | None = None
    addressee: Range | None = None
    passive: bool = False


def unsourced(
    sentence: Sentence, cue: Range, content: tuple[Range, ...], entry: Cue, form: Form
) -> Attribution:
    """Return a report of which the text names no source."""
    return Attribution(
        sentence, cue, cue[1] - 1, None, None, False, content,
        entry.kind, entry.way, form, passive=form != "clause",
    )  # fmt: skip


def acts(clauses: Clauses, actor: Range) -> bool:
    """Whether a subject names somebody: a name, a body, a role or a pronoun."""
    words = clauses.words.words
    row = [clauses.word(place) for place in range(*actor)]
    if len(row) == 1 and row[0] in words("nominative|relative"):
        return True
    capital = any(clauses.items[place].capital and place for place in range(*actor))
    named = clauses.items[actor[0]].capital and row[0] not in clauses.determiner
    head = not words("organisation|role|unnamed").isdisjoint(row)
    return (capital or named or head) and row[-1] not in words("evidence")
