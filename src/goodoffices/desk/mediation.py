"""The mediator's pages: every room, the text, the people, and packages from what was entrusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.responses import Response

from goodoffices.desk.conversations import names_at_the_desk, side_conversation
from goodoffices.desk.languages import catalogue, mark
from goodoffices.desk.links import act_link
from goodoffices.desk.packages import packages
from goodoffices.desk.visit import Visit
from goodoffices.talks import DeskView


def desk_page(visit: Visit, desk: DeskView) -> Response:
    """What waits, and an overview of everything."""
    return _page(visit, desk, "desk.html")


def side_page(visit: Visit, desk: DeskView) -> Response:
    """The conversation with one side."""
    side = next((side for side in desk.sides if side.id == visit.params["side"]), None)
    if side is None:
        return visit.missing()
    conversation = side_conversation(desk, side.id)
    return _page(visit, desk, "desk_side.html", side=side, conversation=conversation)


def text_page(visit: Visit, desk: DeskView) -> Response:
    """The current version, where each party stands, and who saw what."""
    return _page(visit, desk, "desk_text.html", current=current_draft(desk))


def people_page(visit: Visit, desk: DeskView) -> Response:
    """Everybody in the talk."""
    return _page(visit, desk, "desk_people.html", lead=desk.me.role == "lead")


def packages_page(visit: Visit, desk: DeskView) -> Response:
    """What the positions that may inform analysis leave possible together."""
    try:
        found, problem = packages(visit.desk.store.talk(visit.talk_id)), None
    except ValueError as error:
        found, problem = None, str(error)
    note = {"rests_on": " ".join(found.items)} if found else {}
    return _page(visit, desk, "desk_packages.html", packages=found, problem=problem, note=note)


def current_draft(desk: DeskView) -> str | None:
    """Return the identifier of the current version, None before there is a text."""
    return next((seen.draft for seen in desk.sight if seen.current), None)


def desk_given(visit: Visit, desk: DeskView) -> Mapping[str, Any]:
    """Return what every page of the desk is made with."""
    base = f"/talks/{visit.talk_id}"
    names = names_at_the_desk(desk)
    say = catalogue(visit.language.code).gettext
    nav = [(base, say(mark("The desk")))]
    nav += [(f"{base}/side/{side.id}", side.name) for side in desk.sides]
    nav += [
        (f"{base}/text", say(mark("The text"))),
        (f"{base}/packages", say(mark("Packages"))),
        (f"{base}/people", say(mark("People"))),
        (f"{base}/export", say(mark("Export"))),
    ]
    return {
        "desk": desk,
        "base": base,
        "nav": nav,
        "side_names": {"mediator": say(mark("The mediator's team"))}
        | {side.id: side.name for side in desk.sides},
        "everybody": names,
        "named": _namer(names),
        "act_link": act_link(base),
    }


def _namer(names: Mapping[str, str]) -> Callable[[Iterable[str]], str]:
    def named(ids: Iterable[str]) -> str:
        return ", ".join(sorted(names.get(id_, id_) for id_ in ids))

    return named


def _page(visit: Visit, desk: DeskView, template: str, **given: Any) -> Response:
    return visit.page(template, **desk_given(visit, desk), **given)
