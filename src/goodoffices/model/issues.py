"""Issues: the questions to be settled, and the options that an agreement picks from.

Options have indexes from 0 in the order of the case file; those of a range go up by its step.
Everything that computes works on indexes; names come back for people.
"""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from goodoffices.model.base import Id, Model, Text

MAX_STEPS = 10**15
"""The most steps of a range: few enough to count them in any program."""
_EXACT = Context(prec=700)
"""Digits enough for what is worked out with numbers as long as `read_number` lets them grow."""


def read_number(value: Any) -> Decimal:
    """Turn a text or a number into an exact decimal.

    >>> read_number("2.50")
    Decimal('2.50')

    Raises:
        ValueError: the value is not a finite number.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError("a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError("a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise ValueError("a finite number")
    return number


def number_text(number: Decimal) -> str:
    """Write a number the one way the case writes it.

    >>> number_text(Decimal("2.50")), number_text(Decimal("1E+2")), number_text(Decimal("-0.0"))
    ('2.5', '100', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


Number = Annotated[
    Decimal,
    BeforeValidator(read_number),
    PlainSerializer(number_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": ["number", "string"], "description": "a number, kept exactly"}),
]
"""An exact number; text in files, so that nothing is rounded."""


class Range(Model):
    """A stepped numeric range: ``from``, ``from`` + ``step``, ... up to ``to``, both included."""

    from_: Number = Field(alias="from")
    to: Number
    step: Number = Decimal(1)
    unit: Text | None = None

    @model_validator(mode="after")
    def _steps_fit(self) -> Self:
        if self.step <= 0:
            raise ValueError("a step above 0")
        if self.to < self.from_:
            raise ValueError("a range whose 'to' is not below its 'from'")
        # Exact for any numbers, where a remainder of decimals has only 28 digits.
        steps = (Fraction(self.to) - Fraction(self.from_)) / Fraction(self.step)
        if steps.denominator != 1:
            raise ValueError("a range that its step divides evenly")
        if steps > MAX_STEPS:
            raise ValueError(f"a range of at most {MAX_STEPS} steps")
        return self


def _read_options(value: Any) -> Any:
    """Options may be a list of names, or a mapping from name to words."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list | tuple):
        names = [str(name) if isinstance(name, int | float) else name for name in value]
        for index, name in enumerate(names):
            if not isinstance(name, str):
                raise ValueError("a list of option names, or a mapping from name to words")
            if name in names[:index]:
                raise ValueError(f"each option once ('{name}' stands twice)")
        return dict.fromkeys(names, None)
    raise ValueError("a list of option names, or a mapping from name to words")


def _write_options(options: dict[str, str | None]) -> list[str] | dict[str, str | None]:
    return dict(options) if any(options.values()) else list(options)


Options = Annotated[
    dict[Id, Text | None],
    BeforeValidator(_read_options),
    PlainSerializer(_write_options),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
                {
                    "type": "object",
                    "additionalProperties": {"type": ["string", "null"]},
                    "minProperties": 1,
                },
            ],
            "description": "names of the options, or a mapping from each name to its words",
        }
    ),
]


class Issue(Model):
    """A question to be settled; an agreement picks exactly one of its options.

    >>> days = Issue.model_validate(
    ...     {"question": "How long?", "range": {"from": 0, "to": 120, "step": 10, "unit": "days"}}
    ... )
    >>> days.size, days.option(6), days.index("60.0")
    (13, '60', 6)
    """

    question: Text
    name: Text | None = Field(default=None, description="a short heading")
    options: Options | None = None
    range: Range | None = None
    now: Id | None = Field(default=None, description="the option as things stand today")
    given_by: Id | None = Field(
        default=None, description="the third party that would give the term"
    )
    note: Text | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.options is None) == (self.range is None):
            raise ValueError("either options or a range")
        if self.options is not None and not self.options:
            raise ValueError("at least one option")
        return self

    @property
    def numeric(self) -> bool:
        """Whether the options are the steps of a range."""
        return self.range is not None

    @cached_property
    def size(self) -> int:
        """Number of options."""
        if self.range is not None:
            length = _EXACT.subtract(self.range.to, self.range.from_)
            return int(_EXACT.divide_int(length, self.range.step)) + 1
        return len(self.options or ())

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.options or ())

    @cached_property
    def _indexes(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._names)}

    def option(self, index: int) -> str:
        """Return the name of the option at ``index``.

        Raises:
            IndexError: there is no such option.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        if self.range is not None:
            return number_text(_EXACT.fma(index, self.range.step, self.range.from_))
        return self._names[index]

    def index(self, option: str) -> int | None:
        """Return the index of an option, or None when the issue has no such option."""
        if self.range is None:
            return self._indexes.get(option)
        try:
            above = _EXACT.subtract(read_number(option), self.range.from_)
        except ValueError:
            return None
        steps, rest = _EXACT.divmod(above, self.range.step)
        return int(steps) if rest == 0 and 0 <= steps < self.size else None

    def words(self, option: str) -> str:
        """Return how people read an option: its words, or its name with the unit."""
        if self.range is not None:
            return f"{option} {self.range.unit}" if self.range.unit else option
        return (self.options or {}).get(option) or option
