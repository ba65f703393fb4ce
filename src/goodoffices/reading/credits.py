"""Credits of pictures and recordings: "Photo: Name", "[Agency]" at the end of a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from goodoffices.reading.lexicon import Lexicon
from goodoffices.reading.result import Credit
from goodoffices.reading.spans import Span

_BRACKETED = re.compile(r"[\[(]([^\W\d_a-z][^\[\]()\n]{1,60})[\])][ \t]*$", re.MULTILINE)


def credits_in(text: str, words: Lexicon) -> Iterator[Credit]:
    """Yield the credits of a text, in order.

    >>> from goodoffices.reading.lexicon import lexicon
    >>> text = "The hall in Bern. Photo: Ana Keller"
    >>> [credit.source.of(text) for credit in credits_in(text, lexicon("en"))]
    ['Ana Keller']
    """
    found = [*_labelled(text, words), *_bracketed(text)]
    yield from sorted(found, key=lambda credit: credit.span)


def _labelled(text: str, words: Lexicon) -> Iterator[Credit]:
    label = _label(words)
    for colon in re.finditer(":", text):
        before = label.search(text, max(0, colon.start() - _LABEL), colon.start())
        match = _NAME.match(text, colon.end())
        if before is not None and match is not None:
            yield Credit(Span(before.start(), match.end()), Span(*match.span(1)))


_LABEL = 30
"""How long a label such as "Photograph courtesy of" is at most."""
_NAME = re.compile(r"[ \t]*(\w[^\n]{0,80}?)\.?[ \t]*$", re.MULTILINE)


@cache
def _label(words: Lexicon) -> re.Pattern[str]:
    names = "|".join(sorted(words.words("credit"))) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{names})(?: by| courtesy of)?$", re.IGNORECASE)


def _bracketed(text: str) -> Iterator[Credit]:
    for match in _BRACKETED.finditer(text):
        yield Credit(Span(*match.span()), Span(*match.span(1)))
