"""The description of the interface for programs, in OpenAPI 3.1, made from its own table."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from goodoffices.desk import shapes
from goodoffices.desk.api import ONCE, TABLE, Operation
from goodoffices.talks.acts import AnyAct

_PLACES = "#/components/schemas/{model}"
_NOT_TWICE = ("/acts", "/invitations", "/talks")
_ONCE = (
    "Drawn by the program for one request, and sent again when that is repeated: it is not done "
    "twice, and answered as the first time. With another body it is refused."
)
_KEY = {"type": "string", "pattern": "^[ -~]+$"}
_NOT_OF_THE_BODY = {"id", "at"}


@cache
def description() -> dict[str, Any]:
    """Return the description.

    >>> description()["openapi"]
    '3.1.0'
    """
    used: set[type[BaseModel]] = {shapes.Problem, shapes.Refusal}
    for operation in TABLE:
        used |= {model for model in (operation.takes, operation.gives) if model is not None}
    ordered = sorted(used, key=lambda model: model.__name__)
    _, schemas = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=_PLACES
    )
    acts, named = _acts()
    paths: dict[str, Any] = {}
    for operation in TABLE:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Good Offices",
            "version": version("goodoffices"),
            "description": "Talks through a mediator: the same rules as the pages.",
        },
        "paths": paths,
        "components": {
            "schemas": {**schemas["$defs"], **named, "ActGiven": acts},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _acts() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return every act as a program gives it: without identifier and time."""
    schema = TypeAdapter(AnyAct).json_schema(ref_template=_PLACES)
    named = schema.pop("$defs")
    for model in named.values():
        properties = model.get("properties", {})
        if "act" in properties:
            model["properties"] = {
                key: value for key, value in properties.items() if key not in _NOT_OF_THE_BODY
            }
            model["required"] = ["act", *_needed(model)]
    return schema, named


def _needed(model: dict[str, Any]) -> list[str]:
    return [
        key for key in model.get("required", []) if key not in _NOT_OF_THE_BODY and key != "act"
    ]


def _operation(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": _answer("Done.", operation.gives)}
    if operation.needs != "nothing":
        answers["401"] = _answer("Not signed in, or locked.", shapes.Problem)
    answers["403"] = _answer("Refused.", shapes.Problem)
    if "{" in operation.path or operation.path == "/api/talks":
        answers["404"] = _answer("Not there, or not yours.", shapes.Problem)
    if operation.method == "POST":
        answers["400"] = {"description": "The request cannot be read."}
        answers["413"] = {"description": "The request is too large."}
        answers["422"] = _answer("The body is not of this shape.", shapes.Problem)
    if operation.path.endswith(("/acts", "/invitations")):
        answers["409"] = _answer("The rules refuse the act.", shapes.Refusal)
    elif operation.path.endswith(("/packages", "/talks")):
        answers["409"] = _answer("It cannot be done as it was asked for.", shapes.Problem)
    found: dict[str, Any] = {"summary": operation.says, "responses": answers}
    names = re.findall(r"{(\w+)}", operation.path)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    if operation.method == "POST" and operation.path.endswith(_NOT_TWICE):
        parameters.append({"name": ONCE, "in": "header", "description": _ONCE, "schema": _KEY})
    if parameters:
        found["parameters"] = parameters
    if operation.takes is not None:
        found["requestBody"] = {"required": True, "content": _content(operation.takes)}
    if operation.needs != "nothing":
        found["security"] = [{"token": []}]
    return found


def _answer(words: str, model: type[BaseModel] | None) -> dict[str, Any]:
    return {"description": words, "content": _content(model)} if model else {"description": words}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    place = _PLACES.format(model=model.__name__)
    return {"application/json": {"schema": {"$ref": place}}}
