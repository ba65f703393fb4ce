"""Movement of random records: whatever the record, every form of it is sound and says the same."""

from __future__ import annotations

import io
import re
from random import Random
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.console import Console

from goodoffices.analysis.movement import movement
from goodoffices.brief import movement_terminal
from goodoffices.brief.movement_lines import movement_lines
from goodoffices.brief.plot_movement import description, movement_svg
from goodoffices.brief.section_names import DIRECTION_MARKS
from goodoffices.model import Case
from tests.analysis.movement_twins import timeline

LOOSE = re.compile(r"\s[.,;:]|\(\)|‘’|None|<|\{|  ")
SEEDS = range(25)


def record(seed: int) -> Case:
    return timeline(Random(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_sentences_are_whole(seed: int) -> None:
    case = record(seed)
    lines = movement_lines(case, movement(case))
    told = [lines.sentence, *lines.before, *lines.silences, *lines.definition]
    for day in lines.days:
        told += [day.sentence, *day.acts]
        for move in day.moves:
            told += [move.head, *move.does, *([move.answers] if move.answers else [])]
    for sentence in told:
        assert sentence[0].isupper() or sentence[0] == "x", sentence
        assert sentence.endswith("."), sentence
        assert not LOOSE.search(sentence), sentence


@pytest.mark.parametrize("seed", SEEDS)
def test_every_position_that_changes_is_named_where_it_does(seed: int) -> None:
    case = record(seed)
    result = movement(case)
    lines = movement_lines(case, result)
    for day, line in zip(result.days, lines.days, strict=True):
        for move, words in zip(day.moves, line.moves, strict=True):
            assert all(f"({id}" in words.head for id in (*move.begun, *move.ended))
            assert words.head.startswith(case.parties[move.party].name)
            assert words.mark == ("first" if move.first else move.direction)
        named = {id for ids in day.conflicts[:3] for id in ids}
        assert all(id in line.stuck for id in named)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_terminal_holds_every_sentence_at_its_width(seed: int) -> None:
    case = record(seed)
    stream = io.StringIO()
    movement_terminal(case, movement(case), Console(file=stream, width=64))
    assert max(cell_len(line) for line in stream.getvalue().splitlines()) <= 64
    flat = " ".join(stream.getvalue().split())
    for day in movement_lines(case, movement(case)).days:
        assert day.sentence in flat
        for move in day.moves:
            assert f"{DIRECTION_MARKS[move.mark]} {move.id} {move.head}" in flat


@pytest.mark.parametrize("seed", range(8))
def test_the_drawing_is_sound_and_its_text_says_what_it_shows(seed: int) -> None:
    case = record(seed)
    lines = movement_lines(case, movement(case))
    svg = movement_svg(lines, [party.name for party in case.parties.values()])
    if not lines.days:
        assert svg == ""
        return
    ElementTree.fromstring(svg.replace("xlink:href", "href"))
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(id.startswith("movement-plot") for id in ids)
    told = description(lines)
    assert all(f"{day.words}: distance {day.distance}" in told for day in lines.days)
