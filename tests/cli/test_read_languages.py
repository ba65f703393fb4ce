"""`goodoffices read` on documents in other languages, given, guessed and unknown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.cli import main

ARABIC = "قالت النقابة إن أكثر من ٣٠٠ عامل وصلوا أمس.\n"


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", ARABIC),
        ("he", "הוועד אמר כי יותר מ-300 עובדים הגיעו אתמול.\n"),
        ("fr", "Le syndicat a dit que plus de 300 dockers sont venus hier.\n"),
        ("es", "El sindicato dijo que más de 300 obreros llegaron ayer.\n"),
    ],
)
def test_a_document_in_a_given_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, text: str
) -> None:
    call = ["read", written(tmp_path, text), "--json", "--language", language]
    assert main([*call, "--published", "2031-05-14"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["documents"]
    assert found["language"] == language
    statement, figure = found["drafts"]
    start, end = statement["cue"]
    assert text[start:end] in {"قالت", "אמר", "dit", "dijo"}
    assert (float(figure["value"]), figure["bound"]) == (300, "more-than")
    assert found["dates"][0]["first"] == "2031-05-13"


def test_a_language_that_nobody_states_is_guessed_by_letters_and_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", written(tmp_path, ARABIC)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "language ar" in said
    assert "the language is guessed to be ar" in said
    assert "--language CODE says it for certain" in said


def test_a_language_that_no_letters_fit_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", written(tmp_path, "Порт открыт.\n")]) == 1
    said = capsys.readouterr().err
    assert "one of the languages ar, en, es, fr, he" in said
    assert "not stated; 100 % of its letters are cyrillic" in said


def test_characters_that_do_not_show_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", written(tmp_path, "The union \u202esaid\u202c it waits.\n")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "characters that do not show: 2, the first U+202E at character 10" in said
