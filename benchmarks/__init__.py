"""Speed beside named peers, on the same cases in one run."""
