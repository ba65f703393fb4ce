"""Parts of sentences: names, options, conditions, dates, numbers and lists, as people read them.

Names of options stand in ‘single marks’; “double marks” are kept for words of a source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from goodoffices.model import (
    AllOf,
    AnyOf,
    Bounds,
    Case,
    Condition,
    Figure,
    Is,
    Issue,
    NoneOf,
    Not,
    OneOf,
    OptionTest,
    PartialDate,
    Test,
    number_text,
    read_number,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
BOUND_WORDS = {
    "exactly": "",
    "about": "about ",
    "at-least": "at least ",
    "more-than": "more than ",
    "at-most": "at most ",
    "less-than": "less than ",
}
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ISOLATES = re.compile("[\u2066-\u2069]")
_TURNERS = re.compile("[\u202a-\u202e]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_EXACT_DIGITS = 15


def isolated(text: str) -> str:
    """Keep text that runs right to left from disturbing the sentence around it.

    >>> isolated("Cairo"), len(isolated("\u05d0")) - len("\u05d0")
    ('Cairo', 2)
    """
    if text.isascii():
        return text
    turned = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)
    return f"\u2068{text}\u2069" if turned else text


def plain(text: str) -> str:
    """Return a text without the marks of `isolated`."""
    return _ISOLATES.sub("", text)


def shown(text: str) -> str:
    """Return a text fit for a terminal: nothing in it moves the cursor or turns the line.

    >>> shown("a\\x1b[2Jb\\nc")
    'a\ufffd[2Jb c'
    """
    return _CONTROLS.sub("\ufffd", _TURNERS.sub("", " ".join(plain(text).split())))


def spaced(id: str) -> str:
    """Return a name made of small letters and hyphens as words; any other name as it is.

    >>> spaced("end-of-war-talks"), spaced("F-16"), spaced("2024-25")
    ('end of war talks', 'F-16', '2024-25')
    """
    if _KEBAB.fullmatch(id) and any(char.isalpha() for char in id):
        return id.replace("-", " ")
    return id


def listed(items: Iterable[str], joiner: str = "and") -> str:
    """Join the parts of a list.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or"), listed([])
    ('a, b and c', 'a or b', '')
    """
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "package"), counted(2400, "package"), counted(2, "party", "parties")
    ('1 package', '2,400 packages', '2 parties')
    """
    noun = one if number == 1 else many or f"{one}s"
    return f"{big(number)} {noun}"


def big(number: int) -> str:
    """Return a whole number with marks for thousands; of very many digits only the first two.

    >>> big(1234567), big(12 * 10**29)
    ('1,234,567', 'about 1.2 × 10^30')
    """
    digits = str(abs(number))
    if len(digits) <= _EXACT_DIGITS:
        return f"{number:,}"
    first, power = f"{Decimal(number):.1e}".split("e")
    return f"about {first} × 10^{int(power)}"


def name_of(case: Case, id: str) -> str:
    """Return the name of a party, third party or person, kept apart from the words around it."""
    return isolated(case.name_of(id))


def label(case: Case, issue: str) -> str:
    """Return what an issue is called in a sentence."""
    return isolated(case.issues[issue].name or spaced(issue))


def option_words(case: Case, issue: str, option: str) -> str:
    """Return an option as it stands in a sentence; bands of numbers are ``low..high``."""
    asked = case.issues[issue]
    if not asked.numeric:
        words = asked.words(option)
        return f"‘{isolated(spaced(words) if words == option else words)}’"
    low, _, high = option.partition("..")
    numbers = [number for number in (low, high) if number]
    return _with_unit(" to ".join(grouped(read_number(number)) for number in numbers), asked)


def option_runs(case: Case, issue: str, options: Iterable[str]) -> list[str]:
    """Return options as words; neighbouring numbers as one run, as ``0 to 4 percent``."""
    asked = case.issues[issue]
    runs: list[tuple[str, str]] = []
    for option in options:
        low, _, high = option.partition("..")
        if runs and asked.numeric and _next_to(asked, runs[-1][1], low):
            runs[-1] = (runs[-1][0], high or low)
        else:
            runs.append((low, high or low) if asked.numeric else (option, option))
    return [
        option_words(case, issue, low if low == high else f"{low}..{high}") for low, high in runs
    ]


def _next_to(issue: Issue, one: str, other: str) -> bool:
    before, after = issue.index(one), issue.index(other)
    return before is not None and after is not None and after == before + 1


def runs_by(
    case: Case, issue: str, against: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, tuple[str, ...]]]:
    """Join neighbouring options that the same positions stand against, each run in words."""
    found: list[tuple[list[str], tuple[str, ...]]] = []
    for option, positions in against.items():
        if found and case.issues[issue].numeric and found[-1][1] == positions:
            found[-1][0].append(option)
        else:
            found.append(([option], positions))
    return [
        (words, positions)
        for options, positions in found
        for words in option_runs(case, issue, options)
    ]


