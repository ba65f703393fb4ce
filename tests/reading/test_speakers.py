"""How speakers are named, whom of a case they may mean, and what is only suggested."""

from __future__ import annotations

import pytest

from goodoffices.reading import Speaker
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.speakers import Roster, sort_of, worded
from tests.reading.drafts import TALKS, read


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Dana Ruiz", "person"),
        ("Energy Minister Dana Ruiz", "person"),
        ("Mr. Petrov", "person"),
        ("Dana Ruiz, head of the union", "person"),
        ("Ismail al-Thawabta", "person"),
        ("the prime minister", "role"),
        ("a spokesman for the port", "role"),
        ("the army chief", "role"),
        ("the Ministry of Labour", "organisation"),
        ("the union", "organisation"),
        ("Hamas", "organisation"),
        ("Saudi Arabia", "organisation"),
        ("officials", "unnamed"),
        ("three witnesses", "unnamed"),
        ("a new study", "document"),
        ("the figures", "document"),
        ("she", "pronoun"),
        ("its", "pronoun"),
        ("", "unnamed"),
    ],
)
def test_the_sort_of_a_speaker(text: str, sort: str) -> None:
    assert sort_of(text, lexicon("en")) == sort


def test_a_last_name_is_a_person_once_the_person_was_named() -> None:
    assert sort_of("Ruiz", lexicon("en")) == "organisation"
    assert sort_of("Ruiz", lexicon("en"), frozenset({"ruiz"})) == "person"


def test_names_are_compared_without_articles_and_endings() -> None:
    assert worded("The Dockers' Union’s") == ("dockers", "union")


@pytest.mark.parametrize(
    ("text", "ids", "suggested"),
    [
        ("the union", ("union",), False),
        ("The Dockers' Union", ("union",), False),
        ("Dana Ruiz", ("dana-ruiz",), False),
        ("the union's general secretary, Dana Ruiz", ("dana-ruiz",), False),
        ("Ms Ruiz", ("dana-ruiz",), True),
        ("the port's director", ("ivo-petrov",), True),
        ("a spokesman for the port", ("port",), True),
        ("The union and the port", ("union", "port"), False),
    ],
)
def test_speakers_are_matched_to_the_case(text: str, ids: tuple[str, ...], suggested: bool) -> None:
    match = Roster.of(TALKS).match(text)
    assert match is not None
    assert (match.ids, match.suggested) == (ids, suggested)
    assert match.reason


@pytest.mark.parametrize("text", ["the bakers", "Ana Keller", "she", ""])
def test_others_are_not_matched(text: str) -> None:
    assert Roster.of(TALKS).match(text) is None


def test_without_a_case_nobody_is_matched() -> None:
    assert Roster.of(None).match("the union") is None


def speakers(text: str) -> list[Speaker | None]:
    return [one.speaker for one in read(text, TALKS)]


def test_a_pronoun_is_a_suggestion_with_its_reason() -> None:
    _, second = speakers("Dana Ruiz said talks were over. She said nothing had moved.")
    assert second is not None
    assert (second.sort, second.ids, second.suggested) == ("pronoun", ("dana-ruiz",), True)
    assert second.reason == "the nearest named before that fits; a name of Dana Ruiz"


def test_it_is_no_person_and_she_is_no_organisation() -> None:
    _, _, third = speakers(
        "Dana Ruiz said talks were over. The port said they were not. She said they were."
    )
    assert third is not None
    assert third.ids == ("dana-ruiz",)
    _, _, third = speakers(
        "The port said talks were over. Dana Ruiz said they were not. It said they were."
    )
    assert third is not None
    assert third.ids == ("port",)


def test_the_first_person_within_what_somebody_says_is_that_speaker() -> None:
    text = '"I think that talks are over," Dana Ruiz said.'
    inner = next(one for one in read(text, TALKS) if one.cue.of(text) == "think")
    assert inner.speaker is not None
    assert (inner.speaker.ids, inner.speaker.suggested) == (("dana-ruiz",), True)


def test_who_stands_for_what_precedes_it() -> None:
    text = "The offer was rejected by the union, who said that it was too low."
    said = next(one for one in read(text, TALKS) if one.cue.of(text) == "said")
    assert said.speaker is not None
    assert said.speaker.span.of(text) == "who"
    assert said.speaker.ids == ("union",)


def test_a_pronoun_that_nobody_fits_stays_open() -> None:
    (only,) = speakers("She said nothing had moved.")
    assert only is not None
    assert (only.stands_for, only.ids, only.suggested) == (None, (), False)


def test_a_pronoun_does_not_reach_back_for_ever() -> None:
    filler = "\n\n".join("It rained." for _ in range(8))
    *_, last = speakers(f"Dana Ruiz said talks were over.\n\n{filler}\n\nShe said it was late.")
    assert last is not None
    assert last.ids == ()
