"""Documents -> drafts of statements and figures, each anchored to exact characters."""

from goodoffices.reading.dates import DateFound
from goodoffices.reading.lexicon import languages
from goodoffices.reading.result import Credit, Figure, Mood, Reading, Speaker, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.statements import read_statements

__all__ = [
    "Credit",
    "DateFound",
    "Figure",
    "Mood",
    "Reading",
    "Span",
    "Speaker",
    "Statement",
    "languages",
    "read_statements",
]
