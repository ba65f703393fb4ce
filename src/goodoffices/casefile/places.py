"""Where things stand in a case file, and how places and findings are shown to people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from goodoffices.casefile.nodes import Fault, ListNode, MapNode, Node, Scalar
from goodoffices.errors import Problem
from goodoffices.model.conditions import Path

_SHOWN = 60
_LISTED = 120
_STEPS = 16


class Places:
    """Where everything stands in one case file."""

    def __init__(self, file: str, root: Node | None) -> None:
        self.file = file
        self._root = root
        self._entries: dict[int, dict[str, tuple[int, Node]]] = {}

    def line_of(self, path: Path) -> int:
        """Return the line of a place; of one that is not there, the line of what would hold it."""
        line, node = 1, self._root
        if node is not None:
            line = node.line
        for key in path:
            found = self._step(node, key)
            if found is None:
                return line
            line, node = found
        return line

    def _step(self, node: Node | None, key: str | int) -> tuple[int, Node] | None:
        if isinstance(node, MapNode):
            entries = self._entries.get(id(node))
            if entries is None:
                entries = {
                    name.text: (value.line if isinstance(value, Scalar) else name.line, value)
                    for name, value in node.entries
                }
                self._entries[id(node)] = entries
            return entries.get(str(key))
        if isinstance(node, ListNode) and isinstance(key, int) and key < len(node.items):
            return node.items[key].line, node.items[key]
        return None

    def problem(self, fault: Fault) -> Problem:
        """Return a fault as a problem of this file."""
        line = fault.line or self.line_of(fault.path)
        return Problem(
            self.file, line, place(fault.path), fault.expected, shown(fault.found), fault.near
        )


def place(path: Path) -> str:
    """Write a path the way problems do.

    >>> place(("positions", 2, "party")), place(("issues", "a b"))
    ('$.positions[2].party', '$.issues["a b"]')
    """
    written = [_written(key) for key in path]
    if len(written) > _STEPS:
        written[_STEPS // 2 : -2] = ["…"]
    return "$" + "".join(written)


def _written(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    if re.fullmatch(r"[\w-]+", key):
        return f".{key}"
    return f"[{json.dumps(shown(key), ensure_ascii=False)}]"


def shown(data: Any) -> str:
    """Write what was found, on one line and shortened.

    >>> shown(["a", {"b": "c"}])
    '[a, {b: c}]'
    """
    text, length = [], 0
    for piece in _pieces(data):
        text.append(piece)
        length += len(piece)
        if length > _SHOWN:
            break
    line = "".join(char if char.isprintable() else " " for char in "".join(text)[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _pieces(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield "{"
        for index, (key, value) in enumerate(data.items()):
            yield f"{', ' if index else ''}{key}: "
            yield from _pieces(value)
        yield "}"
    elif isinstance(data, list | tuple):
        yield "["
        for index, value in enumerate(data):
            yield ", " if index else ""
            yield from _pieces(value)
        yield "]"
    else:
        yield "" if data is None else str(data)


def one_of(names: Iterable[str], kind: str) -> str:
    """Say which names are expected, shortened when there are many.

    >>> one_of(["hamas", "israel"], "a party")
    'one of hamas, israel'
    >>> one_of([], "a party")
    'the id of a party, of which the case has none'
    """
    words = [shown(name) for name in names]
    if not words:
        return f"the id of {kind}, of which the case has none"
    if len(words) == 1:
        return f"{words[0]}, the only {kind.removeprefix('an ').removeprefix('a ')}"
    line, listed = words[0], 1
    while listed < len(words) and len(line) + len(words[listed]) < _LISTED:
        line += f", {words[listed]}"
        listed += 1
    rest = len(words) - listed
    return f"one of {line}" + (f" and {rest} more" if rest else "")


def nearest(found: Any, names: Iterable[str]) -> str:
    """Return the accepted name that looks most like what was found, or "".

    >>> nearest("hams", ["israel", "hamas"])
    'hamas'
    """
    return _nearest(found, tuple(names)) if isinstance(found, str) else ""


@lru_cache(maxsize=1024)
def _nearest(found: str, names: tuple[str, ...]) -> str:
    if len(found) > _SHOWN * 2:
        return ""
    plain = {name.casefold().replace("_", "-").replace(" ", "-"): name for name in reversed(names)}
    folded = found.casefold().replace("_", "-").replace(" ", "-")
    close = get_close_matches(folded, plain, n=1, cutoff=0.6)
    return shown(plain[close[0]]) if close else ""
