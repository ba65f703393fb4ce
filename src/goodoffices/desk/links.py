"""Links to the page of an act, with the things that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

ActLink = Callable[[str, Mapping[str, str]], str]


def act_link(base: str) -> ActLink:
    """Return what makes links to acts of the talk at ``base``.

    >>> act_link("/talks/t")("reply", {"question": "q"})
    '/talks/t/do/reply?question=q'
    """

    def link(act: str, things: Mapping[str, str]) -> str:
        query = urlencode({key: value for key, value in things.items() if value})
        return f"{base}/do/{act}" + (f"?{query}" if query else "")

    return link
