"""Foreign files <-> cases: what has no counterpart on the other side is always listed."""

from goodoffices.formats.events import EventsExport, events_text
from goodoffices.formats.gmcr import GmcrExport, GmcrImport, gmcr_text, read_gmcr

__all__ = [
    "EventsExport",
    "GmcrExport",
    "GmcrImport",
    "events_text",
    "gmcr_text",
    "read_gmcr",
]
