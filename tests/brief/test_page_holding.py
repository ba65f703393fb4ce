"""The sections on what would hold, on the page: tables that can be read aloud, links that lead."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest

from goodoffices.brief import brief_html
from goodoffices.brief.contents import Brief
from goodoffices.brief.holding import Holding
from tests.brief.cases import RIGHT_TO_LEFT, SHIFTS, brief_of, hostile
from tests.brief.reader import PageReader
from tests.brief.test_holding import PUBLISHED, published

CASES = {"shifts": SHIFTS, "right-to-left": RIGHT_TO_LEFT, "hostile": hostile()}
NAMES = [*PUBLISHED, *CASES]


@cache
def made(name: str) -> tuple[Brief, str]:
    found = brief_of(CASES[name] if name in CASES else published(name))
    return found, brief_html(found)


def of(name: str) -> tuple[Holding, str]:
    """Return what would hold, and the part of the page that tells it."""
    found, html = made(name)
    assert found.holding is not None
    start, end = html.index('class="section-holding"'), html.index('class="section-facts"')
    return found.holding, html[start:end]


def words(html: str) -> str:
    """Return the words of a part of a page, without marks for direction."""
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.S)))
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def table(html: str) -> list[list[str]]:
    """Return the cells of the table of states, row by row, as they are read aloud."""
    (whole,) = re.findall(r'<table class="states">(.*?)</table>', html, re.S)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", re.sub(r"<caption.*?</caption>", "", whole), re.S)
    silent = re.compile(r'<span aria-hidden="true">.*?</span>')
    return [
        [
            words(cell)
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", silent.sub("", row), re.S)
        ]
        for row in rows
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_table_has_a_column_for_each_state_and_a_row_for_each_thing(name: str) -> None:
    held, html = of(name)
    rows = table(html)
    assert {len(row) for row in rows} == {len(held.columns) + 1}
    assert len(rows) == 1 + len(held.moves) + 2 * len(held.orders) + 1


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_is_read_aloud_as_it_is_seen(name: str) -> None:
    held, html = of(name)
    rows = table(html)
    assert [cell.removesuffix(" now") for cell in rows[0][1:]] == [c.id for c in held.columns]
    assert [cell.endswith(" now") for cell in rows[0][1:]] == [c.now for c in held.columns]
    for place in range(len(held.moves)):
        cells = rows[1 + place][1:]
        assert [cell == "made" for cell in cells] == [c.made[place] for c in held.columns]
        assert set(cells) <= {"made", "not made"}
    ranks = rows[1 + len(held.moves) :]
    for place in range(len(held.orders)):
        assert ranks[place][1:] == [column.ranks[place] for column in held.columns]
    assert rows[-1][1:] == [column.mark for column in held.columns]


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_sentence_is_on_the_page_once(name: str) -> None:
    held, html = of(name)
    text = words(html)
    sentences = [*held.summary, *(line.head for line in (*held.holds, *held.falls))]
    sentences += [move.sentence for move in held.arranging.moves]
    sentences += [way.sentence for way in held.ways if len(held.ways) == 1]
    for sentence in sentences:
        assert text.count(sentence) == 1
    for reason in (reason for line in (*held.holds, *held.falls) for reason in line.reasons):
        assert reason in text


@pytest.mark.parametrize("name", NAMES)
def test_the_page_stays_well_formed_and_its_links_lead_somewhere(name: str) -> None:
    _, html = made(name)
    found = PageReader(html)
    assert found.unclosed == []
    assert [id for id, times in found.ids.items() if times > 1] == []
    lost = [link for link in found.links if link.startswith("#") and link[1:] not in found.ids]
    assert lost == []
    heads = [given for tag, given in found.attributes if tag == "th"]
    assert all(head.get("scope") for head in heads)
    regions = [given for _, given in found.attributes if given.get("class") == "scroll"]
    assert all(given["tabindex"] == "0" and given["aria-label"] for given in regions)
    assert all(after - before <= 1 for before, after in zip(found.headings, found.headings[1:],
                                                            strict=False))  # fmt: skip


def test_both_sections_are_in_the_contents_with_their_numbers() -> None:
    found, html = made("hipel-1993")
    keys = list(found.sections)
    assert keys.index("arranging") == keys.index("holding") + 1
    for key in ("holding", "arranging"):
        assert f'<a href="#{key}">{found.sections[key]}</a>' in html
        number = keys.index(key) + 1
        assert f'<h2 id="{key}"><span class="number">{number}</span>' in html


def test_the_mark_of_the_reading_is_a_note_in_both_sections() -> None:
    _, html = made("hipel-1993")
    notes = re.findall(r'<p class="reading" role="note" dir="ltr"><strong>(.*?)</strong>', html)
    assert len(notes) == 2
    assert notes[0] == notes[1]


def test_moves_tell_what_they_rest_on() -> None:
    _, html = of("shifts")
    assert '<a href="#statement-s1">' in html
    assert "By law." in words(html)
    assert "can only be taken back" in words(html)


def test_hostile_names_stay_texts() -> None:
    _, html = of("hostile")
    assert "<script" not in html
    assert "<i>" not in html
    assert "m <i>" in words(html)
