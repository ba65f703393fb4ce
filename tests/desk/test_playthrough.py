"""Playthroughs: what each person sees after each step, by pages and by the interface for programs.

The two goldens are made in two ways. In the first people fill in forms and read pages, in the
second programs send acts and read views; in the end the record is the same.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from goodoffices.talks import View
from tests.desk.demo import Demo
from tests.desk.demo_pages import PagesDemo, pages_of
from tests.desk.playthrough import DESK, ROOM, VIEWERS, Seen, lines_of, play, text_of
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


class Readers:
    """People who read every page of theirs whenever there is something new for them."""

    def __init__(self, demo: PagesDemo) -> None:
        self.demo = demo
        self.last: dict[str, tuple[View, Seen]] = {}

    def look(self, who: str) -> Seen:
        view, known = self.view(who), self.last.get(who)
        if known is None or known[0] != view:
            self.last[who] = view, self.read(who)
        return self.last[who][1]

    def view(self, who: str) -> View:
        store, talk = self.demo.store, self.demo.stage.talk.rpartition("/")[2]
        account = store.accounts.find(self.demo.stage.player(who).login)
        assert account is not None
        return store.view(talk, store.accounts.seats(account.id)[talk], now=self.demo.clock())

    def read(self, who: str) -> Seen:
        named = dict(ROOM)
        if who == "Mira":
            sides = self.demo.stage.sides.items()
            named = DESK | {f"/side/{id_}": f"Room of {name}" for name, id_ in sides}
        pages = pages_of(self.demo, who, list(named))
        return {named[path]: text_of(page) for path, page in pages}


def by_program(demo: Demo, who: str) -> Seen:
    view = demo.stage.seen(who)
    people = view["people"]
    everybody = people if isinstance(people, list) else chain.from_iterable(people.values())
    names = {person["id"]: person["name"] for person in everybody}
    names |= {id_: name for name, id_ in demo.stage.sides.items()}
    return {
        key: lines_of(key, value, names)
        for key, value in view.items()
        if key not in {"order", "sides", "me"}
    }


@pytest.mark.slow
def test_playthroughs_are_golden(tmp_path: Path) -> None:
    for name in ("pages", "program"):
        (tmp_path / name).mkdir()
    with PagesDemo(tmp_path / "pages") as pages, Demo(tmp_path / "program") as program:
        readers = Readers(pages)
        assert_golden(GOLDEN / "pages.txt", play(pages, readers.look))
        assert_golden(GOLDEN / "program.txt", play(program, lambda who: by_program(program, who)))
        for who in VIEWERS:
            assert by_program(pages, who) == by_program(program, who), who
            # Pages tell no more than the view: nobody has missed anything.
            assert readers.read(who) == readers.look(who)
