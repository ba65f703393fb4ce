"""What pages call things: the words of the rules in sentences, to be translated where shown."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.desk.languages import mark
from goodoffices.talks.acts import ItemKind
from goodoffices.talks.caveats import Way
from goodoffices.talks.verdict import Reason

WAYS: Mapping[Way, str] = {
    "analysis": mark("It may inform the mediator's analysis"),
    "own-idea": mark("It may be put to others as the mediator's own idea"),
    "hypothetically": mark("It may be put to others hypothetically"),
    "attributed": mark("It may be passed on as said by us"),
}
ITEM_KINDS: Mapping[ItemKind | str, str] = {
    "message": mark("message"),
    "statement": mark("statement"),
    "document": mark("document"),
    "position": mark("position"),
    "offer": mark("offer"),
    "question": mark("question"),
    "wording": mark("proposed words"),
    "reply": mark("answer"),
}
ROLES: Mapping[str, str] = {
    "lead": mark("leads the mediation"),
    "mediator": mark("mediator"),
    "note-taker": mark("note-taker"),
    "head": mark("head of delegation"),
    "member": mark("member of the delegation"),
    "guarantor": mark("guarantor"),
    "observer": mark("observer"),
}
SIDE_KINDS: Mapping[str, str] = {
    "party": mark("party"),
    "guarantor": mark("guarantor"),
    "observer": mark("observer"),
}
RELEASED_WAYS: Mapping[str, str] = {
    "mediator": mark("the mediator's own words"),
    "own-idea": mark("as the mediator's own idea"),
    "hypothetically": mark("hypothetically"),
    "attributed": mark("attributed"),
}
STANDS: Mapping[str, str] = {
    "agreed": mark("agreed"),
    "bracketed": mark("in brackets"),
    "silent": mark("silent"),
}
READ_BACK_STATES: Mapping[str, str] = {
    "waiting": mark("waits for you"),
    "confirmed": mark("confirmed"),
    "disputed": mark("corrected"),
}
RESULTS: Mapping[str, str] = {
    "open": mark("open"),
    "all accepted": mark("all accepted"),
    "not agreed": mark("not agreed"),
}
LIMITS: Mapping[str, str] = {
    "whoever-accepts-learns-that-the-other-did-not": mark(
        "If you accept and are shown “not agreed”, you know that the other side did not accept. "
        "The same holds the other way round."
    ),
    "whoever-accepts-learns-that-one-of-the-others-did-not": mark(
        "If you accept and are shown “not agreed”, you know that one of the other sides did not "
        "accept, and not which. The same holds the other way round."
    ),
    "whoever-accepts-learns-that-another-side-or-the-mediator-did-not": mark(
        "If you accept and are shown “not agreed”, you know that another side or the mediator did "
        "not accept, and not who. The same holds the other way round."
    ),
}
FLAG_KINDS: Mapping[str, str] = {
    "figure": mark("A figure"),
    "loaded": mark("A loaded word"),
    "name": mark("A name"),
    "phrase": mark("A phrase"),
}
DECISIONS: Mapping[str, str] = {
    "intended": mark("It is meant to be passed on"),
    "coincidence": mark("It only looks the same"),
    "already-known": mark("The recipient knows it already"),
}
REASONS: Mapping[Reason, str] = {
    "answers-what-was-not-flagged": mark("An answer speaks of something that was not found."),
    "answered-already": mark("This has been answered already."),
    "clause-not-agreed": mark("Not every party has agreed to every clause as it stands."),
    "closed": mark("The time for this is over."),
    "condition-not-met": mark("Something has to come first; say how it has come about."),
    "confidence-kept-from-recipient": mark("Somebody named is not to read this."),
    "has-not-joined": mark("You are not in this talk."),
    "identifier-in-use": mark(
        "This form was sent before, with other words, and that was done. Send it again if you mean "
        "this as well."
    ),
    "instruments-differ": mark("The instruments do not say the same."),
    "leak-check-unanswered": mark("Something was found in the words; please answer below."),
    "loosens": mark("This would allow more than before; only the side itself can do that."),
    "name-in-use": mark("Somebody of that name is in the talk."),
    "not-confirmed": mark("The side has not confirmed that it said this."),
    "not-open-yet": mark("This is not open yet."),
    "not-permitted": mark("The side has not allowed that it is put like this."),
    "not-shown": mark("This text was not shown to you."),
    "not-the-signer": mark("Only the person who signs for the side can do this."),
    "not-well-formed": mark("Something is missing or cannot be read; please look at these fields:"),
    "nothing-waiting": mark("Nothing waits for this."),
    "office-not-handed-over": mark("Hand over your office first."),
    "office-taken": mark("Somebody has this office already."),
    "role": mark("Your role in the talk does not do this."),
    "role-and-side": mark("This role does not go with this side."),
    "several-waiting": mark("Several things wait; please say which one."),
    "side-has-left": mark("The side has left the talk."),
    "still-open": mark("Its time is not over yet."),
    "superseded": mark("There is a newer version."),
    "talk-is-open": mark("The talk is open already."),
    "time": mark("The time does not fit."),
    "too-early": mark("The side set a time before which this is not passed on."),
    "unknown": mark("There is no such thing here, or it is not yours."),
    "withdrawn": mark("This was withdrawn."),
    "wrong-result": mark("That is not the result."),
    "wrong-side": mark("This belongs to another side."),
}
"""Every reason for which an act is refused, as a sentence."""
