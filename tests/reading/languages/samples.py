"""Small readings in languages that are data, in a form that tests can write down."""

from __future__ import annotations

from datetime import date

from goodoffices.model import Case
from goodoffices.reading import Reading, read_statements

DAY = date(2031, 5, 14)
"""A Wednesday."""

DATA = ("ar", "es", "fr", "he")

TALKS = Case.model_validate(
    {
        "case": "Harbour talks",
        "parties": {
            "union": {
                "name": "Dockers' Union",
                "aliases": ["le syndicat", "el sindicato", "نقابة الميناء", "ועד הנמל"],
            },
            "port": {
                "name": "Port",
                "aliases": ["la direction du port", "el puerto", "الهيئة", "הרשות"],
            },
        },
        "third-parties": {
            "ministry": {
                "name": "Ministry",
                "aliases": ["le ministère", "el ministerio", "الوزارة", "המשרד"],
                "roles": ["mediator"],
            }
        },
        "persons": {
            "perez": {"name": "José Pérez", "role": "director", "of": "port"},
            "haddad": {"name": "سامر حداد", "role": "مدير", "of": "port"},
        },
        "issues": {"pay": {"question": "What rise?", "options": ["none", "some"]}},
    }
)
"""A case with names in several languages."""


def reading(language: str, text: str, case: Case | None = TALKS) -> Reading:
    """Read a text that was published on the day of the samples."""
    return read_statements(text, language=language, case=case, published=DAY)


def said(language: str, text: str) -> list[tuple[str | None, str, str, tuple[str, ...]]]:
    """Return speaker, cue, kind and content of each statement."""
    return [
        (
            one.speaker.span.of(text) if one.speaker is not None else None,
            one.cue.of(text),
            one.kind,
            tuple(part.of(text) for part in one.content),
        )
        for one in reading(language, text).statements
    ]


def figures(language: str, text: str) -> list[str]:
    """Return the figures of a text as words: bound, value, upper end and unit."""
    found = []
    for one in reading(language, text).figures:
        high = f"..{one.high}" if one.high is not None else ""
        found.append(f"{one.bound} {one.value}{high} {one.unit}".strip())
    return found


def dates(language: str, text: str) -> list[str]:
    """Return the dates of a text as words: bound, first and last day."""
    return [
        f"{one.bound} {one.first}" + (f"..{one.last}" if one.last != one.first else "")
        for one in reading(language, text).dates
    ]
