"""How the demonstration asks its own server, on this machine, over HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any

_SECONDS = 60.0


def ask(place: tuple[str, int], method: str, path: str, token: str, body: Any) -> tuple[int, Any]:
    """Ask the server once.

    Args:
        place: host and port.
        method, path: what is asked.
        token: of whoever asks; empty for nobody.
        body: what is sent as JSON; None for nothing.

    Returns:
        The status and what was answered.

    Raises:
        OSError, http.client.HTTPException: the server is not there any more.
    """
    connection = http.client.HTTPConnection(*place, timeout=_SECONDS)
    headers: Mapping[str, str] = {"authorization": f"Bearer {token}"} if token else {}
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


GONE = (OSError, http.client.HTTPException)
"""What asking ends with when the server has ended."""
