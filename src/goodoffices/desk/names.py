"""A viewer's names for things, put back to identifiers in the data of an act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.talks import Talk, resolve
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.handles import handle

_ONE = ("item", "read_back", "draft", "question", "round", "target", "in_reply_to")
_SEVERAL = ("relies_on", "rests_on")


def with_identifiers(talk: Talk, viewer: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of an act with identifiers in place of the viewer's names for things.

    A name that stands for nothing of the viewer's stays as it is, and the rules then find nothing
    by it: what is not there and what is not the viewer's get the same answer.
    """

    def known(name: Any) -> Any:
        return (resolve(talk, viewer, name) or name) if isinstance(name, str) else name

    found = dict(data)
    for key in _ONE:
        if key in found:
            found[key] = known(found[key])
    for key in _SEVERAL:
        if isinstance(found.get(key), list):
            found[key] = [known(name) for name in found[key]]
    if found.get("act") == "hand-over":
        found["to"] = known(found.get("to"))
    caveat = found.get("caveat")
    if isinstance(caveat, Mapping) and isinstance(caveat.get("not_to"), list):
        found["caveat"] = {**caveat, "not_to": [known(name) for name in caveat["not_to"]]}
    return found


def in_own_names(talk: Talk, viewer: str, about: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a refusal speaks of in the viewer's names for things.

    An identifier is the same for every side: two who compare it learn that they were shown one
    thing.
    """
    person = talk.person(viewer)
    if person is None or person.side == MEDIATOR:
        return about
    room = talk.rooms[person.side]
    return tuple(
        handle(viewer, name) if name in room.entries or name in room.people else name
        for name in about
    )
