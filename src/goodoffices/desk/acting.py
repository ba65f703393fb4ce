"""Doing an act: its page, what it may choose from, and what becomes of it.

Every act of every role goes through `attempt`, from pages and from the interface for programs;
whether it may be done is for the rules of talks alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from starlette.responses import Response

from goodoffices.desk.choices import choices, starting_values
from goodoffices.desk.forms import FORMS, read_form
from goodoffices.desk.mediation import desk_given
from goodoffices.desk.names import in_own_names, with_identifiers
from goodoffices.desk.rooms import room_given
from goodoffices.desk.visit import Visit, redirect
from goodoffices.desk.words import LIMITS, REASONS
from goodoffices.errors import NotFoundError
from goodoffices.store import Accepted
from goodoffices.talks import TABLE, DeskView, Refused, RoomView, Talk
from goodoffices.talks.acts import MEDIATOR

_TO_THE_TEXT = frozenset({"agree", "bracket", "propose", "query", "draft", "circulate"})
Seen = RoomView | DeskView


def attempt(visit: Visit, data: Mapping[str, Any]) -> Accepted | Refused:
    """Do an act of the visitor, given in the names by which they know things."""

    def known(talk: Talk) -> Mapping[str, Any]:
        try:
            found = with_identifiers(talk, visit.person, data)
        except NotFoundError:
            # They have just left: the rules refuse whatever they do.
            return data
        position = found.get("position")
        if isinstance(position, Mapping):
            who = talk.person(visit.person)
            named = {"id": f"p-{token_hex(8)}", "party": who.side if who else MEDIATOR}
            found["position"] = {**position, **named}
        return found

    store = visit.desk.store
    done = store.act(visit.talk_id, visit.person, known, now=visit.now, once=visit.asked_once(data))
    if isinstance(done, Refused) and done.about:
        named = in_own_names(store.talk(visit.talk_id), visit.person, done.about)
        return replace(done, about=named)
    return done


def act_page(visit: Visit, seen: Seen) -> Response:
    """Show the page of an act that the viewer's role does."""
    name = visit.params["act"]
    if not _does(seen, name):
        return visit.missing()
    return _form(visit, seen, name, starting_values(seen, name, visit.query))


def act(visit: Visit, seen: Seen) -> Response:
    """Do an act from its page; show the page again, with everything kept, when it is refused."""
    name = visit.params["act"]
    if not _does(seen, name):
        return visit.missing()
    data = read_form(name, visit.form)
    done = attempt(visit, data)
    if isinstance(done, Refused):
        return _form(visit, seen, name, data, done)
    if name == "leave":
        return redirect("/")
    where = "/text" if name in _TO_THE_TEXT else ""
    return redirect(f"/talks/{visit.talk_id}{where}?done={name}")


def _does(seen: Seen, name: str) -> bool:
    return name in FORMS and name != "invite" and seen.me.role in TABLE[name]


def _form(
    visit: Visit, seen: Seen, name: str, given: Mapping[str, Any], refused: Refused | None = None
) -> Response:
    is_room = isinstance(seen, RoomView)
    common = room_given(visit, seen) if isinstance(seen, RoomView) else desk_given(visit, seen)
    base = f"/talks/{visit.talk_id}"
    speaks_of = words_of(seen, given)
    return visit.page(
        "act.html",
        status=409 if refused else 200,
        **common,
        page="room_page.html" if is_room else "desk_page.html",
        form=FORMS[name],
        action=f"{base}/do/{name}",
        back=base,
        given=given,
        options=choices(seen, name, given),
        speaks_of=speaks_of,
        limit=_limit(seen, given) if name == "ballot" else None,
        refusal=REASONS[refused.reason] if refused else None,
        about=_about(seen, refused) if refused else (),
        flags=refused.flags if refused else (),
        flag_places=places(seen),
    )


def _about(seen: Seen, refused: Refused) -> tuple[str, ...]:
    """Return what a refusal speaks of, where that tells the viewer anything."""
    return tuple(places(seen).get(name, name) for name in refused.about)


def places(seen: Seen) -> Mapping[str, str]:
    """Return what things that a refusal names are called on the desk."""
    if isinstance(seen, RoomView):
        return {person.id: person.name for person in seen.people}
    sides = {side.id: side.name for side in seen.sides}
    items = {
        item.id: f"{sides.get(item.side, item.side)}: {item.spoken[-1]}" for item in seen.entrusted
    }
    return sides | items


def words_of(seen: Seen, given: Mapping[str, Any]) -> str | None:
    """Return the words of the thing that an act is about, as the viewer sees them."""
    keys = ("item", "read_back", "question", "target", "in_reply_to", "round")
    names = {given[key] for key in keys if isinstance(given.get(key), str)}
    for name, words in _said(seen).items():
        if name in names:
            return words
    clause = given.get("clause")
    return _clause_words(seen, given.get("draft"), clause) if clause else None


def _said(seen: Seen) -> Mapping[str, str]:
    if isinstance(seen, RoomView):
        said = {item.id: (item.words, *item.corrections)[-1] for item in seen.entrusted}
        said |= {entry.id: (entry.words, *entry.corrections)[-1] for entry in seen.asked}
        said |= {entry.id: entry.words for entry in seen.read_backs}
        texts = {entry.id: _text(entry.clauses) for entry in seen.acceptances}
        return said | texts
    said = {item.id: item.spoken[-1] for item in seen.entrusted}
    said |= {question.id: question.words[-1] for question in seen.asked}
    said |= {note.id: note.words[-1] for note in seen.notes}
    said |= {release.id: release.words for release in seen.releases}
    for entry in seen.acceptances:
        rows = [(row.label, row.text) for row in seen.standing]
        said[entry.id] = _text(tuple(rows))
    return said


def _text(clauses: tuple[tuple[str, str], ...]) -> str:
    return "\n\n".join(f"{label}. {text}" for label, text in clauses)


def _clause_words(seen: Seen, draft: object, clause: object) -> str | None:
    versions = seen.text if isinstance(seen, RoomView) else ()
    found = (
        row.text
        for version in versions
        if version.id == draft
        for row in version.clauses
        if row.label == clause
    )
    return next(found, None)


def _limit(seen: Seen, given: Mapping[str, Any]) -> str | None:
    """Return what a sealed acceptance cannot hide, in words."""
    found = (entry.limit for entry in seen.acceptances if entry.id == given.get("round"))
    limit = next(found, None)
    return LIMITS[limit] if limit else None
