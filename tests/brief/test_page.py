"""The page: self-contained, sound, readable without eyes, and the text of a case stays text."""

from __future__ import annotations

import html
import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief import brief_html
from goodoffices.brief.page import anchor
from goodoffices.brief.section_names import CONFIDENTIAL, SECTIONS
from goodoffices.model import Case
from tests.brief.cases import (
    EXAMPLES,
    GOLDEN,
    HOSTILE,
    RIGHT_TO_LEFT,
    SHIFTS,
    brief_of,
    example,
    example_brief,
    hostile,
    made,
)
from tests.brief.reader import PageReader
from tests.golden import assert_golden

ODD: dict[str, Case] = {
    "shifts": SHIFTS,
    "right-to-left": RIGHT_TO_LEFT,
    "hostile": hostile(),
    "bare": made({}),
    "new-option": made(
        {
            "issues": {"seat": {"question": "Where?", "options": ["north", "south"]}},
            "positions": [
                {"id": "a1", "party": "ana", "refuses": {"seat": "north"}},
                {"id": "b1", "party": "ben", "refuses": {"seat": "south"}},
            ],
        }
    ),
}
PAGES = [*EXAMPLES, *ODD]


@cache
def page(name: str) -> str:
    return brief_html(brief_of(ODD[name]) if name in ODD else example_brief(name))


@cache
def read(name: str) -> PageReader:
    return PageReader(page(name))


@pytest.mark.parametrize("name", [*EXAMPLES, "shifts", "right-to-left"])
def test_golden_page(name: str) -> None:
    assert_golden(GOLDEN / f"{name}.html", page(name))


def test_the_same_case_gives_the_same_bytes() -> None:
    assert brief_html(brief_of(SHIFTS)) == page("shifts")


@pytest.mark.parametrize("name", PAGES)
def test_elements_are_closed_and_ids_are_unique(name: str) -> None:
    found = read(name)
    assert (found.unclosed, found.open) == ([], [])
    assert {id for id, number in found.ids.items() if number > 1} == set()
    assert [id for id in found.ids if not id or re.search(r"\s", id)] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere_on_the_page(name: str) -> None:
    found = read(name)
    assert found.links
    assert [link for link in found.links if not link.startswith("#")] == []
    assert [link for link in found.links if link[1:] not in found.ids] == []
    referred = re.findall(r"url\(#([^)]+)\)", page(name))
    assert [id for id in referred if id not in found.ids] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_loaded_and_nothing_runs(name: str) -> None:
    found = read(name)
    assert found.loads == []
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & set(found.tags)
    assert "@import" not in page(name)
    assert not re.search(r"url\((?!#)", page(name))
    assert [a for _, given in found.attributes for a in given if a.startswith("on")] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_outside_addresses_are_text_only(name: str) -> None:
    tags = re.findall(r"<[^>]+>", page(name))
    assert [tag for tag in tags if "http" in tag or "//" in tag] == []
    documents = example_brief(name).documents.values()
    addresses = [document.url for document in documents if document.url]
    assert [address for address in addresses if html.escape(address) not in page(name)] == []


@pytest.mark.parametrize("name", PAGES)
def test_headings_do_not_skip(name: str) -> None:
    levels = read(name).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_has_a_text(name: str) -> None:
    found = read(name)
    for picture in found.pictures:
        assert picture["role"] == "img"
        assert all(id in found.ids for id in picture["aria-labelledby"].split())
    titles = re.findall(r"<(?:title|desc) id=[^>]*>([^<]*)<", page(name))
    assert len(titles) == 2 * len(found.pictures)
    assert all(titles)


@pytest.mark.parametrize("name", PAGES)
def test_tables_say_what_they_are(name: str) -> None:
    found = read(name)
    assert found.tags["caption"] == found.tags["table"]
    heads = [given for tag, given in found.attributes if tag == "th"]
    assert all(head.get("scope") for head in heads)


