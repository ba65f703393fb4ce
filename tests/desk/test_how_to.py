"""How-tos speak of what is on the pages, in the words of the pages."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT

DESK = ROOT / "src" / "goodoffices" / "desk"
PLAIN = {"link", "code", "codes for a lost device", "sealed acceptance", "sign-in name"}
"""Words that a page has within a sentence or with a capital."""


def on_the_pages() -> str:
    files = [*DESK.glob("templates/*.html"), *DESK.glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("page", ["hold-a-talk", "take-part"])
def test_every_word_that_a_how_to_says_is_on_a_page_is_there(page: str) -> None:
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    labels = set(re.findall(r"\*\*([^*]+)\*\*", " ".join(text.split()))) - {"bold"}
    pages = on_the_pages()
    assert len(labels) > 10
    assert {label for label in labels - PLAIN if f'"{label}"' not in pages} == set()
    assert {label for label in labels & PLAIN if label not in pages.lower()} == set()
