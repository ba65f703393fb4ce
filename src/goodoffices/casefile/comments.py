"""Comments of a case file: found in the text, and tied to the places they speak of.

A comment on a line of its own belongs to what comes next; one that is indented more deeply than
what comes next belongs to what came before; one at the end of a line belongs to what begins on
that line. Entries of a list that have an id are known by it, so that their comments move along.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from goodoffices.casefile.yaml_nodes import LOADER

Place = tuple[str, ...]
"""Keys from the top; an entry of a list by its id, as ``[h1]``, or else by its index."""

Lines = tuple[str, ...]
"""Comments as written, with "" for a blank line between them."""

_BLANK_NEXT = re.compile(r"[ \t]*\n[ \t]*(?:\n|\Z)")
_CANDIDATE = re.compile(r"(?:(?<=[ \t\r\n])|\A)#[^\r\n]*")


@dataclass(frozen=True)
class Comments:
    """The comments of a case file by place."""

    before: Mapping[Place, Lines] = field(default_factory=dict)
    beside: Mapping[Place, Lines] = field(default_factory=dict)
    after: Mapping[Place, Lines] = field(default_factory=dict)
    end: Lines = ()

    @property
    def places(self) -> set[Place]:
        """Every place that has a comment."""
        return {*self.before, *self.beside, *self.after}


def item_place(item: Any, index: int) -> str:
    """Return the step of a place that leads to an entry of a list.

    >>> item_place({"id": "h1"}, 3), item_place("s1", 3)
    ('[h1]', '[#3]')
    """
    id = item.get("id") if isinstance(item, dict) else None
    return f"[{id}]" if isinstance(id, str) else f"[#{index}]"


@dataclass(slots=True)
class _Part:
    """A value in the text: where it begins and ends, and what it holds."""

    begin: Any
    end: int = 0
    flow: bool = False
    block_text: bool = False
    text: str | None = None
    keyed: bool = False
    parts: list[_Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a key or an entry of a list begins, and the place it is."""

    index: int
    line: int
    column: int
    place: Place
    dashed: bool = False


