"""Paragraphs, blocks, sentences and items of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices import casefile
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.text import QUOTED, blocks, paragraph_spans

EN = lexicon("en")


def sentences(text: str) -> list[str]:
    """The sentences outside quotations."""
    return [
        sentence.span.of(text)
        for block in blocks(text, EN)
        for sentence in block.sentences
        if sentence.inside == -1
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Mr. Katz met Dr. Ruiz. They left.", ["Mr. Katz met Dr. Ruiz.", "They left."]),
        ("The U.S. envoy left. Talks go on.", ["The U.S. envoy left.", "Talks go on."]),
        ("He lives in the U.S. He works.", ["He lives in the U.S.", "He works."]),
        ("J. Smith and I. We left.", ["J. Smith and I.", "We left."]),
        ("It rose 3.5 percent. Why?", ["It rose 3.5 percent.", "Why?"]),
        ("See No. 5 of the list. No. Never.", ["See No. 5 of the list.", "No.", "Never."]),
        ("It ended at 5 p.m. on Monday.", ["It ended at 5 p.m. on Monday."]),
        ("Why? Because! So... Yes.", ["Why?", "Because!", "So...", "Yes."]),
        ('"No. Never," he said. She left.', ['"No. Never," he said.', "She left."]),
        ('"Never." She left.', ['"Never."', "She left."]),
        ('"Why?" she asked.', ['"Why?" she asked.']),
        ("(It is over.) She left.", ["(It is over.)", "She left."]),
        ("Visit example.org for more. Thanks.", ["Visit example.org for more.", "Thanks."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_quotation_is_one_item_and_has_sentences_of_its_own() -> None:
    text = 'He said: "It is over. We leave." Then he left.'
    (block,) = blocks(text, EN)
    assert [item.word for item in block.sentences[0].items] == ["he", "said", ":", QUOTED]
    inside = [one.span.of(text) for one in block.sentences if one.inside == 0]
    assert inside == ["It is over.", "We leave."]


def test_lines_that_only_wrap_are_one_block() -> None:
    text = (
        "The union said on Monday that it would not accept the offer\n"
        "of the hospital, and that talks had come to an end after a\n"
        "week in which neither side had moved.\n"
    )
    assert len(list(blocks(text, EN))) == 1
    assert len(sentences(text)) == 1


def test_lines_of_their_own_are_blocks_of_one_paragraph() -> None:
    text = "4 min read\n02 June, 2025\nThe minister ordered the army to expand its operations."
    found = list(blocks(text, EN))
    assert [block.paragraph for block in found] == [1, 1, 1]
    assert len(found) == 3


def test_a_line_break_within_a_quotation_ends_no_block() -> None:
    text = '"I think we learned. \nIt was an emotional day," the coach said. \nThe team left.'
    assert len(list(blocks(text, EN))) == 2


def test_text_without_words_has_no_blocks() -> None:
    assert list(blocks("", EN)) == []
    assert list(blocks(" \n\t\n ", EN)) == []


@given(st.text())
def test_paragraphs_are_those_of_the_case_file(text: str) -> None:
    assert [tuple(span) for span in paragraph_spans(text)] == casefile.paragraph_spans(text)


@given(st.text(alphabet=st.sampled_from("aB1 .,!?\"'“”()\n\u0301\u05d0\u0627😀"), max_size=80))
def test_items_lie_in_their_blocks_in_order(text: str) -> None:
    for block in blocks(text, EN):
        for sentence in block.sentences:
            assert sentence.items
            ends = [block.span.start]
            for item in sentence.items:
                assert ends[-1] <= item.start < item.end <= block.span.end
                ends.append(item.end)
