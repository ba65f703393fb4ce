"""A brief as one self-contained page: no network, no script, the same bytes every time.

The words of a brief are English, so the page is; what the case says stands in the case's language
and runs the way its own letters run, kept apart from the words around it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from goodoffices.brief.contents import Brief
from goodoffices.brief.section_names import CONFIDENTIAL, DIRECTION_MARKS

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKS = {"red line": "◆", "firm": "■", "open": "□"}
_PLAIN = re.compile(r"[A-Za-z0-9.-]")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, which a page may not hold."""
_BLANK = re.compile(r"\n\s*\n+")


def page(brief: Brief) -> str:
    """Return the whole page."""
    from markupsafe import Markup

    from goodoffices.brief.plot_lineage import lineage_svg
    from goodoffices.brief.plot_movement import movement_svg
    from goodoffices.brief.plot_states import states_svg
    from goodoffices.brief.plot_timeline import timeline_svg

    groups = (brief.glance.parties, brief.glance.third_parties)
    sides = [side.name for group in groups for side in group]
    html = (
        environment()
        .get_template("brief.html")
        .render(
            brief=brief,
            sections=list(brief.sections.items()),
            confidential=CONFIDENTIAL,
            rows_of={id: row.id for id, row in brief.rows_of.items()},
            # Our own drawings: their texts are escaped where they are put in.
            lineage=Markup(lineage_svg(brief.proposals)),
            movement=Markup(movement_svg(brief.movement, sides) if brief.movement else ""),
            states_drawing=Markup(states_svg(brief.holding)) if brief.holding else "",
            timeline=Markup(timeline_svg(brief.events, until=brief.last_day, sides=sides)),
        )
    )
    return printable(_BLANK.sub("\n", html).strip()) + "\n"


def printable(html: str) -> str:
    """Return a page with a mark in place of each control character that it may not hold."""
    return _NO_TEXT.sub("\ufffd", html)


def anchor(kind: str, id: str) -> str:
    """Return the place of something on the page: two ids never share one.

    >>> anchor("position", "h1"), anchor("position", "talks_2 / a")
    ('position-h1', 'position-talks_5f_2_20__2f__20_a')
    """
    spelled = "".join(char if _PLAIN.fullmatch(char) else f"_{ord(char):x}_" for char in id)
    return f"{kind}-{spelled}"


@cache
def environment() -> Environment:
    """Return the templates of pages; whatever they are given is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("goodoffices.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    marks = {"mark": _MARKS.__getitem__, "direction_mark": DIRECTION_MARKS.__getitem__}
    environment.globals.update({"anchor": anchor, **marks})
    return environment
