"""A scripted talk, and what each sees after every event, as golden text.

For each event the text says who did what, and for each person whose view changed, the lines of
the view that came or went. Somebody who is not named saw no change at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goodoffices.talks import Talk, apply, fold, view
from tests.golden import assert_golden
from tests.talks.scene import OWN_IDEA, Scene, eid

GOLDEN = Path(__file__).parent / "golden" / "crossing.txt"
VIEWERS = ("lead", "ada", "abe", "bea", "oda")


def played() -> Scene:
    """Two sides settle a crossing: a confidence, a release, a text, a sealed acceptance."""
    scene = Scene()
    sides = [{"id": "north", "name": "Northland"}, {"id": "south", "name": "Southland"},
             {"id": "press", "name": "The Observers", "kind": "observer"}]  # fmt: skip
    scene.do("lead", "open", title="The crossing", sides=sides, lead="lead", lead_name="Lea")
    for person, side, role in (("ada", "north", "head"), ("abe", "north", "member"),
                               ("bea", "south", "head"), ("oda", "press", "observer")):  # fmt: skip
        scene.do("lead", "invite", person=person, name=person.title(), side=side, role=role)
    scene.do("lead", "watch", side="south", words=["closure"])
    scene.do("ada", "entrust", id="offer", kind="offer", words="We could open it for 45 days.",
             caveat={**OWN_IDEA, "not_to": ["abe"]})  # fmt: skip
    scene.do("lead", "read-back", id="back", item=eid("offer"), words="45 days, not a day more.",
             to=["ada"])  # fmt: skip
    scene.do("ada", "dispute", words="45 days to begin with.")
    scene.do("lead", "read-back", id="again", item=eid("offer"), words="45 days to begin with.",
             to=["ada"])  # fmt: skip
    scene.do("ada", "confirm")
    scene.answered("lead", "release", id="sounding", words="What if it opened for 45 days?",
                   way="own-idea", relies_on=[eid("offer")], to=["bea"])  # fmt: skip
    scene.do("lead", "ask", id="ask", words="Would inspections help?", to=["south"])
    scene.do("bea", "reply", id="reply", words="Yes, joint ones.", caveat=OWN_IDEA)
    clauses = [
        {"label": "1", "text": "The crossing opens.", "rests_on": [eid("offer")]},
        {"label": "2", "text": "Both inspect.", "rests_on": [eid("reply")]},
    ]
    scene.do("lead", "draft", id="text", clauses=clauses)
    scene.do("lead", "circulate", draft=eid("text"), to=["south"])
    scene.do(
        "bea", "propose", id="better", draft=eid("text"), clause="2", words="Both inspect daily."
    )
    scene.do("lead", "draft", id="text-2", clauses=[
        {"label": "1", "text": "The crossing opens."}, {"label": "2", "text": "Daily inspection."},
    ])  # fmt: skip
    scene.do("ada", "loosen", item=eid("offer"), caveat=OWN_IDEA)
    scene.do("lead", "circulate", draft=eid("text-2"), to=["north", "south"])
    scene.do("ada", "agree", draft=eid("text-2"), clause="1")
    closes = scene.clock.replace(hour=23)
    scene.do("lead", "open-acceptance", id="round", draft=eid("text-2"), sides=["north", "south"],
             closes_at=closes)  # fmt: skip
    closes = scene.talk.desk.rounds[eid("round")].closes_at
    scene.do("bea", "ballot", round=eid("round"), accept=True, at=closes.replace(hour=22))
    scene.do("ada", "ballot", round=eid("round"), accept=True, at=closes.replace(hour=22))
    scene.do("lead", "close-acceptance", round=eid("round"), result="all accepted", at=closes)
    copies = [
        {"side": side, "clauses": {"1": "The crossing opens.", "2": "Daily inspection."}}
        for side in ("north", "south")
    ]
    scene.do("lead", "record-agreement", id="deal", draft=eid("text-2"), instruments=copies,
             expires_at=closes.replace(year=2026))  # fmt: skip
    scene.do("lead", "deadline", words="The gates are open.", due=closes.replace(month=7),
             to=["north", "south"])  # fmt: skip
    scene.do("ada", "hand-over", to="abe")
    scene.do("ada", "leave")
    return scene


def lines(data: Any, at: str = "") -> Iterator[str]:
    """Yield each value of a view with its place."""
    if isinstance(data, dict):
        for key, value in sorted(data.items()):
            yield from lines(value, f"{at}.{key}" if at else key)
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from lines(value, f"{at}[{index}]")
    else:
        yield f"{at}: {data}"


def shown(talk: Talk, viewer: str) -> list[str]:
    person = talk.person(viewer)
    if person is None or person.left:
        return []
    return list(lines(view(talk, viewer).model_dump(mode="json", by_alias=True)))


def playthrough(scene: Scene) -> str:
    talk, text = Talk(), []
    before: dict[str, list[str]] = {viewer: [] for viewer in VIEWERS}
    for event in scene.events:
        talk = apply(talk, event)
        text.append(f"== {event.by}: {event.act.act}")
        for viewer in VIEWERS:
            now = shown(talk, viewer)
            gone = [f"    - {line}" for line in before[viewer] if line not in now]
            came = [f"    + {line}" for line in now if line not in before[viewer]]
            if gone or came:
                text += [f"  {viewer}", *gone, *came]
            before[viewer] = now
    return "\n".join(text) + "\n"


def test_what_each_sees_after_every_event_golden() -> None:
    assert_golden(GOLDEN, playthrough(played()))


def test_a_ballot_changes_nobodys_view() -> None:
    for part in playthrough(played()).split("== ")[1:]:
        if part.splitlines()[0].endswith(": ballot"):
            assert part.splitlines()[1:] == []


def test_the_talk_is_the_same_however_often_it_is_played() -> None:
    scene = played()
    assert fold(scene.events) == scene.talk == played().talk
