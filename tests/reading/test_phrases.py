"""Ways to put who says what: every sentence with the statements that are found in it."""

from __future__ import annotations

import pytest

from goodoffices.reading import read_statements

Row = tuple[str, str, str, str]
"""Speaker, cue, content with three dots between its pieces, kind; "-" for nobody."""


def rows(text: str) -> list[Row]:
    return [
        (
            one.speaker.span.of(text) if one.speaker else "-",
            one.cue.of(text),
            " ... ".join(span.of(text) for span in one.content),
            one.kind,
        )
        for one in read_statements(text).statements
        if one.form != "deed"
    ]


@pytest.mark.parametrize(
    "case",
    [
        (
            "The union wants two crews on every ship.",
            ("The union", "wants", "two crews on every ship", "demands"),
        ),
        (
            "The union is asking for two crews at night.",
            ("The union", "is asking for", "two crews at night", "demands"),
        ),
        (
            "The ministry seeks access to two sites.",
            ("The ministry", "seeks", "access to two sites", "demands"),
        ),
        (
            "The league is holding out for 60 hours of rest.",
            ("The league", "is holding out for", "60 hours of rest", "demands"),
        ),
        (
            "The port put the losses at 12 million crowns.",
            ("The port", "put", "the losses at 12 million crowns", "estimates"),
        ),
        (
            "Analysts put the number of strikers at around 120.",
            ("Analysts", "put", "the number of strikers at around 120", "estimates"),
        ),
        (
            "The ministry expects the strike to end soon.",
            ("The ministry", "expects", "to end soon", "estimates"),
        ),
        (
            "The union called on the port to reopen the gate.",
            ("The union", "called on", "to reopen the gate", "calls-for"),
        ),
        (
            "The union called for a pause.",
            ("The union", "called", "a pause", "calls-for"),
        ),
        (
            'The envoy urged both sides to "stay in the room".',
            ("The envoy", "urged", 'to "stay in the room"', "calls-for"),
        ),
        (
            'The envoy asked both sides to "read it twice".',
            ("The envoy", "asked", 'to "read it twice"', "calls-for"),
        ),
        (
            "The union turned down the offer.",
            ("The union", "turned down", "the offer", "rejects"),
        ),
        (
            "The union turned it down.",
            ("The union", "turned it down", "it", "rejects"),
        ),
        (
            "The farmers objected to the order.",
            ("The farmers", "objected to", "the order", "rejects"),
        ),
        (
            "The union rejected that.",
            ("The union", "rejected", "that", "rejects"),
        ),
        (
            "The union disputes that figure and wants to vote in May.",
            ("The union", "disputes", "that figure", "denies"),
            ("The union", "wants", "to vote in May", "demands"),
        ),
        (
            "The port has ruled out a second offer.",
            ("The port", "has ruled out", "a second offer", "rejects"),
        ),
        (
            "The elders would like the fence gone.",
            ("The elders", "would like", "the fence gone", "calls-for"),
        ),
        (
            "The union is said to favour the plan.",
            ("-", "is said", "The union ... to favour the plan", "says"),
        ),
        (
            "The group is believed to hold 20 people.",
            ("-", "is believed", "The group ... to hold 20 people", "estimates"),
        ),
        (
            "A meeting has been agreed for Tuesday.",
            ("-", "has been agreed", "A meeting", "agrees"),
        ),
        (
            "It was agreed to return to the matter.",
            ("-", "was agreed", "to return to the matter", "agrees"),
        ),
        (
            "It is estimated that 300 ships are waiting.",
            ("-", "is estimated", "that 300 ships are waiting", "estimates"),
        ),
        (
            "The plan was rejected by the council.",
            ("the council", "was rejected", "The plan", "rejects"),
        ),
        (
            "The minister was at pains to stress that the port stays open.",
            ("The minister", "was at pains to stress", "that the port stays open", "says"),
        ),
        (
            "The port declined to say how long it would take.",
            ("The port", "declined to say", "how long it would take", "says"),
        ),
        (
            "The union refused to agree to the plan.",
            ("The union", "refused", "to agree to the plan", "refuses"),
        ),
        (
            "A spokesman denied it, going so far as to suggest that the letter was forged.",
            ("A spokesman", "denied", "it", "denies"),
            ("A spokesman", "going so far as to suggest", "that the letter was forged", "says"),
        ),
        (
            "The port said the gate was shut, adding that nobody was hurt.",
            ("The port", "said", "the gate was shut", "says"),
            ("The port", "adding", "that nobody was hurt", "says"),
        ),
        (
            "The union has threatened to stop work after turning down an offer of 3 percent.",
            ("The union", "has threatened", "to stop work", "threatens"),
            ("The union", "turning down", "an offer of 3 percent", "rejects"),
        ),
        (
            "The port has pledged to pay, but warned it would move the work.",
            ("The port", "has pledged", "to pay", "vows"),
            ("The port", "warned", "it would move the work", "says"),
        ),
        (
            "Injuries, the doctor said, had risen.",
            ("the doctor", "said", "Injuries ... had risen", "says"),
        ),
        (
            "If he were asked, Dana Ruiz said, he would lock the gate.",
            ("Dana Ruiz", "said", "If he were asked ... he would lock the gate", "says"),
        ),
        (
            "As the minister put it, the talks are dead.",
            ("the minister", "put it", "the talks are dead", "says"),
        ),
        (
            "As Dana Ruiz warned, the talks could fail.",
            ("Dana Ruiz", "warned", "the talks could fail", "says"),
        ),
        (
            "The talks could fail, as Dana Ruiz warned on Monday.",
            ("Dana Ruiz", "warned", "The talks could fail", "says"),
        ),
        (
            "In the minister's view, the offer is dead.",
            ("the minister's", "view", "the offer is dead", "says"),
        ),
        (
            "The offer is dead in the union's view.",
            ("the union's", "view", "The offer is dead", "says"),
        ),
        (
            "The minister issued a warning that the port would close.",
            ("The minister", "issued a warning", "that the port would close", "says"),
        ),
        (
            "There were reports of two ships outside the port.",
            ("-", "There were reports", "two ships outside the port", "says"),
        ),
        (
            "The commander has given his word that the convoy will pass.",
            ("The commander", "given his word", "that the convoy will pass", "says"),
        ),
        (
            "The union's refusal to vote angered the port.",
            ("The union's", "refusal", "to vote", "refuses"),
        ),
        (
            "The union's call for a pause was ignored.",
            ("The union's", "call", "a pause", "calls-for"),
        ),
        (
            "Its reluctance to sign is known.",
            ("Its", "reluctance", "to sign", "refuses"),
        ),
        (
            "The union reportedly agreed to the plan.",
            ("-", "reportedly", "The union ... agreed to the plan", "says"),
            ("The union", "agreed", "to the plan", "agrees"),
        ),
        (
            "The gate allegedly fell on a guard.",
            ("-", "allegedly", "The gate ... fell on a guard", "says"),
        ),
        (
            'Dana Ruiz laughed: "Never."',
            ("Dana Ruiz", "laughed", '"Never."', "says"),
        ),
        (
            '"Never," Dana Ruiz shrugged.',
            ("Dana Ruiz", "shrugged", '"Never,"', "says"),
        ),
        (
            '"Come on Monday," she went on.',
            ("she", "went on", '"Come on Monday,"', "says"),
        ),
        (
            '"No," the director, who insisted on silence because of the press, said.',
            ("who", "insisted on", "silence because of the press", "demands"),
            ("the director, who insisted on silence because of the press", "said", '"No,"', "says"),
        ),
        (
            "The body, which meets each spring, recommended 3.8 percent.",
            ("The body, which meets each spring", "recommended", "3.8 percent", "calls-for"),
        ),
        (
            "The World Port Organisation (WPO) recommends that every gate be lit.",
            (
                "The World Port Organisation (WPO)",
                "recommends",
                "that every gate be lit",
                "calls-for",
            ),
        ),
        (
            "Inspectors found at least 340 faults.",
            ("Inspectors", "found", "at least 340 faults", "says"),
        ),
        (
            "The port asked whether the union would vote.",
            ("The port", "asked", "whether the union would vote", "says"),
        ),
        ("The port considers the offer dead.",),
        (
            "The report shows that the port is full.",
            ("The report", "shows", "that the port is full", "says"),
        ),
        (
            "The port is full, the report shows.",
            ("the report", "shows", "The port is full", "says"),
        ),
        (
            "Owners fear the gate will fall.",
            ("Owners", "fear", "the gate will fall", "says"),
        ),
        (
            "The union warned the port that it would vote.",
            ("The union", "warned", "that it would vote", "says"),
        ),
        (
            "The union told the port it would vote.",
            ("The union", "told", "it would vote", "says"),
        ),
        (
            'Dana Ruiz told Radio Harbour: "We wait."',
            ("Dana Ruiz", "told", '"We wait."', "says"),
        ),
        (
            "The union accused the port of lying and threatened to sue.",
            ("The union", "accused", "the port of lying", "accuses"),
            ("The union", "threatened", "to sue", "threatens"),
        ),
        ("The union should say more.",),
        ("He wanted to say more.",),
        (
            "The port will announce the offer on Friday.",
            ("The port", "will announce", "the offer on Friday", "says"),
        ),
        (
            "The union demanded that the port close.",
            ("The union", "demanded", "that the port close", "demands"),
        ),
        (
            "The port consented to a visit.",
            ("The port", "consented to", "a visit", "agrees"),
        ),
        (
            "The port undertook to share its books.",
            ("The port", "undertook", "to share its books", "vows"),
        ),
        (
            "The army instructed the crew to leave.",
            ("The army", "instructed", "to leave", "orders"),
        ),
        (
            "The union alleges that the port owes it money.",
            ("The union", "alleges", "that the port owes it money", "accuses"),
        ),
        (
            "The doctors suspect the number is higher.",
            ("The doctors", "suspect", "the number is higher", "estimates"),
        ),
        (
            'The union said: "We vote on Monday."',
            ("The union", "said", '"We vote on Monday."', "says"),
        ),
    ],
    ids=lambda case: case[0],
)
def test_a_sentence_and_its_statements(case: tuple[str, *tuple[Row, ...]]) -> None:
    text, *expected = case
    assert rows(text) == expected
