"""The talk of the demonstration: two invented towns, a river between them, and a mediator.

Each step is one event or a few that belong together, told in one sentence. What one town does,
the other does as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from goodoffices.desk.demo_stage import Stage

TITLE = "The bridge and the summer water"
ALDER, BIRCH, LEAGUE, COUNCIL = "Alder", "Birch", "The River League", "The Valley Council"
SIDES = {ALDER: "party", BIRCH: "party", LEAGUE: "guarantor", COUNCIL: "observer"}
LEAD = "Mira Tal"
GUESTS = (
    ("Sol Renn", "mediator", "note-taker"),
    ("Ada Fenn", ALDER, "head"),
    ("Abel Roe", ALDER, "member"),
    ("Bea Holm", BIRCH, "head"),
    ("Ben Lark", BIRCH, "member"),
    ("Gus Vale", LEAGUE, "guarantor"),
    ("Oda Kemp", COUNCIL, "observer"),
)
"""Who is invited: name, side and role. The first letter of a town is that of its people."""
ROUND_SECONDS = (3, 15, 60)
"""How long a sealed acceptance is open; the longer ones are for a machine that is very busy."""

_FIRST = {
    "1": ("The bridge is open to both towns all year.", {"bridge": "open"}),
    "2": ("In summer each town draws half of the water.", {"water": "halves"}),
    "3": ("Nobody pays to cross.", {"toll": "none"}),
}
_BETTER = {
    **_FIRST,
    "2": ("From June to August each town draws half of the water.", {"water": "halves"}),
}
_NOTHING_LEAKS = "both towns have offered this in words of their own"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that has just happened.

    Attributes:
        words: what, in a sentence.
        notes: what the mediator's side of it shows, line by line.
    """

    words: str
    notes: tuple[str, ...] = field(default=())


def story(stage: Stage, invitation: tuple[str, str]) -> Iterator[Step]:
    """Hold the whole talk, and tell each step once it has happened.

    Args:
        stage: where it is held.
        invitation: token and code of the first mediator's link.
    """
    yield from _arriving(stage, invitation)
    yield from _entrusting(stage)
    yield from _reading_back(stage)
    yield from _packages(stage)
    yield from _releasing(stage)
    yield from _asking(stage)
    yield from _drafting(stage)
    yield from _agreeing(stage)


def _arriving(stage: Stage, invitation: tuple[str, str]) -> Iterator[Step]:
    lead = stage.join(LEAD, "the mediator", "lead", invitation)
    stage.protect(lead)
    yield Step(f"{LEAD} joins by the first link and code, and sets an authenticator up.")
    stage.open_talk(lead, TITLE, SIDES)
    yield Step(f"{LEAD} opens the talk: {ALDER} and {BIRCH}, with {LEAGUE} and {COUNCIL}.")
    for name, side, role in GUESTS:
        player = stage.join(name, side, role, stage.invite(name, side, role))
        if side == "mediator":
            stage.protect(player)
            player.side = "the mediator"
        yield Step(f"{name} is invited by link and code ({role}, {player.side}), and joins.")


def _entrusting(stage: Stage) -> Iterator[Step]:
    for who, words in (
        ("Ada", "Two of our harvests failed while the sluice was shut. Tell nobody yet."),
        ("Bea", "Two of our mills stood still while the bridge was shut. Tell nobody yet."),
    ):
        stage.act(who, "entrust", kind="message", words=words, caveat={})
        yield Step(f"{who} entrusts a message for the mediator alone.")
    offers: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
        ("Ada", "We could open the bridge, if the summer water is shared by halves.",
         {"bridge": "open"}, {"water": "halves"}),
        ("Bea", "We could share the summer water by halves, if nobody pays to cross.",
         {"water": "halves"}, {"toll": "none"}),
    )  # fmt: skip
    for who, words, offered, wanted in offers:
        (member,) = (one for one in stage.seen(who)["people"] if one["role"] == "member")
        stage.act(
            who, "entrust", kind="offer", words=words,
            position={"offers": offered, "in-return-for": wanted, "firmness": "open"},
            caveat={"ways": ["analysis", "hypothetically"], "not_to": [member["id"]],
                    "first": ["the mediator has heard the other side's offer"]},
        )  # fmt: skip
        yield Step(
            f"{who} entrusts an offer with a condition: it may be put as a supposition only."
        )
    for who, words, wanted in (
        ("Ada", "Crossing must cost nobody anything.", {"toll": "none"}),
        ("Bea", "The bridge must be open.", {"bridge": "open"}),
    ):
        stage.act(
            who, "entrust", kind="position", words=words, caveat={"ways": ["analysis"]},
            position={"requires": wanted, "firmness": "firm"},
        )  # fmt: skip
        yield Step(f"{who} entrusts what their town requires; it may inform analysis only.")


