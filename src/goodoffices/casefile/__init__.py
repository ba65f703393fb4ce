"""Text <-> case: readers, the checks of what a case file says, and the canonical writer."""

from goodoffices.casefile.reading import Reading, read_case, read_document, read_text

__all__ = ["Reading", "read_case", "read_document", "read_text"]
