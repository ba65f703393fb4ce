"""Tables of sentences with the figures that they have, a file a class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from goodoffices.reading.dates import dates_in
from goodoffices.reading.figures import figures_in
from goodoffices.reading.lexicon import lexicon

TABLES = Path(__file__).parent / "tables"
EN = lexicon("en")


def rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            text, _, expected = line.partition(" => ")
            yield text, expected


def shown(text: str) -> str:
    found = figures_in(text, EN, dates_in(text, EN, date(2025, 6, 4)))
    parts = (
        f"{one.bound} {one.value}{f' to {one.high}' if one.high else ''} {one.unit}".strip()
        for one in found
    )
    return "; ".join(parts) or "none"


@pytest.mark.parametrize("path", sorted(TABLES.glob("figures-*.txt")), ids=lambda path: path.stem)
def test_every_sentence_has_the_figures_that_the_table_says(path: Path) -> None:
    expected = list(rows(path))
    assert len(expected) > 30
    assert [(text, shown(text)) for text, _ in expected] == expected


def test_what_is_said_does_not_hang_on_the_sentence_around_it() -> None:
    """The figures of a sentence stay the same between two sentences without any."""
    for text, expected in list(rows(TABLES / "figures-bounds.txt"))[::5]:
        assert shown(f"Nobody spoke of it. {text} Nobody answered.") == expected
