"""The folders of languages."""

from __future__ import annotations

from typing import get_args

import pytest

from goodoffices.errors import NotFoundError
from goodoffices.model.record import StatementKind
from goodoffices.reading import languages
from goodoffices.reading.lexicon import Way, lexicon
from goodoffices.reading.tongue import is_data

FRAMES = set("qbtcwpPioanfxjmsukAvdezy")


@pytest.mark.parametrize("language", [code for code in languages() if not is_data(code)])
def test_every_cue_has_a_known_kind_way_and_frames(language: str) -> None:
    words = lexicon(language)
    for cues in (*words.cues.values(), *words.nouns.values()):
        for cue in cues:
            assert cue.kind in get_args(StatementKind)
            assert cue.way in get_args(Way)
            assert cue.frames <= FRAMES
            assert cue.frames


def test_every_kind_but_deeds_has_a_verb() -> None:
    kinds = {cue.kind for cues in lexicon("en").cues.values() for cue in cues}
    assert kinds == set(get_args(StatementKind)) - {"does"}


def test_the_words_are_in_lower_case() -> None:
    words = lexicon("en")
    assert [form for form in words.cues if form != form.lower()] == []
    rows = [word for row in words.classes.values() for word in row]
    assert [word for word in rows if word != word.lower()] == []


def test_a_language_is_read_once() -> None:
    assert lexicon("en") is lexicon("en")


def test_an_unknown_language_is_named_with_those_that_are_known() -> None:
    with pytest.raises(NotFoundError, match=r'expected one of .*en.*; found "xx"'):
        lexicon("xx")


def test_a_class_that_a_language_lacks_is_empty() -> None:
    assert lexicon("en").words("no such class") == frozenset()
    assert lexicon("en").table("no such file") == ()


def test_a_language_that_is_data_has_its_classes_here_and_the_rest_elsewhere() -> None:
    words = lexicon("ar")
    assert "أن" in words.words("complementizer")
    assert (words.cues, words.table("numbers")) == ({}, ())
