"""The case that a live talk makes: its parties, and the positions that may inform analysis.

A talk has no list of issues, so they are read off the terms that people named: in positions that
were entrusted as terms, and in the clauses of the text. An issue whose options were all named in
words gets one more, `OTHER`, since nobody said that there are no others; an issue that somebody
bounded by a number is a range over the numbers named, in their largest common step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from goodoffices.model import Case, Position
from goodoffices.model.conditions import Bounds, Condition, Is, Not, OptionTest, Test
from goodoffices.model.issues import number_text, read_number
from goodoffices.talks.informing import informing
from goodoffices.talks.state import Talk

OTHER = "something-else"
"""The option that stands for every one that nobody named."""


def live_case(talk: Talk) -> Case | None:
    """Return the case that the talk makes for analysis, or None when nothing may inform it.

    Every position is confidential: it was entrusted. Each is named by the item it came in, which
    is what a note on the result rests on.

    Args:
        talk: the talk as it stands.

    >>> live_case(Talk()) is None
    True
    """
    positions = tuple(
        position.model_copy(update={"id": f"of-{item}", "status": "confidential"})
        for item, position in informing(talk)
    )
    if not positions:
        return None
    drafts = talk.desk.current_draft()
    named: dict[str, list[str]] = {}
    bounded: set[str] = set()
    for test in _tests(positions):
        values = tuple(_values(test.test))
        named.setdefault(test.issue, []).extend(values)
        if _is_bounded(test.test):
            bounded.add(test.issue)
    for clause in drafts.clauses if drafts else ():
        for issue, option in clause.terms.items():
            named.setdefault(issue, []).append(option)
    parties = {
        side: {"name": room.side.name}
        for side, room in talk.rooms.items()
        if room.side.kind == "party"
    }
    return Case.model_validate(
        {
            "case": talk.title,
            "parties": parties,
            "issues": {
                issue: {"question": issue, **_choices(values, issue in bounded)}
                for issue, values in sorted(named.items())
            },
            "positions": positions,
        }
    )


def _choices(values: Iterable[str], bounded: bool) -> dict[str, object]:
    """Return what an issue can be settled by, from what was named."""
    different = list(dict.fromkeys(values))
    if not bounded:
        others = [] if OTHER in different else [OTHER]
        return {"options": [*different, *others]}
    numbers = sorted({read_number(value) for value in different})
    step = _common_step(numbers)
    return {"range": {"from": numbers[0] - step, "to": numbers[-1] + step, "step": step}}


def _common_step(numbers: list[Decimal]) -> Decimal:
    """Return the largest step that reaches every number from the first; 1 for a single number."""
    gaps = [Fraction(number) - Fraction(numbers[0]) for number in numbers[1:]]
    if not gaps:
        return Decimal(1)
    below = lcm(*(gap.denominator for gap in gaps))
    scale = 1
    while scale % below:
        scale *= 10
    return Decimal(gcd(*(int(gap * scale) for gap in gaps))) / scale


def _tests(positions: Iterable[Position]) -> Iterator[Test]:
    for position in positions:
        for _, condition in position.conditions:
            yield from _tests_in(condition)


def _tests_in(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
    else:
        for part in condition.parts:
            yield from _tests_in(part)


def _values(test: OptionTest) -> Iterator[str]:
    """Yield the options and the bounds that a test names."""
    if isinstance(test, Is):
        yield test.option
    elif isinstance(test, Not):
        yield from _values(test.test)
    elif isinstance(test, Bounds):
        for bound in (test.at_least, test.at_most):
            if bound is not None:
                yield number_text(bound)
    else:
        for part in test.tests:
            yield from _values(part)


def _is_bounded(test: OptionTest) -> bool:
    if isinstance(test, Is):
        return False
    if isinstance(test, Not):
        return _is_bounded(test.test)
    if isinstance(test, Bounds):
        return True
    return any(_is_bounded(part) for part in test.tests)
