"""Text <-> case: readers, the checks of what a case file says, and the canonical writer."""

from goodoffices.casefile.reading import Reading, read_case, read_document, read_text
from goodoffices.casefile.texts import check_text, paragraph_spans

__all__ = [
    "Reading",
    "check_text",
    "paragraph_spans",
    "read_case",
    "read_document",
    "read_text",
]
