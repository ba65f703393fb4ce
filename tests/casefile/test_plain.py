"""Canonical data: one way to write each thing, whatever way it was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodoffices.casefile import write_case
from goodoffices.casefile.content import date_of
from goodoffices.casefile.plain import Plain, case_data, json_data
from goodoffices.errors import CallError
from goodoffices.model import Case, PartialDate

BASE: dict[str, Any] = {
    "case": "Talks",
    "parties": {"ana": {"name": "Ana"}, "ben": {"name": "Ben"}},
    "documents": {"d": {"title": "D", "published": "2025-03-01"}},
    "statements": {"s": {"document": "d"}, "t": {"document": "d"}},
    "issues": {
        "i": {"question": "?", "options": ["x", "10"], "now": "10"},
        "n": {"question": "?", "range": {"from": 0, "to": "10.0", "step": "2.50"}, "now": "5"},
    },
}


def written(**data: Any) -> dict[str, Any]:
    return case_data(Case.model_validate({**BASE, **data}))


def plain_leaves(value: Any) -> list[str]:
    """Everything that needs no quotation marks, in order."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in plain_leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in plain_leaves(part)]
    return [str(value)] if isinstance(value, Plain) else []


def test_keys_stand_in_the_order_of_the_model() -> None:
    data = case_data(Case.model_validate(dict(reversed(BASE.items()))))
    assert list(data) == ["case", "parties", "documents", "statements", "issues"]


def test_what_is_default_is_left_out() -> None:
    position = {"id": "p", "party": "ana", "requires": {"i": "x"}}
    full = {**position, "firmness": "firm", "status": "stated", "source": []}
    assert written(positions=[full])["positions"] == [position]
    assert "language" not in written(language="en")
    assert written(moves={})["moves"] == {}


def test_numbers_and_dates_are_plain_where_they_are_numbers_and_dates() -> None:
    assert plain_leaves(written()["issues"]) == ["0", "10", "2.5", "5"]
    assert plain_leaves(written()["documents"]) == ["2025-03-01"]
    assert plain_leaves(written(**{"as-of": "2025-03"})["as-of"]) == ["2025-03"]
    figure = {"measure": "5", "value": "1e3", "unit": "7", "by": "2025", "source": "s"}
    assert plain_leaves(written(figures={"f": figure})) == [
        "2025-03-01",
        "1000",
        "2025",
        "0",
        "10",
        "2.5",
        "5",
    ]


def test_options_are_plain_only_as_numbers_of_a_range() -> None:
    def leaves(condition: Any) -> list[str]:
        row = {"id": "p", "party": "ana", "requires": condition}
        return plain_leaves(written(positions=[row])["positions"])

    assert leaves({"n": "5"}) == ["5"]
    assert leaves({"i": "10"}) == []
    assert leaves({"n": ["5", "7.50", "1e1", "007"]}) == ["5"]
    assert leaves({"n": {"not": "5"}}) == ["5"]
    assert leaves({"i": {"not": "10"}}) == []
    assert leaves({"any": [{"n": {"at-least": "2.50"}}, {"i": "10"}]}) == ["2.5"]


def test_one_of_a_list_stands_alone_where_it_may() -> None:
    answer = {"answer": "accepts", "source": ["s"]}
    row = {
        "id": "p",
        "by": "ana",
        "carrier": ["ben"],
        "based-on": ["o"],
        "responses": {"ben": [answer]},
    }
    assert written(proposals=[row])["proposals"] == [
        {
            "id": "p", "by": "ana", "carrier": "ben", "based-on": "o",
            "responses": {"ben": {"answer": "accepts", "source": "s"}},
        }
    ]  # fmt: skip
    both = {**row, "responses": {"ben": [answer, {"answer": "rejects", "source": ["s", "t"]}]}}
    assert len(written(proposals=[both])["proposals"][0]["responses"]["ben"]) == 2
    assert written(parties={"a": {"name": "A", "aliases": ["B"]}})["parties"]["a"]["aliases"] == [
        "B"
    ]


def test_ties_of_one_are_names() -> None:
    orders = {"issues": [["i"], "n"], "options": {"i": [["x", "10"]], "n": {"0": 1}}}
    assert written(priorities={"ana": orders})["priorities"]["ana"] == {
        "issues": ["i", "n"],
        "options": {"i": [["x", "10"]], "n": {"0": "1"}},
    }
    moves = {"states": {"a": []}, "preferences": {"ana": {"ranking": [["a"]]}}}
    assert written(moves=moves)["moves"]["preferences"]["ana"] == {"ranking": ["a"]}


def test_a_condition_of_any_shape_is_kept() -> None:
    for condition in (
        {"i": ["x"]},
        {"all": [{"i": "x"}]},
        {"all": [{"i": "x"}, {"i": "10"}]},
        {"none": [{"i": {"not": {"not": "x"}}}]},
    ):
        assert (
            written(rules=[{"id": "r", "refuses": condition}])["rules"][0]["refuses"] == condition
        )


def test_json_has_no_plain_texts() -> None:
    data = json_data(written(**{"as-of": "2025"}))
    assert plain_leaves(data) == []
    assert data["issues"]["n"]["range"] == {"from": "0", "to": "10", "step": "2.5"}


@pytest.mark.parametrize(
    ("value", "known"), [("2025-03", True), ("soon", False), (["2025"], False)]
)
def test_a_date_of_an_entry(value: Any, known: bool) -> None:
    assert date_of({"date": value}, "date") == (PartialDate.parse("2025-03") if known else None)
    assert date_of({}, "date") is None


def test_a_date_that_no_file_can_hold_is_not_written(tmp_path: Path) -> None:
    odd = PartialDate(date(2025, 1, 3), date(2025, 1, 9))
    case = Case.model_validate(BASE).model_copy(update={"as_of": odd})
    with pytest.raises(CallError, match="reads back as it was written"):
        write_case(case, tmp_path / "case.yaml")
    assert list(tmp_path.iterdir()) == []
