"""The pages on which the lead invites people."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from goodoffices.desk.choices import choices
from goodoffices.desk.forms import FORMS, read_form
from goodoffices.desk.mediation import desk_given
from goodoffices.desk.openings import Invitation, invited, invited_again, may_invite
from goodoffices.desk.visit import Visit
from goodoffices.desk.words import REASONS
from goodoffices.talks import DeskView, Refused


def invite_page(visit: Visit, desk: DeskView) -> Response:
    """Ask whom to invite."""
    return _form(visit, desk, {}) if may_invite(desk) else visit.missing()


def invite(visit: Visit, desk: DeskView) -> Response:
    """Bring somebody into the talk, and show link and code once."""
    if not may_invite(desk):
        return visit.missing()
    data = read_form("invite", visit.form)
    done = invited(visit, *(str(data.get(key) or "") for key in ("name", "side", "role")))
    if isinstance(done, Refused):
        return _form(visit, desk, data, done)
    return _handed(visit, desk, done)


def invite_again(visit: Visit, desk: DeskView) -> Response:
    """Show a new link and code for somebody who is in the talk."""
    done = invited_again(visit, desk, visit.params["person"])
    return visit.missing() if done is None else _handed(visit, desk, done)


def _handed(visit: Visit, desk: DeskView, made: Invitation) -> Response:
    link = f"{visit.origin}/join/{made.token}"
    given = desk_given(visit, desk)
    return visit.page("invited.html", **given, name=made.name, link=link, code=made.code)


def _form(
    visit: Visit, desk: DeskView, given: Mapping[str, object], refused: Refused | None = None
) -> Response:
    base = f"/talks/{visit.talk_id}"
    return visit.page(
        "act.html",
        status=409 if refused else 200,
        **desk_given(visit, desk),
        page="desk_page.html",
        form=FORMS["invite"],
        action=f"{base}/do/invite",
        back=f"{base}/people",
        given=given,
        options=choices(desk, "invite", given),
        speaks_of=None,
        limit=None,
        refusal=REASONS[refused.reason] if refused else None,
        about=refused.about if refused else (),
        flags=(),
        flag_places={},
    )
