"""The way to the talks: which ones somebody is in, opening one, and whether the server is well."""

from __future__ import annotations

from contextlib import suppress

from starlette.responses import PlainTextResponse, Response

from goodoffices.desk.languages import mark
from goodoffices.desk.openings import opened
from goodoffices.desk.visit import Visit, redirect
from goodoffices.errors import CallError, NotFoundError
from goodoffices.talks import DeskView, RoomView

_CANNOT = mark("A talk needs a title, your name, and at least two sides with names of their own.")


def start(visit: Visit) -> Response:
    """Show the talks that somebody is in; go straight to the only one."""
    talks = my_talks(visit)
    if len(talks) == 1 and not visit.team:
        return redirect(f"/talks/{talks[0][0]}")
    return visit.page("talks.html", talks=talks, may_open=visit.team)


def my_talks(visit: Visit) -> list[tuple[str, str]]:
    """Return the talks that the visitor is in, with their titles, by title.

    Whoever has left a talk sees no more of it than somebody who was never in it.
    """
    store, talks = visit.desk.store, []
    for talk, person in visit.seats.all().items():
        with suppress(NotFoundError):
            seen = store.view(talk, person, now=visit.now)
            assert isinstance(seen, RoomView | DeskView)
            talks.append((talk, seen.talk))
    return sorted(talks, key=lambda pair: (pair[1], pair[0]))


def open_page(visit: Visit) -> Response:
    """Ask for the title and the sides of a new talk, from somebody of a mediator's team."""
    return visit.page("open.html", title="", lead_name="") if visit.team else visit.missing()


def open_talk(visit: Visit) -> Response:
    """Open a talk; whoever opens it leads the mediation."""
    if not visit.team:
        return visit.missing()
    names, kinds = visit.form.getlist("side"), visit.form.getlist("kind")
    sides = [
        {"name": str(name).strip(), "kind": str(kind)}
        for name, kind in zip(names, kinds, strict=False)
        if str(name).strip()
    ]
    title, lead_name = visit.text("title").strip(), visit.text("lead_name").strip()
    try:
        talk = opened(visit, title, lead_name, sides)
    except CallError:
        given = {"title": title, "lead_name": lead_name, "failed": _CANNOT}
        return visit.page("open.html", status=409, **given)
    return redirect(f"/talks/{talk}")


def health(visit: Visit) -> Response:
    """Say that the server is up and its database answers, and nothing else."""
    visit.desk.store.talks()
    return PlainTextResponse("well\n")
