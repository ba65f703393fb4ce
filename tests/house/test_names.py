"""Words: one word per idea in the code, and no side's adjectives in what we write ourselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.house.source import PACKAGE, ROOT, File, house

EMPTY_NAMES = {"base_utils", "common", "core", "helper", "helpers", "manager", "misc", "shared",
               "stuff", "tools", "util", "utils"}  # fmt: skip
# Words of neighbouring programs; they stay inside formats/, where their files are read.
FOREIGN = {"agent", "agents", "bid", "bids", "bidding", "outcome", "outcomes", "stakeholder",
           "stakeholders", "ui", "dm", "dms"}  # fmt: skip
# Not a judgement on who deserves which word: a mediator's page uses none of them as its own. What
# one side accuses another of is content, and stays; what it calls the other is an adjective.
LOADED = re.compile(
    r"\b(terroris\w*|regimes?|barbar\w+|brutal\w*|heinous|so-called|slaughter\w*|massacr\w*|"
    r"atrocit\w+|cynical\w*|fanatic\w*|extremis\w+|martyr\w*|evil|thugs?|cowardly|"
    r"shameful\w*|ridiculous\w*|outrageous\w*|intransigen\w+|stubborn\w*|unreasonabl\w+|"
    r"aggressors?|puppets?|blackmail\w*)\b",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"\b(behavior\w*|neighbor\w*|favor(?:s|ed|able|ite)?|labor|center(?:s|ed)?|analyze[ds]?|"
    r"catalog|honor(?:s|ed)?|defense|offense|program(?:me)?d)\b",
    re.IGNORECASE,
)


def parts_of(name: str) -> set[str]:
    """Return the words that a name is made of.

    >>> sorted(parts_of("bestBid_of_UI"))
    ['best', 'bid', 'of', 'ui']
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return {part.lower() for part in spaced.split("_") if part}


def names_in(file: File) -> Iterator[tuple[str, str]]:
    """Yield the names that a file gives, with their places."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, file.at(node)
        elif isinstance(node, ast.arg):
            yield node.arg, f"{file.name}:{node.lineno}"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, file.at(node)


def own_words(data: object, key: str = "") -> Iterator[str]:
    """Yield the texts of a case that are ours: all but quotes, titles and addresses."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in {"quote", "title", "url", "publisher"}:
                yield from own_words(value, str(name))
    elif isinstance(data, list):
        for value in data:
            yield from own_words(value, key)
    elif isinstance(data, str):
        yield data


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def cases() -> list[Path]:
    return sorted((ROOT / "examples").glob("*/case.yaml"))


def test_no_module_has_an_empty_name() -> None:
    inside = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")]
    assert [str(path) for path in inside if EMPTY_NAMES & {path.stem, *path.parts[:-1]}] == []


def test_code_keeps_to_the_words_of_the_glossary() -> None:
    foreign = [
        f"{place}: {name}"
        for file in house()
        if file.part != "formats"
        for name, place in names_in(file)
        if FOREIGN & parts_of(name)
    ]
    assert foreign == []


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.parent.name)
def test_examples_adopt_no_sides_adjectives(case: Path) -> None:
    data = yaml.load(case.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    assert [words for words in own_words(data) if LOADED.search(words)] == []


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_pages_are_neutral_and_in_british_english(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [match.group() for match in LOADED.finditer(text)] == []
    prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    assert [match.group() for match in AMERICAN.finditer(prose)] == []


def test_what_the_code_says_is_neutral() -> None:
    loaded = [
        file.at(node)
        for file in house()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if LOADED.search(node.value)
    ]
    assert loaded == []


def test_loaded_words_are_seen_in_our_words_and_left_alone_in_quotes() -> None:
    case = {"statements": {"s1": {"says": "It is brutal.", "quote": "a brutal act"}}}
    assert [words for words in own_words(case) if LOADED.search(words)] == ["It is brutal."]
