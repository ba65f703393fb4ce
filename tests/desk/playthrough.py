"""What each person sees after each step of the demonstration's talk, as lines of text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from tests.desk.demo import Demo

Seen = Mapping[str, Sequence[str]]
"""The lines of each thing that somebody looks at."""

VIEWERS = ("Mira", "Ada", "Abel", "Bea", "Ben", "Gus", "Oda")
ROOM = {"": "My room", "/text": "The text", "/entrusted": "Entrusted", "/asked": "Asked of me"}
DESK = {"": "The desk", "/text": "The text", "/packages": "Packages"}
_BLOCK = re.compile(
    r"</?(?:article|blockquote|dd|details|div|dt|form|h[1-3]|legend|li|ol|p|section|summary|table|"
    r"td|th|tr|ul)\b[^>]*>"
)
_MARKS = (
    (re.compile(r"<(?:a|button)\b[^>]*>"), " ["), (re.compile(r"</(?:a|button)>"), "]"),
    (re.compile(r"</?del>"), "~"), (re.compile(r"<q\b[^>]*>"), "“"), (re.compile(r"</q>"), "”"),
    (re.compile(r"<[^>]*>"), ""),
)  # fmt: skip
_RANDOM = re.compile(r"[0-9a-f]{20}|side-[0-9a-f]{8}|[\w-]{40}|[\w-]{24}")


def text_of(page: str) -> list[str]:
    """Return what the main part of a page says, a line for each block.

    >>> text_of('<nav>x</nav><main><h1>My  room</h1><p>A &lt; <a href="/">link</a></p></main>')
    ['My room', 'A < [link]']
    """
    text = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    text = _BLOCK.sub("\0", text.replace("\n", " "))
    for mark, sign in _MARKS:
        text = mark.sub(sign, text)
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\0"))
    return [line for line in lines if line]


def lines_of(key: str, view: Any, names: Mapping[str, str]) -> list[str]:
    """Return a part of a view as JSON, without random names.

    Sides and people have the names that they are known by, everything else is numbered in the
    order in which it comes; what is in an order of random names is put in one of its own.
    """
    numbers: dict[str, str] = {}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return dict(sorted((str(plain(key)), plain(inner)) for key, inner in value.items()))
        if isinstance(value, list):
            found = [plain(inner) for inner in value]
            return sorted(found) if all(inner in names.values() for inner in found) else found
        if isinstance(value, str) and _RANDOM.fullmatch(value):
            return names.get(value) or numbers.setdefault(value, f"{key}-{len(numbers) + 1}")
        return value

    text = json.dumps(plain(view), indent=1, ensure_ascii=False)
    lines = (" ".join(line.split()).strip(",") for line in text.splitlines())
    return [line for line in lines if line not in {"{", "}", "[", "]"}]


def difference(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield the lines that went and those that came.

    >>> list(difference(["a", "b"], ["a", "c", "d"]))
    ['- b', '+ c', '+ d']
    """
    for what, start, end, from_, to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if what != "equal":
            yield from (f"- {line}" for line in before[start:end])
            yield from (f"+ {line}" for line in after[from_:to])


def play(demo: Demo, look: Callable[[str], Seen]) -> str:
    """Tell the story, and after each step what each person sees that they did not see before."""
    told: list[str] = []
    known: dict[str, Seen] = {who: {} for who in VIEWERS}
    for number, step in enumerate(demo.steps(), start=1):
        told += ["", f"# {number}. {step.words}", *step.notes]
        if len(demo.stage.people) < len(VIEWERS) + 1:
            continue
        same = []
        for who in VIEWERS:
            seen = look(who)
            changes = [
                (place, list(difference(known[who].get(place, ()), lines)))
                for place, lines in seen.items()
            ]
            known[who] = seen
            for place, lines in changes:
                if lines:
                    told += ["", f"## {who}: {place}", *lines]
            if not any(lines for _, lines in changes):
                same.append(who)
        if same:
            told += ["", f"The same as before for: {', '.join(same)}."]
    return "\n".join(told).strip() + "\n"
