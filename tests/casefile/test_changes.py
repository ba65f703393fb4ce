"""One more move, promise or guarantee: in the case file, and from a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goodoffices.casefile import case_text, change_from, read_change, read_text
from goodoffices.errors import CallError, CaseError
from goodoffices.model import Case

CASE = """
case: Ward
parties:
  nurses: {name: Nurses}
  clinic: {name: Clinic}
third-parties:
  board: {name: Board, roles: [guarantor]}
documents:
  note: {title: A note, publisher: Board}
statements:
  s1: {document: note, by: board, kind: offers, says: It would guarantee the rosters.}
moves:
  options:
    strike: {by: nurses}
    lock-out: {by: clinic}
  preferences:
    nurses: {ranking: ["2", ["1", "4"], "3"]}
    clinic: {statements: [{prefers: {strike: no}}, {prefers: {lock-out: no}}]}
"""

GUARANTEE = """
text: The board guarantees the rosters.
options:
  guarantee: {by: board, direction: forward, source: s1}
preferences:
  nurses:
    - {prefers: {strike: no}, if: {guarantee: yes}, before: 1}
  board:
    - prefers: {guarantee: yes}
source: s1
"""


def ward(extra: str = "") -> Case:
    reading = read_text(CASE + extra, "case.yaml")
    assert reading.problems == ()
    assert reading.case is not None
    return reading.case


def indented(text: str) -> str:
    return "".join(f"      {line}\n" for line in text.strip().splitlines())


def problems(text: str, case: Case | None = None) -> list[str]:
    with pytest.raises(CaseError) as caught:
        change_from(text, "c.yaml", case or ward())
    return [str(problem) for problem in caught.value.problems]


def test_a_file_of_its_own_says_the_same_as_the_case() -> None:
    case = ward("  what-if:\n    rosters:\n" + indented(GUARANTEE))
    assert case.moves is not None
    assert case.moves.what_if["rosters"] == change_from(GUARANTEE, "c.yaml", ward())


def test_it_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "change.yaml"
    file.write_text("\ufeff" + GUARANTEE, encoding="utf-8")
    change = read_change(file, ward())
    assert change.text == "The board guarantees the rosters."
    assert [statement.before for statement in change.preferences["nurses"]] == [1]
    json_file = tmp_path / "change.json"
    json_file.write_text('{"directions": {"strike": "backward"}}', encoding="utf-8")
    assert read_change(json_file, ward()).directions == {"strike": "backward"}


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="a file that can be read"):
        read_change(tmp_path / "none.yaml", ward())
    file = tmp_path / "change.yaml"
    file.write_bytes(b"text: caf\xe9\n")
    with pytest.raises(CaseError, match="text in UTF-8"):
        read_change(file, ward())


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "text: only words\n"])
def test_nothing_to_change_is_a_problem(text: str) -> None:
    assert len(problems(text)) == 1


def test_every_reference_is_looked_at_and_has_its_line() -> None:
    text = """\
options:
  strike: {by: bord}
  any: {by: board, source: s9}
infeasible:
  - {strikes: yes}
directions: {walk-out: forward, strike: sideways}
removed:
  - {by: nurse, from: "1", to: calm}
preferences:
  doctors: [{prefers: {guarantee: yes}}]
  nurses: [{prefers: {strike: perhaps}, before: 0}]
source: s9
"""
    assert problems(text) == [
        'c.yaml:2: $.options.strike: expected a name that no move of the case has; found "strike"',
        'c.yaml:2: $.options.strike.by: expected one of nurses, clinic, board; found "bord" '
        '(did you mean "board"?)',
        "c.yaml:3: $.options.any: expected another name than all, any, none, which join "
        'conditions; found "any"',
        'c.yaml:5: $.infeasible[0].strikes: expected one of strike, lock-out, any; found "strikes" '
        '(did you mean "strike"?)',
        'c.yaml:6: $.directions.strike: expected one of both, forward, backward; found "sideways"',
        'c.yaml:6: $.directions.walk-out: expected one of strike, lock-out; found "walk-out" '
        '(did you mean "lock-out"?)',
        'c.yaml:8: $.removed[0].by: expected one of nurses, clinic, board; found "nurse" '
        '(did you mean "nurses"?)',
        "c.yaml:8: $.removed[0].to: expected the number of a state, 1 or above, since the case "
        'names none; found "calm"',
        'c.yaml:10: $.preferences.doctors: expected one of nurses, clinic, board; found "doctors"',
        "c.yaml:10: $.preferences.doctors[0].prefers.guarantee: expected one of strike, lock-out, "
        'any; found "guarantee"',
        'c.yaml:11: $.preferences.nurses[0].before: expected a whole number, 1 or above; found "0"',
        "c.yaml:11: $.preferences.nurses[0].prefers.strike: expected one of no, yes; "
        'found "perhaps"',
        'c.yaml:12: $.source: expected s1, the only statement; found "s9"',
    ]


def test_unknown_keys_are_those_of_a_change() -> None:
    (problem,) = problems("direction: {strike: forward}\n")
    assert problem.startswith("c.yaml:1: $.direction: expected one of the keys text, options,")
    assert problem.endswith('(did you mean "directions"?)')


def test_a_case_without_moves_has_none_to_change() -> None:
    bare = Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})
    assert len(problems("directions: {strike: forward}", bare)) == 1


def test_in_the_case_file_the_places_are_those_of_the_case() -> None:
    change = "  what-if:\n    odd: {infeasible: [{strikes: yes}], source: s9}\n"
    lines = CASE.count("\n") + 2
    found = [str(problem) for problem in read_text(CASE + change, "case.yaml").problems]
    assert [problem.split(": expected")[0] for problem in found] == [
        f"case.yaml:{lines}: $.moves.what-if.odd.infeasible[0].strikes",
        f"case.yaml:{lines}: $.moves.what-if.odd.source",
    ]


def test_it_is_written_as_it_is_read() -> None:
    case = ward("  what-if:\n    rosters:\n" + indented(GUARANTEE))
    again = read_text(case_text(case), "case.yaml")
    assert again.problems == ()
    assert again.case == case


STATES: list[tuple[dict[str, Any], str]] = [
    ({"ranking": ["1", "01", "3", "4"]}, "$.moves.preferences.nurses.ranking[1]"),
    ({"ranking": ["1", "0", "3", "4"]}, "$.moves.preferences.nurses.ranking[1]"),
    ({"ranking": ["1", "all", "3", "4"]}, "$.moves.preferences.nurses.ranking[1]"),
]


@pytest.mark.parametrize(("preference", "place"), STATES)
def test_states_without_names_go_by_their_numbers(preference: dict[str, Any], place: str) -> None:
    text = CASE.replace('{ranking: ["2", ["1", "4"], "3"]}', str(preference).replace("'", '"'))
    (problem,) = read_text(text, "case.yaml").problems
    assert problem.path == place
    assert problem.expected.startswith("the number of a state")