def _reading_back(stage: Stage) -> Iterator[Step]:
    heard = (
        ("Ada", ALDER, "They can live without the sluice for three months.",
         "They can live without the sluice for one summer."),
        ("Bea", BIRCH, "They can close the mills for three weeks.",
         "They can close the mills for one dry month."),
    )  # fmt: skip
    for who, side, first, better in heard:
        to = [stage.sides[side]]
        stage.act(
            "Sol", "minute", side=to[0], kind="statement", words=first,
            caveat={"ways": ["analysis", "own-idea"]},
        )  # fmt: skip
        yield Step(f"Sol notes what {who} said on the telephone.")
        item = _item(stage, first)
        stage.act("Mira", "read-back", item=item, words=first, to=to)
        stage.act(who, "dispute", read_back=_last(stage, who, "read-backs"), words=better)
        yield Step(f"Mira reads it back to {side}; {who} says what it should have been.")
        stage.act("Mira", "read-back", item=item, words=better, to=to)
        stage.act(who, "confirm", read_back=_last(stage, who, "read-backs"))
        yield Step(f"Mira reads it back in these words; {who} confirms.")


def _packages(stage: Stage) -> Iterator[Step]:
    found = stage.seen("Mira", "/packages")
    rows = [", ".join(map(": ".join, zip(found["issues"], row, strict=True)))
            for row in found["examples"]]  # fmt: skip
    yield Step(
        f"The offers and conditions are put together: {found['number']} package that meets all "
        "of them, for the mediator's eyes.",
        tuple(rows),
    )
    stage.act("Mira", "note", words=f"A package could hold: {rows[0]}.", rests_on=found["items"])
    for side, word in ((ALDER, "tribute"), (BIRCH, "concession")):
        stage.act("Mira", "watch", side=stage.sides[side], words=[word])
    yield Step("Mira notes it, with one word for each town that is not to be used.")


def _releasing(stage: Stage) -> Iterator[Step]:
    carried = (
        (ALDER, BIRCH, "Suppose that the bridge were open: could half of the summer water be the "
         "answer, without any tribute?",
         "Suppose that the bridge were open: would half of the summer water be an answer?",
         "We could open the bridge, if the summer water is shared by halves."),
        (BIRCH, ALDER, "Suppose that half of the summer water were yours: would a free crossing be "
         "the answer, without any concession?",
         "Suppose that half of the summer water were yours: would a free crossing be an answer?",
         "We could share the summer water by halves, if nobody pays to cross."),
    )  # fmt: skip
    for source, to, careless, careful, words in carried:
        met = [{"condition": "the mediator has heard the other side's offer",
                "how": f"{to} made its own today"}]  # fmt: skip
        given = {"to": [stage.sides[to]], "way": "hypothetically", "met": met,
                 "relies_on": [_item(stage, words)]}  # fmt: skip
        refused = stage.tried("Mira", "release", words=careless, **given)
        found = ", ".join(sorted({f'"{flag["found"]}"' for flag in refused["flags"]}))
        yield Step(f"The leak check holds words for {to} back until {found} is answered for.")
        why = "it is put as a supposition, as they allow"
        stage.act("Mira", "release", words=careful, why=why, **given)
        yield Step(f"Mira puts it better, and releases it to {to}, relying on {source}'s leave.")


def _asking(stage: Stage) -> Iterator[Step]:
    both = [stage.sides[ALDER], stage.sides[BIRCH]]
    due = _noon(stage.clock(), days=3)
    stage.act("Mira", "ask", words="In which months is water short?", to=both, answer_by=due)
    stage.act("Mira", "deadline", words="A first text goes to both towns.", to=both, due=due)
    yield Step("Mira asks both towns one question, and sets a time.")
    for who, words in (("Ada", "From June to August."), ("Bea", "June, July and August.")):
        asked = stage.seen(who)["asked"][-1]["id"]
        stage.act(who, "reply", question=asked, words=words, caveat={"ways": ["own-idea"]})
        yield Step(f"{who} answers.")


