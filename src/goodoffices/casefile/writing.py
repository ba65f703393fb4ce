"""Case -> text: one canonical way to write a case, which keeps the comments that it had.

Keys stand in the order of the model, defaults are left out, and what fits on a line is written
on one. Writing what was read from a canonical text gives the same text again.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path as FilePath

from goodoffices.casefile.comments import Comments, read_comments
from goodoffices.casefile.layout import Layout
from goodoffices.casefile.plain import case_data, json_data
from goodoffices.casefile.reading import read_document, read_text
from goodoffices.errors import CallError, CaseError
from goodoffices.model import Case


def case_text(case: Case, comments: Comments | None = None) -> str:
    """Write a case as YAML.

    >>> from goodoffices.casefile import read_text
    >>> text = "case: Two roommates\\n\\nparties:\\n  ana: {name: Ana}\\n  ben: {name: Ben}\\n"
    >>> case_text(read_text(text, "case.yaml").case) == text
    True
    """
    data = case_data(case)
    return "\n".join(Layout(data, comments or Comments()).lines()) + "\n"


def case_json(case: Case) -> str:
    """Write a case as JSON; numbers that must stay exact are texts."""
    return json.dumps(json_data(case_data(case)), indent=2, ensure_ascii=False) + "\n"


def write_case(case: Case, path: FilePath | str) -> None:
    """Write a case to a file, in JSON when its name ends so, else in YAML.

    The file is replaced as a whole or not at all. The comments of a file that is replaced are
    kept; a file that is no readable case is not replaced, for what stands in it would be lost.

    Raises:
        CaseError: the case names what it does not have, so that it could not be read again.
        CallError: the file holds something that would be lost, or cannot be written.
    """
    file = FilePath(path)
    as_json = file.suffix.lower() == ".json"
    comments = None if as_json else _comments_of(file)
    text = case_json(case) if as_json else case_text(case, comments)
    _check_reads_back(text, case, file.name)
    _replace(file, text)


def _check_reads_back(text: str, case: Case, name: str) -> None:
    """A file is only worth writing when it can be read, and says the same."""
    reading = read_text(text, name)
    if reading.case is None:
        raise CaseError(reading.problems)
    if reading.case != case:
        raise CallError("the case", expected="a case that reads back as it was written")


def _comments_of(file: FilePath) -> Comments | None:
    """Return the comments of the file that is to be replaced, None when there is no file."""
    try:
        if file.stat().st_size == 0:
            return None
    except FileNotFoundError:
        return None
    if read_document(file).case is None:
        raise CallError(
            f"the file {file}",
            expected="a case without problems: what cannot be read would be lost",
        )
    return read_comments(file.read_text(encoding="utf-8-sig"))


def _replace(file: FilePath, text: str) -> None:
    """Put a text in the place of a file, whole or not at all."""
    target = file.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        os.replace(part, target)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CallError(f"the file {file}", expected="a place to write", found=reason) from error
    finally:
        part.unlink(missing_ok=True)
