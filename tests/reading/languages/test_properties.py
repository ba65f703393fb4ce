"""What holds for every text in every language: nothing raises, and spans lie in the text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.reading import Reading, hidden_in, shown
from goodoffices.reading.pairs import paired
from goodoffices.reading.spans import Span
from goodoffices.reading.tongue import language_of
from tests.reading.drafts import spans_of
from tests.reading.languages.samples import DATA, reading

PIECES = st.sampled_from(
    [
        "le syndicat", "a dit", "que", "« oui »", "selon", "le port", "n'acceptera pas", "l'offre",
        "el sindicato", "dijo", "según", "«sí»", "قالت", "الهيئة", "إن", "وفقا لـ", "«نعم»",
        "نقابة الميناء", "رفضت", "ועד הנמל", "אמר", "כי", "שהכול", "לפי", '"כן"', 'צה"ל',
        "300", "٣٠٠", "plus de", "أكثر من", "יותר מ-", "40 %", "le 2 mai", "يوم الاثنين",
        "ביום שני", "hier", "2031", "entre 3 et 5", ",", "،", ".", "؟", ":", ";", "«", "»", "“",
        "”", '"', "״", "(", "-", "—", "\n", "\n\n", "\u200f", "\u202e", "\u2067", "ـ", "\u064e",
        "e\u0301", "\U0001f600", "的", "Порт", "ß", "İ", "ﷺ", "ﬁ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map(" ".join)
CODES = st.sampled_from(DATA)


def every_span(found: Reading) -> list[tuple[int, int]]:
    spans = spans_of(found)
    spans += [one.span for one in found.figures]
    spans += [one.counted for one in found.figures if one.counted is not None]
    return spans + [one.span for one in found.dates]


@given(CODES, st.text())
def test_no_string_raises(code: str, text: str) -> None:
    reading(code, text)


@settings(max_examples=300)
@given(CODES, TEXTS)
def test_spans_lie_in_the_text_and_hold_something(code: str, text: str) -> None:
    found = reading(code, text)
    for start, end in every_span(found):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for one in found.statements:
        assert one.within is None or 0 <= one.within < len(found.statements)
        assert one.date is None or one.date < len(found.dates)
    for figure in found.figures:
        assert figure.statement is None or figure.statement < len(found.statements)


@settings(max_examples=100)
@given(CODES, TEXTS)
def test_the_same_text_gives_the_same_bytes(code: str, text: str) -> None:
    one, other = (json.dumps(reading(code, text).to_data()) for _ in range(2))
    assert one == other


@settings(max_examples=100)
@given(CODES, TEXTS)
def test_another_paragraph_after_it_changes_nothing(code: str, text: str) -> None:
    alone = reading(code, text)
    both = reading(code, f"{text}\n\n300.")
    assert both.statements[: len(alone.statements)] == alone.statements
    assert both.dates[: len(alone.dates)] == alone.dates


@given(TEXTS)
def test_what_is_shown_hides_nothing_and_loses_nothing(text: str) -> None:
    assert hidden_in(shown(text)) == ()
    bare = "".join(c for n, c in enumerate(text) if not any(s <= n < e for s, e in hidden_in(text)))
    rest = shown(text)
    for start, end in hidden_in(text):
        rest = rest.replace(f"[U+{ord(text[start:end]):04X}]", "", 1)
    assert rest == bare


@settings(max_examples=200)
@given(CODES, st.text(alphabet='«»“”„"״ab כ,.', max_size=40))
def test_quotations_lie_one_in_another_or_side_by_side(code: str, text: str) -> None:
    found = paired(text, Span(0, len(text)), language_of(code).quotes)
    for n, one in enumerate(found):
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert one.span.holds(one.inner)
        for other in found[n + 1 :]:
            assert not one.span.meets(other.span) or one.span.holds(other.span)


@pytest.mark.parametrize("code", DATA)
@pytest.mark.parametrize(
    "piece",
    [
        '"', "«", "»", "« a ", "a dit que ", "قال إن ", "אמר כי ", ", ", "1 ", "1 000 ", "(",
        "le 2 mai ", "mille ", "selon ", "a\n", '"a" dit ', "d'", "و", "ש", "\u202e", "ـ",
        "\u064b", "a\u0301", "entre ", "il a ", "x: ",
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_good_time(code: str, piece: str) -> None:
    reading(code, piece * 400)
