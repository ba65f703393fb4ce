"""Analyses: from a case to a frozen result; no I/O, no clock, no global randomness."""
