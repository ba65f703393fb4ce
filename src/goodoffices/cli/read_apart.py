"""Reads documents in a process of its own, so that a hostile one costs a known time and memory.

Readers of foreign formats are large programs; one that loops or fills the memory is ended, and the
document is a problem like any other. Plain text needs no such care and is read here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from goodoffices.errors import MissingExtraError, Problem
from goodoffices.reading.documents import (
    DocumentLimits,
    DocumentsRead,
    MediaKind,
    media_kind,
    read_documents,
    shown_name,
)

PLAIN = frozenset({"text", "markdown"})


@dataclass(frozen=True)
class Bounds:
    """What reading one file may cost.

    Attributes:
        seconds: until the process is ended.
        memory_mb: for that process, in millions of bytes; where the system can hold it to that.
    """

    seconds: int = 60
    memory_mb: int = 2_000


@dataclass(frozen=True)
class Call:
    """One file to be read."""

    content: bytes
    name: str
    media: MediaKind | None
    encoding: str | None
    limits: DocumentLimits


class Apart:
    """Reads files one after another; the process lives on between them."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, call: Call) -> DocumentsRead:
        """Read one file; what cannot be read within the bounds is a problem.

        Raises:
            MissingExtraError: the kind of file needs the extra ``documents``.
        """
        kind = call.media or media_kind(call.content, call.name)
        too_large = len(call.content) > call.limits.file_bytes
        if kind is None or kind in PLAIN or too_large:
            return _read(call)
        connection = self._running()
        try:
            connection.send(replace(call, media=kind))
            if not connection.poll(self.bounds.seconds):
                self._end()
                words = f"a file that is read within {self.bounds.seconds} seconds"
                return _lost(call, f"{words} (--limit seconds=N allows more)")
            answer = connection.recv()
        except (EOFError, OSError):
            self._end()
            words = f"a file that is read within {self.bounds.memory_mb} MB of memory"
            return _lost(call, f"{words} (--limit memory-mb=N allows more), and that is sound")
        if isinstance(answer, str):
            raise MissingExtraError(answer)
        assert isinstance(answer, DocumentsRead)
        return answer

    def _running(self) -> Connection:
        """The way to the process, which is started where there is none."""
        if self._connection is None:
            # A fresh interpreter: what is open here, a key or a case, is not open there.
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(
                target=serve, args=(theirs, self.bounds.memory_mb), daemon=True
            )
            process.start()
            theirs.close()
            self._process, self._connection = process, ours
        return self._connection

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._connection = None


def serve(connection: Connection, memory_mb: int) -> None:
    """Read what is sent until nobody sends any more; say nothing on the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Readers remark on what they find, and that may be a line of the document.
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    _hold_memory(memory_mb)
    sys.addaudithook(refuse_connections)
    while True:
        try:
            call = connection.recv()
        except EOFError:
            return
        try:
            connection.send(_read(call))
        except MissingExtraError as error:
            connection.send(error.extra)


def refuse_connections(event: str, _: tuple[object, ...]) -> None:
    """Keep whatever reads a document from fetching what the document names.

    Raises:
        PermissionError: something tried to.
    """
    if event in _CONNECTING:
        raise PermissionError("reading a document opens no connection")


_CONNECTING = frozenset({"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"})


def _hold_memory(memory_mb: int) -> None:
    """Hold the process to so much memory, on systems that can."""
    if sys.platform != "win32":
        import resource

        most = memory_mb * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(call: Call) -> DocumentsRead:
    return read_documents(
        call.content, call.name, media=call.media, encoding=call.encoding, limits=call.limits
    )


def _lost(call: Call, expected: str) -> DocumentsRead:
    return DocumentsRead((), (Problem(shown_name(call.name), 1, "$", expected),))
