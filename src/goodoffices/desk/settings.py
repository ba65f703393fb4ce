"""What whoever runs the server may set, and what it comes with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the server behaves.

    Attributes:
        hosts: the names under which it answers; any other is refused.
        secure: whether it is reached by TLS, so that cookies go over nothing else.
        session: how long somebody stays signed in, at most.
        idle: how long a session may rest before it ends.
        invitation: how long an invitation can be taken up.
        body_bytes: the largest request that is read.
        body_seconds: how long is waited for the next part of a request.
        tries: wrong passphrases or codes in a row before an account or address has to wait.
        wait: how long it then waits.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    session: timedelta = timedelta(hours=8)
    idle: timedelta = timedelta(minutes=30)
    invitation: timedelta = timedelta(days=7)
    body_bytes: int = 1_000_000
    body_seconds: float = 20.0
    tries: int = 8
    wait: timedelta = timedelta(minutes=15)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; the prefix binds it to this host and to TLS."""
        return "__Host-session" if self.secure else "session"

    @property
    def language_cookie(self) -> str:
        """The name of the cookie that holds somebody's language."""
        return "__Host-language" if self.secure else "language"
