"""What the interface for programs takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from goodoffices.talks.acts import Role, SideKind
from goodoffices.talks.shown import DeskView, RoomView
from goodoffices.talks.verdict import Reason, RefusalKind

Line = Annotated[str, StringConstraints(max_length=1024)]


class Shape(BaseModel):
    """What every body has: nothing besides what is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Done(Shape):
    """It is done, and kept."""

    done: Literal[True] = True


class Problem(Shape):
    """It is not done."""

    problem: str


class SignIn(Shape):
    """Name, passphrase and, where an authenticator is set up, its code."""

    name: Line
    passphrase: Line
    code: Line = ""


class Join(Shape):
    """An invitation: the token of its link, the code, and a passphrase of one's own."""

    token: Line
    code: Line
    passphrase: Line


class Token(Shape):
    """A token to be sent as ``Authorization: Bearer``, and the name to sign in with."""

    token: str
    name: str


class Passphrase(Shape):
    """The passphrase of the account."""

    passphrase: Line


class NewPassphrase(Shape):
    """The passphrase as it is and as it is to be."""

    old: Line
    new: Line


class AccountShown(Shape):
    """One's own account."""

    name: str
    authenticator: bool
    sessions: int
    team: bool


class Offer(Shape):
    """A secret for an authenticator, in base 32."""

    secret: str


class Authenticator(Shape):
    """A code of the authenticator that was offered, and the passphrase."""

    code: Line
    passphrase: Line


class Codes(Shape):
    """Codes for a lost device; each works once."""

    codes: tuple[str, ...]


class TalkNamed(Shape):
    """A talk and its title."""

    talk: str
    title: str


class Talks(Shape):
    """The talks that one is in."""

    talks: tuple[TalkNamed, ...]


class NewSide(Shape):
    """A side of a new talk."""

    name: Line
    kind: SideKind = "party"


class NewTalk(Shape):
    """A talk to be opened."""

    title: Line
    lead_name: Line
    sides: Annotated[tuple[NewSide, ...], Field(min_length=2, max_length=50)]


class ActGiven(BaseModel):
    """An act: its name, and what it takes. Identifier and time are given to it by the server."""

    model_config = ConfigDict(extra="allow", frozen=True)

    act: Line
    __pydantic_extra__: dict[str, Any]


class Flag(Shape):
    """Something that the leak check found."""

    flag: str
    kind: Literal["figure", "loaded", "name", "phrase"]
    found: str
    where: str


class Refusal(Shape):
    """An act that was refused, and why."""

    kind: RefusalKind
    reason: Reason
    about: tuple[str, ...]
    flags: tuple[Flag, ...]


class Invite(Shape):
    """Somebody to be invited."""

    name: Line
    side: Line
    role: Role


class InvitationMade(Shape):
    """The token of a link that works once, and the code that goes another way."""

    token: str
    code: str


class PackagesShown(Shape):
    """Packages from what may inform analysis; without anything to go by, nothing is in it."""

    empty: bool | None = None
    number: str | None = None
    issues: tuple[str, ...] = ()
    examples: tuple[tuple[str, ...], ...] = ()
    ways_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class AnyView(RootModel[RoomView | DeskView]):
    """What somebody of a side sees, or what the mediator's team sees."""


class HeadTaken(RootModel[dict[str, Any]]):
    """A signed head; what it holds is for `goodoffices talks verify`."""
