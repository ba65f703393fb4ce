"""The acts of a talk: frozen, checked when they are read, each with its identifier and time.

Identifiers are drawn by whoever keeps the talk, at random and long enough that nobody guesses
one; the time comes with the act. Nothing here reads a clock or makes a number.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from goodoffices.model import Position
from goodoffices.model.base import Id, Ids, Model, Text
from goodoffices.talks.caveats import MEDIATOR_ONLY, Caveat

EventId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
"""A random identifier of 16 to 64 letters, digits, dashes and underscores."""

Role = Literal[
    "lead", "mediator", "note-taker", "head", "member", "guarantor", "observer"
]  # fmt: skip
"""What a person is in a talk. The first three are the mediator's team."""

SideKind = Literal["party", "guarantor", "observer"]
ItemKind = Literal["message", "statement", "document", "position", "offer", "question"]
Conveyed = Literal["mediator", "own-idea", "hypothetically", "attributed"]
Result = Literal["all accepted", "not agreed"]

MEDIATOR = "mediator"
"""The name of the mediator's team among the sides."""


def _several_words(text: str) -> str:
    """Refuse an answer that answers nothing: a leak check is not clicked away."""
    if len(text.split()) < 3:
        raise ValueError("an answer of at least three words")
    return text


Reason = Annotated[Text, AfterValidator(_several_words)]


class Act(Model):
    """What every act has."""

    id: EventId
    at: AwareDatetime


class SideNamed(Model):
    """A side as the talk is opened with it."""

    id: Id
    name: Text
    kind: SideKind = "party"


class FlagAnswer(Model):
    """Why a flag of the leak check does not stand in the way."""

    flag: Text
    decision: Literal["intended", "coincidence", "already-known"]
    why: Reason


class Met(Model):
    """How something that had to come first has come about."""

    condition: Text
    how: Reason


class Conveying(Act):
    """An act that carries words to others: who gets them, and the leak check, answered."""

    to: Annotated[Ids, Field(min_length=1)]
    leak_check: tuple[FlagAnswer, ...] = ()


class Open(Act):
    """The talk begins: its sides, and who leads the mediation."""

    act: Literal["open"] = "open"
    title: Text
    sides: Annotated[tuple[SideNamed, ...], Field(min_length=1)]
    lead: Id
    lead_name: Text


class Invite(Act):
    """A person joins a side, or the mediator's team, in a role."""

    act: Literal["invite"] = "invite"
    person: Id
    name: Text
    side: Id
    role: Role


class Entrust(Act):
    """A side tells the mediator something, with what may be done with it."""

    act: Literal["entrust"] = "entrust"
    kind: ItemKind
    words: Text
    caveat: Caveat
    position: Position | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class Minute(Act):
    """The mediator notes what a side said; not passed on until the side has confirmed it."""

    act: Literal["minute"] = "minute"
    side: Id
    kind: ItemKind
    words: Text
    caveat: Caveat


class ReadBack(Conveying):
    """The mediator reads an item back to people of the side that entrusted it."""

    act: Literal["read-back"] = "read-back"
    item: EventId
    words: Text


class Confirm(Act):
    """A side confirms what was read back to it."""

    act: Literal["confirm"] = "confirm"
    read_back: EventId | None = None


class Dispute(Act):
    """A side says what a read-back should have said."""

    act: Literal["dispute"] = "dispute"
    read_back: EventId | None = None
    words: Text


class Tighten(Act):
    """Less may be done with an item than before."""

    act: Literal["tighten"] = "tighten"
    item: EventId
    caveat: Caveat


class Loosen(Act):
    """The side that entrusted an item sets its caveat anew."""

    act: Literal["loosen"] = "loosen"
    item: EventId
    caveat: Caveat


class Withdraw(Act):
    """The side takes an item back: from now on nothing may be done with it."""

    act: Literal["withdraw"] = "withdraw"
    item: EventId


class Release(Conveying):
    """The mediator passes words on, naming the permission that they rest on."""

    act: Literal["release"] = "release"
    words: Text
    way: Conveyed
    relies_on: tuple[EventId, ...] = ()
    met: tuple[Met, ...] = ()
    in_reply_to: EventId | None = None

    @model_validator(mode="after")
    def _rests_on_what_it_says(self) -> Self:
        if (self.way == "mediator") != (not self.relies_on):
            raise ValueError("the mediator's own words rely on nothing, and any other way does")
        return self


class Clause(Model):
    """A clause of the text: its label, its words, what it rests on and the terms it settles."""

    label: Id
    text: Text
    rests_on: tuple[EventId, ...] = ()
    terms: dict[Id, Id] = Field(default_factory=dict)


