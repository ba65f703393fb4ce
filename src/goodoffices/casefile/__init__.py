"""Text <-> case: readers, the checks of what a case file says, and the canonical writer."""

from goodoffices.casefile.changes import change_from, read_change
from goodoffices.casefile.comments import Comments, read_comments
from goodoffices.casefile.reading import Reading, read_case, read_document, read_text
from goodoffices.casefile.schema import case_schema
from goodoffices.casefile.texts import check_text, paragraph_spans
from goodoffices.casefile.writing import case_json, case_text, write_case

__all__ = [
    "Comments",
    "Reading",
    "case_json",
    "case_schema",
    "case_text",
    "change_from",
    "check_text",
    "paragraph_spans",
    "read_case",
    "read_change",
    "read_comments",
    "read_document",
    "read_text",
    "write_case",
]
