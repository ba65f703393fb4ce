"""The documents are complete: every key, result, error, command and dependency has its heading."""

from __future__ import annotations

import argparse
import dataclasses
import pkgutil
import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from goodoffices import analysis, errors
from goodoffices.analysis.review import WarningKind
from goodoffices.cli.arguments import parser
from goodoffices.model import Case
from tests.house.source import ROOT

HEADING = re.compile(r"^(#{2,4}) (.+)$", re.MULTILINE)


@cache
def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@cache
def sections(name: str) -> Mapping[str, str]:
    """Return the text below each heading of a page; code in a heading stands without ticks."""
    parts = HEADING.split(re.sub(r"^```.*?^```", "", page(name), flags=re.M | re.S))
    return types.MappingProxyType(
        {title.strip("`"): text for title, text in zip(parts[2::3], parts[3::3], strict=True)}
    )


def code_headings(name: str) -> list[str]:
    """Return the headings of a page that are code, in order."""
    return [title.strip("`") for _, title in HEADING.findall(page(name)) if title.startswith("`")]


def within(kind: Any, wanted: type) -> Iterator[Any]:
    """Yield the classes of a sort in a type, however deep.

    >>> list(within(dict[str, tuple[Case, ...] | None], BaseModel))
    [<class 'goodoffices.model.case.Case'>]
    """
    if isinstance(kind, type) and not typing.get_args(kind) and issubclass(kind, wanted):
        yield kind
    for part in typing.get_args(kind):
        yield from within(part, wanted)


def words_of(kind: Any) -> Iterator[str]:
    """Yield the words that a type admits."""
    if typing.get_origin(kind) is typing.Literal:
        yield from typing.get_args(kind)
    else:
        for part in typing.get_args(kind):
            yield from words_of(part)


def case_keys(model: type[BaseModel] = Case, under: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every key of a case file, with the keys that it stands under."""
    for name, field in model.model_fields.items():
        key = under + (field.alias or name)
        yield key, field
        for inner in within(field.annotation, BaseModel):
            yield from case_keys(inner, f"{key}.")


def result_keys(result: Any, under: str = "") -> Iterator[str]:
    """Yield every key of a result's JSON form, once."""
    hints = typing.get_type_hints(result)
    for item in dataclasses.fields(result):
        if item.repr:
            yield under + item.name
            for inner in within(hints[item.name], object):
                if dataclasses.is_dataclass(inner):
                    yield from result_keys(inner, f"{under}{item.name}.")


KEYS = dict(case_keys())
COSTS_AS_BEFORE = re.compile(
    r"^(alone|most_even)\.(cost|burden)\.|^(before|days)\b.*\.(red_line|firm|open|weight)$"
)


def test_every_key_of_a_case_file_has_a_heading_and_no_other_key_has_one() -> None:
    assert code_headings("reference/case-file.md") == list(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_page_says_which_keys_are_required(key: str) -> None:
    says = sections("reference/case-file.md")[key].lstrip().startswith("Required.")
    assert says == KEYS[key].is_required()


@pytest.mark.parametrize("key", [key for key in KEYS if any(words_of(KEYS[key].annotation))])
def test_the_page_gives_every_word_that_a_key_admits(key: str) -> None:
    text = sections("reference/case-file.md")[key]
    assert [word for word in words_of(KEYS[key].annotation) if f"`{word}`" not in text] == []


@pytest.mark.parametrize(
    "key", [key for key in KEYS if isinstance(KEYS[key].default, str) and KEYS[key].default]
)
def test_the_page_gives_the_default(key: str) -> None:
    assert f"Without it: `{KEYS[key].default}`." in sections("reference/case-file.md")[key]


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_a_key_is_valid(key: str) -> None:
    match = re.search(r"^Example: `(.+)`$", sections("reference/case-file.md")[key], re.MULTILINE)
    assert match, "no example"
    # The accelerated reader, as for cases: the other one trips over "?" within braces.
    example = yaml.load(match[1], Loader=yaml.CBaseLoader)
    assert list(example) == [key.rsplit(".", 1)[-1]]
    field = KEYS[key]
    annotated = typing.Annotated[field.annotation, *field.metadata, "a key"]  # type: ignore[name-defined]
    TypeAdapter(annotated).validate_python(example[key.rsplit(".", 1)[-1]])


def analyses() -> list[str]:
    """Return the names of the analyses: modules whose function of their own name takes a case."""
    found = []
    for module in pkgutil.iter_modules(analysis.__path__):
        function = getattr(import_module(f"{analysis.__name__}.{module.name}"), module.name, None)
        if function is not None and typing.get_type_hints(function).get("case") is Case:
            found.append(module.name)
    return found


def documented_keys(name: str) -> list[str]:
    """Return the keys below the heading of an analysis on the page of results."""
    (part,) = re.findall(
        rf"^## `{name}`\n(.*?)(?=^## |\Z)", page("reference/results.md"), re.M | re.S
    )
    return [title.strip("`") for _, title in HEADING.findall(part) if title.startswith("`")]


@pytest.mark.parametrize("name", analyses())
def test_every_key_of_a_result_has_a_heading(name: str) -> None:
    module = import_module(f"{analysis.__name__}.{name}")
    result = typing.get_type_hints(getattr(module, name))["return"]
    keys = [key for key in result_keys(result) if not COSTS_AS_BEFORE.match(key)]
    assert documented_keys(name) == keys


@pytest.mark.parametrize("name", analyses())
def test_the_json_form_has_the_keys_of_the_page(name: str) -> None:
    case = Case.model_validate({"case": "x", "parties": {"p": {"name": "P"}}})
    module = import_module(f"{analysis.__name__}.{name}")
    data = getattr(module, name)(case).to_data()
    assert list(data) == [key for key in documented_keys(name) if "." not in key]


def test_every_kind_of_warning_is_explained() -> None:
    text = page("reference/results.md")
    assert [kind for kind in typing.get_args(WarningKind) if f"`{kind}`" not in text] == []


def test_every_error_has_a_heading() -> None:
    kinds = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and kind.__module__ == errors.__name__
    }
    assert set(code_headings("reference/errors.md")) == kinds


def commands() -> Mapping[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    (group,) = [
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return group.choices


def test_every_command_has_a_heading() -> None:
    named = [title.removeprefix("goodoffices ") for title in code_headings("reference/commands.md")]
    assert named == list(commands())


@pytest.mark.parametrize("command", commands())
def test_every_option_of_a_command_is_explained(command: str) -> None:
    text = sections("reference/commands.md")[f"goodoffices {command}"]
    options = [
        option for action in commands()[command]._actions for option in action.option_strings
    ]
    missing = [
        option
        for option in options
        if option.startswith("--") and option != "--help" and f"`{option}" not in text
    ]
    assert missing == []


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(project["project"]["dependencies"])
    groups = [*project["dependency-groups"].values()]
    groups += project["project"]["optional-dependencies"].values()
    for group in groups:
        asked += [item for item in group if isinstance(item, str)]
    names = {re.split(r"[<>=\[]", item)[0] for item in asked}
    assert names - sections("dependencies.md").keys() == set()


WORDS = (
    "case, party, mediator, guarantor, person, document, statement, figure, span, issue, term, "
    "package, condition, position, firmness, proposal, zone, point of contention, way out, "
    "efficient, settlement, move, state, stable, draft, release"
)


def test_the_glossary_explains_the_words_of_the_design() -> None:
    explained = set(re.findall(r"^(\S.*)\n: ", page("glossary.md"), re.MULTILINE))
    assert set(WORDS.split(", ")) - explained == set()