def _drafting(stage: Stage) -> Iterator[Step]:
    to = [stage.sides[name] for name in (ALDER, BIRCH, LEAGUE)]
    _draft(stage, to, _FIRST, "Mira")
    yield Step("Mira drafts a text of three clauses, and shows it to both towns and the guarantor.")
    for who, open_clause in (("Ada", "2"), ("Bea", "2")):
        draft = stage.seen(who)["text"][-1]["id"]
        for clause in _FIRST:
            if clause != open_clause:
                stage.act(who, "agree", draft=draft, clause=clause)
        yield Step(f"{who} agrees to clauses 1 and 3.")
    draft = stage.seen("Ada")["text"][-1]["id"]
    words = _BETTER["2"][0]
    stage.act("Ada", "propose", draft=draft, clause="2", words=words,
              caveat={"ways": ["own-idea"]})  # fmt: skip
    yield Step("Ada proposes other words for clause 2.")
    draft = stage.seen("Bea")["text"][-1]["id"]
    stage.act("Bea", "propose", draft=draft, clause="2",
              words="Each town draws half of the water from June to August.",
              caveat={"ways": ["own-idea"]})  # fmt: skip
    yield Step("Bea proposes other words for clause 2.")
    _draft(stage, to, _BETTER, "Mira")
    yield Step("Mira drafts a second version with both proposals in it, and shows it to all.")
    for who in ("Ada", "Bea"):
        draft = stage.seen(who)["text"][-1]["id"]
        stage.act(who, "agree", draft=draft, clause="2")
        yield Step(f"{who} agrees to clause 2 as it now stands.")


def _draft(stage: Stage, to: list[str], text: Mapping[str, Any], who: str) -> None:
    clauses = [{"label": label, "text": words, "terms": terms}
               for label, (words, terms) in text.items()]  # fmt: skip
    stage.act(who, "draft", clauses=clauses)
    draft = stage.seen(who)["sight"][-1]["draft"]
    stage.act(who, "circulate", draft=draft, to=to, why=_NOTHING_LEAKS)


def _agreeing(stage: Stage) -> Iterator[Step]:
    both = [stage.sides[ALDER], stage.sides[BIRCH]]
    draft = stage.seen("Mira")["sight"][-1]["draft"]
    for seconds in ROUND_SECONDS:
        closes = stage.clock() + timedelta(seconds=seconds)
        stage.act("Mira", "open-acceptance", draft=draft, sides=both, closes_at=_text(closes))
        yield Step(f"Mira opens a sealed acceptance of the text, for {seconds} seconds.")
        for who in ("Ada", "Bea"):
            stage.tried(who, "ballot", round=_last(stage, who, "acceptances"), accept=True)
        yield Step("Ada and Bea answer, sealed: that they did shows nowhere.")
        stage.wait(closes)
        result = stage.seen("Ada")["acceptances"][-1]["result"]
        yield Step(f"It closes. Everybody asked is shown one result: {result}.")
        if result == "all accepted":
            break
    clauses = {label: words for label, (words, _) in _BETTER.items()}
    copies = [{"side": side, "clauses": clauses} for side in both]
    stage.act("Mira", "record-agreement", draft=draft, instruments=copies,
              expires_at=_noon(stage.clock(), days=365))  # fmt: skip
    yield Step("Mira records the agreement: a copy for each town, checked to say the same.")
    told = [stage.sides[COUNCIL], stage.sides[LEAGUE]]
    stage.act("Mira", "release", words="The towns have agreed on a text.", to=told,
              way="mediator")  # fmt: skip
    stage.act("Mira", "ask", words="Who speaks for your town on the day?", to=both)
    yield Step("Mira tells the guarantor and the observer, and asks both towns one thing more.")


def _item(stage: Stage, words: str) -> str:
    """Return what the mediator knows an item by, from its words."""
    found = (item["id"] for item in stage.seen("Mira")["entrusted"] if item["spoken"][-1] == words)
    return str(next(found))


def _last(stage: Stage, who: str, what: str) -> str:
    """Return what somebody knows the last thing of a kind by."""
    return str(stage.seen(who)[what][-1]["id"])


def _text(moment: datetime) -> str:
    return moment.isoformat()


def _noon(now: datetime, *, days: int) -> str:
    later = now + timedelta(days=days)
    return _text(later.replace(hour=12, minute=0, second=0, microsecond=0))
