"""The files that a call names: found, opened, and read one after another."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goodoffices.cli.read_apart import Apart, Bounds, Call
from goodoffices.errors import CallError, Problem
from goodoffices.reading.documents import DocumentLimits, DocumentsRead, shown_name

MOST_FILES = 10_000
OWN_LIMITS = ("seconds", "memory-mb", "files", "helper-characters", "helper-seconds")
"""Limits on reading files and on asking helpers, beside those on documents."""


@dataclass(frozen=True)
class Asked:
    """How the files of a call are to be read."""

    limits: DocumentLimits
    bounds: Bounds
    most_files: int
    encoding: str | None
    own: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FileRead:
    """A file: where it is, its bytes as they are, and what reading it came to."""

    path: Path
    content: bytes
    read: DocumentsRead


def asked(given: Sequence[str], encoding: str | None) -> Asked:
    """Return how to read, from limits as ``NAME=N``.

    Raises:
        CallError: a limit has another form or name, or there is no such encoding.
    """
    values: dict[str, int] = {}
    for entry in given:
        name, sign, number = entry.partition("=")
        if not (sign and number.isascii() and number.isdigit() and int(number) > 0):
            raise CallError("--limit", expected="NAME=N with a whole number from 1", found=entry)
        values[name] = int(number)
    own = {name: values.pop(name) for name in OWN_LIMITS if name in values}
    try:
        limits = DocumentLimits.given(values)
    except CallError as error:
        expected = f"{error.expected}, {', '.join(OWN_LIMITS)}"
        raise CallError("--limit", expected=expected, found=error.found) from None
    if encoding is not None:
        from goodoffices.reading.documents_text import known_encoding

        known_encoding(encoding)
    return Asked(limits, _bounds(own), own.get("files", MOST_FILES), encoding, own)


def _bounds(own: Mapping[str, int]) -> Bounds:
    usual = Bounds()
    return Bounds(own.get("seconds", usual.seconds), own.get("memory-mb", usual.memory_mb))


def read_files(paths: Sequence[str], how: Asked) -> Iterator[FileRead]:
    """Read files, and the files of folders, in order of their names.

    Raises:
        CallError: a path names nothing, or a folder holds more files than the limit.
        MissingExtraError: a kind of file needs the extra ``documents``.
    """
    files = [file for path in paths for file in files_of(Path(path), how.most_files)]
    with Apart(how.bounds) as apart:
        for file in dict.fromkeys(files):
            content = _content(file, how.limits.file_bytes)
            if isinstance(content, Problem):
                yield FileRead(file, b"", DocumentsRead((), (content,)))
                continue
            call = Call(content, str(file), None, how.encoding, how.limits)
            yield FileRead(file, content, apart.read(call))


def files_of(path: Path, most: int) -> list[Path]:
    """Return the file that a path names, or the files of a folder and those in it.

    Names that begin with a dot are left alone, as are folders that are links to others.

    Raises:
        CallError: nothing is there, or there are too many.
    """
    if not path.is_dir():
        if not path.exists():
            raise CallError(f"the document {shown_name(str(path))}", expected="a file or a folder")
        return [path]
    found: list[Path] = []
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if not name.startswith(".")]
        if len(found) > most:
            words = f"at most {most:,} files (--limit files=N allows more)"
            raise CallError(f"the folder {shown_name(str(path))}", expected=words)
    if not found:
        raise CallError(f"the folder {shown_name(str(path))}", expected="files in it")
    return found


def _content(file: Path, most: int) -> bytes | Problem:
    """The bytes of a file, or one byte more than the limit of a longer one."""
    try:
        # A pipe or a device may never end; only what lies on disk is read.
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem(shown_name(str(file)), 1, "$", "a file that lies on disk")
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Problem(shown_name(str(file)), 1, "$", "a file that can be read", reason)
