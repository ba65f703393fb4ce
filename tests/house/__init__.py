"""Tests of the house itself: its size, names, import directions, documents and packaging."""
