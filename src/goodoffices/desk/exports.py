"""One's own copy of everything: the view, and nothing but the view."""

from __future__ import annotations

from starlette.responses import Response

from goodoffices.desk.mediation import desk_given
from goodoffices.desk.rooms import room_given
from goodoffices.desk.visit import Visit
from goodoffices.talks import DeskView, RoomView


def export_page(visit: Visit, seen: RoomView | DeskView) -> Response:
    """Say what the copy holds, and offer it."""
    if isinstance(seen, RoomView):
        given = {**room_given(visit, seen), "page": "room_page.html"}
    else:
        given = {**desk_given(visit, seen), "page": "desk_page.html"}
    return visit.page("export.html", **given)


def export_view(_: Visit, seen: RoomView | DeskView) -> Response:
    """Return the view as a file."""
    headers = {"Content-Disposition": 'attachment; filename="my-view.json"'}
    return Response(seen.canonical() + "\n", media_type="application/json", headers=headers)
