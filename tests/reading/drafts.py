"""Drafts of statements in a form that tests can write down."""

from __future__ import annotations

from typing import NamedTuple

from goodoffices.model import Case
from goodoffices.reading import Reading, Statement, read_statements


class Draft(NamedTuple):
    """A statement as the words of its text."""

    speaker: str | None
    cue: str
    content: tuple[str, ...]
    kind: str


def read(text: str, case: Case | None = None) -> tuple[Statement, ...]:
    """Return the statements of a text."""
    return read_statements(text, case=case).statements


def draft(statement: Statement, text: str) -> Draft:
    """Return one statement as words."""
    speaker = statement.speaker.span.of(text) if statement.speaker else None
    content = tuple(span.of(text) for span in statement.content)
    return Draft(speaker, statement.cue.of(text), content, statement.kind)


def drafts(text: str) -> list[Draft]:
    """Return the statements of a text as words."""
    return [draft(one, text) for one in read(text)]


def spans_of(reading: Reading) -> list[tuple[int, int]]:
    """Return every span of a reading."""
    found: list[tuple[int, int]] = [*reading.own_voice]
    for credit in reading.credits:
        found += [credit.span, credit.source]
    for one in reading.statements:
        found += [one.cue, one.evidence, *one.content]
        found += [span for span in (one.channel, one.addressee) if span is not None]
        if one.speaker is not None:
            found.append(one.speaker.span)
            found += [one.speaker.stands_for] if one.speaker.stands_for else []
    return found


TALKS = Case.model_validate(
    {
        "case": "Harbour talks",
        "parties": {
            "union": {"name": "Dockers' Union", "aliases": ["the union", "the dockers"]},
            "port": {"name": "Port of Varna Bay", "aliases": ["the port"]},
        },
        "third-parties": {"ministry": {"name": "Ministry of Labour", "roles": ["mediator"]}},
        "persons": {
            "dana-ruiz": {"name": "Dana Ruiz", "role": "general secretary", "of": "union"},
            "ivo-petrov": {"name": "Ivo Petrov", "role": "director", "of": "port"},
        },
        "issues": {"pay": {"question": "What rise?", "options": ["none", "some"]}},
    }
)
"""A case with names to match."""
