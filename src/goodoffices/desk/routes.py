"""Every address of the pages, and who it is for: one table, deny by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from starlette.responses import Response

from goodoffices.desk import acting, entrance, exports, inviting, lobby, mediation, rooms
from goodoffices.desk.visit import Visit
from goodoffices.talks import RoomView

Needs = Literal["nothing", "resting", "session", "account", "room", "desk", "talk"]
"""What a visitor needs: nothing; a session, resting or awake; a session that is awake; the
authenticator that the account asks for as well; or to be somebody in the talk: of a side (room), of
the mediator's team (desk), or of either (talk). Each asks for what stands before it."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address, what it takes, who it is for, and what answers.

    What needs a room, the desk or the talk is given the visitor's view as well.
    """

    method: Literal["GET", "POST"]
    path: str
    needs: Needs
    answer: Callable[..., Response]


def _either(
    room: Callable[[Visit, Any], Response], desk: Callable[[Visit, Any], Response]
) -> Callable[[Visit, Any], Response]:
    """Return what answers somebody of a side with one page and the mediator's team with another."""

    def answer(visit: Visit, seen: Any) -> Response:
        return (room if isinstance(seen, RoomView) else desk)(visit, seen)

    return answer


TABLE: tuple[Route, ...] = (
    Route("GET", "/", "account", lobby.start),
    Route("GET", "/sign-in", "nothing", entrance.sign_in_page),
    Route("POST", "/sign-in", "nothing", entrance.sign_in),
    Route("GET", "/join/{token}", "nothing", entrance.join_page),
    Route("POST", "/join/{token}", "nothing", entrance.join),
    Route("POST", "/language", "nothing", entrance.choose_language),
    Route("GET", "/health", "nothing", lobby.health),
    Route("POST", "/sign-out", "resting", entrance.sign_out),
    Route("POST", "/lock", "resting", entrance.lock),
    Route("GET", "/unlock", "resting", entrance.unlock_page),
    Route("POST", "/unlock", "resting", entrance.unlock),
    Route("GET", "/welcome", "session", entrance.welcome),
    Route("GET", "/account", "session", entrance.account_page),
    Route("GET", "/account/authenticator", "session", entrance.authenticator_page),
    Route("POST", "/account/authenticator", "session", entrance.set_authenticator),
    Route("POST", "/account/passphrase", "session", entrance.set_passphrase),
    Route("POST", "/account/sign-out-everywhere", "session", entrance.sign_out_everywhere),
    Route("GET", "/open", "account", lobby.open_page),
    Route("POST", "/open", "account", lobby.open_talk),
    Route("GET", "/talks/{talk}", "talk", _either(rooms.room_page, mediation.desk_page)),
    Route("GET", "/talks/{talk}/text", "talk", _either(rooms.text_page, mediation.text_page)),
    Route("GET", "/talks/{talk}/entrusted", "room", rooms.entrusted_page),
    Route("GET", "/talks/{talk}/asked", "room", rooms.asked_page),
    Route("GET", "/talks/{talk}/promise", "room", rooms.promise_page),
    Route("GET", "/talks/{talk}/side/{side}", "desk", mediation.side_page),
    Route("GET", "/talks/{talk}/packages", "desk", mediation.packages_page),
    Route("GET", "/talks/{talk}/people", "desk", mediation.people_page),
    Route("POST", "/talks/{talk}/people/{person}/again", "desk", inviting.invite_again),
    Route("GET", "/talks/{talk}/do/invite", "desk", inviting.invite_page),
    Route("POST", "/talks/{talk}/do/invite", "desk", inviting.invite),
    Route("GET", "/talks/{talk}/do/{act}", "talk", acting.act_page),
    Route("POST", "/talks/{talk}/do/{act}", "talk", acting.act),
    Route("GET", "/talks/{talk}/export", "talk", exports.export_page),
    Route("GET", "/talks/{talk}/export/view.json", "talk", exports.export_view),
    Route("GET", "/talks/{talk}/export/head.json", "talk", exports.export_head),
)
