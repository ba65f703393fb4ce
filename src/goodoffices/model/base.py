"""What every model of a case shares: frozen, closed to unknown keys, kebab-case in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def kebab(name: str) -> str:
    """Return the key that a field has in a case file.

    >>> kebab("in_return_for")
    'in-return-for'
    """
    return name.replace("_", "-")


class Model(BaseModel):
    """A frozen record of a case; unknown keys are refused, never dropped."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        populate_by_name=True,
        str_strip_whitespace=False,
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, with other values where ``update`` has them.

        What was worked out for the original stays with the original.
        """
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


def listed(value: Any) -> Any:
    """Let one name stand for a list of one, as people write it."""
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""Text that says something."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\S([^\n\r]*\S)?$")]
"""A name within the case: one line, no space at either end."""

Ids = Annotated[tuple[Id, ...], BeforeValidator(listed)]
"""Names within the case; in a file one name may stand without a list."""

Sources = Annotated[
    tuple[Id, ...],
    BeforeValidator(listed),
    Field(description="ids of the statements that this rests on"),
]
"""The statements that something rests on."""
