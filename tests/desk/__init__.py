"""Tests of the pages and of the interface for programs."""
