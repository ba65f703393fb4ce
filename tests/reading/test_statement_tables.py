"""A table of ways of telling who says what, each with the statements that are found in it."""

from __future__ import annotations

from pathlib import Path

from goodoffices.reading import read_statements

TABLE = Path(__file__).parent / "tables" / "statements.txt"


def shown(text: str) -> str:
    rows = (
        " | ".join(
            (
                one.speaker.span.of(text) if one.speaker else "-",
                one.cue.of(text),
                " ... ".join(span.of(text) for span in one.content),
                one.kind,
            )
        )
        for one in read_statements(text).statements
    )
    return " ;; ".join(rows) or "none"


def test_every_sentence_has_the_statements_that_the_table_says() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.partition(" => ")[::2] for line in lines if not line.startswith("#")]
    assert len(rows) > 40
    assert [(text, shown(text)) for text, _ in rows] == rows


def test_a_colon_at_the_end_of_a_paragraph_announces_what_is_quoted_in_the_next() -> None:
    text = 'President Dana Ruiz tweeted from her own account:\n\n"The bridge is open."'
    assert shown(text) == 'President Dana Ruiz | tweeted | "The bridge is open." | says'
    assert shown("The minister wrote the list on a board:\n\nBread\n\nMilk") == "none"
