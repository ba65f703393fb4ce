"""The figures command: for people, as data, one measure only, and a measure nobody knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
PAY = str(EXAMPLES / "hospital-pay")


def test_people_read_where_claims_disagree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", PAY]) == 0
    assert "Claims disagree on 3 measures" in capsys.readouterr().out


def test_json_of_one_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", PAY, "--measure", "price-rise", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (measure,) = data["measures"]
    assert [claim["value"] for claim in measure["claims"]] == [4.2, 3.8]
    assert measure["comparisons"][0]["relation"] == "disagree"


def test_an_unknown_measure_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", PAY, "--measure", "price-rises"]) == 2
    assert 'a measure of the case, as price-rise; found "price-rises"' in capsys.readouterr().err


def test_figures_as_of_a_day_leave_out_what_was_said_later(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["figures", PAY, "--as-of", "2020", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["measures"] == []
