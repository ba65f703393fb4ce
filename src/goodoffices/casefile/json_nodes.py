"""A case file in JSON, read by a small reader of its own that knows the line of every value.

Numbers stay as they are written. ``null`` is no value, as an empty place in YAML is none;
``true`` and ``false`` are refused, for a case has only texts and numbers.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from goodoffices.casefile.nodes import Builder, Fault, Node, TooDeepError

_SPACE = re.compile(r"[ \t\r\n]*")
_TEXT = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"(?:true|false|null)(?!\w)")
_CLOSERS = {"{": "}", "[": "]"}


def read_json(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the root of a JSON text, None when there is none, and what is wrong with it."""
    reader = _Reader(text)
    try:
        reader.read()
    except (TooDeepError, _SyntaxError):
        return None, reader.builder.faults
    return reader.builder.root, reader.builder.faults


class _SyntaxError(Exception):
    """Raised to stop reading; the fault is in the builder."""


class _Reader:
    """Goes through a JSON text once, feeding a builder; no recursion, so depth is harmless."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.builder = Builder()
        self.line = 1
        self.place = 0
        self.closers: list[str] = []
        self.first = True

    def read(self) -> None:
        """Read the one value that the text is."""
        self._value()
        while self.closers:
            self._next_entry()
        self._skip()
        if self.place < len(self.text):
            self._stop("nothing after the end of the case")

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.place)
        end = match.end() if match else self.place
        self.line += self.text.count("\n", self.place, end)
        self.place = end

    def _stop(self, expected: str) -> NoReturn:
        found = self.text[self.place : self.place + 60].split("\n")[0]
        self.builder.faults.append(Fault((), expected, found, line=self.line))
        raise _SyntaxError

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        match = pattern.match(self.text, self.place)
        if match is None:
            return None
        self.place = match.end()
        return match[0]

    def _mark(self, mark: str) -> bool:
        """Take a punctuation mark if it stands next."""
        self._skip()
        found = self.text.startswith(mark, self.place)
        self.place += found
        return found

    def _next_entry(self) -> None:
        """Read the next entry of the list or mapping that is open, or its end."""
        closer = self.closers[-1]
        if self._mark(closer):
            self.closers.pop()
            self.builder.close()
            self.first = False
            return
        if not self.first and not self._mark(","):
            self._stop(f"a comma or {closer}")
        if closer == "}":
            self._key()
        self._value()

    def _key(self) -> None:
        self._skip()
        self._text(self._take(_TEXT) or self._stop("a key in double quotation marks"))
        if not self._mark(":"):
            self._stop("a colon after the key")

    def _value(self) -> None:
        self._skip()
        mark = self.text[self.place : self.place + 1]
        self.first = False
        if mark in _CLOSERS:
            self.place += 1
            self.builder.open(self.line, mapping=mark == "{")
            self.closers.append(_CLOSERS[mark])
            self.first = True
        elif (text := self._take(_TEXT)) is not None:
            self._text(text)
        elif (number := self._take(_NUMBER)) is not None:
            self.builder.scalar(number, self.line, plain=True)
        elif (word := self._take(_WORD)) is not None:
            self._word(word)
        elif mark == '"':
            self._stop("a quotation mark that ends the text on the same line")
        else:
            self._stop("a value")

    def _text(self, token: str) -> None:
        try:
            text = json.loads(token)
        except json.JSONDecodeError:
            self.place -= len(token)
            self._stop("an escape that JSON knows after \\")
        self.builder.scalar(text, self.line, plain=False)

    def _word(self, word: str) -> None:
        if word == "null":
            self.builder.scalar("", self.line, plain=True)
        else:
            self.builder.fault("a text in quotation marks or a number", word, line=self.line)
            self.builder.hole(self.line)
