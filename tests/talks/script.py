"""Random talks, act by act, each act allowed by the rules: for non-interference and the machine.

An act is drawn from the moves that people make; some are refused, and those are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from goodoffices.talks import Event, Refused, Talk, admit
from goodoffices.talks.state import Entry, Item, Question, ReadBackEntry, Room, Round, Version
from tests.talks.scene import Scene, answers, eid, in_a_round, opened, ready

Given = dict[str, Any]
Draw = Callable[..., Any]

SIDES = {"north": ("ada", "abe", "amy"), "south": ("bea", "bob"), "league": ("gus",)}
WORDS = ("We want 45 days.", "The gate, with Karim.", "No.", "we would open the gate at noon",
         "Autonomy.", "What of 60?")  # fmt: skip
OWN_ACTS = ("entrust", "confirm", "dispute", "tighten", "loosen", "withdraw", "agree", "bracket",
            "propose", "query", "reply", "ballot", "correct", "leave", "hand-over")  # fmt: skip
DESK_ACTS = ("minute", "read-back", "tighten", "release", "draft", "circulate", "ask", "deadline",
             "open-acceptance", "close-acceptance", "note", "watch", "correct", "invite",
             "hand-over", "record-agreement", "ballot")  # fmt: skip


def some(draw: Draw, options: Any) -> Any:
    """Draw one of the options, or an identifier of nothing when there is none."""
    listed = sorted(options)
    return draw(st.sampled_from(listed)) if listed else eid("nothing")


def caveat(draw: Draw, people: tuple[str, ...]) -> Given:
    permitted: st.SearchStrategy[set[str]] = st.sets(
        st.sampled_from(("attributed", "own-idea", "hypothetically", "analysis")), min_size=1
    ) | st.just(set())
    kept_from = st.sets(st.sampled_from(people), max_size=1)
    first = st.sampled_from(([], ["the guns fall silent"]))
    return {
        "ways": sorted(draw(permitted)),
        "not_to": sorted(draw(kept_from)),
        "first": draw(first),
    }


def own_act(draw: Draw, scene: Scene, side: str, who: str, name: str) -> Given:
    """Draw what somebody of a side would do."""
    room, words = scene.talk.rooms[side], draw(st.sampled_from(WORDS))
    items = [item.id for item in room.of(Item)]
    texts = [version.id for version in room.of(Version)]
    clause = {"draft": some(draw, texts), "clause": draw(st.sampled_from("12"))}
    limits = caveat(draw, SIDES[side])
    made: dict[str, Callable[[], Given]] = {
        "entrust": lambda: {
            "kind": draw(st.sampled_from(("message", "question"))), "words": words,
            "caveat": limits,
        },
        "confirm": lambda: {"read_back": some(draw, (e.id for e in room.of(ReadBackEntry)))},
        "dispute": lambda: {"words": words},
        "tighten": lambda: {"item": some(draw, items), "caveat": limits},
        "loosen": lambda: {"item": some(draw, items), "caveat": limits},
        "withdraw": lambda: {"item": some(draw, items)},
        "agree": lambda: clause,
        "bracket": lambda: clause,
        "propose": lambda: {**clause, "words": words},
        "query": lambda: {**clause, "words": words, "caveat": limits},
        "reply": lambda: {
            "question": some(draw, (e.id for e in room.of(Question))), "words": words,
            "caveat": limits,
        },
        "ballot": lambda: {
            "round": some(draw, (e.id for e in room.of(Round))), "accept": draw(st.booleans()),
        },
        "correct": lambda: {"target": some(draw, items), "words": words},
        "leave": lambda: {"whole_side": draw(st.booleans())},
        "hand-over": lambda: {"to": some(draw, set(SIDES[side]) - {who})},
    }  # fmt: skip
    return made[name]()


def desk_act(draw: Draw, scene: Scene, name: str) -> Given:
    """Draw what somebody of the mediator's team would do."""
    desk, words = scene.talk.desk, draw(st.sampled_from(WORDS))
    items = {item.id: room.side.id for room, item in scene.talk.items()}
    item, side = some(draw, items), draw(st.sampled_from(sorted(SIDES)))
    everybody = [*SIDES, *(who for people in SIDES.values() for who in people), "press"]
    to = sorted(draw(st.sets(st.sampled_from(everybody), min_size=1, max_size=3)))
    later = scene.clock + timedelta(hours=draw(st.integers(1, 30)))
    passed = [*desk.releases, *desk.notes, *items]
    met = [{"condition": "the guns fall silent", "how": "quiet since then"}]
    copies = {str(c["label"]): c["text"] for c in clauses("")}
    made: dict[str, Callable[[], Given]] = {
        "minute": lambda: {
            "side": side, "kind": "statement", "words": words, "caveat": caveat(draw, SIDES[side]),
        },
        "read-back": lambda: {
            "item": item, "words": words,
            "to": [some(draw, SIDES.get(items.get(item, "north"), ()))],
        },
        "tighten": lambda: {"item": item, "caveat": {}},
        "release": lambda: {
            "words": words, "to": to, "met": met,
            **draw(st.sampled_from(ways(scene.talk, item))),
        },
        "draft": lambda: {"clauses": clauses(words)},
        "circulate": lambda: {"draft": some(draw, list(desk.drafts)[-1:]), "to": to, "met": met},
        "ask": lambda: {"words": words, "to": to},
        "deadline": lambda: {"words": words, "due": later, "to": to},
        "open-acceptance": lambda: {
            "draft": some(draw, list(desk.drafts)[-1:]), "sides": ["north", "south"],
            "clause": draw(st.sampled_from((None, "1"))),
            "closes_at": later, "mediator_takes_part": draw(st.booleans()),
        },
        "close-acceptance": lambda: {
            "round": some(draw, desk.rounds), "at": later + timedelta(days=1),
            "result": draw(st.sampled_from(("all accepted", "not agreed"))),
        },
        "note": lambda: {"words": words, "rests_on": draw(st.sampled_from([[], list(items)]))},
        "watch": lambda: {"side": side, "words": ["autonomy"]},
        "correct": lambda: {"target": some(draw, passed), "words": words},
        "invite": lambda: {
            "person": f"new-{scene.serial}", "name": "New", "side": side,
            "role": "guarantor" if side == "league" else "member",
        },
        "hand-over": lambda: {"to": "aide"},
        "record-agreement": lambda: {
            "draft": some(draw, list(desk.drafts)[-1:]), "expires_at": None,
            "instruments": [{"side": name, "clauses": copies} for name in ("north", "south")],
        },
        "ballot": lambda: {
            "round": some(draw, desk.rounds), "accept": draw(st.booleans()),
        },
    }  # fmt: skip
    return made[name]()


