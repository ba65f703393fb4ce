"""Rows from a spaCy pipeline that is installed here: its parse, our words that report.

Only what is written here is used of a token, so that any pipeline with a parser will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from goodoffices.reading.grounding import HelperRow
from goodoffices.reading.lexicon import Lexicon

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
_CONTENTS = frozenset({"ccomp", "xcomp", "obj", "dobj", "parataxis"})


class Token(Protocol):
    """What is used of a token of a parse."""

    @property
    def text(self) -> str: ...
    @property
    def idx(self) -> int: ...
    @property
    def dep_(self) -> str: ...
    @property
    def children(self) -> Iterable[Token]: ...
    @property
    def subtree(self) -> Iterable[Token]: ...


Pipeline = Callable[[str], Iterable[Token]]
"""What parses a text: a call gives its tokens, in order."""


def spacy_rows(text: str, pipeline: Pipeline, words: Lexicon) -> tuple[HelperRow, ...]:
    """Return a row for every word that reports and has a subject and something said."""
    return tuple(_rows(text, pipeline, words))


def _rows(text: str, pipeline: Pipeline, words: Lexicon) -> Iterator[HelperRow]:
    for token in pipeline(text):
        cues = words.cues.get(token.text.lower())
        if not cues:
            continue
        children = list(token.children)
        speaker = next((one for one in children if one.dep_ in _SUBJECTS), None)
        for said in children:
            if said.dep_ in _CONTENTS and speaker is not None:
                yield HelperRow(
                    speaker=_covered(text, speaker),
                    cue=token.text,
                    quote=_covered(text, said),
                    kind=cues[0].kind,
                )


def _covered(text: str, token: Token) -> str:
    """The words of a part of a parse, from its first to its last."""
    parts = list(token.subtree)
    start = min(part.idx for part in parts)
    end = max(part.idx + len(part.text) for part in parts)
    return text[start:end].strip(' ,;"“”')
