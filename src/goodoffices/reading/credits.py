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
    if words.words("credit"):
        for match in _label(words).finditer(text):
            yield Credit(Span(*match.span()), Span(*match.span(1)))


@cache
def _label(words: Lexicon) -> re.Pattern[str]:
    names = "|".join(sorted(words.words("credit")))
    return re.compile(
        rf"\b(?i:{names})(?i: by| courtesy of)?:[ \t]*(\w[^\n]{{0,80}}?)\.?[ \t]*$", re.M
    )


def _bracketed(text: str) -> Iterator[Credit]:
    for match in _BRACKETED.finditer(text):
        yield Credit(Span(*match.span()), Span(*match.span(1)))
