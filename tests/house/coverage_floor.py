"""Holds the coverage of lines and of branches, each by itself, of the packages that compute.

    python tests/house/coverage_floor.py build/coverage.json

Exits with 1 when a package is below the floor. A single figure over both would let many covered
lines make up for branches that no test takes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLOOR = 0.95
PACKAGES = ("model", "casefile", "analysis", "talks", "store")


@dataclass(frozen=True)
class Share:
    """How many of a package's lines and branches the tests ran."""

    package: str
    lines: tuple[int, int]
    branches: tuple[int, int]

    @property
    def enough(self) -> bool:
        """Whether both reach the floor, in a package that has lines at all."""
        return self.lines[1] > 0 and all(
            covered >= FLOOR * number for covered, number in (self.lines, self.branches)
        )

    def __str__(self) -> str:
        lines, branches = (
            f"{covered / number:7.1%} of {number}" if number else "none"
            for covered, number in (self.lines, self.branches)
        )
        word = "" if self.enough else f"   below {FLOOR:.0%}"
        return f"coverage of {self.package:<9} lines {lines}, branches {branches}{word}"


def share_of(package: str, files: Mapping[str, Any]) -> Share:
    """Add up a package's files in coverage's own report.

    >>> summary = {"covered_lines": 9, "num_statements": 10,
    ...            "covered_branches": 4, "num_branches": 4}
    >>> print(share_of("model", {"src/goodoffices/model/x.py": {"summary": summary}}))
    coverage of model     lines   90.0% of 10, branches  100.0% of 4   below 95%
    """
    summaries = [
        entry["summary"]
        for name, entry in files.items()
        if f"goodoffices/{package}/" in name.replace("\\", "/")
    ]

    def total(key: str) -> int:
        return sum(summary[key] for summary in summaries)

    return Share(
        package,
        lines=(total("covered_lines"), total("num_statements")),
        branches=(total("covered_branches"), total("num_branches")),
    )


def main(report: Path) -> int:
    """Print each package's shares; return 1 when one is below the floor."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    shares = [share_of(package, files) for package in PACKAGES]
    sys.stdout.writelines(f"{share}\n" for share in shares)
    return 0 if all(share.enough for share in shares) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
