"""Every example of the project is a case without problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.casefile import read_document

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_has_no_problems(path: Path) -> None:
    reading = read_document(path.parent)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.case is not None
