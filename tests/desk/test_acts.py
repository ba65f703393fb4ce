"""A talk through the pages: what each act does, and for whom it shows."""

from __future__ import annotations

import html
import json
import re

from goodoffices.store.heads import Head, check_head
from tests.desk.office import Office, Visitor, hidden


def link(text: str, act: str, nth: int = -1) -> str:
    """Return the query of a link to the page of an act."""
    found = re.findall(rf'/do/{act}(\?[^"]*)"', text)
    return html.unescape(found[nth])


def side(office: Office, name: str = "Northland") -> str:
    return f"/side/{office.sides[name]}"


def shown_text(office: Office) -> None:
    """Write a text of two clauses and show it to both sides."""
    lea = office.people["lea"]
    fields = {
        "clauses.label": ["1", "2", "3"],
        "clauses.text": ["The gate opens.", "Both inspect together.", ""],
        "clauses.terms": ["gate = open", "", ""],
        "clauses.rests_on": ["", "", ""],
    }
    lea.do("draft", **fields)
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("circulate", link(lea.page("/text"), "circulate"), to=to)


def test_a_message_reaches_the_mediator_and_nobody_else(office: Office, ada: Visitor) -> None:
    ada.do("entrust", kind="message", words="We are tired.")
    for name, visitor in office.people.items():
        text = visitor.page(side(office)) if name in {"lea", "sam"} else visitor.page()
        assert ("We are tired." in text) == (name in {"lea", "sam", "ada", "abe"}), name


def test_somebody_of_ones_own_side_can_be_left_out(office: Office, ada: Visitor) -> None:
    page = ada.get(f"{office.base}/do/entrust").text
    (abe,) = re.findall(r'name="caveat.not_to" value="([0-9a-f]+)"', page)
    ada.do("entrust", kind="message", words="Not for Abe.", **{"caveat.not_to": [abe]})
    assert "Not for Abe." in ada.page()
    assert "Not for Abe." not in office.people["abe"].page()


