"""Briefs of random cases: whatever the case, every form of its brief is sound."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.impasse import impasse
from goodoffices.analysis.movement import movement
from goodoffices.brief import brief, brief_data, brief_html, brief_terminal, impasse_terminal
from goodoffices.brief.words import given_up_words, position_sentence
from goodoffices.model import Case, meets
from tests.brief.reader import PageReader
from tests.strategies import cases

LOOSE = re.compile(r"\s[.,;:]|\(\)|‘’|None|<|\{")
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
seldom = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def flat(text: str) -> str:
    return " ".join(text.split())


@often
@given(cases())
def test_what_is_said_of_each_way_out_names_just_who_moves(case: Case) -> None:
    found = impasse(case)
    names = {id: party.name for id, party in case.parties.items()}
    for way in found.ways_out:
        words = given_up_words(case, way.relax)
        for id, name in names.items():
            said = re.search(rf"(?<!\w){re.escape(name)} (no longer|gives up)", words)
            assert (said is not None) == (id in way.parties)


@often
@given(cases())
def test_positions_that_part_packages_differently_are_not_worded_alike(case: Case) -> None:
    for one in case.positions:
        for other in case.positions:
            if position_sentence(case, one) == position_sentence(case, other):
                options = [
                    {issue: held.option(k % held.size) for issue, held in case.issues.items()}
                    for k in range(20)
                ]
                alike = [
                    meets(one, x, case.issues) == meets(other, x, case.issues) for x in options
                ]
                assert all(alike)


@often
@given(cases())
def test_data_is_plain_and_whole(case: Case) -> None:
    found = impasse(case)
    made = brief(case, found)
    data = brief_data(made)
    assert json.loads(json.dumps(data)) == data
    assert data["finding"] == found.to_data()
    assert set(data["positions"]) == {position.id for position in case.in_force}
    said = [line["sentence"] for line in data["positions"].values()]
    said += [way["sentence"] for way in data["freeing"]["ways_out"]]
    said += [alone["sentence"] for alone in data["giving"]["alone"]]
    said += [data["glance"][key] for key in ("zone", "contention", "way_out", "record")]
    assert [words for words in said if LOOSE.search(words) or not words.endswith((".", ":"))] == []


@often
@given(cases())
def test_the_terminal_tells_every_position_and_way_out_within_its_width(case: Case) -> None:
    found = impasse(case)
    made = brief(case, found, show=1000)
    stream = io.StringIO()
    brief_terminal(made, Console(file=stream, width=72))
    assert max(cell_len(line) for line in stream.getvalue().splitlines()) <= 72
    text = flat(stream.getvalue())
    assert [p.id for p in made.positions.values() if p.sentence not in text] == []
    assert [way.relax for way in made.freeing.ways_out if way.sentence not in text] == []


@often
@given(cases())
def test_the_listing_tells_every_point_of_contention(case: Case) -> None:
    found = impasse(case)
    stream = io.StringIO()
    impasse_terminal(case, found, Console(file=stream, width=90))
    text = flat(stream.getvalue())
    for conflict in found.conflicts:
        assert re.search(rf"\b{conflict.id} (Between|Within|Under|No package|The rules)", text)
    for issue in case.issues.values():
        assert issue.question not in text, "the listing names issues, the brief asks them"


@seldom
@given(cases())
def test_the_page_is_sound(case: Case) -> None:
    page = brief_html(brief(case, impasse(case), moved=movement(case)))
    found = PageReader(page)
    assert (found.unclosed, found.open, found.loads) == ([], [], [])
    assert [id for id, number in found.ids.items() if number > 1] == []
    assert [link for link in found.links if link[1:] not in found.ids] == []
    assert [(a, b) for a, b in pairwise(found.headings) if b > a + 1] == []
    for position in case.in_force:
        assert flat(position_sentence(case, position)) in found.text
