"""Drafts as people read them: words, marks in the text, and the page."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.brief import reading_html
from goodoffices.brief.reading_page import _pieces
from goodoffices.brief.reading_words import act, details, quantity, who
from goodoffices.reading.drafts import Decision, Draft, DraftDocument, Drafts
from goodoffices.reading.spans import Span
from tests.brief.reader import PageReader

TEXT = 'The <b>union</b> said "no". At least 300 left.\n\nقالت النقابة "لا".'


def draft(id: str, *spans: tuple[int, int], **more: Any) -> Draft:
    given: dict[str, Any] = {"what": "statement", "paragraph": 1, "quote": "no"}
    return Draft(id=id, spans=spans, **(given | more))


def drafts(*found: Draft, **more: Any) -> Drafts:
    digest = hashlib.sha256(b"x").hexdigest()
    about = DraftDocument(
        name="a.txt", media="text", sha256=digest, text_sha256=digest, identity=digest, **more
    )
    return Drafts(key="k", document=about, drafts=found)


def test_who_speaks_is_marked_when_it_is_a_guess() -> None:
    named = draft("d", (0, 3), speaker="The union", by=("crew",))
    assert who(named) == "The union [crew]"
    assert who(named.model_copy(update={"by_suggested": True})) == "The union [crew?]"
    assert who(draft("d", (0, 3))) == "nobody named"


def test_what_is_said_comes_with_how_it_is_put() -> None:
    assert act(draft("d", (0, 3), kind="calls-for", mood=("negated",))) == "calls for (negated)"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"value": "450000", "bound": "at-most", "unit": "people"}, "at most 450,000 people"),
        ({"value": "3", "high": "5", "bound": "between"}, "3 to 5"),
        ({"value": "1234.5", "unit": "percent"}, "1,234.5 percent"),
        ({"value": "-1200"}, "-1,200"),
        ({}, "no"),
    ],
)
def test_figures_are_told_with_bound_and_unit(more: dict[str, str], words: str) -> None:
    assert quantity(draft("f", (0, 3), what="figure", **more)) == words


def test_what_else_is_known_is_told() -> None:
    figure = draft("f", (0, 3), what="figure", counted="dockers", figure_kind="wanted",
                   as_of="2025-05", target="2025-06-02", found_by="helper")  # fmt: skip
    assert details(figure) == [
        "of: dockers", "wanted", "as of May 2025", "by 2 June 2025",
        "proposed by the helper, found in the text",
    ]  # fmt: skip
    said = draft("d", (0, 3), channel="on television", by_suggested=True, by_reason="its role")
    assert details(said) == ["on television", "suggested: its role"]


SPANS = st.tuples(st.integers(0, 44), st.integers(1, 8)).map(lambda one: (one[0], sum(one)))


@settings(max_examples=60, deadline=None)
@given(spans=st.lists(st.lists(SPANS, min_size=1, max_size=3), max_size=4))
def test_marks_are_those_of_a_reader_who_looks_at_every_letter(
    spans: list[list[tuple[int, int]]],
) -> None:
    found = [draft(f"d{n}", *sorted(part)) for n, part in enumerate(spans)]
    numbers = {one.id: one.id for one in found}
    paragraph = Span(0, 46)
    pieces = list(_pieces(TEXT, paragraph, found, numbers))
    assert "".join(piece.text for piece in pieces) == paragraph.of(TEXT)
    marks = [piece.marks for piece in pieces for _ in piece.text]
    assert marks == [
        "said" if any(start <= at < end for one in found for start, end in one.spans) else ""
        for at in range(46)
    ]
    begun = [number for piece in pieces for number in piece.begins]
    assert sorted(begun) == sorted(one.id for one in found if one.extent.start < 46)
    assert len(set(begun)) == len(begun)


def test_the_page_escapes_what_it_shows_and_runs_as_the_letters_run() -> None:
    first = draft("a", (22, 25), cue=(17, 21), speaker="<i>union</i>")
    second = draft("b", (61, 63), paragraph=2)
    figure = draft("c", (28, 40), what="figure", value="300", bound="at-least", unit="people")
    made = drafts(first, figure, second, title="<script>x</script>", language="ar")
    html = reading_html([(made, TEXT)])
    page = PageReader(html)
    assert page.tags["script"] == page.tags["i"] == 0
    assert page.unclosed == page.loads == []
    assert [name for name, count in page.ids.items() if count > 1] == []
    assert 'class="figure"' in html
    sources = [given for tag, given in page.attributes if given.get("class") == "source"]
    assert [given["dir"] for given in sources] == ["auto", "auto"]
    assert {given["lang"] for given in sources} == {"ar"}


def test_a_decision_is_shown_beside_its_draft() -> None:
    decision = Decision(draft="a", decision="drop", by="R", on="2025-06-03")
    made = drafts(draft("a", (4, 9))).with_decision(decision)
    assert '<span class="tag">drop</span>' in reading_html([(made, TEXT)])
    undone = made.with_decision(decision.model_copy(update={"decision": "undo"}))
    assert '<span class="tag">' not in reading_html([(undone, TEXT)])


def test_a_page_of_nothing_is_a_page() -> None:
    assert PageReader(reading_html([])).unclosed == []
    assert PageReader(reading_html([(drafts(), "")])).unclosed == []
