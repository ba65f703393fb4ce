"""The commands, as a person types them: answers, exit statuses, and wrong calls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.cli import main
from goodoffices.cli.arguments import read_weights
from goodoffices.cli.running import write_whole
from goodoffices.errors import CallError

GAZA = str(Path(__file__).parents[2] / "examples" / "gaza-2025")
SHIFTS = """\
case: Late shifts
as-of: 2025-03-09
parties:
  theatre: {name: City Theatre}
  crew: {name: Committee}
documents:
  letter: {title: A letter, published: 2025-03-09}
statements:
  s1: {document: letter, by: crew, kind: refuses, says: more than six}
  s2: {document: letter, by: theatre, kind: demands, says: at least eight}
issues:
  nights: {question: How many?, range: {from: 0, to: 12, step: 1}}
positions:
  - {id: c1, party: crew, refuses: {nights: {at-least: 7}}, source: s1, since: 2025-03-01}
  - {id: t1, party: theatre, requires: {nights: {at-least: 8}}, firmness: open, source: s2}
"""


@pytest.fixture
def shifts(tmp_path: Path) -> str:
    """A small case with an empty zone."""
    (tmp_path / "case.yaml").write_text(SHIFTS, encoding="utf-8")
    return str(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A case file with two problems."""
    path = tmp_path / "broken.yaml"
    text = SHIFTS.replace("party: crew", "party: crw").replace("firmness: open", "firmness: soft")
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_impasse_prints_the_json_of_the_issue(
    shifts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["impasse", shifts, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    data = json.loads(out)
    assert {
        "case",
        "as_of",
        "zone",
        "conflicts",
        "conflicts_complete",
        "ways_out",
        "ways_out_complete",
        "alone",
        "proposals",
    } <= set(data)
    assert data["zone"]["empty"] is True
    assert data["zone"]["packages"] == 0
    assert [c["positions"] for c in data["conflicts"]] == [["c1", "t1"]]
    assert [w["relax"] for w in data["ways_out"]] == [["t1"], ["c1"]]
    assert data["ways_out"][0]["packages"] == 7
    assert data["ways_out"][0]["cost"] == {"red_line": 0, "firm": 0, "open": 1}
    assert data["alone"]["crew"]["relax"] == ["c1"]
    assert data["ways_out"][1]["example"] == {"nights": 8}


def test_json_is_the_same_bytes_every_time(shifts: str) -> None:
    command = [sys.executable, "-m", "goodoffices", "impasse", shifts, "--json"]
    seeds = ({**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2"))
    first, second = (
        subprocess.run(command, capture_output=True, check=True, env=seed).stdout for seed in seeds
    )
    assert first == second
    assert first.endswith(b"}\n")


def test_the_day_can_be_chosen(shifts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impasse", shifts, "--json", "--as-of", "2025-02"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["as_of"] == "2025-02"
    assert data["zone"]["packages"] == 5
    assert data["ways_out"] == []


def test_weights_change_the_order(shifts: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["impasse", shifts, "--json", "--weight", "t1=5", "--weight", "firm=2"]
    assert main(call) == 0
    data = json.loads(capsys.readouterr().out)
    assert [w["relax"] for w in data["ways_out"]] == [["c1"], ["t1"]]
    assert data["ways_out"][0]["cost"]["weight"] == 2
    assert data["parameters"]["weights"] == {"firm": 2, "t1": 5}


def test_a_limit_says_what_is_missing(shifts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impasse", shifts, "--json", "--max", "1"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["ways_out"]) == 1
    assert data["ways_out_complete"] is False
    assert data["ways_out_total"] == 2
    assert {"what": "ways_out", "limit": "max"} in data["missing"]


def test_stream_prints_conflicts_first(shifts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["impasse", shifts, "--stream"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"conflict": {"positions": ["c1", "t1"]}}
    assert lines[-1]["result"]["zone"]["empty"] is True


def test_brief_and_impasse_print_for_people(
    shifts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", shifts]) == 0
    brief = capsys.readouterr().out
    assert "The zone is empty" in brief
    assert main(["impasse", shifts]) == 0
    listing = capsys.readouterr().out
    assert "c1" in listing
    assert "t1" in listing


def test_brief_writes_a_page_and_says_so(
    shifts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "new folder" / "brief.html"
    assert main(["brief", shifts, "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert str(page) in capsys.readouterr().err
    assert [p.name for p in page.parent.iterdir()] == ["brief.html"]


def test_a_page_never_takes_the_place_of_the_record(
    shifts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shifts)
    kept = SHIFTS.replace("published:", "text: letter.txt, published:", 1)
    (folder / "case.yaml").write_text(kept, encoding="utf-8")
    (folder / "letter.txt").write_text("More than six.", encoding="utf-8")
    for source in (shifts, str(folder / "case.yaml")):
        for name in ("case.yaml", "letter.txt"):
            assert main(["brief", source, "--html", str(folder / ".." / folder.name / name)]) == 2
            out, err = capsys.readouterr()
            assert not out
            assert "expected another file than the case and its texts" in err
    assert (folder / "case.yaml").read_text(encoding="utf-8") == kept
    assert (folder / "letter.txt").read_text(encoding="utf-8") == "More than six."


def test_check_asks_in_the_order_of_the_file_and_sends_nothing_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.yaml"
    text = 'case: T\nparties: {a: {name: "N\\u001b[2J\\nM"}}\n'
    issues = "issues: {x: {question: Q, options: [p, q]}}\n"
    file.write_text(text + issues, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        f"{file}:2: $.parties.a: no position of N\ufffd[2J M is recorded",
        f"{file}:3: $.issues.x: no position speaks of x",
        "no problems; 2 questions that an editor would ask",
    ]


def test_check_finds_nothing_in_a_clean_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", GAZA]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("no problems")
    assert err == ""


def test_check_reports_all_problems_with_lines(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", broken]) == 1
    err = capsys.readouterr().err
    assert f"{broken}:14: $.positions[0].party" in err
    assert '(did you mean "crew"?)' in err
    assert f"{broken}:15: $.positions[1].firmness" in err
    assert "2 problems" in err


def test_check_prints_json_also_with_problems(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", broken, "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [p["line"] for p in data["problems"]] == [14, 15]
    assert data["warnings"] == []


def test_check_asks_an_editors_questions(shifts: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(shifts) / "case.yaml"
    file.write_text(SHIFTS.replace(", source: s1", ""), encoding="utf-8")
    assert main(["check", shifts]) == 0
    out = capsys.readouterr().out
    assert f"{file}:14: $.positions[0]: position c1 rests on no statement" in out
    assert main(["check", shifts, "--json"]) == 0
    (warning,) = json.loads(capsys.readouterr().out)["warnings"]
    assert warning["kind"] == "position-without-source"
    assert warning["line"] == 14


@pytest.mark.parametrize("command", ["impasse", "brief"])
def test_a_case_with_problems_is_not_computed(
    command: str, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, broken]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "crw" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["impasse", "no-such-folder"], "no-such-folder"),
        (["impasse", GAZA, "--as-of", "June"], "--as-of: expected a date as 2025"),
        (["impasse", GAZA, "--as-of", "2025-02-30"], "a day from 01 to 28 in 2025-02"),
        (["impasse", GAZA, "--max", "0"], "--max: expected a whole number from 1"),
        (["impasse", GAZA, "--seconds", "-1"], "--seconds: expected"),
        (["impasse", GAZA, "--seconds", "nan"], "--seconds: expected"),
        (["impasse", GAZA, "--weight", "h1"], "--weight: expected NAME=N"),
        (["impasse", GAZA, "--weight", "h1=0"], "the weight of h1: expected a whole number"),
        (["impasse", GAZA, "--weight", "h9=1"], 'found "h9"'),
        (["impasse", GAZA, "--weight", "firm=1"], "weights: expected one for every position"),
        (["brief", GAZA, "--html", "/proc/none/x.html"], "a place to write to"),
    ],
)
def test_wrong_calls_end_with_status_2_and_one_clear_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments", [[], ["unknown"], ["impasse"], ["impasse", GAZA, "--max", "few"], ["--what"]]
)
def test_the_parser_refuses_with_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("goodoffices 0.")


def test_help_does_not_import_the_model() -> None:
    code = (
        "import sys\nfrom goodoffices.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'pydantic', 'yaml', 'rich', 'pysat', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_error(shifts: str) -> None:
    command = f"{sys.executable} -m goodoffices impasse {shifts} --json | head -c 1"
    run = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert run.stdout == b"{"
    assert run.stderr == b""


def test_ctrl_c_is_told_and_leaves_no_file(
    shifts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", pressed)
    page = tmp_path / "page" / "brief.html"
    assert main(["brief", shifts, "--html", str(page)]) == 130
    assert list(page.parent.iterdir()) == []
    assert "stopped" in capsys.readouterr().err


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_weight_given_twice_is_refused() -> None:
    with pytest.raises(CallError, match="firm once"):
        read_weights(["firm=1", "firm=2"])
