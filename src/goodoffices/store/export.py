"""What leaves a store: a talk for the mediator, one person's own view, a case for analysis."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from goodoffices.model import Case
from goodoffices.store.store import Store
from goodoffices.talks import Talk, live_case
from goodoffices.talks.acts import MEDIATOR
from goodoffices.talks.handles import bucket
from goodoffices.talks.state import Item
from goodoffices.talks.waiting import confirmed

_KINDS = {"position": "demands", "offer": "offers"}


def whole_talk(store: Store, talk_id: str, *, now: datetime) -> dict[str, Any]:
    """Return all of a talk, for the mediator: every event, and the view of the lead. No ballots.

    Raises:
        NotFoundError: there is no such talk.
    """
    store.settle(talk_id, now=now)
    talk = store.talk(talk_id)
    lead = next(who.id for who in talk.desk.people.values() if who.role == "lead")
    return {
        "talk": talk_id,
        "events": [
            json.loads(written.event.model_dump_json(by_alias=True, exclude_none=True))
            for written in store.written(talk_id)
        ],
        "view": json.loads(store.view(talk_id, lead, now=now).canonical()),
    }


def own_view(store: Store, talk_id: str, viewer: str, *, now: datetime) -> dict[str, Any]:
    """Return what somebody sees of a talk, and nothing else: made from `Store.view` alone.

    Raises:
        NotFoundError: there is no such talk, or the viewer is not in it; the two look alike.
    """
    data: dict[str, Any] = json.loads(store.view(talk_id, viewer, now=now).canonical())
    return data


def record_case(talk: Talk, *, document: str) -> Case:
    """Return the case that a talk makes: positions, and the statements that they rest on.

    Only what its side lets inform analysis, and has confirmed where the mediator wrote it down, is
    in it. Every position is confidential, and rests on a statement in the talk's own record.

    Args:
        talk: the talk as it stands.
        document: the name of that record in the case.
    """
    made = live_case(talk) or Case.model_validate({"case": talk.title, "parties": _parties(talk)})
    statements = {
        f"said-{item.id}": {
            "document": document, "by": side, "date": bucket(item.at), "says": item.current,
            "kind": _KINDS.get(item.kind, "says"), "channel": "in confidence",
        }
        for side, item in _usable(talk)
    }  # fmt: skip
    data = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    for position in data.get("positions", ()):
        position["source"] = ["said-" + position["id"].removeprefix("of-")]
    data["documents"] = {document: {"title": f"Record of the talk: {talk.title}"}}
    return Case.model_validate(
        {**data, "third-parties": _third_parties(talk), "statements": statements}
    )


def _parties(talk: Talk) -> dict[str, Any]:
    return {
        side: {"name": room.side.name}
        for side, room in talk.rooms.items()
        if room.side.kind == "party"
    }


def _third_parties(talk: Talk) -> dict[str, Any]:
    others = {
        side: {"name": room.side.name, "roles": [room.side.kind]}
        for side, room in talk.rooms.items()
        if room.side.kind != "party"
    }
    return {MEDIATOR: {"name": "The mediator", "roles": ["mediator"]}, **others}


def _usable(talk: Talk) -> list[tuple[str, Item]]:
    """Return what may inform analysis, of parties that are still in the talk."""
    return [
        (room.side.id, item)
        for room, item in talk.items()
        if confirmed(room, item) and "analysis" in talk.effective(item).ways
        if not room.side.left
    ]


def joined(case: Case, record: Case, *, document: str) -> Case:
    """Return a case with the record of a talk in it, in place of an earlier one of that talk.

    Parties, third parties and issues that the case has stay as they are: the mediator's own words.
    """
    old, new = (
        one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in (case, record)
    )
    earlier = {
        name for name, said in old.get("statements", {}).items() if said["document"] == document
    }
    kept = [
        position
        for position in old.get("positions", ())
        if not earlier & set(position.get("source", ()))
    ]
    said = {name: one for name, one in old.get("statements", {}).items() if name not in earlier}
    return Case.model_validate({
        **old,
        **{
            key: {**new.get(key, {}), **old.get(key, {})}
            for key in ("parties", "third-parties", "documents", "issues")
        },
        "statements": {**said, **new.get("statements", {})},
        "positions": [*kept, *new.get("positions", ())],
    })  # fmt: skip
