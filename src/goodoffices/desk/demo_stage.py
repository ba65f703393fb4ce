"""The stage of the demonstration: people who hold a talk through the interface for programs.

Everything goes through the addresses that any program uses; nothing reaches round the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp

from goodoffices.desk.passing import spoken
from goodoffices.errors import GoodOfficesError

Answer = tuple[int, Any]
Call = Callable[[str, str, str, Mapping[str, Any] | None], Answer]
"""Asks the server: method, path, token and body; gives back the status and what was answered."""
PASSPHRASE_GROUPS = 4
"""Groups of four letters and digits in the passphrase that is made for each person."""


@dataclass(slots=True)
class Player:
    """Somebody in the demonstration, with all that they need to sign in.

    Attributes:
        name: what they are called.
        side: the name of their side.
        role: what they are in the talk.
        login: what they sign in with, together with the passphrase.
        secret: of their authenticator; empty without one.
        codes: for a lost device; each works once in place of the authenticator.
        token: of their session.
    """

    name: str
    side: str
    role: str
    login: str
    passphrase: str
    token: str
    secret: str = ""
    codes: tuple[str, ...] = ()


class Stage:
    """People, their talk, and the server that they ask.

    Attributes:
        people: who has joined, by their first names.
        sides: the identifiers of the sides, by their names.
        talk: where the talk is found, once it is open.
    """

    def __init__(
        self, call: Call, *, clock: Callable[[], datetime], wait: Callable[[datetime], None]
    ) -> None:
        """Take the server.

        Args:
            call: asks it.
            clock: tells the time.
            wait: returns once it is later than a moment.
        """
        self._call = call
        self.clock = clock
        self.wait = wait
        self.people: dict[str, Player] = {}
        self.sides: dict[str, str] = {}
        self.talk = ""

    def join(self, name: str, side: str, role: str, invitation: tuple[str, str]) -> Player:
        """Take up an invitation, given as the token of the link and the code."""
        passphrase = spoken(PASSPHRASE_GROUPS)
        token, code = invitation
        made = self._asked("/api/join", "", token=token, code=code, passphrase=passphrase)
        player = Player(name, side, role, made["name"], passphrase, made["token"])
        self.people[name.split()[0]] = player
        return player

    def protect(self, player: Player) -> None:
        """Set an authenticator up: from then on its code is asked for at every sign-in."""
        player.secret = self._asked("/api/account/authenticator/offer", player.token)["secret"]
        code = pyotp.TOTP(player.secret).at(self.clock())
        given = {"code": code, "passphrase": player.passphrase}
        made = self._asked("/api/account/authenticator", player.token, **given)
        player.codes = tuple(made["codes"])

    def open_talk(self, lead: Player, title: str, sides: Mapping[str, str]) -> None:
        """Open the talk, with sides given by name and kind."""
        named = [{"name": name, "kind": kind} for name, kind in sides.items()]
        given = {"title": title, "lead_name": lead.name, "sides": named}
        self.talk = f"/api/talks/{self._asked('/api/talks', lead.token, **given)['talk']}"
        self.sides = {side["name"]: side["id"] for side in self.seen(lead.name)["sides"]}

    def invite(self, name: str, side: str, role: str) -> tuple[str, str]:
        """Bring somebody into the talk; return the token of the link and the code."""
        (lead,) = (player for player in self.people.values() if player.role == "lead")
        given = {"name": name, "side": self.sides.get(side, side), "role": role}
        made = self._asked(f"{self.talk}/invitations", lead.token, **given)
        return made["token"], made["code"]

    def seen(self, who: str, path: str = "") -> Any:
        """Return what somebody sees: the view of the talk, or what a path below it gives."""
        return self._answered("GET", f"{self.talk}{path}", self.player(who).token, None)

    def player(self, who: str) -> Player:
        """Return somebody by name."""
        return self.people[who.split()[0]]

    def tried(self, who: str, act: str, /, **given: Any) -> Any:
        """Try an act; return None when it is kept, and the refusal when it is not."""
        path, token = f"{self.talk}/acts", self.player(who).token
        status, answer = self._call("POST", path, token, {"act": act, **given})
        if status not in {200, 409}:
            raise GoodOfficesError(f"the demonstration stopped at {act}: {status} {answer}")
        return None if status == 200 else answer

    def act(self, who: str, act: str, /, *, why: str = "", **given: Any) -> None:
        """Do an act.

        Args:
            who: does it.
            act: what they do.
            why: what answers whatever the leak check finds; without it, it must find nothing.
            given: what the act takes.

        Raises:
            GoodOfficesError: the act was refused.
        """
        refused = self.tried(who, act, **given)
        if refused is not None and why and refused["flags"]:
            answers = [
                {"flag": flag["flag"], "decision": "intended", "why": why}
                for flag in refused["flags"]
            ]
            refused = self.tried(who, act, **given, leak_check=answers)
        if refused is not None:
            raise GoodOfficesError(f"the demonstration stopped at {act}: {refused}")

    def _asked(self, path: str, token: str, /, **body: Any) -> Any:
        return self._answered("POST", path, token, body)

    def _answered(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Any:
        status, answer = self._call(method, path, token, body)
        if status != 200:
            raise GoodOfficesError(f"the demonstration stopped at {path}: {status} {answer}")
        return answer
