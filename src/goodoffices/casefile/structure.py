"""The form of a case: which keys there are and what each holds, checked by the model itself.

The model's errors become faults in the words and with the keys of a case file.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from goodoffices.casefile.nodes import Fault
from goodoffices.casefile.places import nearest, one_of
from goodoffices.model import Case
from goodoffices.model.base import kebab
from goodoffices.model.conditions import Path

_PATTERNS = {
    r"\S": "a text that is not empty",
    r"^\S([^\n\r]*\S)?$": "a name on one line, without a space at either end",
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$": "a language tag, as en or pt-BR",
    r"^[0-9a-f]{64}$": "a SHA-256 digest: 64 of the digits 0-9 and a-f",
}
"""What the patterns of the model's texts ask for."""

_SPAN = "a span, as 120-164"

_WORDS = {
    "string_type": "a text",
    "string_too_short": "a text that is not empty",
    "string_unicode": "a text without half characters (lone surrogates)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of fewer digits",
    "dict_type": "a mapping",
    "tuple_type": "a list",
}
"""What the errors of the model that speak of one value alone ask for."""


Form = TypeVar("Form", bound=BaseModel)


def read_structure(data: Any, holes: Sequence[Path] = ()) -> tuple[Case | None, list[Fault]]:
    """Return the case that plain data makes, or None and what is wrong with the data's form.

    What can be wrong only because there are holes in the data is left out.
    """
    return read_form(Case, data, holes)


def read_form(
    form: type[Form], data: Any, holes: Sequence[Path] = ()
) -> tuple[Form | None, list[Fault]]:
    """Return what plain data makes in one of the forms of the model, as `read_structure` does."""
    try:
        return form.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        found = [_Found(form, data, details) for details in error.errors(include_url=False)]
    around = {hole[:length] for hole in holes for length in range(len(hole) + 1)}
    return None, [
        _fault(item)
        for item in found
        if not item.of_another_branch and (item.of_a_key or item.path not in around)
    ]


class _Found:
    """One error of the model with its place in the data, as the file has it."""

    def __init__(self, form: type[BaseModel], data: Any, details: ErrorDetails) -> None:
        self.form = form
        self.kind = details["type"]
        self.details = details
        self.context: Mapping[str, Any] = details.get("ctx", {})
        self.branch: Path | None = None
        self.missing: str | int = ""
        self.key = False
        self.path: Path = ()
        self.value = data
        for step in details["loc"]:
            self._follow(step)
        if self.kind == "condition":
            self._follow_condition()

    def _follow(self, step: str | int) -> None:
        if _leads_on(self.value, step):
            self.value, self.path = self.value[step], (*self.path, step)
        elif step == "[key]":
            self.key = True
        elif self.kind == "missing":
            self.missing = step
        elif isinstance(step, str):
            # One of the forms that a union allows; no part of the file.
            self.branch = self.path

    def _follow_condition(self) -> None:
        for step in self.context["at"]:
            if not _leads_on(self.value, step):
                return
            self.value, self.path = self.value[step], (*self.path, step)

    @property
    def of_a_key(self) -> bool:
        """Whether this is about a key, and not about the value that it has."""
        return self.kind in {"missing", "extra_forbidden"}

    @property
    def of_another_branch(self) -> bool:
        """Whether this is about a form of a union that the file does not use here."""
        if self.branch != self.path or self.kind not in {"dict_type", "tuple_type"}:
            return False
        return isinstance(self.value, dict | list) or self.kind == "dict_type"


def _leads_on(value: Any, step: str | int) -> bool:
    """Whether a step of a path leads from a value to a part of it."""
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _fault(found: _Found) -> Fault:
    if found.kind == "extra_forbidden":
        return _unknown_key(found)
    if found.kind == "missing":
        return _missing(found)
    if found.kind == "literal_error":
        names = re.findall(r"'([^']*)'", str(found.context["expected"]))
        near = nearest(found.value, names)
        return Fault(found.path, one_of(names, ""), found.value, near)
    if found.kind == "condition":
        return _condition(found)
    if found.path[:1] == ("statements",) and "span" in found.path[2:3]:
        return Fault(found.path, _SPAN, found.value)
    return Fault(found.path, _expected(found), str(found.path[-1]) if found.key else found.value)


def _unknown_key(found: _Found) -> Fault:
    key = str(found.path[-1])
    keys = tuple(keys_at(found.path[:-1], form=found.form))
    words = one_of(keys, "a key").replace("one of ", "one of the keys ", 1)
    return Fault(found.path, words, key, nearest(key, keys))


def _missing(found: _Found) -> Fault:
    if isinstance(found.missing, int):
        words = _SPAN if found.path[-1] == "span" else "a list of two"
        return Fault(found.path, words, found.value)
    return Fault(found.path, f'the key "{found.missing}"')


def _condition(found: _Found) -> Fault:
    expected = str(found.context["expected"])
    if found.context.get("key"):
        key = str(found.context["found"])
        names = expected.removeprefix("one of ").split(", ")
        return Fault(found.path, expected, key, nearest(key, names))
    return Fault(found.path, expected, found.value)


def _expected(found: _Found) -> str:
    """Say in plain words what an error of the model about one value asks for."""
    if found.kind == "value_error":
        return str(found.context["error"])
    if found.kind == "model_type":
        keys = ", ".join(keys_at(found.path, required=True, form=found.form))
        return f"a mapping with at least: {keys}" if keys else "a mapping"
    if found.kind == "string_pattern_mismatch":
        return _PATTERNS[found.context["pattern"]]
    if found.kind == "string_too_long":
        return f"a text of at most {found.context['max_length']} characters"
    if found.kind == "greater_than_equal":
        return f"a whole number, {found.context['ge']} or above"
    if found.kind == "too_short":
        return "at least one entry"
    if found.kind == "too_long":
        return f"a list of at most {found.context['max_length']}"
    if found.branch == found.path and found.kind == "tuple_type":
        return "a list, or a mapping to points"
    return _WORDS[found.kind]


def keys_at(path: Path, *, required: bool = False, form: type[BaseModel] = Case) -> Iterator[str]:
    """Yield the keys that a mapping of the case, or of a part of it, takes at a place.

    >>> list(keys_at(("persons", "envoy")))
    ['name', 'role', 'of', 'aliases', 'note']
    """
    annotation: Any = form
    for step in path:
        annotation = _inside(annotation, step)
    for model in _models(annotation):
        for name, field in model.model_fields.items():
            if field.is_required() or not required:
                yield field.alias or kebab(name)


def _inside(annotation: Any, step: str | int) -> Any:
    """Return the type of what a key or an index leads to."""
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                if step == (field.alias or kebab(name)):
                    return field.annotation
        elif get_origin(kind) is dict and isinstance(step, str):
            return get_args(kind)[1]
        elif get_origin(kind) is tuple and isinstance(step, int):
            return get_args(kind)[0]
    return None


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, types.UnionType}:
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that may stand at a place; one may stand for a list of one."""
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
        elif get_origin(kind) is tuple:
            yield from _models(get_args(kind)[0])
