"""Foreign files <-> cases: what has no counterpart on the other side is always listed."""

from goodoffices.formats.gmcr import GmcrExport, GmcrImport, gmcr_text, read_gmcr

__all__ = ["GmcrExport", "GmcrImport", "gmcr_text", "read_gmcr"]
