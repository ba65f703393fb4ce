"""Gives the pages that write a case the case that they write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.source import written_case

CASES = {"write-a-case.md": "late-shifts"}
"""Pages whose YAML blocks are one case, and the folder that they put it in."""


@pytest.fixture(autouse=True)
def case_of_the_page(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the doctests of a page beside the case that it wrote."""
    folder = CASES.get(request.path.name)
    if folder is not None:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "case.yaml").write_text(written_case(request.path), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
