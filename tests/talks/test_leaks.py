"""The leak check: what it finds, in which spellings, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.talks.leaks import PHRASE_WORDS, figures, leaks, loaded, names, phrases, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,200 and 1200 and 1.2", {"1200", "1.2"}),
        ("1'200, 1\u00a0200, 1\u202f200 and 1.200", {"1200", "1.2"}),
        ("1,200.50 and 1.200,50", {"1200.5"}),
        ("1,200,000", {"1200000"}),
        ("60.0 and 60", {"60"}),
        ("٦٠ يوما", {"60"}),
        ("१२ दिन", {"12"}),
        ("٢٫٥", {"2.5"}),
        ("1.5.2025", {"1", "5", "2025"}),
        ("4,5", {"4", "5", "4.5"}),
        ("450,000 reservists", {"450000", "450"}),
        ("no figure", set()),
    ],
)
def test_figures(text: str, found: set[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We saw Karim. Then we left.", {"karim"}),
        ("Karim came.", set()),
        ('He said: "Go." Then Omar went (Doha).', {"omar", "doha"}),
        ("a plan B", set()),
        ("", set()),
    ],
)
def test_names(text: str, found: set[str]) -> None:
    assert names(text) == found


def test_a_name_is_found_however_it_is_written() -> None:
    told = [("item", "We spoke with Karim.")]
    assert [flag.key for flag in leaks("KARIM, then", told)] == ["name:karim:item"]


def test_a_phrase_is_the_whole_run_once() -> None:
    told = "if they stop, we would open the northern gate at noon every day"
    text = "Suppose somebody would open the northern gate, at noon: every week."
    assert phrases(text, told) == {"would open the northern gate at noon every"}


def test_two_runs_are_two_phrases() -> None:
    one, two = "one two three four five", "six seven eight nine ten"
    assert phrases(f"{one} and {two}", f"{two} or {one}") == {one, two}


@pytest.mark.parametrize("length", [PHRASE_WORDS - 1, PHRASE_WORDS])
def test_short_phrases_are_left_alone(length: int) -> None:
    run = " ".join("abcdefgh"[:length])
    assert bool(phrases(f"x {run} y", f"v {run} w")) == (length == PHRASE_WORDS)


def test_phrases_are_found_in_scripts_without_capitals() -> None:
    told = "سنفتح المعبر الشمالي كل يوم صباحا"
    assert len(phrases(f"ربما {told}", told)) == 1


def test_loaded_words_are_whole_words_of_one_or_more() -> None:
    watched = [("aceh", "Full autonomy"), ("aceh", "free")]
    assert [flag.key for flag in loaded("full  AUTONOMY, freely", watched)] == [
        "loaded:full autonomy:aceh"
    ]
    assert loaded("full of autonomy", watched) == ()


@given(st.text(alphabet="ab 12.,Ć", max_size=40), st.text(alphabet="ab 12.,Ć", max_size=40))
def test_a_flag_is_about_what_both_hold(text: str, told: str) -> None:
    for flag in leaks(text, [("item", told)]):
        assert flag.where == "item"
        if flag.kind == "figure":
            assert flag.found in figures(text) & figures(told)
        elif flag.kind == "name":
            assert flag.found in set(words(text)) & set(words(told))
        else:
            assert f" {flag.found} " in f" {' '.join(words(text))} "
            assert f" {flag.found} " in f" {' '.join(words(told))} "


@given(st.text(max_size=60))
def test_a_text_shares_all_its_figures_with_itself(text: str) -> None:
    found = {flag.found for flag in leaks(text, [("item", text)]) if flag.kind == "figure"}
    assert found == figures(text)
