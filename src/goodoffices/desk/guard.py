"""What stands before every page: host, size, origin, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from anyio import fail_after
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goodoffices.desk.settings import Settings

CONTENT = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""The content policy: no script, nothing from another address, no frame."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})
_STRICT = "max-age=63072000; includeSubDomains"


def headers_for(settings: Settings) -> Mapping[str, str]:
    """Return the headers of every answer of a server with these settings."""
    return {**HEADERS, "Strict-Transport-Security": _STRICT} if settings.secure else HEADERS


class _TooLargeError(Exception):
    """The body of a request grew beyond what is read."""


class Guard:
    """Refuses what no page should see, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.headers = headers_for(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here when it is not to be passed on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        status = self._refusal(scope)
        if status:
            await PlainTextResponse(_WORDS[status], status)(scope, receive, answer)
            return
        try:
            await self.app(scope, self._counted(receive), answer)
        except (_TooLargeError, TimeoutError) as error:
            status = 413 if isinstance(error, _TooLargeError) else 408
            if not started:
                await PlainTextResponse(_WORDS[status], status)(scope, receive, answer)

    def _refusal(self, scope: Scope) -> int:
        """Return the status of a request that is refused, 0 for one that goes on."""
        headers = Headers(scope=scope)
        if host_of(headers.get("host", "")) not in self.settings.hosts:
            return 421
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > self.settings.body_bytes:
            return 413 if length.isdecimal() else 400
        if scope["method"] not in SAFE and not same_origin(headers):
            return 403
        return 0

    def _counted(self, receive: Receive) -> Receive:
        read, more = 0, True

        async def counted() -> Message:
            nonlocal read, more
            with fail_after(self.settings.body_seconds if more else None):
                message = await receive()
            if message["type"] == "http.request":
                more = message.get("more_body", False)
                read += len(message.get("body", b""))
                if read > self.settings.body_bytes:
                    raise _TooLargeError
            return message

        return counted


_WORDS = {
    400: "The request cannot be read.\n",
    408: "The request did not come to its end.\n",
    403: "The request came from another page.\n",
    413: "The request is too large.\n",
    421: "This server does not answer under that name.\n",
}


def host_of(host: str) -> str:
    """Return the name in a Host header, without the port.

    >>> host_of("[::1]:8000"), host_of("talks.example:443")
    ('[::1]', 'talks.example')
    """
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def same_origin(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of ours, or from no page at all.

    Browsers say where a form was sent from; programs that use the interface say nothing, and
    carry no cookie that a browser would have added.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")
