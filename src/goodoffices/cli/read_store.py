"""Drafts beside a case: where they lie, and how they are read and written.

``drafts/KEY.json`` holds the drafts of a document with what was decided of them, ``drafts/KEY.txt``
its text, and ``drafts/sent/DIGEST.EXT`` the file as it was sent.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from goodoffices.cli.running import write_whole
from goodoffices.errors import CallError
from goodoffices.reading.documents import Document, MediaKind, text_digest
from goodoffices.reading.drafts import Drafts, earlier_version, merged

FOLDER = "drafts"
_ENDS: Mapping[MediaKind, str] = MappingProxyType({
    "text": "txt", "markdown": "md", "html": "html", "pdf": "pdf", "docx": "docx", "mail": "eml",
    "feed": "xml",
})  # fmt: skip


class DraftStore:
    """The drafts beside one case."""

    def __init__(self, case: Path) -> None:
        self.folder = (case if case.is_dir() else case.parent) / FOLDER
        self._seen: dict[str, Drafts] | None = None

    def add(self, drafts: Drafts, document: Document, content: bytes) -> tuple[Drafts, int]:
        """Put drafts beside the case, with the text and the file; return them and how many are new.

        What was decided before stays; a newer version of a document is linked to the one before.

        Raises:
            CallError: something there cannot be read, or nothing can be written.
        """
        known = self.get(drafts.key) if self._file(drafts.key).exists() else None
        if known is None:
            earlier = earlier_version(drafts.document, self._latest())
            whole = drafts.model_copy(update={"earlier": earlier})
            new = len(drafts.drafts)
        else:
            whole = merged(known, drafts)
            new = len(whole.drafts) - len(known.drafts)
        write_bytes(self.folder / f"{drafts.key}.txt", document.text.encode("utf-8"))
        end = _ENDS[document.media]
        write_bytes(self.folder / "sent" / f"{document.sha256[:16]}.{end}", content)
        if whole != known:
            self.put(whole)
        if self._seen is not None:
            self._seen[whole.key] = whole.model_copy(update={"drafts": (), "decisions": ()})
        return whole, new

    def _latest(self) -> list[Drafts]:
        """What is known of each document, those that no other one replaces first."""
        if self._seen is None:
            bare = {"drafts": (), "decisions": ()}
            self._seen = {one.key: one.model_copy(update=bare) for one in self.all()}
        replaced = {one.earlier.key for one in self._seen.values() if one.earlier}
        return sorted(self._seen.values(), key=lambda one: (one.key in replaced, one.key))

    def put(self, drafts: Drafts) -> None:
        """Write the drafts of a document, whole or not at all."""
        text = json.dumps(drafts.to_json(), ensure_ascii=False, indent=2) + "\n"
        write_whole(self._file(drafts.key), text)

    def get(self, key: str) -> Drafts:
        """Read the drafts of a document.

        Raises:
            CallError: they cannot be read; the file is left as it is.
        """
        file = self._file(key)
        try:
            drafts = Drafts.model_validate_json(file.read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(step) for step in first["loc"])
            words = f"drafts as this program writes them ({place}: {first['msg']})"
            raise CallError(f"the file {file}", expected=words) from None
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise CallError(f"the file {file}", expected="a readable file", found=reason) from None
        if drafts.key != key:
            raise CallError(f"the file {file}", expected=f"the key {key}", found=drafts.key)
        return drafts

    def all(self) -> Iterator[Drafts]:
        """Read the drafts of every document, in the order of their keys."""
        for file in sorted(self.folder.glob("*.json")):
            yield self.get(file.stem)

    def text(self, drafts: Drafts) -> str:
        """Read the text of a document.

        Raises:
            CallError: it is not there, or is another text than the one that was read.
        """
        file = self.folder / f"{drafts.key}.txt"
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CallError(
                f"the file {file}", expected="the text of the document", found=type(error).__name__
            ) from None
        if text_digest(text) != drafts.document.text_sha256:
            words = "the text as it was read; read the document again to restore it"
            raise CallError(f"the file {file}", expected=words)
        return text

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def write_bytes(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all, unless it holds the same already; say whether it did.

    Raises:
        CallError: it cannot be written there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        if path.exists() and _digest(path.read_bytes()) == _digest(content):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CallError(f"the file {path}", expected="a place to write", found=reason) from None
    finally:
        part.unlink(missing_ok=True)
    return True


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
