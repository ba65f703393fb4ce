"""What the demonstration leaves to read: who signs in as whom, and what to look at."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goodoffices.desk.demo_stage import Player, Stage

_ROLES = {
    "lead": "leads the mediation",
    "note-taker": "takes notes for the mediator",
    "head": "head of the delegation of {side}, signs for it",
    "member": "member of the delegation of {side}",
    "guarantor": "of {side}, guarantor",
    "observer": "of {side}, observer",
}
_LOOK = (
    ("Ada, then Bea",
     "My room: what each told the mediator, and what came back. Neither finds a word of the other "
     "that the mediator did not release. The text: the clauses, and their own answers. What is "
     "asked of us: a question that still waits. What we entrusted: what may be done with each "
     "thing."),
    ("Abel, then Ben", "The same rooms, without the offer that their heads kept from them."),
    ("Mira",
     "The desk: both rooms, who was shown what and when, and the releases with what the leak check "
     "found. Packages: what the conditions of both towns leave possible. Who answered the sealed "
     "acceptance, or how, is nowhere."),
    ("Gus, then Oda", "What was handed to a guarantor and to an observer, and nothing more."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where the talk is.

    Attributes:
        address: what a browser opens.
        running: whether it is served now.
        folder: where everything was put.
        again: the command that serves it another time.
        verify: the command that checks it.
    """

    address: str
    running: bool
    folder: Path
    again: str
    verify: str


def guide(stage: Stage, place: Place) -> str:
    """Return it, for a person who never saw a terminal."""
    return "\n".join(_lines(stage, place)) + "\n"


def _lines(stage: Stage, place: Place) -> Iterator[str]:
    yield from _title("Look at the talk")
    if not place.running:
        yield "Type this into a terminal, and leave its window open:"
        yield f"    {place.again}"
    yield "Open this address in the browser of this computer:"
    yield f"    {place.address}"
    yield "Sign in as one of the people below, and out again before you are the next one. To be two"
    yield "people side by side, open a private window for the second. All of them are invented."
    yield ""
    for player in stage.people.values():
        yield from _player(player)
    yield from _title("What to look at")
    for who, words in _LOOK:
        yield from _folded(f"{who}. {words}")
    yield from _title("Where it lies")
    yield f"Everything is in the folder {place.folder}:"
    yield "    the talk, sealed; the keys to it; for each town a seal on what it was shown; and"
    yield "    this text, in READ-ME.txt."
    yield "To check that nothing in the talk was changed, type this into a terminal:"
    yield f"    {place.verify}"
    yield from _title("To stop, to go on, to remove it")
    yield "To stop: press the keys Ctrl and C together in the window of the terminal."
    yield "To go on another day, type this into a terminal:"
    yield f"    {place.again}"
    yield f"To remove it: stop it, and put the folder {place.folder} into the bin."


def _title(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "-" * len(words)


def _player(player: Player) -> Iterator[str]:
    yield f"{player.name}, {_ROLES[player.role].format(side=player.side)}"
    yield f"    sign-in name   {player.login}"
    yield f"    passphrase     {player.passphrase}"
    if player.codes:
        yield f"    code           {player.codes[0]}   (works once; the next time take the next)"
        yield f"    more codes     {'  '.join(player.codes[1:4])}"
    yield ""


def _folded(words: str) -> Iterator[str]:
    yield from textwrap.wrap(words, 92, initial_indent="  * ", subsequent_indent="    ")


def head_name(side: str) -> str:
    """Return the file of the signed head that somebody of a side took away.

    >>> head_name("Alder")
    'alder.head'
    """
    return f"{side.lower()}.head"
