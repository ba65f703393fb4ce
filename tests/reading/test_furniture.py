"""Lines that belong to a site: no figures and no statements are read in them."""

from __future__ import annotations

import pytest

from goodoffices.reading import read_statements
from goodoffices.reading.furniture import furniture_in
from goodoffices.reading.lexicon import lexicon

EN = lexicon("en")
STORY = "The port is shut.\n\n{}\n\nThe union said 40 ships wait."


@pytest.mark.parametrize(
    "line",
    [
        "4 min read", "3 minute read", "Reading time: 5 minutes", "Published 2 hours ago",
        "Updated: 15 minutes ago", "12 Comments", "Share 34", "Share this article",
        "Read more: five things to know, minister says", "See also", "Related stories",
        "Page 3 of 12", "© 2025 Example News",
    ],
)  # fmt: skip
def test_a_line_of_the_site_says_nothing(line: str) -> None:
    found = read_statements(STORY.format(line))
    assert [(str(one.value), one.unit) for one in found.figures] == [("40", "ships")]
    assert len(found.statements) == 1


@pytest.mark.parametrize(
    "line",
    [
        "The board read 4 letters in 4 minutes.",
        "Share 34 sacks with the north, the union said.",
        "Published plans show 34 ships.",
        "12 comments were made by the union.",
    ],
)
def test_a_sentence_that_only_begins_so_is_read(line: str) -> None:
    assert furniture_in(STORY.format(line), EN) == []
