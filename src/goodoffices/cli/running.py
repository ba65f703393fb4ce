"""What the commands share: reading the case, limits on the search, writing the answer."""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from goodoffices.cli.arguments import read_weights
from goodoffices.errors import CallError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from goodoffices.analysis.impasse_result import ImpasseResult
    from goodoffices.analysis.zone.search import Limits
    from goodoffices.casefile import Reading
    from goodoffices.formats import GmcrImport
    from goodoffices.model import Case

T = TypeVar("T")

BAR = 30
"""Width of a bar of progress, in characters."""
MOST_CHARACTERS = 10_000_000
"""The longest foreign file that is read."""


def option(options: Mapping[str, object], name: str, kind: type[T]) -> T:
    """Return an option that the parser has already given its type.

    Raises:
        TypeError: it has another type; the parser is at fault.
    """
    value = options[name]
    if not isinstance(value, kind):
        raise TypeError(f"{name}: {kind.__name__}")
    return value


def at_day(case: Case, options: Mapping[str, object]) -> Case:
    """Return the case as of the day asked for.

    Raises:
        CallError: the day is no date.
    """
    as_of = options["as_of"]
    if as_of is None:
        return case
    try:
        return case.on(str(as_of))
    except ValueError as error:
        raise CallError("--as-of", expected=str(error), found=str(as_of)) from None


def asked_case(options: Mapping[str, object]) -> Case:
    """Read the case asked for, as of the day asked for.

    Raises:
        CaseError: the case file has problems.
        CallError: the day is no date, or there is no such file.
    """
    from goodoffices.casefile import read_case

    return at_day(read_case(option(options, "case", str)), options)


def read_foreign(path: Path) -> GmcrImport:
    """Read a ``.gmcr`` file.

    Raises:
        CaseError: the file is none.
        CallError: it cannot be read.
    """
    from goodoffices.formats import read_gmcr

    try:
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(MOST_CHARACTERS + 1)
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X}"
        raise CallError(f"the file {path}", expected="text in UTF-8", found=found) from None
    except OSError as error:
        found = _reason(error)
        raise CallError(f"the file {path}", expected="a readable file", found=found) from None
    if len(text) > MOST_CHARACTERS:
        raise CallError(f"the file {path}", expected=f"at most {MOST_CHARACTERS:,} characters")
    return read_gmcr(text, file=str(path), name=path.stem)


def move_faults(reading: Reading) -> list[Problem]:
    """Return what keeps the moves of a case that was read from being computed with, with lines."""
    if reading.case is None or reading.case.moves is None:
        return []
    from goodoffices.analysis.stability import move_problems

    return [
        Problem(
            reading.places.file,
            reading.line_of(fault.path),
            reading.place(fault.path),
            fault.expected,
            fault.found,
        )
        for fault in move_problems(reading.case)
    ]


def asked_limits(options: Mapping[str, object]) -> Limits:
    """Return the limits asked for; time counts from now.

    Raises:
        CallError: a limit is not above 0.
    """
    from goodoffices.analysis.zone.search import Limits, unlimited

    seconds = option(options, "seconds", float)
    if not (seconds >= 0 and math.isfinite(seconds)):
        raise CallError("--seconds", expected="a number of seconds from 0", found=f"{seconds:g}")
    most = option(options, "max", int)
    if most < 1:
        raise CallError("--max", expected="a whole number from 1", found=str(most))
    if seconds == 0:
        return Limits(most, unlimited)
    start = time.monotonic()
    return Limits(most, lambda: (time.monotonic() - start) / seconds)


def asked_impasse(case: Case, options: Mapping[str, object]) -> ImpasseResult:
    """Search a case as asked, showing on a terminal how far it is."""
    from goodoffices.analysis.impasse import search_impasse
    from goodoffices.analysis.impasse_result import ImpasseResult

    weights = read_weights(options["weight"])  # type: ignore[arg-type]
    found = 0
    with progress() as show:
        for item in search_impasse(case, weights=weights, limits=asked_limits(options)):
            if isinstance(item, ImpasseResult):
                return item
            found += isinstance(item, tuple)
            show(found)
    raise AssertionError("the search ends with its result")


class progress:  # noqa: N801  (used like a function)
    """Shows on a terminal, after half a second, how many points of contention were found."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def __enter__(self) -> progress:
        return self

    def __call__(self, found: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self._start > 0.5:
            self._shown = True
            print(f"\r{found} points of contention so far", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


class share_done:  # noqa: N801  (used like a function)
    """Shows on a terminal, after half a second, how much of something has been looked at."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def __enter__(self) -> share_done:
        return self

    def __call__(self, done: int, of: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self._start > 0.5:
            self._shown = True
            bar = "#" * (BAR * done // of)
            print(f"\r[{bar:<{BAR}}] {done} of {of}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r" + " " * (BAR + 30) + "\r", end="", file=sys.stderr, flush=True)


def print_json(data: Any) -> None:
    """Print an answer as JSON: sorted keys, the same bytes for the same answer."""
    print(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def console() -> Console:
    """Return where answers for people go: colour on a terminal, none in a pipe."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False, emoji=False)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        CallError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CallError(str(path), expected="a place to write to", found=_reason(error)) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise CallError(str(path), expected="a place to write to", found=_reason(error)) from None
    except KeyboardInterrupt:
        Path(name).unlink(missing_ok=True)
        raise


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
