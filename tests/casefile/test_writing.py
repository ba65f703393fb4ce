"""Writing: what was read comes back the same, in one form, and no file is ever half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from goodoffices.casefile import (
    Comments,
    case_json,
    case_text,
    read_case,
    read_comments,
    read_text,
    write_case,
)
from goodoffices.casefile.nodes import PlainData
from goodoffices.casefile.structure import read_structure
from goodoffices.casefile.yaml_nodes import PythonLoader, read_yaml
from goodoffices.errors import CallError, CaseError
from goodoffices.model import Case
from tests.casefile.cases import whole_cases
from tests.strategies import cases

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.yaml"))
SMALL = {
    "case": "Two roommates",
    "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    "issues": {"window": {"question": "Is it open?", "options": ["open", "shut"]}},
    "positions": [{"id": "a1", "party": "ana", "requires": {"window": "open"}}],
}
slow_to_draw = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def small(**changes: object) -> Case:
    return Case.model_validate({**SMALL, **changes})


def check_round_trip(case: Case) -> None:
    text = case_text(case)
    reading = read_text(text, "case.yaml")
    assert reading.problems == ()
    assert reading.case == case
    assert case_text(reading.case) == text


@slow_to_draw
@given(whole_cases())
def test_every_case_comes_back(case: Case) -> None:
    check_round_trip(case)


@slow_to_draw
@given(whole_cases())
def test_every_case_comes_back_from_json(case: Case) -> None:
    reading = read_text(case_json(case), "case.json")
    assert reading.problems == ()
    assert reading.case == case


@settings(slow_to_draw, max_examples=10)
@given(whole_cases())
def test_both_parsers_read_what_is_written(case: Case) -> None:
    text = case_text(case)
    assert read_yaml(text) == read_yaml(text, PythonLoader)


@slow_to_draw
@given(cases())
def test_random_talks_come_back(case: Case) -> None:
    """These may ask for options that are none; their form is that of a case all the same."""
    root, faults = read_yaml(case_text(case))
    assert root is not None
    assert faults == []
    assert read_structure(PlainData(root).data) == (case, [])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_come_back_with_their_comments(path: Path) -> None:
    case, comments = read_case(path), read_comments(path.read_text(encoding="utf-8"))
    text = case_text(case, comments)
    assert read_text(text, "case.yaml").case == case
    again = read_comments(text)
    assert case_text(case, again) == text
    said = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == said


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_keep_to_the_width(path: Path) -> None:
    lines = case_text(read_case(path)).splitlines()
    long = [line for line in lines if len(line) > 100 and " " in line.split(": ", 1)[-1]]
    assert long == []


def test_the_canonical_form() -> None:
    case = small(
        **{
            "as-of": "2025-06",
            "language": "en",
            "summary": "One two three " * 12 + "end.",
            "issues": {
                "window": {"question": "Is it open?", "options": ["open", "no"], "now": "no"},
                "hours": {"question": "How long?", "range": {"from": 0, "to": 10}, "now": "7"},
                "door": {"question": "And the door?", "options": {"a": None, "b": "both: ajar"}},
            },
            "positions": [
                {"id": "a1", "party": "ana", "requires": {"window": ["open", "no"], "hours": 5}},
                {
                    "id": "b1", "party": "ben", "refuses": {"hours": {"at-least": "3.0"}},
                    "firmness": "firm", "since": "2025-06-02", "note": "First.\n\nThen.",
                },
            ],
            "proposals": [{"id": "1", "by": "ana", "terms": {"hours": "07", "window": "no"}}],
        }
    )  # fmt: skip
    assert case_text(case) == (
        "case: Two roommates\n"
        "summary: >-\n"
        f"  {'One two three ' * 6}One two three\n"
        f"  {'One two three ' * 5}end.\n"
        "as-of: 2025-06\n"
        "\n"
        "parties:\n"
        "  ana: {name: Ana}\n"
        "  ben: {name: Ben}\n"
        "\n"
        "issues:\n"
        "  window: {question: 'Is it open?', options: [open, 'no'], now: 'no'}\n"
        "  hours: {question: 'How long?', range: {from: 0, to: 10}, now: 7}\n"
        "  door:\n"
        "    question: And the door?\n"
        "    options:\n"
        "      a:\n"
        "      b: 'both: ajar'\n"
        "\n"
        "positions:\n"
        "  - {id: a1, party: ana, requires: {window: [open, 'no'], hours: 5}}\n"
        "  - id: b1\n"
        "    party: ben\n"
        "    refuses: {hours: {at-least: 3}}\n"
        "    since: 2025-06-02\n"
        "    note: |-\n"
        "      First.\n"
        "\n"
        "      Then.\n"
        "\n"
        "proposals:\n"
        "  - {id: '1', by: ana, terms: {hours: '07', window: 'no'}}\n"
    )


def test_other_readers_get_the_same_texts() -> None:
    options = ["no", "010", "12:30", "2025-06-02", "1e3", "~", "0x1F", "y", "60-days"]
    case = small(issues={"i": {"question": "on", "options": options}}, positions=[])
    loaded = yaml.safe_load(case_text(case))
    assert loaded["issues"]["i"] == {"question": "on", "options": options}


def test_one_of_a_list_stands_alone_but_a_list_of_one_option_does_not() -> None:
    case = small(
        documents={"d": {"title": "D"}},
        statements={"s": {"document": "d"}},
        positions=[{"id": "a", "party": "ana", "requires": {"window": ["open"]}, "source": ["s"]}],
    )
    assert "{id: a, party: ana, requires: {window: [open]}, source: s}" in case_text(case)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    write_case(small(), path)
    assert read_case(tmp_path) == small()
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.yaml"]


def test_json_is_written_by_name(tmp_path: Path) -> None:
    write_case(small(), tmp_path / "case.json")
    assert (tmp_path / "case.json").read_text(encoding="utf-8").startswith('{\n  "case"')
    write_case(small(case="Again"), tmp_path / "case.json")
    assert read_case(tmp_path).case == "Again"


def test_comments_of_the_old_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    text = case_text(small())
    path.write_text(
        text.replace("case:", "# Who began?\ncase:")
        .replace("ben}", "ben}")
        .replace("parties:", "parties:  # both of them")
        + "# The end.\n",
        encoding="utf-8",
    )
    write_case(small(case="Renamed"), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# Who began?", "case: Renamed"]
    assert "parties:  # both of them" in lines
    assert lines[-1] == "# The end."


def test_a_file_that_cannot_be_read_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: Mine\nunknown: precious\n", encoding="utf-8")
    with pytest.raises(CallError, match="without problems"):
        write_case(small(), path)
    assert path.read_text(encoding="utf-8") == "case: Mine\nunknown: precious\n"


def test_an_empty_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").touch()
    write_case(small(), tmp_path / "case.yaml")
    assert read_case(tmp_path) == small()


def test_a_case_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    lost = small(positions=[{"id": "a1", "party": "cy", "requires": {"window": "open"}}])
    with pytest.raises(CaseError, match="one of ana, ben"):
        write_case(lost, tmp_path / "case.yaml")
    assert list(tmp_path.iterdir()) == []


def test_no_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="a place to write"):
        write_case(small(), tmp_path / "nowhere" / "case.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(CallError):
        write_case(small(), tmp_path / "folder.yaml")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.yaml"]


@pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    write_case(small(), path)
    path.chmod(0o640)
    link.symlink_to(path)
    write_case(small(case="Renamed"), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read_case(path).case == "Renamed"


def test_no_comments_are_no_comments() -> None:
    assert case_text(small(), Comments()) == case_text(small())


def test_nothing_under_a_long_name_is_not_missing() -> None:
    name = "x" * 120
    moves = {"options": {"m": {"by": "ana", "text": "waits"}}, "states": {name: [], "all": ["m"]}}
    check_round_trip(small(moves=moves))
