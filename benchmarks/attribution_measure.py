"""How well speakers, cues and contents are found, against a reader's own labels.

Units are word tokens; punctuation and quotation marks do not count. ``exact`` is the same set of
tokens; ``partial`` the mean share of tokens that the best match covers, of what was found for
precision and of what is labelled for recall; ``overlap`` any shared token; ``joint`` matches one
found statement to one labelled: cues overlap, sources overlap or both are empty, and the F of the
content's tokens is at least a half.

Source: S. Pareti et al., "Automatically Detecting and Attributing Indirect Quotations", EMNLP 2013,
for exact and partial.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Spans = Sequence[tuple[int, int]]
Tokens = frozenset[int]
PARTS = ("cue", "source", "content")
MEASURES = ("exact", "partial", "overlap")
_TOKEN = re.compile(r"\w+")


class Labelled(NamedTuple):
    """One statement, labelled or found: the spans of its three parts."""

    source: Spans
    cue: Spans
    content: Spans


class Rates(NamedTuple):
    """Precision, recall and their harmonic mean, from 0 to 100."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Twice their product over their sum."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Tally:
    """Adds up documents."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    precision: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    recall: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, text: str, labelled: Sequence[Labelled], found: Sequence[Labelled]) -> None:
        """Add one document."""
        spans = [match.span() for match in _TOKEN.finditer(text)]
        gold = [_parts(one, spans) for one in labelled]
        ours = [_parts(one, spans) for one in found]
        for part in PARTS:
            one = [entry[part] for entry in gold if entry[part]]
            other = [entry[part] for entry in ours if entry[part]]
            if part == "source":  # several statements may share the words that name their speaker
                one, other = list(dict.fromkeys(one)), list(dict.fromkeys(other))
            self._compare(part, one, other)
        self.labelled["joint"] += len(gold)
        self.found["joint"] += len(ours)
        both = len(_matched(gold, ours))
        self.precision["joint", "joint"] += both
        self.recall["joint", "joint"] += both

    def _compare(self, part: str, gold: list[Tokens], ours: list[Tokens]) -> None:
        self.labelled[part] += len(gold)
        self.found[part] += len(ours)
        same = (Counter(gold) & Counter(ours)).total()
        self.precision[part, "exact"] += same
        self.recall[part, "exact"] += same
        for one in ours:
            best = max((len(one & other) for other in gold), default=0)
            self.precision[part, "overlap"] += best > 0
            self.precision[part, "partial"] += _share(best, one)
        for one in gold:
            best = max((len(one & other) for other in ours), default=0)
            self.recall[part, "overlap"] += best > 0
            self.recall[part, "partial"] += _share(best, one)

    def rates(self, part: str, measure: str) -> Rates:
        """Return precision and recall of a part by a measure; ``joint`` is both."""
        return Rates(
            100 * self.precision[part, measure] / max(1, self.found[part]),
            100 * self.recall[part, measure] / max(1, self.labelled[part]),
        )

    def rows(self) -> Iterable[tuple[str, str, Rates]]:
        """Yield every part with every measure, and joint."""
        for part in PARTS:
            for measure in MEASURES:
                yield part, measure, self.rates(part, measure)
        yield "joint", "", self.rates("joint", "joint")


def _share(best: int, one: Tokens) -> float:
    return best / len(one)


def _parts(one: Labelled, spans: Sequence[tuple[int, int]]) -> dict[str, Tokens]:
    return {
        "cue": tokens_of(one.cue, spans),
        "source": tokens_of(one.source, spans),
        "content": tokens_of(one.content, spans),
    }


def tokens_of(wanted: Spans, spans: Sequence[tuple[int, int]]) -> Tokens:
    """Return the numbers of the tokens that share a character with some spans.

    >>> sorted(tokens_of([(2, 5)], [(0, 3), (4, 6), (7, 9)]))
    [0, 1]
    """
    found: set[int] = set()
    for start, end in wanted:
        first = bisect_right(spans, start, key=lambda span: span[1])
        found.update(range(first, bisect_left(spans, end, key=lambda span: span[0])))
    return frozenset(found)


def matches(
    text: str, labelled: Sequence[Labelled], found: Sequence[Labelled]
) -> list[tuple[int, int]]:
    """Return the numbers of the labelled and the found statements that stand for each other."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return _matched([_parts(one, spans) for one in labelled], [_parts(one, spans) for one in found])


def _matched(gold: list[dict[str, Tokens]], ours: list[dict[str, Tokens]]) -> list[tuple[int, int]]:
    """Pair found statements with labelled ones, each of which matches once at most."""
    given: dict[int, int] = {}
    for found, one in enumerate(ours):
        best = max(
            (
                (f, -number)
                for number, other in enumerate(gold)
                if number not in given and (f := _agreement(one, other)) >= 0.5
            ),
            default=None,
        )
        if best is not None:
            given[-best[1]] = found
    return sorted(given.items())


def _agreement(one: dict[str, Tokens], other: dict[str, Tokens]) -> float:
    """The F of the contents' tokens; 0 when cues or sources do not fit."""
    if not one["cue"] & other["cue"]:
        return 0.0
    sources = one["source"], other["source"]
    if bool(sources[0]) != bool(sources[1]) or (sources[0] and not sources[0] & sources[1]):
        return 0.0
    shared = len(one["content"] & other["content"])
    return 2 * shared / max(1, len(one["content"]) + len(other["content"]))
