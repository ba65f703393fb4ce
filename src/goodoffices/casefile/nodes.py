"""What a case file is made of before it means anything: texts, lists and mappings, with lines.

Both readers, of YAML and of JSON, feed a `Builder`; what they have in common is held here: keys
are texts and stand once, nothing nests too deeply, nothing has a type by its looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from goodoffices.model.conditions import Path

MAX_DEPTH = 100
"""How deeply lists and mappings may stand in each other."""

_LONE = re.compile("[\ud800-\udfff]")


class Scalar(NamedTuple):
    """A text as written; `plain` when it stood without quotation marks."""

    text: str
    line: int
    plain: bool


class ListNode(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int


class MapNode(NamedTuple):
    """A mapping; of a key that stood twice, the first."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int


class Hole(NamedTuple):
    """A place whose content was refused, and whose problem is already known."""

    line: int


Node: TypeAlias = Scalar | ListNode | MapNode | Hole
"""Any part of a case file."""


class Fault(NamedTuple):
    """A problem before it has a file name; without a line, the line of its path is meant."""

    path: Path
    expected: str
    found: Any = ""
    near: str = ""
    line: int = 0


class TooDeepError(Exception):
    """Raised to stop reading; the fault is in the builder."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not been closed yet."""

    line: int
    mapping: bool
    items: list[Any]
    lines: dict[str, int]
    key: Scalar | None = None
    skip: bool = False


class Builder:
    """Puts nodes together as a reader meets them, and collects what is wrong with them."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []

    @property
    def path(self) -> Path:
        """The place of the next node."""
        steps: list[str | int] = []
        for frame in self._open:
            if not frame.mapping:
                steps.append(len(frame.items))
            elif frame.key is not None:
                steps.append(frame.key.text)
        return tuple(steps)

    def fault(self, expected: str, found: str = "", *, line: int) -> None:
        """Note a fault at the place of the next node."""
        self.faults.append(Fault(self.path, expected, found, line=line))

    def scalar(self, text: str, line: int, *, plain: bool) -> None:
        """Add a text, as a value or as a key."""
        if not text.isascii() and _LONE.search(text):
            self.fault("a text without half characters (lone surrogates)", line=line)
            self._put(Hole(line))
            return
        self._put(Scalar(text, line, plain))

    def hole(self, line: int) -> None:
        """Add a place that cannot be read; the caller has noted why."""
        self._put(Hole(line))

    def open(self, line: int, *, mapping: bool) -> None:
        """Begin a list or a mapping."""
        if len(self._open) >= MAX_DEPTH:
            words = f"lists and mappings at most {MAX_DEPTH} deep"
            self.faults.append(Fault(self.path, words, line=line))
            raise TooDeepError
        self._open.append(_Open(line, mapping, [], {}))

    def close(self) -> None:
        """End the list or mapping that was begun last."""
        frame = self._open.pop()
        items = tuple(frame.items)
        self._put(MapNode(items, frame.line) if frame.mapping else ListNode(items, frame.line))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        if not frame.mapping:
            frame.items.append(node)
        elif frame.key is None:
            self._put_key(frame, node)
        elif frame.skip:
            frame.key, frame.skip = None, False
        else:
            frame.items.append((frame.key, node))
            frame.key = None

    def _put_key(self, frame: _Open, node: Node) -> None:
        frame.skip = True
        if not isinstance(node, Scalar) or not node.text:
            if not isinstance(node, Hole):
                self.fault("a name as key, before the colon", line=node.line)
            frame.key = Scalar("", node.line, plain=False)
            return
        frame.key = node
        if node.plain and node.text == "<<":
            self.fault("every key written out; merge keys are not read", "<<", line=node.line)
        elif node.text in frame.lines:
            words = f"each key once; it stands on lines {frame.lines[node.text]} and {node.line}"
            self.fault(words, node.text, line=node.line)
        else:
            frame.lines[node.text] = node.line
            frame.skip = False


class PlainData:
    """A tree of nodes as texts, lists and dicts, with None where nothing can be said.

    A key or a list item without a value is a fault; only an option of an issue may stand
    without words of its own. ``holes`` are the places of which a problem is known.
    """

    def __init__(self, root: Node) -> None:
        self.faults: list[Fault] = []
        self.holes: list[Path] = []
        self.data = self._data(root, ())

    def _data(self, node: Node, path: Path) -> Any:
        if isinstance(node, Scalar):
            return node.text if node.text or not node.plain else self._nothing(node, path)
        if isinstance(node, MapNode):
            return {key.text: self._data(value, (*path, key.text)) for key, value in node.entries}
        if isinstance(node, ListNode):
            return [self._data(item, (*path, index)) for index, item in enumerate(node.items)]
        self.holes.append(path)
        return None

    def _nothing(self, node: Scalar, path: Path) -> None:
        if not (len(path) == 4 and path[0] == "issues" and path[2] == "options"):
            self.faults.append(Fault(path, "a value", line=node.line))
            self.holes.append(path)
