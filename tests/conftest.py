"""For all tests: the measure of coverage must not stop them."""

from __future__ import annotations

from coverage import Coverage


def pytest_collection_finish() -> None:
    """Take away the lock under which coverage begins a file.

    A recursion that ends at the interpreter's limit, which tests of deep nesting bring about, can
    end between taking the lock and giving it back, and the next file then waits for ever. What the
    lock guards is one entry of a dictionary, which the interpreter's own lock guards as well.
    """
    running = Coverage.current()
    collector = getattr(running, "_collector", None)
    if collector is not None:
        collector.data_lock = None
