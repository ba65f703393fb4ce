"""Helpers of ``goodoffices read``: asked only when named, and held to the text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from goodoffices.brief.phrases import shown
from goodoffices.cli.helper_call import Address, ask, read_address
from goodoffices.errors import CallError
from goodoffices.model import Case
from goodoffices.reading import Reading
from goodoffices.reading.documents import Document
from goodoffices.reading.grounding import HelperRow
from goodoffices.reading.helper_rows import Helped, question, rows_of, with_rows
from goodoffices.reading.lexicon import lexicon
from goodoffices.reading.spacy_rows import Pipeline, spacy_rows

MOST_CHARACTERS = 100_000
SECONDS = 120
SPACY = "spacy:"


class Helper(Protocol):
    """Whatever proposes rows for a document."""

    def rows(self, document: Document, language: str) -> tuple[HelperRow, ...] | None:
        """Return the rows for a document; None when it is not asked.

        Raises:
            HelperError: it does not answer as it should.
        """


def asked_helper(options: Mapping[str, object], limits: Mapping[str, int]) -> Helper | None:
    """Return the helper that the call names; None without one.

    Raises:
        CallError: something of it is missing.
    """
    named = options["helper"]
    if named is None:
        for name in ("model", "key_file", "yes"):
            if options[name]:
                raise CallError(f"--{name.replace('_', '-')}", expected="--helper beside it")
        return None
    if str(named).startswith(SPACY):
        return Parser(load_pipeline(str(named).removeprefix(SPACY)))
    address = read_address(str(named))
    if not options["model"]:
        raise CallError("--helper", expected="--model NAME beside it")
    key = _key(Path(str(options["key_file"]))) if options["key_file"] else None
    return LanguageModel(
        address, str(options["model"]), key, bool(options["yes"]),
        limits.get("helper-characters", MOST_CHARACTERS), limits.get("helper-seconds", SECONDS),
    )  # fmt: skip


def _key(path: Path) -> str:
    """The key in a file; it is never shown."""
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        found = type(error).__name__
        raise CallError(f"the file {path}", expected="a key on one line", found=found) from None
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise CallError(f"the file {path}", expected="a key on one line, in ASCII")
    return key


@dataclass(frozen=True)
class LanguageModel:
    """A language model at an address that the user gave."""

    address: Address
    model: str
    key: str | None
    agreed: bool
    most_characters: int
    seconds: int

    def rows(self, document: Document, language: str) -> tuple[HelperRow, ...] | None:
        """Tell what would leave the machine, and ask when the user agrees."""
        length = len(document.text)
        name = shown(document.name)
        if length > self.most_characters:
            print(
                f"{name}: not sent, for it has {length:,} characters and at most "
                f"{self.most_characters:,} are (--limit helper-characters=N allows more)",
                file=sys.stderr,
            )
            return None
        print(
            f"To {self.address.where}, model {shown(self.model)}: the text of {name}, "
            f"{length:,} characters, and nothing else"
            f"{' but your key' if self.key else ''}.",
            file=sys.stderr,
        )
        if not self.agreed and not _confirmed():
            print(f"{name}: not sent", file=sys.stderr)
            return None
        body = question(document.text, self.model, language)
        answer = ask(self.address, body, key=self.key, seconds=self.seconds)
        return rows_of(answer, str(self.address))


def _confirmed() -> bool:
    """Whether the user says yes; the end of the input says no."""
    print("Send it? yes or no: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


@dataclass(frozen=True)
class Parser:
    """A spaCy pipeline on this machine; nothing is sent anywhere."""

    pipeline: Pipeline

    def rows(self, document: Document, language: str) -> tuple[HelperRow, ...] | None:
        """Return the rows that the parse shows."""
        return spacy_rows(document.text, self.pipeline, lexicon(language))


def load_pipeline(name: str) -> Pipeline:
    """Load a spaCy pipeline that is installed.

    Raises:
        CallError: spaCy or the pipeline is not installed.
    """
    try:
        # Not a dependency and not an extra: it is used where somebody has it.
        spacy = import_module("spacy")
    except ModuleNotFoundError:
        raise CallError(
            f"--helper {SPACY}{name}", expected="spaCy to be installed: pip install spacy"
        ) from None
    try:
        return cast(Pipeline, spacy.load(name))
    except (OSError, ValueError) as error:
        expected = f"a pipeline that is installed: python -m spacy download {name}"
        found = type(error).__name__
        raise CallError(f"--helper {SPACY}{name}", expected=expected, found=found) from None


def helped(
    helper: Helper, document: Document, reading: Reading, case: Case | None
) -> Helped | None:
    """Return a reading with what a helper added, and say what was refused and why.

    Raises:
        HelperError: the helper does not answer as it should.
    """
    rows = helper.rows(document, reading.language)
    if rows is None:
        return None
    made = with_rows(document.text, reading, rows, case)
    name = shown(document.name)
    added = len(made.reading.statements) - len(reading.statements)
    print(
        f"{name}: the helper proposed {len(rows)} rows: {added} added, {made.known} known before, "
        f"{len(made.gate.refused)} refused",
        file=sys.stderr,
    )
    for one in made.gate.refused:
        print(f"{name}: row {one.number} refused ({one.reason}): {shown(one.words)}",
              file=sys.stderr)  # fmt: skip
    return made
