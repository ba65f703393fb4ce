"""The names and order of a brief's sections, the same on every page and terminal.

``holding`` and ``arranging`` are there for cases with moves only.
"""

SECTIONS = {
    "glance": "The talks at a glance",
    "standing": "Where the sides stand",
    "table": "What is on the table",
    "stuck": "What they are stuck on",
    "freeing": "What would free it",
    "giving": "What each side would have to give",
    "movement": "How the sides moved",
    "holding": "Would it hold?",
    "arranging": "What a mediator could arrange",
    "facts": "Facts claimed",
    "record": "Who said what when",
    "gaps": "What is missing from the record",
    "method": "Method and parameters",
}
"""Headings by the key that links lead to, in order."""

CONFIDENTIAL = (
    "This holds what was said in confidence. It is for the mediator only; "
    "nothing in it goes to a party without a release."
)
"""What stands on top of whatever shows confidential positions or statements."""

DIRECTION_MARKS = {"towards": "▼", "away": "▲", "mixed": "◆", "neither": "○", "first": "+"}
"""The shape that stands for where a move takes the talks, or for a first position."""
