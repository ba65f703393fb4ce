"""How a case is laid out on the lines of a file, with its comments in their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodoffices.casefile.comments import Comments, Lines, Place, item_place
from goodoffices.casefile.plain import Plain
from goodoffices.casefile.scalars import block_scalar, scalar

WIDTH = 100
"""The length that lines keep to where their words allow it."""


class Layout:
    """Lays out canonical data: sections in blocks, and in them one line for what fits on one."""

    def __init__(self, data: dict[str, Any], comments: Comments) -> None:
        self._data = data
        self._comments = _settled(data, comments)
        self._holders = {
            place[:length] for place in self._comments.places for length in range(len(place))
        }

    def lines(self) -> list[str]:
        """Return the lines of the file."""
        lines: list[str] = []
        apart = False
        for key, value in self._data.items():
            section = isinstance(value, dict | list)
            if lines and (section or apart):
                lines.append("")
            apart = section
            lines += self._entry(key, value, (key,), 0)
        if self._comments.end:
            lines += ["", *self._comments.end]
        return lines

    def _entry(self, key: str, value: Any, place: Place, indent: int) -> Iterator[str]:
        """Yield the lines of a key and its value."""
        head = f"{' ' * indent}{scalar(key)}:"
        yield from self._commented(self._value(head, value, place, indent), place, indent)

    def _item(self, value: Any, place: Place, indent: int) -> Iterator[str]:
        """Yield the lines of an entry of a list."""
        head = f"{' ' * indent}-"
        line = self._on_line(head, value, place)
        if line is not None:
            lines = [line]
        elif isinstance(value, dict):
            inner = [
                line
                for key, part in value.items()
                for line in self._entry(key, part, (*place, key), indent + 2)
            ]
            lines = [f"{head} {inner[0].lstrip(' ')}", *inner[1:]]
        else:
            lines = list(self._value(head, value, place, indent))
        yield from self._commented(lines, place, indent)

    def _commented(self, lines: Any, place: Place, indent: int) -> Iterator[str]:
        """Yield the lines of a place among its comments."""
        yield from _indented(self._comments.before.get(place, ()), indent)
        beside = self._comments.beside.get(place)
        for index, line in enumerate(lines):
            yield f"{line}  {' '.join(beside)}" if beside and index == 0 else line
        yield from _indented(self._comments.after.get(place, ()), indent)

    def _value(self, head: str, value: Any, place: Place, indent: int) -> Iterator[str]:
        """Yield the lines of a value after its key or dash."""
        line = self._on_line(head, value, place)
        if line is not None:
            yield line
        elif isinstance(value, str):
            block = block_scalar(value, indent + 2, WIDTH) or [scalar(value)]
            yield f"{head} {block[0]}"
            yield from block[1:]
        else:
            yield head
            yield from self._parts(value, place, indent + 2)

    def _parts(self, value: Any, place: Place, indent: int) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield from self._entry(key, part, (*place, key), indent)
        else:
            for index, item in enumerate(value):
                yield from self._item(item, (*place, item_place(item, index)), indent)

    def _on_line(self, head: str, value: Any, place: Place) -> str | None:
        """Return key or dash and value on one line, None when they do not belong on one."""
        if value is None:
            return head
        if isinstance(value, dict | list) and value and (len(place) < 2 or place in self._holders):
            return None
        text = scalar(value) if _is_text(value) and "\n" not in value else _in_brackets(value)
        if value in ({}, []):
            # Nothing to put on further lines: without its brackets it would read as missing.
            return f"{head} {text}"
        return None if text is None or len(head) + 1 + len(text) > WIDTH else f"{head} {text}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Plain)


def _in_brackets(value: Any) -> str | None:
    """Return a value on one line as it may stand within brackets, None when it cannot."""
    if isinstance(value, dict):
        pairs = [(scalar(key, flow=True), _in_brackets(part)) for key, part in value.items()]
        if any(part is None for _, part in pairs):
            return None
        return "{" + ", ".join(f"{key}: {part}" for key, part in pairs) + "}"
    if isinstance(value, list):
        parts = [_in_brackets(part) for part in value]
        return None if None in parts else "[" + ", ".join(str(part) for part in parts) + "]"
    if _is_text(value):
        return None if "\n" in value else scalar(value, flow=True)
    return None if value is None else str(value)


def _indented(lines: Lines, indent: int) -> Iterator[str]:
    for line in lines:
        yield f"{' ' * indent}{line}" if line else ""


def _settled(data: dict[str, Any], comments: Comments) -> Comments:
    """Give every comment a place that is there.

    What spoke of the first key of an entry of a list speaks of the entry, since they begin on
    one line. A comment whose own place is gone goes before the entry that it was in, or, when
    that is gone too, to the end of the file.
    """
    if not comments.places:
        return comments
    present = dict(_places(data, ()))
    before: dict[Place, Lines] = {}
    beside: dict[Place, Lines] = {}
    after: dict[Place, Lines] = {}
    end: Lines = ()
    for kind, slot in (
        (comments.before, before),
        (comments.beside, beside),
        (comments.after, after),
    ):
        for place, lines in kind.items():
            settled = present.get(place)
            if settled is not None:
                slot[settled] = slot.get(settled, ()) + lines
                continue
            lines = tuple(line for line in lines if line)
            holder = _holder(place, present)
            if holder is None:
                end += lines
            else:
                before[holder] = before.get(holder, ()) + lines
    return Comments(before, beside, after, end + comments.end)


def _holder(place: Place, present: dict[Place, Place]) -> Place | None:
    """Return the innermost entry of a section around a place that is gone."""
    while len(place) > 2:
        place = place[:-1]
        if place in present:
            return present[place]
    return None


def _places(
    value: Any, place: Place, *, first: Place | None = None
) -> Iterator[tuple[Place, Place]]:
    """Yield every place in the data with the place where its comments are written."""
    if place:
        yield place, first or place
    if isinstance(value, dict):
        entry = bool(place) and place[-1].startswith("[")
        for index, (key, part) in enumerate(value.items()):
            lifted = place if entry and index == 0 else None
            yield from _places(part, (*place, key), first=lifted)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*place, item_place(item, index)))
