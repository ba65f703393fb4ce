"""The stability command: a published case as data and for people, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
ELMIRA = str(EXAMPLES / "published" / "hipel-1993")
KEYS = ("case parties now total states equilibria stable witnesses paths coalitions unknown "
        "strength variants missing method")  # fmt: skip


def test_json_has_the_equilibria_of_the_published_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["stability", ELMIRA, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert set(data) == set(KEYS.split())
    assert set(data["stable"]) == {"moe", "uniroyal", "local"}
    assert set(data["stable"]["moe"]) >= {"nash", "gmr", "smr", "seq", "sseq"}
    assert sorted(data["equilibria"]["nash"]) == ["s5", "s8", "s9"]
    assert sorted(data["equilibria"]["gmr"]) == ["s1", "s4", "s5", "s8", "s9"]
    assert data["states"][0] == {"code": 2, "feasible": True, "id": "s1", "moves": ["delay"]}
    (together,) = data["coalitions"]["departures"]
    assert (together["state"], together["to"]) == ("s5", "s8")
    assert together["parties"] == ["moe", "uniroyal"]


@pytest.mark.parametrize("columns", ["60", "160"])
def test_people_read_states_what_holds_and_what_a_mediator_could_arrange(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["stability", ELMIRA]) == 0
    lines = capsys.readouterr().out.splitlines()
    out = " ".join(line.strip() for line in lines)
    assert "Nash: s5, s8 and s9" in out
    assert "Ministry of the Environment and Uniroyal together reach s8" in out
    assert "To s9: Not by moves each of which suits the one who makes it; by any: Uniroyal" in out
    assert "No side has stated them." in out
    heads = [line.split() for line in lines if line.startswith("        ") and "s9" in line]
    assert (heads[0][0] == "s1*") is (columns == "160")
    assert max(map(len, lines)) <= int(columns)


def test_a_case_without_moves_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stability", str(EXAMPLES / "black-sea-grain-2022")]) == 0
    assert "the case has no moves" in capsys.readouterr().out


def test_the_brief_has_what_would_hold_and_what_a_mediator_could_arrange(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "brief.html"
    assert main(["brief", ELMIRA, "--html", str(page)]) == 0
    out = capsys.readouterr().out
    html = page.read_text(encoding="utf-8")
    for section in ("Would it hold?", "What a mediator could arrange"):
        assert section in out
        assert section in html
    assert main(["brief", ELMIRA, "--json"]) == 0
    held = json.loads(capsys.readouterr().out)["holding"]
    assert held["arranging"]["moves"][0]["to"] == "s8"
    assert held["columns"][0]["made"] == [False, True, False, False, False]


def test_a_brief_of_faulty_moves_is_made_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (Path(ELMIRA) / "case.yaml").read_text(encoding="utf-8")
    file = tmp_path / "case.yaml"
    file.write_text(text.replace("local: {ranking: [s7, s3,", "local: {ranking: [s7,"))
    assert main(["brief", str(file)]) == 0
    out = capsys.readouterr().out
    assert "moves.preferences.local" in out
    assert "What a mediator could arrange" not in out


def test_moves_that_cannot_be_computed_with_are_named_with_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (Path(ELMIRA) / "case.yaml").read_text(encoding="utf-8")
    file = tmp_path / "case.yaml"
    file.write_text(text.replace("local: {ranking: [s7, s3,", "local: {ranking: [s7,"))
    line = text.splitlines().index(next(x for x in text.splitlines() if "local: {rank" in x)) + 1
    assert main(["stability", str(file)]) == 1
    assert f"{file}:{line}: $.moves.preferences.local" in capsys.readouterr().err
    assert main(["check", str(file)]) == 0
    assert f"{file}:{line}: $.moves.preferences.local" in capsys.readouterr().out


def test_a_horizon_is_at_least_one_move(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stability", ELMIRA, "--horizon", "0"]) == 2
    assert "--horizon: expected a whole number from 1" in capsys.readouterr().err


def test_a_case_goes_to_gmcr_and_back_with_the_same_equilibria(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cuba = str(EXAMPLES / "published" / "fraser-hipel-1984")
    there, back = tmp_path / "cuba.gmcr", tmp_path / "back.yaml"
    assert main(["convert", cuba, str(there)]) == 0
    assert main(["convert", str(there), str(back)]) == 0
    assert f"wrote {back}" in capsys.readouterr().err
    found = []
    for source in (cuba, str(there), str(back)):
        assert main(["stability", source, "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        codes = {row["id"]: row["code"] for row in data["states"]}
        found.append(sorted(codes[state] for state in data["equilibria"]["seq"]))
    assert found == [[4, 6]] * 3


def test_what_has_no_counterpart_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", ELMIRA, str(tmp_path / "elmira.gmcr")]) == 0
    assert "no counterpart: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"\xff", 2, "expected text in UTF-8"),
        (b"[]", 1, "model.gmcr:1"),
        (b"{", 1, "model.gmcr:1"),
    ],
)
def test_a_broken_gmcr_file_is_refused_in_words(
    content: bytes, status: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "model.gmcr"
    file.write_bytes(content)
    assert main(["stability", str(file)]) == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("names", [("a.yaml", "b.yaml"), ("no.gmcr", "b.yaml")])
def test_a_conversion_that_cannot_be_is_refused(
    names: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", *(str(tmp_path / name) for name in names)]) == 2
    assert "expected" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_model_of_more_states_than_asked_for_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["stability", ELMIRA, "--wish", "s8", "--most-states", "8"]) == 2
    assert 'expected at most 8 states for this question; found "9"' in capsys.readouterr().err
    assert main(["stability", ELMIRA, "--wish", "s8", "--most-states", "9"]) == 0
