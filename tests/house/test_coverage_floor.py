"""The floor under coverage: lines and branches each count by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.coverage_floor import PACKAGES, main, share_of


def report(folder: Path, *, branches: int, left_out: str = "") -> Path:
    summary = {
        "covered_lines": 100, "num_statements": 100, "covered_branches": branches,
        "num_branches": 20,
    }  # fmt: skip
    names = [f"src/goodoffices/{package}/x.py" for package in PACKAGES if package != left_out]
    path = folder / "coverage.json"
    path.write_text(json.dumps({"files": {name: {"summary": summary} for name in names}}))
    return path


@pytest.mark.parametrize(("branches", "status"), [(20, 0), (19, 0), (18, 1)])
def test_branches_count_by_themselves(tmp_path: Path, branches: int, status: int) -> None:
    assert main(report(tmp_path, branches=branches)) == status


def test_a_package_that_was_not_measured_is_below_the_floor(tmp_path: Path) -> None:
    assert main(report(tmp_path, branches=20, left_out="casefile")) == 1


def test_only_files_of_the_package_count() -> None:
    summary = {
        "covered_lines": 1, "num_statements": 2, "covered_branches": 0, "num_branches": 0,
    }  # fmt: skip
    files = {
        "src/goodoffices/model/a.py": {"summary": summary},
        "src/goodoffices/casefile/a.py": {"summary": summary},
    }
    share = share_of("model", files)
    assert share.lines == (1, 2)
    assert "branches none" in str(share)
    assert not share.enough