class Draft(Act):
    """A new version of the single text, on the mediator's desk; it supersedes the last one."""

    act: Literal["draft"] = "draft"
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _labels_once(self) -> Self:
        labels = [clause.label for clause in self.clauses]
        if len(set(labels)) != len(labels):
            raise ValueError("each label once")
        return self


class Circulate(Conveying):
    """The current version is shown to sides or people."""

    act: Literal["circulate"] = "circulate"
    draft: EventId
    met: tuple[Met, ...] = ()


class ClauseAnswer(Act):
    """A side's answer to one clause of a version that it was shown."""

    act: Literal["agree", "bracket", "propose", "query"]
    draft: EventId
    clause: Id
    words: Text | None = None
    caveat: Caveat = MEDIATOR_ONLY

    @model_validator(mode="after")
    def _words_where_needed(self) -> Self:
        if self.act in {"propose", "query"} and self.words is None:
            raise ValueError("the words that are proposed or asked")
        if self.act == "agree" and self.words is not None:
            raise ValueError("no words: what is agreed is the clause as it stands")
        if self.act != "query" and self.caveat.not_to:
            raise ValueError("no people left out: a side's stand on a clause is the whole side's")
        return self


class Ask(Conveying):
    """The mediator asks; an answer is owed, by a time where one is given."""

    act: Literal["ask"] = "ask"
    words: Text
    answer_by: AwareDatetime | None = None


class Reply(Act):
    """A side answers a question; the answer is entrusted like anything else it says."""

    act: Literal["reply"] = "reply"
    question: EventId | None = None
    words: Text
    caveat: Caveat


class Deadline(Conveying):
    """The mediator sets a time."""

    act: Literal["deadline"] = "deadline"
    words: Text
    due: AwareDatetime


class OpenAcceptance(Act):
    """Sides are asked to accept a fixed text, sealed, until a fixed close."""

    act: Literal["open-acceptance"] = "open-acceptance"
    draft: EventId
    clause: Id | None = None
    sides: Annotated[tuple[Id, ...], Field(min_length=2)]
    closes_at: AwareDatetime
    mediator_takes_part: bool = False


class Ballot(Act):
    """One answer to a sealed acceptance."""

    act: Literal["ballot"] = "ballot"
    round: EventId
    accept: bool


class CloseAcceptance(Act):
    """The result, and nothing else, of a sealed acceptance."""

    act: Literal["close-acceptance"] = "close-acceptance"
    round: EventId
    result: Result


class Instrument(Model):
    """One side's copy of an agreement; ``titles`` says which words stand for which side's name."""

    side: Id
    clauses: dict[Id, Text]
    titles: dict[Text, Text] = Field(default_factory=dict)


class RecordAgreement(Act):
    """What was agreed: one instrument for each side, each saying the same."""

    act: Literal["record-agreement"] = "record-agreement"
    draft: EventId
    instruments: Annotated[tuple[Instrument, ...], Field(min_length=2)]
    expires_at: AwareDatetime | None


class Note(Act):
    """A note of the mediator's team, with the items or notes that it rests on."""

    act: Literal["note"] = "note"
    words: Text
    rests_on: tuple[EventId, ...] = ()


class Watch(Act):
    """Words that are loaded for a side, looked for before anything is sent."""

    act: Literal["watch"] = "watch"
    side: Id
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class Correct(Act):
    """Better words for something one said before; the first words stay in the record."""

    act: Literal["correct"] = "correct"
    target: EventId
    words: Text
    leak_check: tuple[FlagAnswer, ...] = ()


class Leave(Act):
    """A person leaves; a head of delegation may take the whole side out."""

    act: Literal["leave"] = "leave"
    whole_side: bool = False


class HandOver(Act):
    """A lead or head of delegation gives the office to somebody of the same side."""

    act: Literal["hand-over"] = "hand-over"
    to: Id


AnyAct = Annotated[
    Open | Invite | Entrust | Minute | ReadBack | Confirm | Dispute | Tighten | Loosen | Withdraw
    | Release | Draft | Circulate | ClauseAnswer | Ask | Reply | Deadline | OpenAcceptance | Ballot
    | CloseAcceptance | RecordAgreement | Note | Watch | Correct | Leave | HandOver,
    Field(discriminator="act"),
]  # fmt: skip
"""Any act, told apart by its ``act``."""


class Event(Model):
    """An act, and the person who did it."""

    by: Id
    act: AnyAct
