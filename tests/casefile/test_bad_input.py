"""Bad files, each with the exact problems that are expected beside it.

``make golden`` renews the expected problems; look at every difference before it is committed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodoffices.casefile import read_document
from tests.golden import assert_golden

BAD = Path(__file__).parent / "bad"
INPUTS = sorted(
    path for path in BAD.iterdir() if path.suffix in {".yaml", ".json"} or path.is_dir()
)

JARGON = re.compile(
    r"Input should|Value error|Field required|Extra inputs|valid (string|dictionary|tuple|integer)"
    r"|validation|should match pattern|instance of|NoneType|did not find|block mapping|flow"
    r"|scalar|token|<[a-z]|\bdict\b|\btuple\b|\bstr\b|Expecting|Traceback"
)
"""Words of the libraries underneath, which mean nothing to somebody who writes a case."""


def written(path: Path) -> str:
    lines = [str(problem) for problem in read_document(path).problems]
    return "".join(line.removeprefix(f"{BAD}/") + "\n" for line in lines)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_golden_problems_of_a_bad_file(path: Path) -> None:
    assert_golden(BAD / f"{path.name}.expected", written(path))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_bad_file_is_no_case(path: Path) -> None:
    reading = read_document(path)
    assert reading.case is None
    assert reading.problems


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_problems_are_in_order_on_lines_that_are_there(path: Path) -> None:
    file = path / "case.yaml" if path.is_dir() else path
    lines = file.read_bytes().count(b"\n") + 1
    problems = read_document(path).problems
    assert list(problems) == sorted(set(problems))
    assert all(1 <= problem.line <= lines for problem in problems)
    assert all(problem.path.startswith("$") and problem.expected for problem in problems)
    assert all(len(problem.found) <= 60 and "\n" not in str(problem) for problem in problems)


def test_there_are_enough_bad_files_and_no_orphan() -> None:
    assert len(INPUTS) >= 40
    names = {f"{path.name}.expected" for path in INPUTS}
    assert {path.name for path in BAD.glob("*.expected")} == names


def test_no_words_of_the_libraries_underneath() -> None:
    for path in INPUTS:
        for problem in read_document(path).problems:
            assert not JARGON.search(problem.expected), str(problem)


def test_the_design_and_the_docs_show_what_is_said() -> None:
    [problem] = read_document(BAD / "unknown-party.yaml").problems
    said = 'expected one of hamas, israel; found "hams" (did you mean "hamas"?)'
    assert str(problem).endswith(f"unknown-party.yaml:8: $.positions[1].party: {said}")
