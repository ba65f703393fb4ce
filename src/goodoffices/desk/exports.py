"""One's own copy of everything: the view, and nothing but the view."""

from __future__ import annotations

from starlette.responses import Response

from goodoffices.desk.mediation import desk_given
from goodoffices.desk.rooms import room_given
from goodoffices.desk.visit import Visit
from goodoffices.store import AuditEntry
from goodoffices.store.heads import issue_head
from goodoffices.talks import DeskView, RoomView


def export_page(visit: Visit, seen: RoomView | DeskView) -> Response:
    """Say what the copy holds, and offer it."""
    if isinstance(seen, RoomView):
        given = {**room_given(visit, seen), "page": "room_page.html"}
    else:
        given = {**desk_given(visit, seen), "page": "desk_page.html"}
    return visit.page("export.html", **given)


def export_view(visit: Visit, seen: RoomView | DeskView) -> Response:
    """Return the view as a file."""
    _noted(visit, "view")
    return _file("my-view.json", seen.canonical() + "\n")


def export_head(visit: Visit, _: RoomView | DeskView) -> Response:
    """Return a signed head of the talk, by which a rewritten past shows later."""
    _noted(visit, "head")
    head = issue_head(visit.desk.store, visit.talk_id, visit.person, now=visit.now)
    return _file("my-head.json", head.to_text())


def _noted(visit: Visit, what: str) -> None:
    entry = AuditEntry(visit.now, visit.person, f"take {what}")
    visit.desk.store.note_down(entry, talk_id=visit.talk_id)


def _file(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/json", headers=headers)
