"""Measurements: each compares Good Offices with a named peer or limit in one run."""
