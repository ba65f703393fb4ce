"""Running the server: what it listens on, and the first invitation."""

from __future__ import annotations

import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import uvicorn
from uvicorn.logging import DefaultFormatter

from goodoffices.desk.app import create_app, now
from goodoffices.desk.openings import Invitation, issued
from goodoffices.desk.settings import Settings
from goodoffices.errors import CallError, StoreUnavailableError
from goodoffices.store import Store

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_KEPT_ALIVE_SECONDS = 5
_AT_ONCE = 2000
_EVERY_SECONDS = 60.0
_LARGEST_HEADER_BYTES = 32_768


class WithoutContents(DefaultFormatter):
    """Tells of an error what kind it is and where in the program it came up, and nothing more.

    What an error says of itself can hold what somebody wrote.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802  (a name of the standard library)
        """Return the kinds of the error and of those that led to it, each with its places."""
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            told.append(type(error).__name__)
            told += (
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            )
            error = error.__cause__ or error.__context__
        return "\n".join(told)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": f"{__name__}.WithoutContents", "fmt": "%(message)s"}},
    "handlers": {
        "errors": {
            "class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr",
        }
    },
    "loggers": {"uvicorn": {"handlers": ["errors"], "level": "WARNING", "propagate": False}},
}  # fmt: skip
"""What the server tells of itself: errors, on standard error."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens, and how it is reached.

    Attributes:
        socket: bound, so that the address is known before anything is served.
        address: what a browser on this machine opens.
    """

    socket: socket.socket
    address: str


def listen(host: str, port: int, settings: Settings) -> Listening:
    """Take the address of the server.

    Args:
        host: a loopback address, or any other when a reverse proxy brings TLS.
        port: 0 for any that is free.
        settings: how it is reached.

    Raises:
        CallError: the address cannot be had, or it is not loopback and there is no TLS.
    """
    if host not in LOOPBACK and not settings.secure:
        raise CallError(
            "--host",
            expected="a loopback address, or --behind-tls with a reverse proxy",
            found=host,
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen()
    except (OSError, OverflowError) as error:
        found.close()
        words = error.strerror if isinstance(error, OSError) else "not a port"
        raise CallError(
            f"{host}:{port}", expected="an address that is free", found=str(words)
        ) from None
    at = found.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    scheme = "https" if settings.secure else "http"
    address = f"{scheme}://{settings.hosts[0]}" if settings.secure else f"{scheme}://{shown}:{at}"
    return Listening(found, address)


def first_invitation(store: Store, settings: Settings) -> Invitation:
    """Make link and code for a mediator who can open talks."""
    data = {"talk": "", "person": "", "name": "Mediator"}
    return issued(store, settings, data, now())


Stop = Callable[[], None]
"""Asks a server to end, as the signal does that a service manager sends."""


def serve(
    store: Store,
    settings: Settings,
    listening: Listening,
    *,
    begun: Callable[[Stop], object] | None = None,
) -> None:
    """Serve until the process is told to stop; requests that have begun are finished.

    Nothing that people write, and no address of a page, is put into a log.

    Args:
        store: where talks and accounts are kept.
        settings: how it behaves.
        listening: where it is reached.
        begun: called just before it serves, with what ends it.
    """
    config = uvicorn.Config(
        create_app(store, settings),
        access_log=False,
        log_level="warning",
        log_config=LOGGING,
        lifespan="off",
        server_header=False,
        proxy_headers=settings.secure,
        forwarded_allow_ips="127.0.0.1",
        timeout_keep_alive=_KEPT_ALIVE_SECONDS,
        timeout_graceful_shutdown=10,
        limit_concurrency=_AT_ONCE,
        h11_max_incomplete_event_size=_LARGEST_HEADER_BYTES,
    )
    over = Event()
    keeper = Thread(target=_keep_time, args=(store, over), daemon=True)
    keeper.start()
    server = _Server(config)
    if begun is not None:
        begun(server.stop)
    try:
        server.run(sockets=[listening.socket])
    finally:
        over.set()
        keeper.join(_EVERY_SECONDS)


def _keep_time(store: Store, over: Event) -> None:
    """Close sealed acceptances when their time is over, and seal the other boxes anew till then.

    Done at set times, this tells whoever compares copies of the database nothing of who answered.
    """
    while not over.wait(_EVERY_SECONDS):
        for talk in store.talks():
            # A database that is away for a while is asked again at the next time.
            with suppress(StoreUnavailableError):
                store.settle(talk, now=now())


class _Server(uvicorn.Server):
    """A server that ends when it is told to, and lets its caller go on."""

    def stop(self) -> None:
        """End as soon as requests that have begun are finished."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that ask for an end, while it serves."""
        asked = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in asked}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
