"""`--wish` and `--what-if`: what would make a state hold, and what one change would do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from goodoffices.cli import main
from goodoffices.cli.running import BAR, share_done

PUBLISHED = Path(__file__).parents[2] / "examples" / "published"
ELMIRA = str(PUBLISHED / "hipel-1993")
SYRIA = str(PUBLISHED / "hipel-2014")
NEVER = "text: Uniroyal promises not to abandon its plant\ninfeasible: [{abandon: yes}]\n"
GUARANTEE = """\
text: The agency promises a grant
options: {grant: {by: agency, text: The agency pays a grant}}
preferences: {developer: [{prefers: {sustainable: yes}, if: {grant: yes}, before: 1}]}
"""


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["stability", *arguments]) == 0
    return capsys.readouterr().out


def flat(text: str) -> str:
    return " ".join(text.split())


def change(folder: Path, text: str) -> str:
    file = folder / "change.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_published_counts_of_rankings_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    out = answer(capsys, SYRIA, "--wish", "2")
    syria = out[out.index("Preferences of Syria") : out.index("Preferences of Iraq")]
    for concept, count in {"Nash": 240, "GMR": 384, "SMR": 300, "SEQ": 384}.items():
        assert f"  {concept}: not stable now; stable under {count} of 720" in syria
    assert "Smallest change: Syria ranks 2 above 6; 1 pair turns (2 above 6)." in flat(syria)
    assert "No side has stated them." in flat(out)


def test_a_wish_as_data_has_rankings_and_promises(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(answer(capsys, SYRIA, "--wish", "2", "--json"))
    assert sorted(data) == ["promises", "wish"]
    nash = data["wish"]["wishes"]["syria"]["nash"]
    assert (nash["rankings"], nash["of"], nash["stable"]) == (240, 720, False)
    assert data["promises"]["state"] == data["wish"]["state"] == "2"


def test_a_single_promise_that_does_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    out = flat(answer(capsys, ELMIRA, "--wish", "s1"))
    assert "s1 now holds by SMR, and so by GMR." in out
    assert (
        "If Local government promises not to make ‘insist’, s1 also holds by Nash, SSEQ and SEQ."
    ) in out
    assert "would be any move of another side from there to s1, s2, s4" in out


def test_a_wish_that_no_promise_fulfils_says_how_many_were_looked_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = flat(answer(capsys, str(PUBLISHED / "prisoners-dilemma"), "--wish", "CC"))
    assert "promises looked at; none makes it hold by more." in out


def test_no_progress_is_shown_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stability", ELMIRA, "--wish", "s1"]) == 0
    assert capsys.readouterr().err == ""


def test_progress_is_a_bar_on_a_terminal_and_leaves_no_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with share_done() as show:
        show(0, 4)
        monkeypatch.setattr(show, "_start", -1000.0)
        show(2, 4)
    shown = capsys.readouterr().err
    assert f"\r[{'#' * (BAR // 2)}{' ' * (BAR - BAR // 2)}] 2 of 4" in shown
    assert "0 of 4" not in shown
    assert shown.endswith(" \r")


def test_a_promise_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = (ELMIRA, "--what-if", change(tmp_path, NEVER), "--wish", "s4")
    out = flat(answer(capsys, *asked))
    assert "Uniroyal promises not to abandon its plant" in out
    assert "No longer possible: s9" in out
    assert "Nash: s5, s7 and s8; new: s7; no longer: s9" in out
    assert "s3 and s7 become stable by Nash, SSEQ, SEQ, SMR and GMR." in out
    assert "With the change s4 holds by none of them." in out
    data = json.loads(answer(capsys, *asked, "--json"))
    assert sorted(data["equilibria"]["nash"]) == ["s5", "s7", "s8"]
    assert data["shifts"]["nash"] == {"gained": ["s7"], "lost": ["s9"]}
    assert data["wished"][0]["state"] == "s4"


def test_a_new_move_makes_new_states(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = str(PUBLISHED / "hipel-2001")
    out = flat(answer(capsys, asked, "--what-if", change(tmp_path, GUARANTEE)))
    assert "New moves: grant" in out
    assert "s1+grant" in out
    assert "The wished state" not in out


def test_a_change_of_the_case_goes_by_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (Path(ELMIRA) / "case.yaml").read_text(encoding="utf-8")
    thought = "  what-if:\n    never: {infeasible: [{abandon: yes}]}\n  note: >-"
    file = tmp_path / "case.yaml"
    file.write_text(text.replace("  note: >-", thought), encoding="utf-8")
    assert "No longer possible: s9" in answer(capsys, str(file), "--what-if", "never")
    assert main(["stability", str(file), "--what-if", "always"]) == 2
    assert 'expected a file or never; found "always"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--wish", "s77"], 2, "s77"),
        (["--what-if", "nowhere.yaml"], 2, "--what-if: expected a file"),
        (["--wish", "s1", "--horizon", "0"], 2, "--horizon"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    arguments: list[str], status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stability", ELMIRA, *arguments]) == status
    assert words in capsys.readouterr().err


def test_a_faulty_change_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = change(tmp_path, "text: x\ninfeasible: [{abandn: yes}]\n")
    assert main(["stability", ELMIRA, "--what-if", file]) == 1
    assert f"{file}:2:" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["--wish", "1"], ["--what-if", "later"]])
def test_moves_are_not_asked_of_a_day_before_what_they_rest_on(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    camp_david = str(PUBLISHED.parent / "camp-david-1978")
    assert main(["stability", camp_david, *asked, "--as-of", "1978-09-10"]) == 2
    assert "--as-of: expected a day by which was said" in capsys.readouterr().err
