"""The single text: where sides stand on each clause, who saw which version, mirrored copies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from goodoffices.talks.acts import Instrument
from goodoffices.talks.state import DraftRecord, Mark, Talk

Status = Literal["agreed", "bracketed", "silent"]


def status(marks: tuple[Mark, ...], label: str, text: str) -> Status:
    """Return where a side stands on a clause, by what it last said to these very words.

    What a side said to other words under the same label does not count, so a clause that was
    rewritten starts silent, and one that stayed as it was keeps its answers. Proposing other words
    brackets a clause; asking about it changes nothing.
    """
    said = [mark.answer for mark in marks if (mark.label, mark.text) == (label, text)]
    if not said:
        return "silent"
    return "agreed" if said[-1] == "agree" else "bracketed"


def agreed_by_all(talk: Talk, draft: DraftRecord) -> bool:
    """Whether every party in the talk agreed to every clause, or all accepted it sealed."""
    parties = {
        side: room
        for side, room in talk.rooms.items()
        if room.side.kind == "party" and not room.side.left
    }
    if any(
        record.draft == draft.id
        and record.clause is None
        and record.result == "all accepted"
        and parties.keys() <= record.signers.keys()
        for record in talk.desk.rounds.values()
    ):
        return True
    return all(
        status(room.marks, clause.label, clause.text) == "agreed"
        for room in parties.values()
        for clause in draft.clauses
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """Which parties saw a version, and when.

    Attributes:
        seen: each party that saw it, with the moment it first did, in that order.
        unseen: parties that have not seen it.
        current: whether it is the current version.
        unequal: some saw it, and others did not, or later.
    """

    draft: str
    number: int
    seen: tuple[tuple[str, datetime], ...]
    unseen: tuple[str, ...]
    current: bool
    unequal: bool


def sight(talk: Talk) -> tuple[Sight, ...]:
    """Return who saw which version when; unequal sight is flagged, and stays so."""
    parties = sorted(
        side
        for side, room in talk.rooms.items()
        if room.side.kind == "party" and not room.side.left
    )
    last = talk.desk.current_draft()
    found = []
    for number, draft in enumerate(talk.desk.drafts.values(), start=1):
        first: dict[str, datetime] = {}
        for seen in talk.desk.sightings:
            if seen.draft == draft.id and seen.side in parties:
                first.setdefault(seen.side, seen.at)
        unseen = tuple(side for side in parties if side not in first)
        found.append(
            Sight(
                draft.id,
                number,
                seen=tuple(first.items()),
                unseen=unseen,
                current=draft is last,
                unequal=bool(first) and (bool(unseen) or len(set(first.values())) > 1),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """Where a side's instrument departs from the agreed text."""

    side: str
    label: str
    kind: Literal["missing", "added", "wording", "titles", "order"]


def differences(
    draft: DraftRecord, instruments: tuple[Instrument, ...], names: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Return where instruments do not say what the text says.

    Each instrument may call the sides by titles of its own. With every title put back to the name
    of the side, its clauses must read as those of the text, letter for letter but for spaces; two
    instruments that both do say the same. A title stands for the name of one side, no two titles
    for one name, and none has a figure in it, so that no change of substance hides in them.

    Args:
        draft: the version that was agreed.
        instruments: one for each side.
        names: the name of each side of the talk.
    """
    agreed = dict(draft.shown())
    found = []
    for copy in instruments:
        if not _plain_titles(copy.titles, frozenset(names.values())):
            found.append(Difference(copy.side, "", "titles"))
        found += [Difference(copy.side, key, "missing") for key in agreed.keys() - copy.clauses]
        found += [Difference(copy.side, key, "added") for key in copy.clauses.keys() - agreed]
        found += [
            Difference(copy.side, label, "wording")
            for label in agreed.keys() & copy.clauses
            if _plain(_with_names(copy.clauses[label], copy.titles)) != _plain(agreed[label])
        ]
        if set(copy.clauses) == set(agreed) and list(copy.clauses) != list(agreed):
            found.append(Difference(copy.side, "", "order"))
    return tuple(sorted(found))


def _plain_titles(titles: Mapping[str, str], names: frozenset[str]) -> bool:
    return (
        set(titles.values()) <= names
        and len(set(titles.values())) == len(titles)
        and not any(char.isdigit() for title in titles for char in title)
        and not (set(titles) & names)
    )


def _with_names(text: str, titles: Mapping[str, str]) -> str:
    if not titles:
        return text
    longest_first = sorted(titles, key=lambda title: (-len(title), title))
    pattern = "|".join(re.escape(title) for title in longest_first)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: titles[match.group()], text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
