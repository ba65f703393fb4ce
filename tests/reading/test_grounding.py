"""The gate for helpers: what the text does not hold word for word is refused, with the reason."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.errors import HelperError
from goodoffices.model import Case
from goodoffices.reading import Span, read_statements
from goodoffices.reading.documents import read_documents
from goodoffices.reading.drafts import drafts_of
from goodoffices.reading.folding import Folded, folded
from goodoffices.reading.grounding import Grounded, HelperRow, grounded
from goodoffices.reading.helper_rows import answer_schema, question, rows_of, with_rows
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.spacy_rows import spacy_rows
from goodoffices.reading.speakers import Roster

TEXT = (
    "The union told members that it will not accept the offer of the port. Its chair, Ana Reis, "
    "said: “We will never sign — not for less than five percent.”\n\n"
    "The port said it would accept the plan if at least 300 dockers returned by Friday. It did not "
    "promise higher pay.\n\nThe minister scribbled that talks may resume. The mediator denied that "
    "the offer was final."
)
CASE = Case.model_validate(
    {"case": "Port", "parties": {"crew": {"name": "The union"}, "port": {"name": "The port"}}}
)


def row(speaker: str, cue: str, quote: str, kind: str = "says", **more: Any) -> HelperRow:
    data = {"speaker": speaker, "cue": cue, "quote": quote, "kind": kind, **more}
    return HelperRow.model_validate(data)


def gate(*rows: HelperRow, text: str = TEXT) -> Grounded:
    return grounded(text, rows, lexicon("en"), Roster.of(CASE))


def test_a_row_that_the_text_holds_passes_with_its_places() -> None:
    found = gate(row("the UNION", "told", "it will not   accept the offer", "refuses"))
    (made,) = found.statements
    assert made.speaker is not None
    assert made.speaker.span.of(TEXT) == "The union"
    assert made.speaker.ids == ("crew",)
    assert made.cue.of(TEXT) == "told"
    assert [part.of(TEXT) for part in made.content] == ["it will not accept the offer"]
    assert made.mood.negated
    assert made.found_by == "helper"


def test_marks_and_dashes_are_folded_and_mapped_back() -> None:
    found = gate(row("Ana Reis", "said", '"we will never sign - not for less than five percent."'))
    (part,) = found.statements[0].content
    assert part.of(TEXT) == "“We will never sign — not for less than five percent.”"
    assert found.statements[0].quotation == "direct"


ADVERSARIAL = {
    "an invented quote": (row("The union", "told", "it will strike tomorrow"), "quote"),
    "a negation left out inside": (row("The union", "told", "it will accept the offer"), "quote"),
    "a negation cut off before": (
        row("The union", "told", "accept the offer of the port", "accepts"), "negation"),
    "a negation skipped by dots": (
        row("The union", "told", "it will ... accept the offer", "accepts"), "negation"),
    "the contrary kind": (
        row("The union", "told", "it will not accept the offer", "accepts"), "kind"),
    "a refusal of which there is no word": (
        row("The port", "said", "it would accept the plan", "refuses"), "kind"),
    "pieces out of order": (
        row("The union", "told", "the offer of the port ... it will not accept"), "order"),
    "pieces of two paragraphs": (
        row("The union", "told", "it will not accept ... higher pay"), "order"),
    "an invented speaker": (row("The harbour master", "said", "it would accept the plan"),
                            "speaker"),
    "a speaker who comes later": (row("The mediator", "said", "it would accept the plan"),
                                  "speaker"),
    "an invented cue": (row("The port", "promised", "it would accept the plan"), "cue"),
    "a cue of another part": (row("The port", "scribbled", "it would accept the plan"), None),
    "a denied promise as one": (row("It", "promise", "higher pay", "offers"), "negation"),
    "invented evidence": (
        row("The port", "said", "it would accept the plan", "accepts", evidence="gladly"),
        "evidence"),
    "one word that stands anywhere": (row("The port", "said", "the"), "short-quote"),
    "half of a word": (row("The port", "said", "it would accept the pla"), "quote"),
    "another number": (
        row("The port", "said", "at least 300 dockers returned",
            figures=[{"words": "300 dockers", "value": 200}]), "figure"),
    "another bound": (
        row("The port", "said", "at least 300 dockers returned",
            figures=[{"words": "at least 300 dockers", "value": 300, "bound": "at-most"}]),
        "figure"),
    "a figure of another sentence": (
        row("The mediator", "denied", "the offer was final", "denies",
            figures=[{"words": "at least 300 dockers", "value": 300, "bound": "at-least"}]),
        "figure"),
    "a denial turned round": (row("The mediator", "denied", "the offer was final", "agrees"),
                              "kind"),
    "nothing at all": (row("The port", "said", " … "), "quote"),
}  # fmt: skip


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_what_the_text_does_not_hold_is_refused(name: str) -> None:
    one, reason = ADVERSARIAL[name]
    found = gate(one)
    assert [refused.reason for refused in found.refused] == ([reason] if reason else [])
    assert len(found.statements) == (reason is None)
    assert all(refused.words for refused in found.refused)


def test_true_rows_beside_false_ones_pass() -> None:
    rows = [
        row("The port", "said", "it would accept the plan", "accepts", evidence="accept",
            figures=[{"words": "at least 300 dockers", "value": 300, "bound": "at-least"}]),
        row("nobody there", "said", "it would accept the plan"),
        row("The mediator", "denied", "the offer was final", "denies"),
        row("The union", "told", "it will not accept ... of the port", "refuses"),
        row("", "scribbled", "talks may resume"),
    ]  # fmt: skip
    found = gate(*rows)
    assert [(one.number, one.reason) for one in found.refused] == [(2, "speaker")]
    assert [one.kind for one in found.statements] == ["accepts", "denies", "refuses", "says"]
    assert found.statements[0].mood.conditional
    assert found.statements[3].speaker is None
    (figure,) = found.figures
    assert (str(figure.value), figure.statement, figure.found_by) == ("300", 0, "helper")
    assert figure.span.of(TEXT) == "at least 300 dockers"


def test_a_speaker_named_elsewhere_is_a_suggestion() -> None:
    found = gate(row("The port", "scribbled", "talks may resume"))
    speaker = found.statements[0].speaker
    assert speaker is not None
    assert speaker.suggested
    assert "another sentence" in speaker.reason
    text = "The union said no for now while the port said yes to the plan of the mediator."
    crossed = gate(row("The union", "said", "yes to the plan"), text=text).statements[0].speaker
    assert crossed is not None
    assert crossed.suggested
    assert "stand between" in crossed.reason


def test_the_same_words_twice_are_found_where_the_rest_fits() -> None:
    text = "The union will not accept the plan.\n\nThe port said it would accept the plan."
    found = gate(row("The port", "said", "accept the plan", "accepts"), text=text)
    assert found.refused == ()
    assert found.statements[0].paragraph == 2


WORDS = st.text(st.sampled_from("aB’'\"“-–é \u0301\u200fß\n,لا"), max_size=30)


@settings(max_examples=200, deadline=None)
@given(before=WORDS, words=WORDS, after=WORDS)
def test_what_is_found_folds_to_what_was_looked_for(before: str, words: str, after: str) -> None:
    text = f"{before} {words} {after}"
    wanted = folded(words)[0].strip()
    for span in Folded(text).find(words):
        assert wanted in folded(span.of(text))[0]
    plain = unicodedata.normalize("NFC", words)
    if wanted and not unicodedata.combining(folded(f" {after}")[0].lstrip()[:1] or " "):
        assert list(Folded(text).find(plain)) or unicodedata.combining(wanted[0])


def test_words_are_found_whole_within_a_span() -> None:
    look = Folded("An offer, offered: OFFER")
    assert list(look.find("offer")) == [Span(3, 8), Span(19, 24)]
    assert list(look.find("offer", Span(4, 24))) == [Span(19, 24)]
    assert list(look.find(" ")) == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), data=st.data())
def test_the_gate_never_raises_and_never_invents(text: str, data: st.DataObject) -> None:
    piece = st.text(min_size=1, max_size=12)
    part = st.one_of(piece, st.sampled_from(text.split() or ["x"]))
    one = row(data.draw(part), data.draw(part), data.draw(part))
    found = grounded(text, [one], lexicon("en"))
    assert len(found.statements) + len(found.refused) == 1
    for made in found.statements:
        for span in (made.cue, *made.content):
            assert 0 <= span.start < span.end <= len(text)


def answer(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def test_rows_are_read_from_an_answer() -> None:
    content = {"rows": [{"speaker": "", "cue": "said", "quote": "no", "kind": "says"}]}
    assert rows_of(answer(json.dumps(content)), "h")[0].cue == "said"


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"no json", b"\xff\xfe", b"[" * 100_000, b"[]", b"{}", b'{"choices": []}', b"null",
        answer(None), answer("no json"), answer("[]"), answer('{"rows": 1}'),
        answer('{"rows": [{"speaker": "x"}]}'),
        answer('{"rows": [{"speaker": "", "cue": "c", "quote": "q", "kind": "shouts"}]}'),
        answer('{"rows": [{"speaker": "", "cue": "c", "quote": "q", "kind": "says", "x": 1}]}'),
        answer('{"rows": [], "note": "x"}'),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_told(sent: bytes) -> None:
    with pytest.raises(HelperError, match="the helper h: expected"):
        rows_of(sent, "h")


def test_the_question_holds_the_text_and_the_schema_and_nothing_else() -> None:
    body = question("The text.", "m", "en")
    assert body["messages"][1]["content"].endswith("The text.")
    assert body["response_format"]["json_schema"]["schema"] == answer_schema()
    assert {"model", "messages", "temperature", "response_format"} == set(body)


def test_rows_that_the_rules_found_are_not_doubled() -> None:
    reading = read_statements(TEXT, case=CASE)
    rows = (
        row("The mediator", "denied", "the offer was final", "denies"),
        row("The minister", "scribbled", "talks may resume"),
    )
    made = with_rows(TEXT, reading, rows, CASE)
    new = [one for one in made.reading.statements if one.found_by == "helper"]
    assert made.known + len(new) == 2
    assert made.reading.statements[: len(reading.statements)] == reading.statements
    (document,) = read_documents(TEXT.encode(), "a.md").documents
    found = drafts_of(document, made.reading).drafts
    assert {one.found_by for one in found} == {"rules", "helper"}


@dataclass
class Word:
    """A token of a parse, with what is used of spaCy's own."""

    text: str
    idx: int
    dep_: str = ""
    children: list[Word] = field(default_factory=list)

    @property
    def subtree(self) -> Iterable[Word]:
        yield self
        for child in self.children:
            yield from child.subtree


def test_a_parse_gives_rows_that_pass_the_same_gate() -> None:
    text = "The minister said that talks may resume. Nobody said no."

    def word(of: str, dep: str = "", *children: Word) -> Word:
        return Word(of, text.index(of), dep, list(children))

    def pipeline(given: str) -> Iterable[Word]:
        assert given == text
        minister = word("minister", "nsubj", word("The", "det"))
        resume = word("resume", "ccomp", word("that"), word("talks", "nsubj"), word("may"))
        return [minister, word("said", "ROOT", minister, resume), Word("said", 48), resume]

    rows = spacy_rows(text, pipeline, lexicon("en"))
    assert [(one.speaker, one.cue, one.quote) for one in rows] == [
        ("The minister", "said", "that talks may resume"),
    ]
    (made,) = grounded(text, rows, lexicon("en")).statements
    assert made.cue == Span(13, 17)
