"""The movement command: for people and as data, windows of days, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodoffices.cli import main
from goodoffices.cli.arguments import STALE_DAYS

EXAMPLES = Path(__file__).parents[2] / "examples"
CAMP = str(EXAMPLES / "camp-david-1978")
GRAIN = str(EXAMPLES / "black-sea-grain-2022")


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["movement", *arguments, "--json"]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_people_read_who_moved_and_in_answer_to_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["movement", CAMP]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "The record changes on 10 days" in out
    assert "In answer to “The American draft for Sinai” by United States" in out
    assert "Towards Israel: between the two it goes from 1 firm position to none." in out


def test_the_days_of_camp_david(capsys: pytest.CaptureFixture[str]) -> None:
    days = answered(capsys, CAMP)["days"]
    assert [(day["day"][8:], day["trend"]) for day in days] == [
        ("05", "farther"), ("06", "farther"), ("09", "farther"), ("10", "same"), ("11", "nearer"),
        ("12", "nearer"), ("13", "same"), ("14", "same"), ("16", "nearer"), ("17", "nearer"),
    ]  # fmt: skip
    assert days[-1]["distance"] == {"firm": 0, "open": 0, "red_line": 0}
    (vote,) = [m for m in days[-1]["moves"] if m["party"] == "egypt"]
    assert vote["answers_to"][0]["basis"] == "recorded"
    assert vote["gained"] == {"settlements": "knesset-first"}


def test_a_window_of_days(capsys: pytest.CaptureFixture[str]) -> None:
    data = answered(capsys, CAMP, "--since", "1978-09-10", "--until", "1978-09-12")
    assert [day["day"] for day in data["days"]] == ["1978-09-10", "1978-09-11", "1978-09-12"]
    assert data["before"] == {"firm": 0, "open": 3, "red_line": 1}
    assert len(answered(capsys, CAMP, "--since", "1978-09", "--until", "1978-09")["days"]) == 10


def test_as_of_leaves_out_what_came_later(capsys: pytest.CaptureFixture[str]) -> None:
    data = answered(capsys, CAMP, "--as-of", "1978-09-12")
    assert data["days"][-1]["day"] == data["until"] == "1978-09-12"


def test_stale_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, CAMP)["silences"] == []
    few = answered(capsys, CAMP, "--stale-days", "7")
    assert {silence["position"] for silence in few["silences"]} >= {"e-sinai", "i-relations"}
    assert few["parameters"]["stale_days"] == 7
    assert answered(capsys, GRAIN)["parameters"]["stale_days"] == STALE_DAYS


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "soon"], "--since: expected a date"),
        (["--until", "2022-13"], "--until: expected a month"),
        (["--stale-days", "0"], "--stale-days: expected a whole number from 1"),
        (["--since", "2023", "--until", "2022"], "until: expected a day not before 2023-01-01"),
        (["--max", "0"], "--max: expected a whole number from 1"),
    ],
)
def test_a_wrong_call_says_what_was_expected(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["movement", GRAIN, *arguments]) == 2
    assert words in capsys.readouterr().err


def test_the_default_is_the_analysis_s_own() -> None:
    from goodoffices.analysis.movement import STALE_DAYS as OWN

    assert STALE_DAYS == OWN
