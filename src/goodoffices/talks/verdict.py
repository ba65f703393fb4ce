"""What the rules say to an act: allowed, or refused with the reason as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.talks.leaks import Flag

RefusalKind = Literal["malformed", "not-allowed-now", "ambiguous"]
Reason = Literal[
    "answers-what-was-not-flagged",
    "answered-already",
    "clause-not-agreed",
    "closed",
    "condition-not-met",
    "confidence-kept-from-recipient",
    "has-not-joined",
    "identifier-in-use",
    "instruments-differ",
    "leak-check-unanswered",
    "loosens",
    "name-in-use",
    "not-confirmed",
    "not-open-yet",
    "not-permitted",
    "not-shown",
    "not-the-signer",
    "not-well-formed",
    "nothing-waiting",
    "office-not-handed-over",
    "office-taken",
    "role",
    "role-and-side",
    "several-waiting",
    "side-has-left",
    "still-open",
    "superseded",
    "talk-is-open",
    "time",
    "too-early",
    "unknown",
    "withdrawn",
    "wrong-result",
    "wrong-side",
]
"""Why an act is refused."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The act may be done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The act may not be done.

    Attributes:
        kind: the act makes no sense, makes none now, or could mean several things.
        reason: why, as a word of `Reason`.
        about: what in the act the reason speaks of: names that the one who acts gave or may see.
        flags: what the leak check found and nobody answered; only a mediator is ever given any.
    """

    kind: RefusalKind
    reason: Reason
    about: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()


Verdict = Allowed | Refused
ALLOWED = Allowed()


def not_now(reason: Reason, *about: str) -> Refused:
    """Refuse what is not allowed as things stand."""
    return Refused("not-allowed-now", reason, about)


def malformed(reason: Reason, *about: str) -> Refused:
    """Refuse what makes no sense at any time."""
    return Refused("malformed", reason, about)