def ways(talk: Talk, item: str) -> list[Given]:
    """Return ways to release: the mediator's own, and those that an item allows, or may not."""
    found = talk.item(item)
    allowed = found[1].caveat.ways if found else ()
    conveyed = [way for way in allowed if way != "analysis"] or ["attributed"]
    return [{"way": "mediator"}, *({"way": way, "relies_on": [item]} for way in conveyed * 2)]


def clauses(words: str) -> list[Given]:
    """The first clause is the same in every draft; the second is what was drawn."""
    return [{"label": "1", "text": "The crossing opens."},
            *([{"label": "2", "text": words}] if words else [])]  # fmt: skip


def attempt(scene: Scene, by: str, name: str, given: Given) -> Event | None:
    """Do an act if the rules allow it once its flags are answered; return the event that came."""
    event = scene.event(by, name, **given)
    after = admit(scene.talk, event)
    if isinstance(after, Refused) and after.reason == "leak-check-unanswered":
        event = scene.event(by, name, **given, leak_check=answers(after))
        after = admit(scene.talk, event)
    if isinstance(after, Refused):
        return None
    assert isinstance(after, Talk)
    scene.talk, scene.clock = after, max(scene.clock, event.act.at)
    scene.events.append(event)
    return event


def possible(room: Room, who: str) -> list[str]:
    """Return the acts for which somebody of a side has something to act on; the rare ones once."""
    mine = [entry for entry in room.entries.values() if who in entry.readers]
    names = ["entrust"] * 2 + ["leave"]
    kinds: dict[type[Entry], tuple[str, ...]] = {
        Item: ("tighten", "loosen", "withdraw", "correct"),
        ReadBackEntry: ("confirm", "confirm", "dispute"),
        Question: ("reply", "reply"),
        Version: ("agree", "agree", "bracket", "propose", "query"),
        Round: ("ballot", "ballot", "ballot"),
    }
    for kind, acts in kinds.items():
        if any(isinstance(entry, kind) for entry in mine):
            names += acts
    return [*names, "hand-over"]


def desk_possible(scene: Scene) -> list[str]:
    """Return the acts for which the mediator has something to act on; the rare ones once."""
    desk = scene.talk.desk
    names = ["minute", "ask", "note", "watch", "deadline", "invite", "hand-over", "draft"]
    names += ["release"] * 4
    if any(True for _ in scene.talk.items()):
        names += ["read-back"] * 3 + ["tighten", "correct", "release", "release"]
    if desk.drafts:
        names += ["circulate"] * 4 + ["open-acceptance", "record-agreement"]
    if any(record.result is None for record in desk.rounds.values()):
        names += ["close-acceptance"] * 2 + ["ballot"]
    return names


def step(draw: Draw, scene: Scene) -> None:
    """Try one act of somebody: of the mediator's team as often as of all sides together."""
    if draw(st.booleans()):
        name = draw(st.sampled_from(desk_possible(scene)))
        leads = (who.id for who in scene.talk.desk.people.values() if who.role == "lead")
        attempt(scene, next(leads), name, desk_act(draw, scene, name))
        return
    side = draw(st.sampled_from(sorted(SIDES)))
    who = draw(st.sampled_from(SIDES[side]))
    name = draw(st.sampled_from(possible(scene.talk.rooms[side], who)))
    attempt(scene, who, name, own_act(draw, scene, side, who, name))


@st.composite
def talks(draw: Draw) -> tuple[Event, ...]:
    """Draw a talk in which everything was allowed when it happened."""
    scene = draw(st.sampled_from((ready, in_a_round, opened)))()
    scene.serial = 1000
    for _ in range(draw(st.integers(10, 30))):
        step(draw, scene)
    return tuple(scene.events)
