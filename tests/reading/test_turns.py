"""Who speaks where no word says so: names before colons, transcripts, headlines."""

from __future__ import annotations

import pytest

from goodoffices.reading import Statement, read_statements


def turns(text: str) -> list[Statement]:
    found = read_statements(text).statements
    return [one for one in found if not any(letter.isalnum() for letter in one.cue.of(text))]


def said(text: str) -> list[tuple[str, str]]:
    return [
        (
            one.speaker.span.of(text) if one.speaker else "-",
            " ... ".join(span.of(text) for span in one.content),
        )
        for one in turns(text)
    ]


TRANSCRIPT = """MODERATOR: Good afternoon.

RUIZ: Thank you. The port is open.

It stays open.

QUESTION: Until when?

RUIZ: Until Monday."""


def test_a_transcript_is_read_turn_by_turn() -> None:
    assert said(TRANSCRIPT) == [
        ("MODERATOR", "Good afternoon."),
        ("RUIZ", "Thank you. The port is open. ... It stays open."),
        ("QUESTION", "Until when?"),
        ("RUIZ", "Until Monday."),
    ]


def test_one_label_alone_is_no_transcript() -> None:
    assert said("RUIZ: The port is open.") == []


@pytest.mark.parametrize("label", ["Note", "Transcript", "Photo", "Correction"])
def test_notices_are_no_turns(label: str) -> None:
    assert said(f"{label}: It is late.\n\n{label}: It is late.") == []


def test_a_name_before_a_quotation() -> None:
    text = 'The hall was full. Ruiz: "We wait." "All of us." Then it rained.'
    assert said(text) == [("Ruiz", '"We wait." ... "All of us."')]


def test_a_clause_before_a_colon_is_no_name() -> None:
    assert said('It was late: "We wait."') == []
    assert said('the hall: "We wait."') == []


def test_a_quotation_that_a_verb_reports_is_told_once() -> None:
    assert said('Ruiz said: "We wait."') == []
    assert len(read_statements('Ruiz said: "We wait."').statements) == 1


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Port to close on Monday - union", "union", "Port to close on Monday"),
        ("Port to close on Monday – officials", "officials", "Port to close on Monday"),
        ("Port to close on Monday: report", "report", "Port to close on Monday"),
        ("Minister: strike must end", "Minister", "strike must end"),
    ],
)
def test_the_source_of_a_headline(text: str, speaker: str, content: str) -> None:
    assert said(text) == [(speaker, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Port strike: latest updates",
        "The port - union talks failed.",
        "Port-union",
        "A long walk - and a short one",
        "9 - 3",
        ":",
        "Minister:",
        "- union",
    ],
)
def test_lines_without_a_source(text: str) -> None:
    assert said(text) == []


def test_a_headline_with_a_verb_at_its_end() -> None:
    text = "Captors extend deadline, source says"
    (one,) = read_statements(text).statements
    assert one.speaker is not None
    assert (one.speaker.span.of(text), one.cue.of(text)) == ("source", "says")
    assert [span.of(text) for span in one.content] == ["Captors extend deadline"]


def test_the_kind_of_what_is_said_in_a_turn() -> None:
    text = 'Ruiz: "I will not sign it."'
    (one,) = turns(text)
    assert one.kind == "refuses"
    assert one.evidence.of(text) == "will not sign"
    assert one.mood.negated
    assert one.mood.future
