"""Lines of a page that belong to its site: reading times, counters of comments, links to more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.spans import Span

_ANY = r"[^\n]{0,120}"


def furniture_in(text: str, words: Lexicon) -> list[Span]:
    """Return the lines of a text that say nothing of what it reports, in order.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> text = "Port shut\\n\\n4 min read\\n\\nThe port read 4 letters."
    >>> [span.of(text) for span in furniture_in(text, lexicon("en"))]
    ['4 min read']
    """
    pattern = _pattern(words)
    return [Span(*match.span()) for match in pattern.finditer(text)] if pattern else []


@cache
def _pattern(words: Lexicon) -> re.Pattern[str] | None:
    rows = ["|".join(row) for row in words.table("furniture")]
    lines = "|".join(row.replace("*", _ANY).replace("{n}", r"\d[\d.,]*") for row in rows)
    return re.compile(rf"^[ \t]*(?:{lines})[ \t.]*$", re.I | re.M) if rows else None


def stands_in(span: Span, lines: Sequence[Span]) -> bool:
    """Return whether something stands in one of some lines.

    >>> stands_in(Span(3, 4), [Span(0, 5)]), stands_in(Span(6, 7), [Span(0, 5)])
    (True, False)
    """
    place = bisect_right(lines, span.start, key=lambda line: line.start) - 1
    return place >= 0 and lines[place].end >= span.end
