"""The keys of a store: a folder beside the database, never in it, and readable by nobody else.

``store.key`` holds the master key, which wraps every other key that is kept in the database, and
the key that signs heads. The folder ``rounds`` holds the keys of open sealed acceptances, one file
each, in a folder for each store; a file is destroyed at the close, and belongs in no backup.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path

from nacl.signing import SigningKey

from goodoffices.errors import StoreError, StoreUnavailableError
from goodoffices.store.sealing import KEY_BYTES, derive, digest, new_key

KEY_FILE = "store.key"
ROUNDS = "rounds"
_FIRST_LINE = "goodoffices keys 1"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one store.

    Attributes:
        folder: where they are kept.
    """

    folder: Path
    _master: bytes
    _signing: bytes

    def __repr__(self) -> str:
        return f"Keys({str(self.folder)!r})"

    @classmethod
    def open(cls, folder: str | Path, *, create: bool = False) -> Keys:
        """Read the keys in a folder, or make them on first start.

        Args:
            folder: the folder of the keys.
            create: make new keys where there are none.

        Raises:
            StoreError: there are none, others can read them, or the file is no key file.
        """
        folder = Path(folder)
        path = folder / KEY_FILE
        try:
            if not path.exists():
                if not create:
                    raise StoreError(f"the key file {path}", expected="the keys of the store")
                _make(folder)
            _only_ours(folder)
            _only_ours(path)
            keys = cls(folder, *_read(path))
        except OSError as error:
            found = error.strerror or type(error).__name__
            raise StoreError(f"the key file {path}", expected="a readable file", found=found) from (
                None
            )
        return keys

    def key(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return derive(self._master, purpose)

    @property
    def signer(self) -> SigningKey:
        """What signs heads."""
        return SigningKey(self._signing)

    @property
    def verifier(self) -> str:
        """The public part of what signs heads, in hexadecimal."""
        return bytes(self.signer.verify_key).hex()

    def rounds(self, store: str) -> RoundKeys:
        """Return the keys of the open sealed acceptances of a store."""
        folder = self.folder / ROUNDS / digest("rounds", store).hex()[:16]
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        return RoundKeys(folder)


@dataclass(frozen=True, slots=True)
class RoundKeys:
    """The keys of open sealed acceptances, one file each."""

    folder: Path

    def make(self, name: str) -> bytes:
        """Make the key of a round; it is on the disk when this returns.

        Raises:
            StoreUnavailableError: there is no room for it.
        """
        key = new_key()
        try:
            _write_new(self.folder / name, key)
        except OSError as error:
            found = error.strerror or type(error).__name__
            expected = "a place to write to"
            raise StoreUnavailableError("the key of a round", expected=expected, found=found) from (
                None
            )
        return key

    def get(self, name: str) -> bytes | None:
        """Return the key of a round, or None when it is gone."""
        try:
            key = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def names(self) -> frozenset[str]:
        """Return the names of the rounds that have a key."""
        return frozenset(path.name for path in self.folder.iterdir())

    def destroy(self, name: str) -> None:
        """Destroy the key of a round: overwritten, then deleted; what it sealed is lost."""
        path = self.folder / name
        try:
            handle = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return
        try:
            os.write(handle, bytes(KEY_BYTES))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink(missing_ok=True)
        _sync_folder(self.folder)


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [_FIRST_LINE]
    for name in ("master", "signing"):
        lines.append(f"{name}: {base64.b64encode(new_key()).decode()}")
    _write_new(folder / KEY_FILE, "".join(f"{line}\n" for line in lines).encode())


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole, to the disk, for nobody else to read."""
    waiting = path.with_name(f".{path.name}.new")
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    os.rename(waiting, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _only_ours(path: Path) -> None:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        expected = "a mode that lets nobody else in: chmod go= it"
        raise StoreError(str(path), expected=expected, found=f"{mode:04o}")


def _read(path: Path) -> tuple[bytes, bytes]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    values = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    try:
        master, signing = (
            base64.b64decode(values[name], validate=True) for name in ("master", "signing")
        )
    except (KeyError, binascii.Error):
        master = signing = b""
    if lines[:1] != [_FIRST_LINE] or {len(master), len(signing)} != {KEY_BYTES}:
        raise StoreError(f"the key file {path}", expected=f'"{_FIRST_LINE}", and two keys')
    return master, signing
