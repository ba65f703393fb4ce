"""What the moves, promises and guarantees that a case thinks of would do, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.analysis.stability import WhatIfResult, what_if
from goodoffices.brief.hold_words import SHORT, how_strongly, strongest
from goodoffices.brief.holding import ChangeLine
from goodoffices.brief.phrases import isolated, listed, spaced
from goodoffices.brief.record import source_lines
from goodoffices.errors import CallError
from goodoffices.model import Case, Moves


def changes(case: Case, moves: Moves) -> tuple[ChangeLine, ...]:
    """Return each change of ``moves.what-if`` and what it would do, or why that is not known."""
    return tuple(
        ChangeLine(
            id=id,
            words=isolated(change.text or spaced(id)),
            sentences=tuple(_sentences(case, id)),
            sources=source_lines(case, change.source),
            note=change.note,
        )
        for id, change in moves.what_if.items()
    )


def _sentences(case: Case, id: str) -> Iterator[str]:
    try:
        result = what_if(case, id)
    except CallError as error:
        yield f"It was not computed: {error}."
        return
    yield from change_sentences(result)


def change_sentences(result: WhatIfResult) -> Iterator[str]:
    """Yield which states would come to hold with a change, and which would no longer."""
    for state in _changing(result):
        now, then = (
            {concept for concept in SHORT if state in held[concept]}
            for held in (result.equilibria_before, result.equilibria)
        )
        if state not in result.ruled_out:
            yield f"{state} would then hold {_held(then)}; now {_held(now)}."
    if result.ruled_out:
        yield f"No longer possible: {listed(result.ruled_out)}."
    elif not any(shift.gained or shift.lost for shift in result.shifts.values()):
        yield "The same states would hold as without it."


def _held(concepts: set[str]) -> str:
    return how_strongly(strongest(concepts), concepts) if concepts else "by none of them"


def _changing(result: WhatIfResult) -> list[str]:
    """Return the states that come to hold by some concept, or no longer do, each once."""
    shifts = [result.shifts[concept] for concept in SHORT]
    return list(dict.fromkeys(state for shift in shifts for state in (*shift.gained, *shift.lost)))
