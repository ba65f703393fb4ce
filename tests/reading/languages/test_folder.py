"""A further language needs a folder, and nothing else; a wrong folder is told all its mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodoffices.errors import CallError
from goodoffices.reading import language_in, read_in
from tests.reading.languages.samples import DATA, TALKS

INVENTED = {
    "settings": "name | Invented\nscript | latin\ncapitals | no\nsubject | before\ndecimal | ;",
    "quotes": "<< | >>",
    "words": "complementizer | zu\nauxiliary | ba\nrelative | wi\nconjunction | ke",
    "prefixes": "conjunction | k'\narticle | o'",
    "cues": "says | tq | gama gamo\nrejects | o | rifa\naccepts | to | | kupo",
    "sources": "says | lon",
    "numbers": "digit | 2 | du\nten | 10 | deka\nscale | 1000 | milo\njoiner | | ke",
    "bounds": "before | more-than | sur\nbefore | at-least | min+ke",
    "units": "percent | percent | pon\nduration | days | tago tagi",
    "dates": "month | 5 | mayu\nday | -1 | yer\nbound | since | depu",
    "date-patterns": "date | {d} {month} {y}\nday | {day}\nyear | {y}",
}


def folder(tmp_path: Path, **changed: str) -> Path:
    """Write the folder of a made-up language."""
    place = tmp_path / "inv"
    place.mkdir()
    for name, text in {**INVENTED, **changed}.items():
        (place / f"{name}.txt").write_text(f"# {name}\n{text}\n", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toma gama zu bela.", ("Toma", "gama", "says", "zu bela")),
        ("<<Bela>>, gamo Toma.", ("Toma", "gamo", "says", "<<Bela>>")),
        ("Toma rifa lo plan.", ("Toma", "rifa", "rejects", "lo plan")),
        ("Toma ba kupo lo plan.", ("Toma", "kupo", "accepts", "lo plan")),
        ("Lon Toma, bela.", ("Toma", "Lon", "says", "bela")),
    ],
)
def test_a_made_up_language_is_read(
    tmp_path: Path, text: str, expected: tuple[str, str, str, str]
) -> None:
    found = read_in(text, language_in(folder(tmp_path)))
    (one,) = found.statements
    assert one.speaker is not None
    content = " ".join(part.of(text) for part in one.content)
    assert (one.speaker.span.of(text), one.cue.of(text), one.kind, content) == expected
    assert found.language == "inv"


def test_its_figures_and_dates_are_read(tmp_path: Path) -> None:
    text = "Sur du milo 12;5 pon depu 2 mayu 2031, yer."
    found = read_in(text, language_in(folder(tmp_path)), published=date(2031, 5, 14))
    assert [(str(f.value), f.bound) for f in found.figures] == [
        ("2000", "more-than"), ("12.5", "exactly")
    ]  # fmt: skip
    assert [(d.bound, str(d.first)) for d in found.dates] == [
        ("since", "2031-05-02"), ("on", "2031-05-13")
    ]  # fmt: skip


def test_it_needs_no_more_than_four_files(tmp_path: Path) -> None:
    place = folder(tmp_path)
    for name in INVENTED:
        if name not in {"settings", "quotes", "words", "cues"}:
            (place / f"{name}.txt").unlink()
    text = "Toma gama zu 12 tagi yer bela."
    found = read_in(text, language_in(place), case=TALKS, published=date(2031, 5, 14))
    assert len(found.statements) == 1
    assert found.dates == ()


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("cues", "shouts | t | gama", 'cues.txt:2: expected one of .*found "shouts"'),
        ("numbers", "digit | two | du", 'numbers.txt:2: expected a value; found "two"'),
        ("numbers", "digit | 1/0 | du", "numbers.txt:2: expected a value"),
        ("bounds", "before | much | sur", "bounds.txt:2: expected one of exactly, about"),
        ("bounds", "under | about | sur", "bounds.txt:2: expected one of after, before"),
        ("units", "colour | red | rug", "units.txt:2: expected one of count"),
        ("dates", "month | 13 | mayu", "dates.txt:2: expected one of 1, 2"),
        ("dates", "moon | 1 | lun", "dates.txt:2: expected one of bound"),
        ("date-patterns", "date | {d} {y}", "the parts of a date"),
        ("date-patterns", "moon | {d}", "date-patterns.txt:2: expected one of ago"),
        ("date-patterns", "year | {y} {moon}?", "parts among d, d2"),
        ("sources", "says", "sources.txt:2: expected 2 columns, found 1"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    tmp_path: Path, file: str, line: str, said: str
) -> None:
    with pytest.raises(CallError, match=said):
        language_in(folder(tmp_path, **{file: line}))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    place = folder(tmp_path, cues="shouts | t | gama", sources="says")
    (place / "quotes.txt").unlink()
    with pytest.raises(CallError) as raised:
        language_in(place)
    assert all(name in str(raised.value) for name in ("quotes.txt: missing", "cues", "sources"))


@pytest.mark.parametrize("code", DATA)
def test_the_languages_that_come_with_the_package_have_no_mistakes(code: str) -> None:
    from goodoffices.reading.lexicon import folder_of

    language = language_in(folder_of(code))
    assert language.setting("name")
    assert len(language.cues.by_first) > 100
    months = {
        v
        for hits in language.dates.by_first.values()
        for _, row in hits
        for s, v in row
        if s == "month"
    }
    assert months == {str(n) for n in range(1, 13)}
