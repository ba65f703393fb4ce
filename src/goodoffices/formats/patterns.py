"""Conditions on moves as patterns: an "or" of "and"s of yes and no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodoffices.errors import CallError
from goodoffices.model import AllOf, AnyOf, Bounds, Condition, Is, Not, OptionTest, Test

Pattern = dict[int, bool]
"""By the place of a move, whether it is made; moves that are not named may be either."""
MOST_PATTERNS = 10_000


def patterns_of(condition: Condition, place: Mapping[str, int]) -> list[Pattern]:
    """Return patterns, one of which a combination of moves fits exactly if a condition holds.

    A pattern of which another is a part is left out; no pattern at all means "never", an empty
    one "always".

    Raises:
        CallError: the patterns are too many.

    >>> from goodoffices.model import parse_condition
    >>> patterns_of(parse_condition({"a": "yes", "b": ["yes", "no"]}), {"a": 0, "b": 1})
    [{0: True}]
    """
    return _patterns(condition, place, wanted=True)


def _patterns(condition: Condition, place: Mapping[str, int], *, wanted: bool) -> list[Pattern]:
    if isinstance(condition, Test):
        made = [yes for yes in (True, False) if _admits(condition.test, yes) == wanted]
        return [{}] if len(made) == 2 else [{place[condition.issue]: yes} for yes in made]
    if isinstance(condition, AllOf):
        together = wanted
        inner = wanted
    else:
        inner = wanted if isinstance(condition, AnyOf) else not wanted
        together = not inner if isinstance(condition, AnyOf) else wanted
    parts = [_patterns(part, place, wanted=inner) for part in condition.parts]
    if not together:
        return _least([pattern for part in parts for pattern in part])
    found: list[Pattern] = [{}]
    for part in parts:
        found = _least([{**one, **more} for one in found for more in part if _agree(one, more)])
    return found


def _admits(test: OptionTest, made: bool) -> bool:
    if isinstance(test, Is):
        return test.option == ("yes" if made else "no")
    if isinstance(test, Not):
        return not _admits(test.test, made)
    if isinstance(test, Bounds):
        raise CallError("a condition on a move", expected="yes or no", found="at-least or at-most")
    return any(_admits(part, made) for part in test.tests)


def _agree(one: Pattern, other: Pattern) -> bool:
    return all(one.get(move, made) == made for move, made in other.items())


def _least(patterns: Sequence[Pattern]) -> list[Pattern]:
    """Leave out patterns that fit only where another one does, too."""
    if len(patterns) > MOST_PATTERNS:
        words = f"at most {MOST_PATTERNS:,} combinations of yes and no"
        raise CallError("a condition on moves", expected=words)
    kept: list[Pattern] = []
    for pattern in sorted(patterns, key=lambda p: (len(p), sorted(p.items()))):
        if not any(other.items() <= pattern.items() for other in kept):
            kept.append(pattern)
    return kept
