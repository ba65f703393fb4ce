"""The one place that opens a connection: to a helper whose address the user gave.

One call, to that address and no other: no redirect is followed, no proxy is looked up, and nothing
is sent before the user was told what leaves the machine.
"""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from goodoffices.errors import CallError, HelperError

MOST_ANSWER_BYTES = 8_000_000
"""The longest answer that is read."""
_PATH = "/chat/completions"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Address:
    """Where a helper is reached."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def where(self) -> str:
        """The address in words, with how what is sent is guarded on the way."""
        if self.host in _LOCAL:
            return f"{self} (this machine)"
        guarded = "encrypted on the way" if self.scheme == "https" else "NOT encrypted on the way"
        return f"{self} ({guarded})"


def read_address(text: str) -> Address:
    """Read the address of a helper as users give it.

    Raises:
        CallError: it is none.

    >>> read_address("http://localhost:11434/v1").path
    '/v1/chat/completions'
    """
    expected = "an address as http://localhost:11434/v1 or https://host/v1"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise CallError("--helper", expected=expected, found=text) from None
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    printable = text.isascii() and text.isprintable() and " " not in text
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or not printable:
        raise CallError("--helper", expected=expected, found=text)
    path = parts.path.rstrip("/")
    path = path if path.endswith(_PATH) else path + _PATH
    return Address(
        parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80), path
    )


def ask(address: Address, body: dict[str, Any], *, key: str | None, seconds: float) -> bytes:
    """Send one question and return the answer.

    Raises:
        HelperError: nobody answers, in time, or with an answer.
    """
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    connection = kinds[address.scheme](address.host, address.port, timeout=seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    until = time.monotonic() + seconds
    try:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        connection.request("POST", address.path, content, headers)
        response = connection.getresponse()
        _check(address, response)
        return _read(address, response, connection, until)
    except TimeoutError:
        expected = f"an answer within {seconds:g} seconds (--limit helper-seconds=N waits longer)"
        raise HelperError(str(address), expected=expected) from None
    except (OSError, http.client.HTTPException) as error:
        found = getattr(error, "strerror", None) or type(error).__name__
        raise HelperError(str(address), expected="an answer", found=str(found)) from None
    finally:
        connection.close()


def _check(address: Address, response: http.client.HTTPResponse) -> None:
    if 300 <= response.status < 400:
        target = response.headers.get("Location", "")
        found = f"a redirect to {urlsplit(target).hostname or target}; it is not followed"
        raise HelperError(str(address), expected="an answer from this address", found=found)
    if response.status != 200:
        reason = "".join(mark for mark in response.reason if mark.isprintable())[:80]
        found = f"{response.status} {reason}".strip()
        raise HelperError(str(address), expected="an answer (status 200)", found=found)


def _read(
    address: Address, response: http.client.HTTPResponse,
    connection: http.client.HTTPConnection, until: float,
) -> bytes:  # fmt: skip
    """Read the answer in parts, so that a slow one ends in time and a huge one is not kept."""
    parts: list[bytes] = []
    length = 0
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = response.read1(65_536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        length += len(part)
        if length > MOST_ANSWER_BYTES:
            expected = f"an answer of at most {MOST_ANSWER_BYTES:,} bytes"
            raise HelperError(str(address), expected=expected)
