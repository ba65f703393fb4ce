"""What a view is made of: the shapes that `goodoffices.talks.view` fills."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from goodoffices.model.base import Model
from goodoffices.talks.acts import ItemKind, Result, Role, SideKind
from goodoffices.talks.caveats import Caveat
from goodoffices.talks.texts import Status

Day = str
Handle = str


class Shown(Model):
    """Something in a view."""

    id: Handle
    day: Day


class PersonShown(Model):
    """Somebody whom the viewer knows to be in the talk."""

    id: Handle
    name: str
    role: Role


class ItemShown(Shown):
    """What one's own side entrusted: the words as they were, and as corrected."""

    kind: ItemKind | Literal["wording", "reply"]
    by: str
    words: str
    corrections: tuple[str, ...]
    caveat: Caveat
    withdrawn: bool
    confirmed: bool
    version: Handle | None
    clause: str | None
    mine: bool


class ReceivedShown(Shown):
    """What the mediator passed on to the viewer."""

    words: str
    corrections: tuple[str, ...]
    attributed_to: tuple[str, ...]
    in_reply_to: Handle | None


class ReadBackShown(Shown):
    """What the mediator read back."""

    item: Handle | None
    words: str
    state: Literal["waiting", "confirmed", "disputed"]
    better: str | None


class ClauseShown(Model):
    """A clause, and where one's own side stands on it."""

    label: str
    text: str
    stand: Status


class VersionShown(Shown):
    """A version of the text; the number counts those that the viewer was shown."""

    number: int
    current: bool
    clauses: tuple[ClauseShown, ...]


class QuestionShown(Shown):
    """What one's own side is asked."""

    words: str
    corrections: tuple[str, ...]
    answer_by: datetime | None
    answers: tuple[Handle, ...]


class DeadlineShown(Shown):
    """A time that one's own side was given."""

    words: str
    corrections: tuple[str, ...]
    due: datetime


Limit = Literal[
    "whoever-accepts-learns-that-the-other-did-not",
    "whoever-accepts-learns-that-one-of-the-others-did-not",
    "whoever-accepts-learns-that-another-side-or-the-mediator-did-not",
]
"""What a sealed acceptance cannot hide from a side that accepted and is shown "not agreed"."""


class RoundShown(Shown):
    """A sealed acceptance: the fixed text and close, its limit, and the result of all together."""

    clauses: tuple[tuple[str, str], ...]
    closes_at: datetime
    sides: tuple[str, ...]
    mediator_takes_part: bool
    limit: Limit
    silence_is: Literal["no"]
    signer: Handle
    i_sign: bool
    result: Result | Literal["open"]


class InstrumentShown(Shown):
    """One's own side's copy of what was agreed."""

    clauses: tuple[tuple[str, str], ...]
    expires_at: datetime | None


class View(Model):
    """What somebody sees of a talk."""

    def canonical(self) -> str:
        """Return the view as JSON, the same characters for the same view."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class RoomView(View):
    """What somebody of a side sees.

    Attributes:
        order: the names of everything in it, as it came into the room.
    """

    talk: str
    me: PersonShown
    side: str
    order: tuple[Handle, ...]
    people: tuple[PersonShown, ...]
    entrusted: tuple[ItemShown, ...]
    read_backs: tuple[ReadBackShown, ...]
    received: tuple[ReceivedShown, ...]
    text: tuple[VersionShown, ...]
    asked: tuple[QuestionShown, ...]
    deadlines: tuple[DeadlineShown, ...]
    acceptances: tuple[RoundShown, ...]
    agreements: tuple[InstrumentShown, ...]


class SideShown(Model):
    """A side of the talk, and whether it is out of it."""

    id: str
    name: str
    kind: SideKind
    left: bool


class QuestionRecord(Model):
    """What a side was asked, by whom it can be read, and the items that answer it."""

    id: str
    at: datetime
    side: str
    words: tuple[str, ...]
    answer_by: datetime | None
    readers: tuple[str, ...]
    answers: tuple[str, ...]


class ItemRecord(Model):
    """What a side entrusted, as the mediator's team sees it.

    Attributes:
        effective: what may be done with it now, by the side's word and the mediator's.
        passed_on: releases that relied on it.
        outdated: those of them that went out before its last correction.
    """

    id: str
    at: datetime
    side: str
    kind: ItemKind | Literal["wording", "reply"]
    by: str
    spoken: tuple[str, ...]
    caveat: Caveat
    effective: Caveat
    withdrawn: bool
    confirmed: bool
    readers: tuple[str, ...]
    about: tuple[str, str] | None
    passed_on: tuple[str, ...]
    outdated: tuple[str, ...]


class StandingRecord(Model):
    """Where each party stands on a clause of the current version."""

    label: str
    text: str
    rests_on: tuple[str, ...]
    terms: dict[str, str]
    stands: dict[str, Status]


class SightRecord(Model):
    """Who saw a version when; unequal sight is flagged."""

    draft: str
    number: int
    seen: tuple[tuple[str, datetime], ...]
    unseen: tuple[str, ...]
    current: bool
    unequal: bool


class ReleaseShown(Model):
    """A release, with the permission it relied on."""

    id: str
    at: datetime
    by: str
    words: str
    way: str
    relies_on: tuple[str, ...]
    recipients: tuple[str, ...]
    leak_check: tuple[tuple[str, str, str], ...]


class NoteShown(Model):
    """A note of the team."""

    id: str
    at: datetime
    by: str
    words: tuple[str, ...]
    rests_on: tuple[str, ...]


class ReadBackRecord(Model):
    """A read-back, and what the side said to it."""

    id: str
    at: datetime
    item: str
    words: str
    readers: tuple[str, ...]
    state: Literal["waiting", "confirmed", "disputed"]
    better: str | None


class OwedRecord(Model):
    """An answer that is owed: by a side, or by the mediator to one."""

    id: str
    owed_by: str
    words: str
    answer_by: datetime | None


class DeadlineRecord(Model):
    """A time that was set for a side."""

    id: str
    side: str
    words: tuple[str, ...]
    due: datetime


class RoundShownToTeam(Model):
    """A sealed acceptance, as the mediator's team sees it: nothing of who answered."""

    id: str
    draft: str
    clause: str | None
    closes_at: datetime
    signers: dict[str, str]
    mediator_takes_part: bool
    limit: Limit
    result: Result | Literal["open"]


class AgreementRecord(Model):
    """What was agreed: the version, each side's clauses and titles, and when it runs out."""

    id: str
    at: datetime
    draft: str
    instruments: dict[str, dict[str, str]]
    titles: dict[str, dict[str, str]]
    expires_at: datetime | None


class DeskView(View):
    """What the mediator's team sees: every room, and the desk; never a ballot."""

    talk: str
    me: PersonShown
    sides: tuple[SideShown, ...]
    people: dict[str, tuple[PersonShown, ...]]
    entrusted: tuple[ItemRecord, ...]
    asked: tuple[QuestionRecord, ...]
    read_backs: tuple[ReadBackRecord, ...]
    releases: tuple[ReleaseShown, ...]
    standing: tuple[StandingRecord, ...]
    sight: tuple[SightRecord, ...]
    owed: tuple[OwedRecord, ...]
    deadlines: tuple[DeadlineRecord, ...]
    acceptances: tuple[RoundShownToTeam, ...]
    agreements: tuple[AgreementRecord, ...]
    notes: tuple[NoteShown, ...]
    watched: dict[str, tuple[str, ...]]
