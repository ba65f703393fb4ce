"""A side's pages: everything in them comes from the viewer's own view, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from goodoffices.desk.conversations import room_conversation
from goodoffices.desk.languages import mark
from goodoffices.desk.links import act_link
from goodoffices.desk.visit import Visit
from goodoffices.talks import RoomView

_NAV = (
    ("", mark("My room")),
    ("/text", mark("The text")),
    ("/entrusted", mark("What we entrusted")),
    ("/asked", mark("What is asked of us")),
    ("/promise", mark("What the mediator can and cannot do")),
    ("/export", mark("My copy of everything")),
)


def room_page(visit: Visit, room: RoomView) -> Response:
    """The conversation with the mediator."""
    return _page(visit, room, "room.html", conversation=room_conversation(room))


def text_page(visit: Visit, room: RoomView) -> Response:
    """The text, as it was shown to this side, and where the side stands on it."""
    return _page(visit, room, "room_text.html")


def entrusted_page(visit: Visit, room: RoomView) -> Response:
    """What the side entrusted, and under which caveat."""
    return _page(visit, room, "room_entrusted.html")


def asked_page(visit: Visit, room: RoomView) -> Response:
    """What is asked of the side, and until when."""
    return _page(visit, room, "room_asked.html")


def promise_page(visit: Visit, room: RoomView) -> Response:
    """What the mediator can and cannot see and do, in plain words."""
    return _page(visit, room, "room_promise.html")


def room_given(visit: Visit, room: RoomView) -> Mapping[str, Any]:
    """Return what every page of a side is made with."""
    base = f"/talks/{visit.talk_id}"
    return {
        "room": room,
        "base": base,
        "nav": [(base + path, words) for path, words in _NAV],
        "own": {person.id: person.name for person in room.people},
        "act_link": act_link(base),
    }


def _page(visit: Visit, room: RoomView, template: str, **given: Any) -> Response:
    return visit.page(template, **room_given(visit, room), **given)
