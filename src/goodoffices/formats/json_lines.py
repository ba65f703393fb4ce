"""On which line of a JSON text each value stands, for the problems of files in JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
"""Words that readers of JSON take for numbers, and JSON does not."""


@dataclass
class _Open:
    """A list or mapping that has not been closed yet."""

    place: str
    mapping: bool
    number: int = 0
    key: str | None = None
    keys: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class JsonLines:
    """The lines of a JSON text; of one that is none, as far as it goes.

    Attributes:
        places: the line of each value, by its place, as ``$.options[0].name``.
        repeated: keys that stand twice in a mapping: the line of the second, and the key.
        no_numbers: values that are no numbers although they look it: line and word.
    """

    places: dict[str, int]
    repeated: list[tuple[int, str]]
    no_numbers: list[tuple[int, str]]

    @classmethod
    def of(cls, text: str) -> JsonLines:
        """Return the lines of a text.

        >>> JsonLines.of('{"a": [1,\\n {"b": 2}]}').places
        {'$': 1, '$.a': 1, '$.a[0]': 1, '$.a[1]': 2, '$.a[1].b': 2}
        """
        found = cls({}, [], [])
        stack: list[_Open] = []
        line, last = 1, 0
        for match in _TOKEN.finditer(text):
            line += text.count("\n", last, match.start())
            last = match.start()
            found._take(match[0], line, stack)
        return found

    def line_of(self, place: str) -> int:
        """Return the line of a place; of one that is not there, that of what would hold it."""
        while place not in self.places and place != "$":
            place = place[: max(place.rfind("."), place.rfind("["), 1)]
        return self.places.get(place, 1)

    def _take(self, token: str, line: int, stack: list[_Open]) -> None:
        frame = stack[-1] if stack else None
        if token in "}]":
            if stack:
                stack.pop()
        elif token == ",":
            if frame is not None:
                frame.number, frame.key = frame.number + 1, None
        elif token == ":":
            pass
        elif frame is not None and frame.mapping and frame.key is None:
            frame.key = _key(token)
            if frame.key in frame.keys:
                self.repeated.append((line, frame.key))
            frame.keys.add(frame.key)
        else:
            place = _place(frame)
            self.places.setdefault(place, line)
            if token in "{[":
                stack.append(_Open(place, token == "{"))
            elif token in NO_NUMBERS:
                self.no_numbers.append((line, token))


def _key(token: str) -> str:
    """Return a key without its marks; what is none, as it stands."""
    try:
        return str(json.loads(token))
    except json.JSONDecodeError:
        return token


def _place(frame: _Open | None) -> str:
    if frame is None:
        return "$"
    return f"{frame.place}.{frame.key}" if frame.mapping else f"{frame.place}[{frame.number}]"