@pytest.mark.parametrize("name", PAGES)
def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(name: str) -> None:
    regions = [g for _, g in read(name).attributes if "scroll" in g.get("class", "").split()]
    assert all(g["tabindex"] == "0" and g["aria-label"] for g in regions)


def test_landmarks_language_and_skip_link() -> None:
    found = read("gaza-2025")
    assert (found.tags["main"], found.tags["nav"], found.tags["header"]) == (1, 1, 1)
    assert found.links[0] == "#main"
    attributes = dict(found.attributes)
    assert attributes["html"] == {"lang": "en", "dir": "ltr"}
    assert [id for id in found.ids if id in SECTIONS] == list(example_brief("gaza-2025").sections)


def test_positions_statements_and_documents_are_linked() -> None:
    found = read("gaza-2025")
    case = example("gaza-2025")
    for position in case.in_force:
        assert anchor("position", position.id) in found.ids
        for source in position.source:
            assert f"#{anchor('statement', source)}" in found.links
    assert "#document-report" in found.links


def test_a_later_source_is_named_and_not_linked() -> None:
    assert "#statement-s9" not in read("shifts").links
    assert "(dated later)" in read("shifts").text


def test_firmness_is_told_by_shape_and_word() -> None:
    text = read("gaza-2025").text
    assert all(mark in text for mark in ("◆ red line", "■ firm", "□ open"))


def test_confidential_positions_put_a_banner_in_front() -> None:
    assert page("shifts").index(CONFIDENTIAL) < page("shifts").index("<h1>")
    assert CONFIDENTIAL not in page("gaza-2025")


def test_hostile_text_stays_text() -> None:
    found = read("hostile")
    assert found.tags["script"] == 0
    assert "{{ 7*7 }}" in found.text
    assert "49" not in re.sub(r"<svg.*?</svg>", "", page("hostile"), flags=re.DOTALL)
    shown = " ".join(HOSTILE.replace("\x1b", "\ufffd").split())
    assert found.text.count("<script>alert('x')</script> & \"q\" $x^2$") > 10
    assert shown in found.text


def test_a_page_can_always_be_written_and_holds_no_control_characters() -> None:
    odd = made({"case": "a\x00b\x1bc\x9bd"})
    text = brief_html(brief_of(odd))
    assert "a\ufffdb\ufffdc\ufffdd" in text
    assert text.encode("utf-8")


def test_right_to_left_content_is_kept_apart() -> None:
    found = read("right-to-left")
    assert dict(found.attributes)["html"] == {"lang": "en", "dir": "ltr"}
    assert "\u2068حزب الشمال\u2069 requires ‘\u2068הפסקת אש ארוכה\u2069’" in page("right-to-left")
    theirs = [g for _, g in found.attributes if g.get("lang") == "ar"]
    assert len(theirs) > 10
    titles = [tag for tag, g in found.attributes if g.get("lang") == "ar" and "dir" not in g]
    assert titles == ["bdi"], "a bdi runs as its letters do; all else has to say so"
    assert "direction: ltr" in page("right-to-left")


def test_new_options_are_spelled_out() -> None:
    text = read("new-option").text
    assert "A new option: seat" in text
    assert "For Ana (a1) it would have to not count as ‘north’." in text


def test_the_page_knows_dark_print_and_narrow() -> None:
    for query in ("prefers-color-scheme: dark", "@media print", "max-width: 48rem"):
        assert query in page("bare")


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_two_ids_never_share_a_place(one: str, other: str) -> None:
    assert (anchor("position", one) == anchor("position", other)) == (one == other)
    assert re.fullmatch(r"position-[A-Za-z0-9_.-]+", anchor("position", one))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    lights = []
    for colour in (one, other):
        digits = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
        parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_every_colour_of_text_is_readable_on_both_grounds_in_every_scheme() -> None:
    schemes = re.findall(r":root \{(.*?)\}", page("bare"), flags=re.DOTALL)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", scheme))
        for ink in ("ink", "quiet", "accent", "red-line", "firm", "open"):
            for ground in ("paper", "panel"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
