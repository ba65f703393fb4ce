"""Golden files are compared exactly, and renewed only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import assert_golden


def test_a_difference_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDEN", raising=False)
    (tmp_path / "a.txt").write_text("reviewed\n")
    assert_golden(tmp_path / "a.txt", "reviewed\n")
    with pytest.raises(AssertionError, match="differs"):
        assert_golden(tmp_path / "a.txt", "reviewed \n")


def test_a_missing_file_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDEN", raising=False)
    with pytest.raises(AssertionError, match="no golden file"):
        assert_golden(tmp_path / "a.txt", "new\n")


def test_renewing_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDEN", "renew")
    assert_golden(tmp_path / "deep" / "a.txt", "né\n")
    assert (tmp_path / "deep" / "a.txt").read_bytes() == "né\n".encode()
