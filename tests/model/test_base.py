"""What every model of a case shares."""

from __future__ import annotations

from functools import cached_property

import pytest
from pydantic import TypeAdapter, ValidationError

from goodoffices.model.base import Id, Ids, Model, Sources, Text, kebab, listed


class Sample(Model):
    some_name: str = ""
    number: int = 0

    @cached_property
    def double(self) -> int:
        return 2 * self.number


def test_keys_of_a_case_file_are_written_with_dashes() -> None:
    assert kebab("relayed_by") == "relayed-by"
    assert Sample.model_validate({"some-name": "x"}).some_name == "x"
    assert Sample.model_validate({"some_name": "x"}) == Sample(some_name="x")
    assert Sample(some_name="x").model_dump(by_alias=True) == {"some-name": "x", "number": 0}


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Sample.model_validate({"other": 1})


def test_models_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Sample(), "number", 3)  # noqa: B010


def test_a_copy_does_not_keep_what_was_worked_out_for_the_original() -> None:
    sample = Sample(number=2)
    assert sample.double == 4
    assert sample.model_copy(update={"number": 5}).double == 10
    assert sample.model_copy(deep=True) == sample
    assert sample.double == 4


def test_what_was_worked_out_is_no_part_of_equality() -> None:
    one, other = Sample(number=2), Sample(number=2)
    assert one.double == 4
    assert one == other


@pytest.mark.parametrize("text", ["a", "s6", "60-days", "two words", "ه", "'"])
def test_ids(text: str) -> None:
    assert TypeAdapter(Id).validate_python(text) == text


@pytest.mark.parametrize("text", ["", " a", "a ", "a\nb", "\t", "x" * 201, 3, None])
def test_what_is_no_id(text: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(text)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_text_says_something(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(text)
    assert TypeAdapter(Text).validate_python(f"{text}x{text}") == f"{text}x{text}"


def test_one_name_stands_for_a_list_of_one() -> None:
    assert listed("a") == ("a",)
    assert listed(["a", "b"]) == ["a", "b"]
    assert TypeAdapter(Ids).validate_python("s6") == ("s6",)
    assert TypeAdapter(Sources).validate_python(["s6", "s9"]) == ("s6", "s9")
    with pytest.raises(ValidationError):
        TypeAdapter(Ids).validate_python([""])