def test_a_release_needs_the_permission_it_relies_on(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    ada.do(
        "entrust", kind="offer", words="We could open the gate.", **{"caveat.ways": ["analysis"]}
    )
    query = link(lea.page(side(office)), "release")
    item = query.partition("=")[2]
    given = {"words": "Would a gate help?", "to": [office.sides["Southland"]], "relies_on": [item]}
    answer = lea.try_("release", query, way="own-idea", **given)
    assert answer.status_code == 409
    assert "The side has not allowed that it is put like this." in answer.text
    assert "Would a gate help?" in answer.text
    ada.do("loosen", link(ada.page(), "loosen"), **{"caveat.ways": ["analysis", "own-idea"]})
    lea.do("release", query, way="own-idea", **given)
    assert "Would a gate help?" in office.people["bea"].page()
    assert "said by" not in office.people["bea"].page()


def test_what_was_found_has_to_be_answered(office: Office, bea: Visitor) -> None:
    lea = office.people["lea"]
    bea.do("entrust", kind="message", words="It cost 4,217 lives.")
    given = {
        "words": "I heard of 4,217 lives.",
        "to": [office.sides["Northland"]],
        "way": "mediator",
    }
    answer = lea.try_("release", **given)
    assert answer.status_code == 409
    assert "A figure" in answer.text
    assert "Southland: It cost 4,217 lives." in answer.text
    flags = [
        html.unescape(flag) for flag in re.findall(r'name="flag" value="([^"]*)"', answer.text)
    ]
    lazy = {**hidden(answer.text), **given, "flag": flags, "decision": ["intended"] * len(flags),
            "why": ["ok"] * len(flags)}  # fmt: skip
    assert lea.browser.post(f"{office.base}/do/release", data=lazy).status_code == 409
    assert "4,217" not in office.people["ada"].page()
    said = {**lazy, "why": ["it stands in their newspaper"] * len(flags)}
    assert lea.browser.post(f"{office.base}/do/release", data=said).status_code == 200
    assert "4,217" in office.people["ada"].page()


def test_a_note_of_what_was_said_is_read_back(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    lea.do("minute", side=office.sides["Northland"], kind="statement", words="Three months.")
    assert "Three months." not in ada.page()
    assert "Not confirmed by its side" in lea.page()
    query = link(lea.page(), "read-back")
    page = lea.get(f"{office.base}/do/read-back{query}").text
    assert "Three months." in page
    lea.do("read-back", query, words="Three months.", to=[office.sides["Northland"]])
    ada.do("dispute", link(ada.page(), "dispute"), words="As long as the talks last.")
    assert "As long as the talks last." in lea.page(side(office))
    lea.do("read-back", query, words="As long as talks last.", to=[office.sides["Northland"]])
    ada.do("confirm", link(ada.page(), "confirm"))
    assert "As long as talks last." in ada.page("/entrusted")
    assert "Not confirmed by its side" not in lea.page()


def test_questions_are_owed_an_answer(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    to = [office.sides["Northland"]]
    lea.do("ask", words="How many days?", to=to, answer_by="2025-06-09T12:00")
    assert "2025-06-09 12:00 UTC" in ada.page("/asked")
    assert "How many days?" in lea.page()
    ada.do("reply", link(ada.page("/asked"), "reply"), words="Forty-five.")
    assert "No question waits for an answer." in ada.page("/asked")
    assert "How many days?" not in lea.page()
    ada.do("entrust", kind="question", words="And how many guards?")
    assert "You owe an answer:" in lea.page()
    lea.do("release", link(lea.page(), "release", 0), words="Ten guards.", to=to, way="mediator")
    assert "You owe an answer:" not in lea.page()


def test_times_are_told_to_those_named(office: Office, ada: Visitor, bea: Visitor) -> None:
    lea = office.people["lea"]
    to = [office.sides["Northland"]]
    lea.do("deadline", words="Answers please.", due="2025-06-20T09:30", to=to)
    assert "2025-06-20 09:30 UTC" in ada.page("/asked")
    assert "2025-06-20" not in bea.page("/asked")


def test_each_side_stands_on_the_words_it_was_shown(office: Office, ada: Visitor) -> None:
    shown_text(office)
    lea, bea = office.people["lea"], office.people["bea"]
    ada.do("agree", link(ada.page("/text"), "agree", 0))
    bea.do("bracket", link(bea.page("/text"), "bracket", 0), words="Not yet.")
    bea.do("propose", link(bea.page("/text"), "propose", 1), words="Each inspects.")
    bea.do("query", link(bea.page("/text"), "query", 1), words="Together with whom?")
    text = lea.page("/text")
    assert "<bdi>Northland</bdi>: agreed" in text
    assert "<bdi>Southland</bdi>: in brackets" in text
    assert "Each inspects." in text
    assert "Each inspects." in bea.page("/text")
    assert "agreed" in ada.page("/text")
    assert "Each inspects." not in ada.page("/text")
    assert "Together with whom?" in lea.page()


def test_unequal_sight_is_flagged(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    one = {"clauses.label": "1", "clauses.text": "The gate opens.", "clauses.terms": "",
           "clauses.rests_on": ""}  # fmt: skip
    lea.do("draft", **one)
    lea.do("circulate", link(lea.page("/text"), "circulate"), to=[office.sides["Northland"]])
    assert "was not shown to all at the same time" in lea.page()
    assert "The gate opens." in ada.page("/text")
    assert "You have not been shown a text yet." in office.people["bea"].page("/text")


def test_nobody_is_shown_a_ballot(office: Office, ada: Visitor, bea: Visitor) -> None:
    shown_text(office)
    lea = office.people["lea"]
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("open-acceptance", link(lea.page("/text"), "open-acceptance"), sides=to,
           closes_at="2025-06-03T12:00")  # fmt: skip
    page = ada.get(f"{office.base}/do/ballot{link(ada.page('/asked'), 'ballot')}").text
    assert "you know that the other side did not accept" in page
    assert "The gate opens." in page
    before = {name: visitor.page("/export/view.json") for name, visitor in office.people.items()}
    ada.do("ballot", link(ada.page("/asked"), "ballot"), accept="yes")
    again = ada.try_("ballot", link(ada.page("/asked"), "ballot"), accept="no")
    assert again.status_code == 409
    after = {name: visitor.page("/export/view.json") for name, visitor in office.people.items()}
    assert before == after
    early = lea.try_("close-acceptance", link(lea.page(), "close-acceptance"))
    assert early.status_code == 409
    bea.do("ballot", link(bea.page("/asked"), "ballot"), accept="yes")
    office.clock.pass_(minutes=25)
    office.clock.now = office.clock.now.replace(day=3, hour=13)
    for visitor in (lea, ada, bea):
        visitor.sign_in()
        path = "" if visitor is lea else "/asked"
        assert "all accepted" in visitor.page(path)


def test_silence_is_no(office: Office, ada: Visitor) -> None:
    shown_text(office)
    lea = office.people["lea"]
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("open-acceptance", link(lea.page("/text"), "open-acceptance"), sides=to,
           closes_at="2025-06-03T12:00")  # fmt: skip
    ada.do("ballot", link(ada.page("/asked"), "ballot"), accept="yes")
    office.clock.now = office.clock.now.replace(day=3, hour=13)
    ada.sign_in()
    assert "not agreed" in ada.page("/asked")


def test_an_agreement_is_mirrored(office: Office, ada: Visitor, bea: Visitor) -> None:
    shown_text(office)
    lea = office.people["lea"]
    for who in (ada, bea):
        for nth in (0, 1):
            who.do("agree", link(who.page("/text"), "agree", nth))
    query = link(lea.page("/text"), "record-agreement")
    north, south = office.sides["Northland"], office.sides["Southland"]
    copies = {
        "instruments.side": [north, south],
        f"instruments.{north}.label": ["1", "2"],
        f"instruments.{north}.text": ["The gate opens.", "Both inspect together."],
        f"instruments.{south}.label": ["1", "2"],
        f"instruments.{south}.text": ["The gate opens.", "Both inspect alone."],
    }
    assert lea.try_("record-agreement", query, **copies).status_code == 409
    copies[f"instruments.{south}.text"] = ["The gate opens.", "Both inspect together."]
    lea.do("record-agreement", query, expires_at="2025-10-01T00:00", **copies)
    assert "Agreement recorded" in lea.page("/text")
    assert "Your copy of what was agreed" in ada.page()
    assert "2025-10-01 00:00 UTC" in bea.page()


def test_notes_and_words_to_watch_stay_with_the_team(office: Office, ada: Visitor) -> None:
    lea, sam = office.people["lea"], office.people["sam"]
    sam.do("note", words="They seem tired.")
    lea.do("watch", side=office.sides["Northland"], words="autonomy\nindependence")
    assert "They seem tired." in lea.page()
    assert "autonomy, independence" in lea.page()
    assert "They seem tired." not in ada.page()
    answer = lea.try_("release", words="Autonomy, then?", to=[office.sides["Northland"]],
                      way="mediator")  # fmt: skip
    assert "A loaded word" in answer.text


def test_corrections_stand_beside_what_was_said(office: Office, ada: Visitor) -> None:
    ada.do("entrust", kind="message", words="Forty days.")
    ada.do("correct", link(ada.page(), "correct"), words="Fifty days.")
    for text in (ada.page(), office.people["lea"].page(side(office))):
        assert "<del>Forty days.</del>" in text
        assert "Fifty days." in text


def test_what_is_withdrawn_is_marked_and_cannot_be_used(office: Office, ada: Visitor) -> None:
    lea = office.people["lea"]
    ada.do("entrust", kind="offer", words="A gate.", **{"caveat.ways": ["attributed"]})
    query = link(lea.page(side(office)), "release")
    ada.do("tighten", link(ada.page(), "tighten"), **{"caveat.ways": []})
    given = {"words": "A gate.", "to": [office.sides["Southland"]], "way": "attributed",
             "relies_on": [query.partition("=")[2]]}  # fmt: skip
    assert lea.try_("release", query, **given).status_code == 409
    ada.do("withdraw", link(ada.page(), "withdraw"))
    assert "withdrawn" in ada.page()
    assert "withdrawn" in lea.page(side(office))


def test_offices_are_handed_over(office: Office, ada: Visitor) -> None:
    page = ada.get(f"{office.base}/do/hand-over").text
    (abe,) = re.findall(r'name="to" value="([0-9a-f]+)"', page)
    ada.do("hand-over", to=abe)
    assert "<bdi>Abe</bdi> · head of delegation" in ada.page()
    assert office.people["abe"].get(f"{office.base}/do/agree").status_code == 200
    assert ada.get(f"{office.base}/do/agree").status_code == 404


def test_packages_in_which_every_condition_holds(office: Office, ada: Visitor) -> None:
    lea, bea = office.people["lea"], office.people["bea"]
    assert "No position has been entrusted" in lea.page("/packages")
    allowed = {"caveat.ways": ["analysis"]}
    ada.do("entrust", kind="offer", words="The gate, for 45 days.", **allowed, **{
        "position.kind": "offers", "position.terms": "gate = open", "position.return": "days = 45",
        "position.firmness": "open"})  # fmt: skip
    bea.do("entrust", kind="position", words="The gate.", **allowed, **{
        "position.kind": "requires", "position.terms": "gate = open",
        "position.firmness": "firm"})  # fmt: skip
    text = lea.page("/packages")
    assert "Packages that meet every condition: 1" in text
    assert "The gate, for 45 days." in text
    bea.do("entrust", kind="position", words="Never 45.", **allowed, **{
        "position.kind": "refuses", "position.terms": "days = 45",
        "position.firmness": "red-line"})  # fmt: skip
    text = lea.page("/packages")
    assert "No package meets every condition." in text
    assert "Northland: The gate, for 45 days." in text
    lea.do("note", link(text, "note"), words="They could meet at 60.")
    assert "They could meet at 60." in lea.page()


def test_a_position_is_always_of_ones_own_side(office: Office, ada: Visitor) -> None:
    fields = {"position.kind": "requires", "position.terms": "gate = open",
              "position.firmness": "open", "caveat.ways": ["analysis"]}  # fmt: skip
    ada.do("entrust", kind="position", words="The gate.", **fields)
    talk = office.store.talk(office.base.rsplit("/", 1)[1])
    ((room, item),) = talk.items()
    assert item.position is not None
    assert item.position.party == room.side.id == office.sides["Northland"]


def test_a_side_takes_away_a_seal_that_holds_against_the_record(
    office: Office, ada: Visitor
) -> None:
    ada.do("entrust", kind="message", words="A word.")
    taken = ada.page("/export/head.json")
    assert "A word." not in taken
    found = check_head(office.store, Head.from_text(taken))
    assert (found.problem, found.behind) == ("", 0)
    other = office.people["bea"].page("/export/head.json")
    assert set(json.loads(taken)) == set(json.loads(other))


def test_a_round_whose_key_is_gone_is_said_to_be_void(office: Office, ada: Visitor) -> None:
    shown_text(office)
    lea = office.people["lea"]
    to = [office.sides["Northland"], office.sides["Southland"]]
    lea.do("open-acceptance", link(lea.page("/text"), "open-acceptance"), sides=to,
           closes_at="2025-06-03T12:00")  # fmt: skip
    for key in (office.store.keys.folder / "rounds").rglob("*"):
        if key.is_file():
            key.unlink()
    answer = ada.try_("ballot", link(ada.page("/asked"), "ballot"), accept="yes")
    assert answer.status_code == 409
    assert "its key is gone" in answer.text
