"""Pages from templates, in the visitor's language; whatever came from a person is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from goodoffices.desk import words
from goodoffices.desk.forms import FIRMNESSES, POSITION_KINDS, condition_lines
from goodoffices.desk.languages import LANGUAGES, Language, catalogue

STATIC = Path(__file__).parent / "static"


@cache
def environment(code: str) -> Environment:
    """Return the templates with the words of one language."""
    templates = Environment(
        loader=PackageLoader("goodoffices.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found = catalogue(code)
    templates.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    templates.globals.update(
        languages=LANGUAGES,
        ways=words.WAYS,
        item_kinds=words.ITEM_KINDS,
        roles=words.ROLES,
        side_kinds=words.SIDE_KINDS,
        released_ways=words.RELEASED_WAYS,
        stands=words.STANDS,
        read_back_states=words.READ_BACK_STATES,
        results=words.RESULTS,
        limits=words.LIMITS,
        flag_kinds=words.FLAG_KINDS,
        decisions=words.DECISIONS,
        position_kinds=POSITION_KINDS,
        firmnesses=FIRMNESSES,
        condition_lines=condition_lines,
    )
    return templates


def page(
    template: str, language: Language, given: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a template as an answer in a language."""
    given = {"signed_in": False, "csrf": "", "done": None, "failed": None, **given}
    text = environment(language.code).get_template(template).render(lang=language, **given)
    return HTMLResponse(text, status, {"Content-Language": language.code})
