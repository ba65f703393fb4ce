"""The benchmark of the rooms runs, small, and has a line for everything that it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.desk import Load, measure, table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/stat").exists(), reason="processor time of a server needs /proc"
    ),
]


def test_every_kind_of_request_is_answered_and_told(tmp_path: Path) -> None:
    load = Load(talks=2, seconds=0.3, rounds=2, at_once=4)
    found = measure(str(tmp_path / "talks.db"), tmp_path / "keys", load)
    for kind in ("bare commit", "entrust", "release", "read"):
        assert len(found[kind].rates) == len(found[kind].processor) == 2
        assert len(found[kind].seconds) >= 8
        assert found[kind].percentile(50) <= found[kind].percentile(99)
    told = table("SQLite", found, load)
    assert "2 talks, 10 people signed in, 4 requests at once" in told
    assert "| bare commit | " in told
    assert " | 100% | " in told.splitlines()[4]
