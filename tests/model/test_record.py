"""Parties, documents, statements and figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from goodoffices.model import Document, Figure, Party, Person, Statement, ThirdParty


def test_a_party_has_a_name_and_perhaps_others() -> None:
    assert Party.model_validate({"name": "Ana", "aliases": "A."}).aliases == ("A.",)
    with pytest.raises(ValidationError):
        Party.model_validate({"name": " "})


def test_a_third_party_has_at_least_one_role() -> None:
    egypt = ThirdParty.model_validate({"name": "Egypt", "roles": ["mediator", "guarantor"]})
    assert egypt.roles == ("mediator", "guarantor")
    for roles in ([], ["referee"], None):
        with pytest.raises(ValidationError):
            ThirdParty.model_validate({"name": "Egypt", "roles": roles})


def test_a_person_may_speak_for_somebody() -> None:
    assert Person(name="Ana A.", role="envoy", of="ana").of == "ana"
    assert Person(name="A witness").of is None


DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("sha256", DIGEST, DIGEST.upper()),
        ("sha256", DIGEST, DIGEST[1:]),
        ("language", "ar", "arabic script"),
        ("language", "zh-Hant-TW", "e"),
        ("published", "2025-06", "June"),
        ("text", "documents/report.txt", ""),
    ],
)
def test_what_is_known_of_a_document(key: str, good: str, bad: str) -> None:
    Document.model_validate({"title": "A report", key: good})
    with pytest.raises(ValidationError):
        Document.model_validate({"title": "A report", key: bad})


def statement(**data: Any) -> Statement:
    return Statement.model_validate({"document": "report", **data})


@pytest.mark.parametrize("span", [[3, 9], "3-9", ("3", "9")])
def test_a_span_is_two_numbers_or_a_text(span: Any) -> None:
    assert statement(span=span).span == (3, 9)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ([9, 3], "a span whose end is after its start"),
        ([3, 3], "a span whose end is after its start"),
        ([-1, 3], "greater than or equal to 0"),
        ("3", "valid tuple"),
        ("3-x", "valid integer"),
        ([1, 2, 3], "at most 2 items"),
    ],
)
def test_what_is_no_span(span: Any, expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        statement(span=span)


def test_a_statement_is_in_the_document_s_voice_unless_said() -> None:
    one = statement(paragraph=6)
    assert (one.by, one.kind) == (None, "says")
    with pytest.raises(ValidationError):
        statement(paragraph=0)
    with pytest.raises(ValidationError):
        statement(kind="whispers")
    assert statement(**{"by": "ana", "relayed-by": "egypt"}).relayed_by == "egypt"


def figure(**data: Any) -> Figure:
    return Figure.model_validate({"measure": "m", "value": 10, "source": "s1", **data})


@pytest.mark.parametrize(
    ("data", "low", "high"),
    [
        ({}, 10, 10),
        ({"bound": "about"}, 10, 10),
        ({"bound": "at-least"}, 10, None),
        ({"bound": "more-than"}, 10, None),
        ({"bound": "at-most"}, None, 10),
        ({"bound": "less-than"}, None, 10),
        ({"bound": "between", "high": 12}, 10, 12),
    ],
)
def test_the_ends_of_a_claim(data: dict[str, Any], low: int | None, high: int | None) -> None:
    found = figure(**data)
    assert (found.low, found.high_end) == (low, high)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"high": 12}, "'high' with bound: between, and only then"),
        ({"bound": "between"}, "'high' with bound: between, and only then"),
        ({"bound": "between", "high": 9}, "'high' not below 'value'"),
        ({"value": "many"}, "a number"),
        ({"bound": "roughly"}, "Input should be"),
        ({"source": [""]}, "at least 1 character"),
    ],
)
def test_what_is_no_figure(data: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        figure(**data)


def test_a_figure_keeps_its_digits() -> None:
    found = figure(value="0.10")
    assert found.value == Decimal("0.1")
    assert found.value_text == "0.1"
    assert found.model_dump(mode="json")["value"] == "0.1"
