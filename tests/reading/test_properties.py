"""What holds for every text: reading never raises, spans lie in the text, texts do not mix."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.reading import Reading, read_statements
from tests.reading.drafts import TALKS, draft, spans_of

DAY = date(2025, 6, 2)
PIECES = st.sampled_from(
    [
        "The union", "Dana Ruiz", "she", "officials", "the port", "who", "said", "says", "told",
        "according to", "demanded", "refused", "to", "that", "it", "would", "not", "accept",
        "the offer", "on Monday", "last month", "40 percent", "at least 300 people", "by",
        "the end of July", "in 2019", "and", "but", "with", "saying", "was rejected by", ",", ".",
        "?", "!", ":", ";", "—", "(", ")", '"', "“", "”", "'", "’", "«", "»", "``", "\n", "\n\n",
        " ", "Photo:", "[Getty]", "\u200f", "قال", "\U0001f600", "a\u0301",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)


read_statements("Five said so on Monday.")  # the lists of words are read before the clock runs


def read(text: str) -> Reading:
    return read_statements(text, case=TALKS, published=DAY)


@given(st.text())
def test_no_string_raises(text: str) -> None:
    read(text)


@settings(max_examples=400)
@given(TEXTS)
def test_no_text_of_the_words_that_matter_raises(text: str) -> None:
    read(text)


@settings(max_examples=300)
@given(TEXTS)
def test_every_span_lies_in_the_text_and_holds_something(text: str) -> None:
    reading = read(text)
    for start, end in spans_of(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for figure in reading.figures:
        assert 0 <= figure.span.start < figure.span.end <= len(text)


@settings(max_examples=300)
@given(TEXTS)
def test_numbers_of_other_findings_are_in_range(text: str) -> None:
    reading = read(text)
    for number, one in enumerate(reading.statements):
        assert one.within is None or (one.within != number and one.within < len(reading.statements))
        assert one.date is None or one.date < len(reading.dates)
    for figure in reading.figures:
        assert figure.statement is None or figure.statement < len(reading.statements)
        for place in (figure.since, figure.by, figure.as_of):
            assert place is None or place < len(reading.dates)


@settings(max_examples=200)
@given(TEXTS)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    assert json.dumps(read(text).to_data()) == json.dumps(read(text).to_data())


ARTICLE = (
    'The union said on Monday it was "ready". "We wait," she said. "Come."\n\n'
    "The port rejected the offer of 5 percent, according to the ministry."
)


@pytest.mark.parametrize(
    "other",
    [
        "It rained on the harbour.",
        'Nobody was there, the bakers said: "We left."',
        "The bakers demanded 300 ovens by the end of July.",
        "An unfinished (bracket and 'a mark",
    ],
)
def test_another_paragraph_after_it_changes_nothing(other: str) -> None:
    alone, both = read(ARTICLE), read(f"{ARTICLE}\n\n{other}")
    assert both.statements[: len(alone.statements)] == alone.statements
    assert both.figures[: len(alone.figures)] == alone.figures
    assert both.dates[: len(alone.dates)] == alone.dates


@given(st.lists(st.sampled_from(["It rained.", "Nobody came.", "The sun rose."]), max_size=4))
def test_paragraphs_that_say_nothing_before_it_only_move_it(others: list[str]) -> None:
    before = "".join(f"{other}\n\n" for other in others)
    text = before + ARTICLE
    alone = [draft(one, ARTICLE) for one in read(ARTICLE).statements]
    assert [draft(one, text) for one in read(text).statements] == alone
    paragraphs = [one.paragraph for one in read(text).statements]
    assert paragraphs == [one.paragraph + len(others) for one in read(ARTICLE).statements]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 3000,
        "“" * 3000,
        "'a " * 2000,
        "said " * 2000,
        "he said " * 1500,
        '"a" said ' * 1000,
        "(" * 3000,
        "and, " * 2000,
        "1 " * 3000,
        "1,000," * 1500,
        "June " * 2000,
        "three hundred " * 1000,
        "according to " * 1000,
        "a\n" * 2000,
        "the end of " * 1500,
    ],
)
def test_hostile_text_is_read_in_good_time(text: str) -> None:
    read(text)
