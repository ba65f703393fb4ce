"""From drafts to the record and back: what a person keeps, links, answers, and takes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.errors import CallError, NotFoundError
from goodoffices.model import Case
from goodoffices.reading import read_statements
from goodoffices.reading.documents import read_documents
from goodoffices.reading.drafts import (
    Decision,
    Draft,
    Drafts,
    drafts_of,
    earlier_version,
    in_order,
    merged,
    short_quote,
)
from goodoffices.reading.keeping import Choice, Source, free_id, keep, statement_ids, undone
from goodoffices.reading.spans import Span
from goodoffices.reading.suggestions import suggestions

TEXT = (
    'Talks in the port\n\nThe union said on Sunday that it would not accept "any rise" below five '
    "percent.\n\nAt least 300 dockers walked out. The director demanded ten night shifts.\n"
)
CASE = Case.model_validate({
    "case": "Port", "parties": {"crew": {"name": "The union"}, "port": {"name": "Port"}},
    "persons": {"dana": {"name": "Dana Ruiz", "role": "director", "of": "port"}},
    "documents": {"old": {"title": "Old"}}, "statements": {"s1": {"document": "old", "by": "crew"}},
    "issues": {
        "rise": {"question": "Which rise of pay?", "options": ["none", "five"]},
        "nights": {"question": "How many night shifts?", "options": ["six", "ten"]},
    },
    "positions": [
        {"id": "c1", "party": "crew", "refuses": {"rise": "none"}, "source": "s1"},
        {"id": "c2", "party": "crew", "requires": {"rise": "five"}, "source": "s1"},
    ],
    "proposals": [{"id": "p", "by": "port", "terms": {"rise": "none"}}],
})  # fmt: skip


def read(text: str = TEXT, name: str = "port.md", case: Case | None = CASE) -> Drafts:
    (document,) = read_documents(text.encode(), name).documents
    return drafts_of(document, read_statements(text, case=case))


def source(drafts: Drafts, text: str = TEXT, **more: Any) -> Source:
    return Source(drafts.document, text, drafts={one.id: one for one in drafts.drafts}, **more)


def find(drafts: Drafts, words: str) -> Draft:
    return next(one for one in drafts.drafts if words in one.quote)


def test_a_kept_statement_names_document_place_and_quote() -> None:
    drafts = read()
    kept = keep(CASE, source(drafts), find(drafts, "any rise"), Choice())
    assert kept.added == {"documents": ("port-md",), "statements": ("port-md-2",)}
    made = kept.case.statements["port-md-2"]
    assert (made.by, made.kind, made.paragraph) == ("crew", "refuses", 2)
    assert made.quote == "any rise"
    assert made.span is not None
    assert made.quote in TEXT[slice(*made.span)]
    document = kept.case.documents["port-md"]
    assert (document.text, document.sha256) == (
        "documents/port-md.txt", drafts.document.text_sha256,
    )  # fmt: skip


def test_nothing_becomes_a_position_by_itself() -> None:
    drafts = read()
    kept = keep(CASE, source(drafts), find(drafts, "any rise"), Choice())
    assert kept.case.positions == CASE.positions
    assert kept.case.proposals == CASE.proposals


def test_a_speaker_who_is_guessed_or_unknown_has_to_be_said() -> None:
    drafts = read()
    draft = find(drafts, "ten night shifts")
    assert draft.by_suggested
    with pytest.raises(CallError, match="suggested: by=dana"):
        keep(CASE, source(drafts), draft, Choice())
    with pytest.raises(NotFoundError, match="crew"):
        keep(CASE, source(drafts), draft, Choice({"by": "nobody-here"}))
    by = {"by": "dana"}
    assert keep(CASE, source(drafts), draft, Choice(by)).case.statements["port-md-3"].by == "dana"
    nobody = keep(CASE, source(drafts), draft, Choice({"by": "none"}))
    assert nobody.case.statements["port-md-3"].by is None


def test_several_speakers_make_a_statement_each() -> None:
    drafts = read()
    kept = keep(CASE, source(drafts), find(drafts, "any rise"), Choice({"by": "crew, port"}))
    assert kept.added["statements"] == ("port-md-2", "port-md-2b")
    assert [kept.case.statements[id].by for id in kept.added["statements"]] == ["crew", "port"]


def test_corrections_go_before_the_draft_and_are_checked() -> None:
    drafts = read()
    draft = find(drafts, "any rise")
    changes = {"kind": "demands", "says": "More pay.", "date": "2025-06", "id": "s9"}
    made = keep(CASE, source(drafts), draft, Choice(changes)).case.statements["s9"]
    assert (made.kind, made.says, str(made.date)) == ("demands", "More pay.", "2025-06")
    with pytest.raises(CallError, match="statement, kind"):
        keep(CASE, source(drafts), draft, Choice({"kind": "shouts"}))
    with pytest.raises(CallError, match="statement, colour"):
        keep(CASE, source(drafts), draft, Choice({"colour": "red"}))
    with pytest.raises(CallError, match="no statement has yet"):
        keep(CASE, source(drafts), draft, Choice({"id": "s1"}))


def test_keeping_again_finds_what_is_there() -> None:
    drafts = read()
    draft = find(drafts, "any rise")
    once = keep(CASE, source(drafts), draft, Choice())
    twice = keep(once.case, source(drafts), draft, Choice(links=("c1",)))
    assert twice.added == {"statements-found": ("port-md-2",), "linked": ("c1",)}
    assert statement_ids(twice.added) == ("port-md-2",)
    assert twice.case.statements == once.case.statements
    back = undone(twice.case, twice.added)
    assert back == once.case


def test_a_document_is_known_by_its_text() -> None:
    drafts = read()
    held = source(drafts, texts={"old": TEXT})
    assert keep(CASE, held, find(drafts, "any rise"), Choice()).document == "old"


def test_links_answers_and_confidence() -> None:
    drafts = read()
    draft = find(drafts, "any rise")
    choice = Choice(links=("c1",), answers=(("p", "crew", "rejects"),), confidential=True)
    kept = keep(CASE, source(drafts), draft, choice)
    position = kept.case.positions[0]
    assert (position.source, position.status) == (("s1", "port-md-2"), "confidential")
    (response,) = kept.case.proposals[0].responses["crew"]
    assert (response.answer, response.source) == ("rejects", ("port-md-2",))
    assert kept.added["status"] == ("c1=stated",)
    for wrong in (
        Choice(links=("c9",)),
        Choice(answers=(("q", "crew", "rejects"),)),
        Choice(answers=(("p", "dana", "rejects"),)),
    ):
        with pytest.raises(NotFoundError):
            keep(CASE, source(drafts), draft, wrong)


def test_a_new_position_rests_on_the_statement() -> None:
    drafts = read()
    made = {"party": "crew", "requires": {"nights": "six"}, "firmness": "red-line"}
    kept = keep(CASE, source(drafts), find(drafts, "any rise"),
                Choice(position=made, confidential=True))  # fmt: skip
    position = kept.case.positions[-1]
    assert (position.id, position.source) == ("crew", ("port-md-2",))
    assert (position.firmness, position.status) == ("red-line", "confidential")
    with pytest.raises(CallError, match="no position has yet"):
        keep(CASE, source(drafts), drafts.drafts[0], Choice(position={**made, "id": "c1"}))


def test_a_figure_needs_its_measure_and_a_statement() -> None:
    drafts = read()
    figure = find(drafts, "300 dockers")
    with pytest.raises(CallError, match="measure=NAME"):
        keep(CASE, source(drafts), figure, Choice())
    held = figure.claimed_in
    kept = {held: ("s1",)} if held else {}
    done = keep(CASE, source(drafts, kept=kept), figure, Choice({"measure": "strikers"}))
    made = done.case.figures["strikers"]
    assert (str(made.value), made.bound, made.unit) == ("300", "at-least", "dockers")
    (rests,) = made.source
    assert rests in done.case.statements
    with pytest.raises(CallError, match="positions rest on statements"):
        keep(CASE, source(drafts), figure, Choice({"measure": "x"}, links=("c1",)))


def test_a_figure_waits_for_the_statement_that_claims_it() -> None:
    drafts = read()
    figure = next(one for one in drafts.drafts if one.what == "figure" and one.claimed_in)
    with pytest.raises(CallError, match="to be kept before it"):
        keep(CASE, source(drafts), figure, Choice({"measure": "rise"}))


CHOICES = st.builds(
    Choice,
    changes=st.sampled_from([{"by": "crew"}, {"by": "crew,port"}, {"by": "none", "kind": "says"}]),
    links=st.sampled_from([(), ("c1",), ("c1", "c2")]),
    answers=st.sampled_from([(), (("p", "crew", "rejects"),)]),
    position=st.sampled_from([None, {"party": "port", "prefers": {"rise": "none"}}]),
    confidential=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(choice=CHOICES, first=CHOICES)
def test_taking_back_gives_the_case_as_it_was(choice: Choice, first: Choice) -> None:
    drafts = read()
    statements = [one for one in drafts.drafts if one.what == "statement"]
    before = keep(CASE, source(drafts), statements[0], first).case
    kept = keep(before, source(drafts), statements[-1], choice)
    assert kept.case != before
    assert undone(kept.case, kept.added) == before


def test_reading_again_keeps_what_was_decided_and_adds_what_is_new() -> None:
    drafts = read()
    fewer = drafts.model_copy(update={"drafts": drafts.drafts[1:]})
    decision = Decision(draft=fewer.drafts[0].id, decision="drop", by="R", on="2025-06-03")
    again = merged(fewer.with_decision(decision), drafts)
    assert again.drafts == drafts.drafts
    assert again.decided() == {decision.draft: decision}
    assert merged(drafts, fewer) is drafts
    with pytest.raises(ValueError):
        merged(drafts, read(TEXT + "x"))


def test_a_draft_is_known_by_its_document_its_place_and_its_kind() -> None:
    assert read() == read()
    other = {one.id for one in read(TEXT + "More.").drafts}
    assert other.isdisjoint(one.id for one in read().drafts)
    assert len({one.id for one in read().drafts}) == len(read().drafts)


def test_drafts_do_not_tell_where_the_file_lay() -> None:
    assert read(TEXT, "/home/somebody/talks/port.md").document.name == "port.md"
    assert read(TEXT, "C:\\talks\\port.md").document.name == "port.md"


def test_drafts_survive_being_written() -> None:
    drafts = read()
    assert Drafts.model_validate(drafts.to_json()) == drafts


def test_figures_stand_after_the_statements_that_claim_them() -> None:
    drafts = read()
    assert in_order(reversed(drafts.drafts)) == drafts.drafts
    places = {one.id: n for n, one in enumerate(drafts.drafts)}
    assert all(places[one.claimed_in] < places[one.id] for one in drafts.drafts if one.claimed_in)


def test_a_newer_version_is_linked_by_address_or_by_name_and_title() -> None:
    old = read(f"---\ntitle: T\nurl: https://a.example/1\n---\n{TEXT}")
    same_address = read(f"---\ntitle: U\nurl: https://a.example/1\n---\n{TEXT}", "other.md")
    same_name = read(f"---\ntitle: T\n---\n{TEXT}!")
    neither = read(TEXT)
    found = [earlier_version(one.document, [old]) for one in (same_address, same_name, neither)]
    assert [one and one.reason for one in found] == [
        "the same address", "the same file name and title", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ('that "no offer" and "nothing at all" would do', "nothing at all"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen",
         "one two three four five six seven eight nine ten eleven twelve"),
        ("“", "“"),
        ("  ", ""),
    ],
)  # fmt: skip
def test_quotes_are_short_and_word_for_word(said: str, quote: str) -> None:
    assert short_quote(said, Span(0, len(said))) == quote


def test_free_ids_are_free() -> None:
    taken: dict[str, None] = {}
    for _ in range(40):
        taken[free_id("a-1", taken)] = None
    assert len(taken) == 40


def test_suggestions_say_what_they_are_and_why() -> None:
    drafts = read()
    refusal = find(drafts, "any rise")
    found = {(one.about, one.id): one for one in suggestions(CASE, refusal, TEXT)}
    assert found["issue", "rise"].reason == "words in common: five, rise"
    assert found["position", "c1"].relation == "may-support"
    assert found["position", "c2"].relation == "may-contradict"
    guessed = suggestions(CASE, find(drafts, "ten night shifts"), TEXT)
    assert [(one.about, one.id) for one in guessed][:2] == [
        ("speaker", "dana"),
        ("issue", "nights"),
    ]
    plain = refusal.model_copy(update={"kind": "says"})
    assert {one.relation for one in suggestions(CASE, plain, TEXT)} == {"speaks-of"}
    assert suggestions(CASE, find(drafts, "300 dockers"), TEXT) == ()
