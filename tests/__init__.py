"""Tests: the folders mirror src/goodoffices; `tests.oracles` holds brute-force twins."""
