"""Who says what within what, and what reading is spared by looking where something can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading import Span, Statement
from goodoffices.reading.date_forms import date_forms
from goodoffices.reading.holders import holders_of
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.spans import tokens_in
from goodoffices.reading.text import items_in

EN = lexicon("en")
WANTED = frozenset({"five", "may", "percent", "i"})
written = st.text(alphabet="five mayİßΣ5_'-.,\u0307\r\n\u00a0’percntI", max_size=40)


@given(written)
def test_tokens_of_items_are_those_of_the_text(text: str) -> None:
    assert items_in(text, WANTED)[1] == tokens_in(text, WANTED)


@given(written)
def test_items_hold_every_letter_and_digit(text: str) -> None:
    held = {at for item in items_in(text)[0] for at in range(item.start, item.end)}
    assert {at for at, sign in enumerate(text) if sign.isalnum()} <= held


def holder_in(found: list[Statement], number: int) -> int | None:
    """The twin: every part of every other statement is looked at."""
    cue = found[number].cue
    holders = [
        (part.end - part.start, other)
        for other, one in enumerate(found)
        for part in one.content
        if other != number and part.holds(cue)
    ]
    return min(holders)[1] if holders else None


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda at: Span(at[0], sum(at)))


@given(st.lists(st.tuples(spans, st.lists(spans, min_size=1, max_size=3)), max_size=12))
def test_a_statement_is_held_by_the_shortest_content_around_it(
    rows: list[tuple[Span, list[Span]]],
) -> None:
    found = [
        Statement(
            1, None, cue, tuple(content), "says", cue, "speech", "clause", "indirect"
        ) for cue, content in sorted(rows)
    ]  # fmt: skip
    assert holders_of(found) == [holder_in(found, number) for number in range(len(found))]


def test_a_form_of_dates_needs_what_no_group_makes_optional() -> None:
    needed = {(form.kind, frozenset(form.needed)) for form in date_forms(EN).patterns}
    assert ("ago", frozenset({"number", "unit", "ago"})) in needed
    assert ("day", frozenset({"digits", "month"})) in needed
    assert ("month", frozenset({"month"})) in needed


def test_several_classes_of_words_can_be_asked_for_at_once() -> None:
    both = EN.words("role") | EN.words("organisation")
    assert EN.words("role|organisation") == both
    assert EN.words("role|of no such name") == EN.words("role")