class _Source:
    """A text with the starts of its places and the stretches in which # is no comment."""

    def __init__(self, text: str, loader: Any) -> None:
        self.text = text
        self.texts: list[tuple[int, int]] = []
        self.flows: list[tuple[int, int, Place]] = []
        self.starts: list[_Start] = []
        root = self._root(loader)
        if root is not None:
            self._walk(root, ())
        self._indexes = [start.index for start in self.starts]

    def _root(self, loader: Any) -> _Part | None:
        """Put the parts together from the events of the parser."""
        top = _Part(None)
        stack = [top]
        event: Any
        for event in yaml.parse(self.text, Loader=loader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                block = event.style in {"|", ">"}
                end = event.end_mark.index
                part = _Part(event.start_mark, end, text=event.value, block_text=block)
                stack[-1].parts.append(part)
                self.texts.append((self._text_begin(part), end))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                keyed = kind is yaml.MappingStartEvent
                part = _Part(event.start_mark, flow=bool(event.flow_style), keyed=keyed)
                stack[-1].parts.append(part)
                stack.append(part)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop().end = event.end_mark.index
        return top.parts[0] if top.parts else None

    def _text_begin(self, part: _Part) -> int:
        """The header of a block text, as ``>-``, may be followed by a comment."""
        begin: int = part.begin.index
        return self.text.find("\n", begin) if part.block_text else begin

    def _walk(self, part: _Part, place: Place) -> None:
        if part.flow:
            self.flows.append((part.begin.index, part.end, place))
        if part.keyed:
            for key, value in zip(part.parts[::2], part.parts[1::2], strict=True):
                inner = (*place, str(key.text))
                mark = key.begin
                self.starts.append(_Start(mark.index, mark.line, mark.column, inner))
                self._walk(value, inner)
            return
        for index, item in enumerate(part.parts):
            inner = (*place, item_place(_with_id(item), index))
            mark = item.begin
            column = mark.column if part.flow else part.begin.column
            dashed = not part.flow
            self.starts.append(_Start(mark.index, mark.line, column, inner, dashed))
            self._walk(item, inner)

    def comments(self) -> Iterator[re.Match[str]]:
        """Yield the comments in the order of the text."""
        place = 0
        while (match := _CANDIDATE.search(self.text, place)) is not None:
            at = bisect_right(self.texts, (match.start(), len(self.text))) - 1
            if at >= 0 and match.start() < self.texts[at][1]:
                place = self.texts[at][1]  # within a text; a comment may follow behind it
            else:
                yield match
                place = match.end()

    def around(self, index: int) -> tuple[_Start | None, _Start | None]:
        """Return the last start before a point of the text and the first one after it."""
        at = bisect_right(self._indexes, index)
        before = self.starts[at - 1] if at else None
        return before, self.starts[at] if at < len(self.starts) else None

    def has_begun(self, coming: _Start, index: int) -> bool:
        """Whether the dash of an entry stands before a comment that stands before the entry."""
        between = self.text[index : coming.index].split("\n")
        return coming.dashed and not any(line.lstrip().startswith("-") for line in between)

    def flow_around(self, index: int) -> tuple[int, int, Place] | None:
        """Return the innermost list or mapping in brackets that a point of the text is in."""
        inside = [flow for flow in self.flows if flow[0] < index < flow[1]]
        return max(inside, default=None)

    def place_of_line(self, begin: int, index: int) -> Place | None:
        """Return the place that a comment at the end of a line speaks of."""
        ended = [flow for flow in self.flows if flow[0] < begin < flow[1] <= index and flow[2]]
        if ended:
            return min(ended)[2]
        first = bisect_left(self._indexes, begin)
        if first < len(self.starts) and self.starts[first].index < index:
            return self.starts[first].place
        return self.starts[first - 1].place if first else None

    def enclosing(self, last: _Start, column: int) -> _Start | None:
        """Return the innermost place around a start that begins at a column or left of it."""
        at = bisect_right(self._indexes, last.index) - 1
        place = last.place
        for start in self.starts[at::-1]:
            if start.place == place[: len(start.place)]:
                if start.column <= column:
                    return start
                place = start.place[:-1]
        return None


def _with_id(part: _Part) -> dict[str, str] | None:
    if part.keyed:
        for key, value in zip(part.parts[::2], part.parts[1::2], strict=True):
            if key.text == "id" and value.text:
                return {"id": value.text}
    return None


def read_comments(text: str, loader: Any = LOADER) -> Comments:
    """Return the comments of a YAML text that can be read.

    >>> comments = read_comments("case: Talks  # of May\\n# the sides\\nparties: {a: {name: A}}\\n")
    >>> comments.beside, comments.before
    ({('case',): ('# of May',)}, {('parties',): ('# the sides',)})
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = _Source(text, loader)
    slots = _Slots({}, {}, {}, {})
    for match in source.comments():
        comment = match[0].rstrip()
        begin = text.rfind("\n", 0, match.start()) + 1
        place = None
        if text[begin : match.start()].strip():
            place = source.place_of_line(begin, match.start())
        if place is not None:
            slots.beside.setdefault(place, []).append(comment)
            continue
        lines = slots.of(source, match.start(), match.start() - begin)
        lines.append(comment)
        if _BLANK_NEXT.match(text, match.end()):
            lines.append("")
    return slots.comments()


@dataclass(frozen=True, slots=True)
class _Slots:
    """Comments while they are being collected."""

    before: dict[Place, list[str]]
    beside: dict[Place, list[str]]
    after: dict[Place, list[str]]
    end: dict[Place, list[str]]

    def of(self, source: _Source, index: int, column: int) -> list[str]:
        """Return the lines that a comment on a line of its own joins."""
        last, coming = source.around(index)
        flow = source.flow_around(index)
        if flow is not None:
            if coming is not None and coming.index < flow[1]:
                return self.before.setdefault(coming.place, [])
            place = last.place if last is not None and last.index > flow[0] else flow[2]
            return self.after.setdefault(place, [])
        holder = None
        inside = coming is not None and source.has_begun(coming, index)
        if last is not None and not inside and column > (coming.column if coming else 0):
            holder = source.enclosing(last, column)
        if holder is not None:
            return self.after.setdefault(holder.place, [])
        return self.before.setdefault(coming.place, []) if coming else self.end.setdefault((), [])

    def comments(self) -> Comments:
        """Return what was collected; a blank line at the very end says nothing."""
        return Comments(
            before={place: tuple(lines) for place, lines in self.before.items()},
            beside={place: tuple(lines) for place, lines in self.beside.items()},
            after={place: _trimmed(lines) for place, lines in self.after.items()},
            end=_trimmed(self.end.get((), [])),
        )


def _trimmed(lines: list[str]) -> Lines:
    return tuple(lines[:-1] if lines and lines[-1] == "" else lines)
