"""Directions of writing, invisible characters, and which language a text is in."""

from __future__ import annotations

import pytest

from goodoffices.errors import CallError, NotFoundError
from goodoffices.reading import (
    guess_language,
    hidden_in,
    language_for,
    languages,
    read_statements,
    shown,
)
from tests.reading.languages.samples import reading

CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff\u00ad"


@pytest.mark.parametrize("mark", CONTROLS)
def test_controls_change_neither_findings_nor_spans(mark: str) -> None:
    plain = "قالت الهيئة إن 300 عامل وصلوا أمس."
    text = plain.replace("الهيئة", f"{mark}الهي{mark}ئة{mark}").replace("300", f"{mark}300{mark}")
    one, other = reading("ar", plain), reading("ar", text)
    (found,) = other.statements
    assert found.speaker is not None
    assert found.speaker.ids == ("port",)
    assert found.speaker.span.of(text).strip(mark).replace(mark, "") == "الهيئة"
    assert [f.value for f in other.figures] == [f.value for f in one.figures]
    assert [d.first for d in other.dates] == [d.first for d in one.dates]


@pytest.mark.parametrize("mark", CONTROLS)
def test_controls_are_shown_to_a_reviewer(mark: str) -> None:
    text = f"a{mark}b"
    assert [span.of(text) for span in hidden_in(text)] == [mark]
    assert shown(text) == f"a[U+{ord(mark):04X}]b"


def test_nothing_is_added_to_a_text_that_hides_nothing() -> None:
    text = "قال the union «نعم» ושלום."
    assert hidden_in(text) == ()
    assert shown(text) == text


def test_directions_may_mix() -> None:
    text = 'قال José Pérez إن Port "open" ואז 300 عامل.'
    (one,) = reading("ar", text).statements
    assert one.speaker is not None
    assert one.speaker.span.of(text) == "José Pérez"
    assert one.speaker.ids == ("perez",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قالت الهيئة إن كل شيء بخير", "ar"), ("הרשות אמרה כי הכול בסדר", "he"),
        ("La direction du port", None), ("The port is open", None), ("Порт открыт", None),
        ("", None), ("300 %", None), ("گفت که پیشنهاد را پذیرفت", None),
        ("العربية et un long texte en français", None),
    ],
)  # fmt: skip
def test_a_guess_by_letters_never_chooses_between_languages(
    text: str, language: str | None
) -> None:
    guess = guess_language(text)
    assert guess.language == language
    assert guess.guessed
    assert guess.reason


def test_a_given_language_is_taken_or_refused() -> None:
    assert language_for("הרשות", "fr") == "fr"
    with pytest.raises(NotFoundError, match=r"one of ar, en, es, fr, he.*tlh"):
        language_for("x", "tlh")


def test_without_a_language_the_error_says_what_fits() -> None:
    with pytest.raises(CallError, match=r"expected one of ar, en, es, fr, he .its letters fit he"):
        language_for("הרשות אמרה")


def test_a_language_without_a_folder_names_those_there_are() -> None:
    assert {"ar", "en", "es", "fr", "he"} <= set(languages())
    with pytest.raises(NotFoundError, match="one of ar, en, es, fr, he"):
        read_statements("Порт", language="ru")
