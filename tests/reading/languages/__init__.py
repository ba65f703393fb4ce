"""Reading in languages that are data."""
