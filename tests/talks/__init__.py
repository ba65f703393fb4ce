"""Tests of the rules of talks and of who may see what."""
