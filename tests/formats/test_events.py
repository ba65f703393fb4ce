"""Statements and answers as event records: every kind has its code, and nothing is added."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from goodoffices.casefile import read_case
from goodoffices.cli import main
from goodoffices.formats import events_text
from goodoffices.formats.events import ANSWER_CODES, STATEMENT_CODES
from goodoffices.model import Case
from goodoffices.model.positions import Answer
from goodoffices.model.record import StatementKind
from tests.house.source import ROOT

PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "ACCUSE", "REQUEST",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
}  # fmt: skip


def case(**more: Any) -> Case:
    return Case.model_validate(
        {
            "case": "The well",
            "parties": {"east": {"name": "East"}, "west": {"name": "West"}},
            "third-parties": {"envoy": {"name": "Envoy", "roles": ["mediator"]}},
            "persons": {"eva": {"name": "Eva", "of": "east"}},
            "documents": {"d": {"title": "D", "publisher": "P", "published": "2025-06-02"}},
            "issues": {"gate": {"question": "Gate?", "options": ["open", "shut"]}},
            **more,
        }
    )


def records(made: Case, *, confidential: bool = False) -> list[dict[str, Any]]:
    text = events_text(made, confidential=confidential).text
    return [json.loads(line) for line in text.splitlines()]


def test_every_kind_and_answer_has_its_codes() -> None:
    assert set(STATEMENT_CODES) == set(get_args(StatementKind))
    assert set(ANSWER_CODES) == set(get_args(Answer))
    for code in (*STATEMENT_CODES.values(), *ANSWER_CODES.values()):
        assert code.plover is None or code.plover in PLOVER
        assert code.cameo is None or 1 <= int(code.cameo) <= 20
        assert code.plover is None or code.cameo is not None


@pytest.mark.parametrize("kind", get_args(StatementKind))
def test_a_statement_keeps_all_that_the_record_says(kind: StatementKind) -> None:
    said = {"document": "d", "paragraph": 3, "by": "eva", "relayed-by": "envoy", "kind": kind,
            "date": "2025-06-01", "says": "It opens.", "quote": "opens"}  # fmt: skip
    (record,) = records(case(statements={"s": said}))
    assert record["source"] == {"id": "eva", "name": "Eva", "side": "east"}
    assert record["relayed_by"] == {"id": "envoy", "name": "Envoy", "side": "envoy"}
    assert (record["date"], record["text"], record["quote"]) == ("2025-06-01", "It opens.", "opens")
    assert record["document"] == {
        "id": "d", "publisher": "P", "published": "2025-06-02", "paragraph": 3,
    }  # fmt: skip
    assert record["words"] == (kind != "does")
    assert record["target"] is None
    assert (record["plover"], record["cameo"]) == (
        STATEMENT_CODES[kind].plover, STATEMENT_CODES[kind].cameo,
    )  # fmt: skip


def test_a_documents_own_voice_is_nobodys() -> None:
    (record,) = records(case(statements={"s": {"document": "d"}}))
    assert record["source"] is None
    assert record["date"] is None


def test_an_answer_is_to_whoever_made_the_proposal() -> None:
    made = case(
        statements={"s": {"document": "d", "by": "west", "kind": "rejects"}},
        proposals=[{"id": "p", "by": "east", "date": "2025-06-01", "terms": {"gate": "open"},
                    "responses": {"west": {"answer": "rejects", "date": "2025-06-02",
                                           "source": "s"}}}],
    )  # fmt: skip
    answer = records(made)[-1]
    assert answer["event"] == "answer"
    assert (answer["source"]["id"], answer["target"]["id"]) == ("west", "east")
    assert (answer["plover"], answer["cameo"]) == ("REJECT", "12")
    assert answer["document"]["id"] == "d"


def test_what_was_told_in_confidence_is_left_out_unless_asked_for() -> None:
    made = case(
        statements={"s": {"document": "d", "by": "east"}, "t": {"document": "d", "by": "west"}},
        positions=[{"id": "e1", "party": "east", "requires": {"gate": "open"}, "source": "s",
                    "status": "confidential"}],
    )  # fmt: skip
    assert [record["id"] for record in records(made)] == ["t"]
    assert events_text(made).lost[0] == "1 told in confidence, left out"
    everything = records(made, confidential=True)
    assert [record["confidential"] for record in everything] == [True, False]


def test_what_comes_after_the_day_of_the_case_is_left_out() -> None:
    made = case(
        statements={
            "s": {"document": "d", "date": "2025-06-01"},
            "t": {"document": "d", "date": "2025-06-03"},
        }
    )
    assert [record["id"] for record in records(made.on("2025-06-02"))] == ["s"]
    assert len(records(made)) == 2


def test_kinds_without_a_code_are_named() -> None:
    kinds = {"a": "does", "b": "orders", "c": "says", "d": "rejects"}
    made = case(statements={key: {"document": "d", "kind": kind} for key, kind in kinds.items()})
    assert events_text(made).lost == (
        "no PLOVER code for: does, orders, says",
        "no CAMEO code for: does, orders",
    )


@pytest.mark.parametrize("name", ["gaza-2025", "camp-david-1978", "black-sea-grain-2022"])
def test_every_statement_and_answer_of_an_example_is_there(name: str) -> None:
    made = read_case(ROOT / "examples" / name)
    found = records(made, confidential=True)
    answers = sum(len(tuple(p.responses_until(made.day))) for p in made.proposals_made)
    said = sum(made.known(statement.date) for statement in made.statements.values())
    assert len(found) == answers + said
    assert len({record["id"] for record in found}) == len(found)
    assert events_text(made) == events_text(made)


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "events.jsonl"
    assert main(["convert", str(ROOT / "examples" / "gaza-2025"), str(target)]) == 0
    assert all(json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert "no counterpart: no PLOVER code for: " in capsys.readouterr().err
    assert main(["convert", str(tmp_path), str(tmp_path / "events.txt")]) == 2
