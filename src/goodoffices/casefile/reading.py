"""From a file to a case: every step, and every problem that the steps find."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from goodoffices.casefile.content import Content
from goodoffices.casefile.json_nodes import read_json
from goodoffices.casefile.nodes import Fault, Node, PlainData
from goodoffices.casefile.places import Places, place, shown
from goodoffices.casefile.references import reference_faults
from goodoffices.casefile.structure import read_structure
from goodoffices.casefile.texts import Texts, quote_faults, read_texts
from goodoffices.casefile.yaml_nodes import read_yaml
from goodoffices.errors import CallError, CaseError, Problem
from goodoffices.model import Case
from goodoffices.model.conditions import Path

MAX_BYTES = 10_000_000
"""The size of the largest case file that is read."""

CASE_FILES = ("case.yaml", "case.json")
"""The names of a case file in the folder of a case."""


@dataclass(frozen=True)
class Reading:
    """What reading a case file came to: the case, or the problems that keep it from being one.

    Attributes:
        case: the case; None when there are problems.
        problems: everything that is wrong, in the order of the file.
        texts: the texts of the documents that are kept beside the case, by document id.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    places: Places = field(default_factory=lambda: Places("", None), repr=False)

    def line_of(self, path: Path) -> int:
        """Return the line of a place in the file, as ``("positions", 2, "party")``."""
        return self.places.line_of(path)

    def place(self, path: Path) -> str:
        """Return a place as problems write it, as ``$.positions[2].party``."""
        return place(path)


def read_case(path: FilePath | str) -> Case:
    """Read a case from a file, or from the folder that holds its ``case.yaml``.

    Raises:
        CaseError: the file has problems; the error holds them all.
        CallError: there is no such file, or it may not be read.
    """
    reading = read_document(path)
    if reading.case is None:
        raise CaseError(reading.problems)
    return reading.case


def read_document(path: FilePath | str) -> Reading:
    """Read a case file with its problems as values; bad content never raises.

    Raises:
        CallError: there is no such file, or it may not be read.
    """
    file = _case_file(FilePath(path))
    text = file_text(file, "the case file")
    if isinstance(text, Fault):
        return _refused(str(file), text)
    return read_text(text, str(file), folder=file.parent)


def file_text(file: FilePath, what: str) -> str | Fault:
    """Return the text of a file, or what is wrong with it.

    Raises:
        CallError: there is no such file, or it may not be read; ``what`` says what it is.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise _unread(f"{what} {shown(str(file))}", error) from error
    if len(content) > MAX_BYTES:
        return Fault((), f"a file of at most {MAX_BYTES // 1_000_000} MB")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02X} at position {error.start + 1}"
        return Fault((), "text in UTF-8", found, line=line)


def _case_file(path: FilePath) -> FilePath:
    """Return the file meant by a path that may be a folder."""
    if not path.is_dir():
        return path
    present = [path / name for name in CASE_FILES if (path / name).exists()]
    if len(present) == 1:
        return present[0]
    raise CallError(
        f"the folder {path}",
        expected=f"one of the files {' and '.join(CASE_FILES)} in it",
        found="both" if present else "",
    )


def _unread(what: str, error: OSError | ValueError) -> CallError:
    reason = getattr(error, "strerror", None) or str(error)
    return CallError(what, expected="a file that can be read", found=reason.lower())


def _refused(name: str, fault: Fault) -> Reading:
    return Reading(None, (Places(name, None).problem(fault),))


def read_text(text: str, name: str, folder: FilePath | None = None) -> Reading:
    """Read a case from a text; a name that ends in ``.json`` says that it is JSON.

    Without a folder the texts of documents are not looked for.

    >>> reading = read_text("case: Two roommates", "case.yaml")
    >>> print(reading.problems[0])
    case.yaml:1: $: expected the key "parties"
    """
    with _no_collecting():
        return _read(text.removeprefix("\ufeff"), name, folder)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Reading makes many small parts and no garbage: looking for it would double the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read(text: str, name: str, folder: FilePath | None) -> Reading:
    if not text.strip():
        fault = Fault((), "a case, with the keys case and parties")
        return _refused(name, fault)
    root, faults = read_nodes(text, name)
    places = Places(name, root)
    if root is None:
        if not faults:
            faults.append(Fault((), "a case, with the keys case and parties"))
        return Reading(None, _problems(places, faults), places=places)
    return _read_nodes(root, faults, places, folder)


def read_nodes(text: str, name: str) -> tuple[Node | None, list[Fault]]:
    """Return the root of a text in YAML, or in JSON when its name ends so, and its faults."""
    return read_json(text) if name.lower().endswith(".json") else read_yaml(text)


def _read_nodes(
    root: Node, faults: list[Fault], places: Places, folder: FilePath | None
) -> Reading:
    """Check everything that can be checked, whatever else is wrong."""
    plain = PlainData(root)
    case, wrong = read_structure(plain.data, plain.holes)
    faults += [*plain.faults, *wrong]
    content = Content(plain.data, case)
    faults += reference_faults(content, places.line_of)
    texts = read_texts(content, folder) if folder else Texts({}, ())
    faults += texts.faults
    faults += quote_faults(content, texts.texts)
    problems = _problems(places, faults)
    return Reading(None if problems else case, problems, texts.texts, places)


def _problems(places: Places, faults: list[Fault]) -> tuple[Problem, ...]:
    return tuple(sorted({places.problem(fault) for fault in faults}))
