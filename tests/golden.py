"""Golden files: text that was reviewed once. `make golden` renews them; review them like code."""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """Compare a text with its golden file, or renew the file when GOLDEN=renew."""
    if os.environ.get("GOLDEN") == "renew":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"no golden file {path.name}: make golden writes it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: see make golden"
