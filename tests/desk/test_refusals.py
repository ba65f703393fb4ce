"""What was written survives a refusal and the end of a session; a refusal names nothing shared."""

from __future__ import annotations

import re

import pytest

from tests.desk.office import Office, Visitor


def checked(text: str) -> set[str]:
    """Return name and value of every box that is ticked."""
    found = re.findall(r'name="([^"]+)" value="([^"]*)"[^>]* checked', text)
    return {f"{name}={value}" for name, value in found}


def flagged(text: str) -> dict[str, list[str]]:
    """Return the findings that a page asks about, each with the same decision."""
    found = re.findall(r'name="flag" value="([^"]*)"', text)
    return {"flag": found, "decision": ["intended"] * len(found)}


def test_a_refusal_keeps_the_caveat_and_the_terms(office: Office, ada: Visitor) -> None:
    page = ada.get(f"{office.base}/do/entrust").text
    (abe,) = re.findall(r'name="caveat.not_to" value="([0-9a-f]+)"', page)
    fields = {
        "caveat.ways": ["analysis", "own-idea"], "caveat.first": "The crossing opens",
        "caveat.not_before": "2030-01-02T03:04", "caveat.not_to": [abe],
        "position.kind": "offers", "position.terms": "days = 45 | 60\nborder >= 3",
        "position.return": "road = open", "position.firmness": "red-line",
    }  # fmt: skip
    answer = ada.try_("entrust", kind="offer", words=" ", **fields)
    assert answer.status_code == 409
    kept = checked(answer.text)
    assert {"caveat.ways=analysis", "caveat.ways=own-idea", f"caveat.not_to={abe}"} <= kept
    assert "caveat.ways=attributed" not in kept
    assert ">The crossing opens</textarea>" in answer.text
    assert 'value="2030-01-02T03:04"' in answer.text
    assert ">days = 45 | 60\nborder &gt;= 3</textarea>" in answer.text
    assert ">road = open</textarea>" in answer.text
    assert '<option value="offers" selected>' in answer.text
    assert '<option value="red-line" selected>' in answer.text


def test_a_time_that_cannot_be_read_is_shown_as_it_was_given(ada: Visitor) -> None:
    answer = ada.try_("entrust", kind="message", words="x y", **{"caveat.not_before": "2030-99-01"})
    assert answer.status_code == 409
    assert 'value="2030-99-01"' in answer.text


def test_a_refusal_keeps_the_clauses(lea: Visitor) -> None:
    rows = {
        "clauses.label": ["1", "1"],
        "clauses.text": ["The gate opens.", "The road opens."],
        "clauses.terms": ["days = 45", ""], "clauses.rests_on": ["", ""],
    }  # fmt: skip
    answer = lea.try_("draft", **rows)
    assert answer.status_code == 409
    assert ">The gate opens.</textarea>" in answer.text
    assert ">The road opens.</textarea>" in answer.text
    assert ">days = 45\n</textarea>" in answer.text
    assert re.search(r'name="clauses.text"[^>]*></textarea>', answer.text), "room for more"


def test_a_refusal_keeps_the_instruments(office: Office, lea: Visitor) -> None:
    clauses = {"clauses.label": "1", "clauses.text": "The gate opens.", "clauses.terms": "",
               "clauses.rests_on": ""}  # fmt: skip
    lea.do("draft", **clauses)
    side = office.sides["Northland"]
    given = {
        "instruments.side": [side], f"instruments.{side}.label": ["1"],
        f"instruments.{side}.text": ["The barrier opens."],
        f"instruments.{side}.titles": ["The Crown = Northland"],
    }  # fmt: skip
    answer = lea.try_("record-agreement", draft="a-version-that-is-not", **given)
    assert answer.status_code == 409
    assert ">The barrier opens.</textarea>" in answer.text
    assert ">The Crown = Northland\n</textarea>" in answer.text
    assert f"instruments.side={side}" in checked(answer.text)
    assert f"instruments.side={office.sides['Southland']}" not in checked(answer.text)


def test_answers_to_findings_are_kept(office: Office, bea: Visitor, lea: Visitor) -> None:
    bea.do("entrust", kind="message", words="It cost 4,217 lives and 389 homes.")
    given = {"to": [office.sides["Northland"]], "way": "mediator"}
    first = lea.try_("release", words="There were 389 homes.", **given)
    answers = {**flagged(first.text), "why": ["it is meant so"]}
    more = {**given, "words": "There were 389 homes and 4217 lives."}
    second = lea.try_("release", **more, **answers)
    assert second.status_code == 409
    assert 'value="it is meant so"' in second.text
    assert set(answers["flag"]) < set(flagged(second.text)["flag"])
    asked = flagged(second.text)
    short = lea.try_("release", **more, **asked, why=["ok"] * len(asked["flag"]))
    assert short.status_code == 409
    assert flagged(short.text)["flag"] == asked["flag"]
    done = lea.try_("release", **more, **asked, why=["it is meant so"] * len(asked["flag"]))
    assert done.status_code == 200


def test_an_answer_to_what_is_no_longer_found_is_dropped(
    office: Office, bea: Visitor, lea: Visitor
) -> None:
    bea.do("entrust", kind="message", words="There were 389 homes.")
    given = {"to": [office.sides["Northland"]], "way": "mediator"}
    asked = flagged(lea.try_("release", words="There were 389 homes.", **given).text)
    why = ["it is meant so"] * len(asked["flag"])
    after = lea.try_("release", words="Homes were lost.", **given, **asked, why=why)
    assert after.status_code == 409
    assert flagged(after.text)["flag"] == []
    assert lea.try_("release", words="Homes were lost.", **given).status_code == 200


@pytest.mark.parametrize("words", ["Agreed.", "我们同意开放桥梁。", "Two words"])
def test_nothing_written_is_lost_with_a_session(office: Office, ada: Visitor, words: str) -> None:
    fields = {"csrf": "of another session", "kind": "message", "words": words}
    answer = ada.browser.post(f"{office.base}/do/entrust", data=fields)
    assert answer.status_code == 403
    assert f">{words}</textarea>" in answer.text
    assert ">message</textarea>" not in answer.text


def test_a_refusal_does_not_tell_two_sides_that_they_have_one_version(
    office: Office, lea: Visitor
) -> None:
    for words in ("The gate opens.", "The gate stays shut."):
        rows = {"clauses.label": "1", "clauses.text": words, "clauses.terms": "",
                "clauses.rests_on": ""}  # fmt: skip
        lea.do("draft", **rows)
        draft = re.findall(r"/do/circulate\?draft=([\w-]+)", lea.page("/text"))[-1]
        lea.do("circulate", f"?draft={draft}", draft=draft, to=list(office.sides.values()))
    refusals = []
    for name in ("ada", "bea"):
        somebody = office.people[name]
        shown = somebody.get(f"{office.base}/export/view.json").json()["text"][0]["id"]
        answer = somebody.try_("agree", draft=shown, clause="1")
        assert answer.status_code == 409
        refusals.append(set(re.findall(r"<li><bdi>([^<]*)</bdi></li>", answer.text)))
        assert refusals[-1] == {shown}
    assert not refusals[0] & refusals[1]
