"""Tests of documents: what is read of a file, and what is said of one that cannot be read."""
