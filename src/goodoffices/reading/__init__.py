"""Documents -> drafts of statements and figures, each anchored to exact characters."""

from goodoffices.reading.dates import DateFound
from goodoffices.reading.hidden import (
    LanguageGuess,
    guess_language,
    hidden_in,
    language_for,
    shown,
)
from goodoffices.reading.lexicon import languages
from goodoffices.reading.neutral import read_in
from goodoffices.reading.result import Credit, Figure, Mood, Reading, Speaker, Statement
from goodoffices.reading.spans import Span
from goodoffices.reading.statements import read_statements
from goodoffices.reading.tongue import Language, language_in

__all__ = [
    "Credit",
    "DateFound",
    "Figure",
    "Language",
    "LanguageGuess",
    "Mood",
    "Reading",
    "Span",
    "Speaker",
    "Statement",
    "guess_language",
    "hidden_in",
    "language_for",
    "language_in",
    "languages",
    "read_in",
    "read_statements",
    "shown",
]