def band_words(case: Case, issue: str, band: Mapping[str, str]) -> str:
    """Return a band of numbers, as ``at least 5 percent`` or ``above 3 and below 4 percent``."""
    sides = [f"{spaced(side)} {grouped(read_number(number))}" for side, number in band.items()]
    return _with_unit(" and ".join(sides), case.issues[issue]) if sides else "any number"


def _with_unit(numbers: str, issue: Issue) -> str:
    unit = issue.range.unit if issue.range else None
    return f"{numbers} {isolated(unit)}" if unit else numbers


def grouped(number: Decimal) -> str:
    """Return a number with marks for thousands.

    >>> grouped(Decimal("450000")), grouped(Decimal("-1234.50"))
    ('450,000', '-1,234.5')
    """
    whole, _, rest = number_text(number).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "") if whole != "-0" else f"-0.{rest}"


def _on(case: Case, issue: str, words: str) -> str:
    """Name the issue behind what is asked of it, unless every option there names it already.

    As in ``‘all of them’ on captives``, and ``‘a truce of 60 days’`` by itself.
    """
    name = label(case, issue)
    quoted = re.findall("‘[^’]*’", words)
    named = quoted and all(
        re.search(rf"\b{re.escape(name.casefold())}\b", option.casefold()) for option in quoted
    )
    return words if named else f"{words} on {name}"


def _bounds_words(bounds: Bounds, issue: Issue) -> str:
    low, high = bounds.at_least, bounds.at_most
    if low is None or high is None:
        one = low if low is not None else high
        side = "at least" if low is not None else "at most"
        return f"{side} {_with_unit(grouped(one or Decimal(0)), issue)}"
    numbers = grouped(low) if low == high else f"{grouped(low)} to {grouped(high)}"
    return _with_unit(numbers, issue)


def _outside_words(bounds: Bounds, issue: Issue) -> str:
    sides = []
    if bounds.at_least is not None:
        sides.append(f"less than {_with_unit(grouped(bounds.at_least), issue)}")
    if bounds.at_most is not None:
        sides.append(f"more than {_with_unit(grouped(bounds.at_most), issue)}")
    return listed(sides, "or")


def test_words(case: Case, issue: str, test: OptionTest) -> str:
    """Return what a condition asks of one issue, without the issue's name."""
    if isinstance(test, Is):
        return option_words(case, issue, test.option)
    if isinstance(test, OneOf):
        return listed((test_words(case, issue, part) for part in test.tests), "or")
    if isinstance(test, Bounds):
        return _bounds_words(test, case.issues[issue])
    if isinstance(test.test, Not):
        return test_words(case, issue, test.test.test)
    if isinstance(test.test, Bounds):
        return _outside_words(test.test, case.issues[issue])
    return f"anything but {test_words(case, issue, test.test)}"


test_words.__test__ = False  # type: ignore[attr-defined]  # a name that pytest would collect


def condition_words(case: Case, condition: Condition, *, joiner: str = "and") -> str:
    """Return a condition as words; ``joiner`` stands between the parts that must all hold."""
    if isinstance(condition, Test):
        words = test_words(case, condition.issue, condition.test)
        return _on(case, condition.issue, words)
    parts = condition.parts
    if isinstance(condition, NoneOf):
        return _none_words(case, parts)
    inner = [_part_words(case, part, alone=len(parts) == 1) for part in parts]
    return listed(inner, joiner) if isinstance(condition, AllOf) else listed(inner, "or")


def _none_words(case: Case, parts: Sequence[Condition]) -> str:
    if len(parts) == 1 and isinstance(parts[0], Test):
        return condition_words(case, Test(parts[0].issue, Not(parts[0].test)))
    inner = [_part_words(case, part, alone=False) for part in parts]
    return f"neither {' nor '.join(inner)}" if len(inner) > 1 else f"not {inner[0]}"


def _part_words(case: Case, part: Condition, *, alone: bool) -> str:
    words = condition_words(case, part)
    joined = isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
    return f"({words})" if joined and not alone else words


def date_words(when: PartialDate | None) -> str:
    """Return a date as people write it, no more precise than the source.

    >>> date_words(PartialDate.parse("2025-06-02")), date_words(PartialDate.parse("2025-05"))
    ('2 June 2025', 'May 2025')
    """
    if when is None:
        return "no date"
    parts = str(when).split("-")
    words = [str(int(part)) for part in reversed(parts)]
    if len(parts) > 1:
        words[-2] = MONTHS[int(parts[1]) - 1]
    return " ".join(words)


def figure_words(figure: Figure) -> str:
    """Return a quantity with its bound and unit.

    >>> figure_words(Figure(measure="m", value=450000, bound="at-most", unit="people", source="s"))
    'at most 450,000 people'
    """
    unit = f" {isolated(figure.unit)}" if figure.unit else ""
    if figure.high is not None:
        return f"between {grouped(figure.value)} and {grouped(figure.high)}{unit}"
    return f"{BOUND_WORDS[figure.bound]}{grouped(figure.value)}{unit}"
