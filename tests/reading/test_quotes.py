"""Quotation marks: straight and curly, nested, doubled, unclosed, and apostrophes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.quotes import quotations
from goodoffices.reading.spans import Span


def inner(text: str) -> list[str]:
    return [one.inner.of(text) for one in quotations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and left.', ["no"]),
        ("He said “no” and left.", ["no"]),
        ("He said «no» and left.", ["no"]),
        ("Er sagte „nein“ und ging.", ["nein"]),
        ("He said 'no' and left.", ["no"]),
        ("He said ‘no’ and left.", ["no"]),
        ("He said ``no'' and left.", ["no"]),
        ("他说「不」。", ["不"]),
        ('"One," he said, "two."', ["One,", "two."]),
        ("\"He told me 'go' twice,\" she said.", ["He told me 'go' twice,", "go"]),
        ("“He told me ‘go’ twice,” she said.", ["He told me ‘go’ twice,", "go"]),
        ('A ("quoted") word', ["quoted"]),
        ('The deal is "dead"; the talks are not.', ["dead"]),
        ('said," It is over".', [" It is over"]),
        ('He said:"Yes."', ["Yes."]),
    ],
)
def test_quotations_are_paired(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the parties' last offer, isn't it?",
        "the workers' and the owners' shares",
        "It’s the parties’ last offer, isn’t it?",
        "rock 'n roll",
        "in the '90s they met",
        "no marks at all",
        "",
        "'",
    ],
)
def test_apostrophes_are_no_quotations(text: str) -> None:
    assert inner(text) == []


def test_apostrophes_within_single_quotation_marks() -> None:
    text = "She said 'it isn't the parties' business' and left."
    assert inner(text)[0].startswith("it isn't the parties")


def test_a_quotation_that_is_not_closed_runs_to_the_end_of_its_paragraph() -> None:
    text = 'He said: "It is over. We leave.'
    (one,) = quotations(text, Span(0, len(text)))
    assert not one.closed
    assert one.inner.of(text) == "It is over. We leave."


def test_a_quotation_that_is_not_closed_ends_where_the_next_begins() -> None:
    text = 'He said "It is over. She said "It is not," and left.'
    first, second = quotations(text, Span(0, len(text)))
    assert first.inner.of(text) == "It is over. She said "
    assert not first.closed
    assert second.inner.of(text) == "It is not,"


def test_marks_outside_the_paragraph_are_not_seen() -> None:
    text = 'a "b" c "d" e'
    assert [one.inner.of(text) for one in quotations(text, Span(6, len(text)))] == ["d"]


def test_doubled_marks() -> None:
    assert inner('He said ""no"" and left.')[-1] == "no"


@given(st.text(alphabet="ab .,\"'“”‘’«»„`\n", max_size=60))
def test_quotations_lie_within_their_paragraph_in_order(text: str) -> None:
    found = quotations(text, Span(0, len(text)))
    assert list(found) == sorted(found, key=lambda one: (one.span.start, -one.span.end))
    for one in found:
        assert 0 <= one.span.start < one.inner.start <= one.inner.end <= one.span.end <= len(text)


@given(st.text(alphabet="ab .,\"'“”‘’«»", max_size=40))
def test_two_quotations_are_apart_or_nested(text: str) -> None:
    found = quotations(text, Span(0, len(text)))
    for one in found:
        for other in found:
            nested = one.span.holds(other.span) or other.span.holds(one.span)
            assert nested or not one.span.meets(other.span)
