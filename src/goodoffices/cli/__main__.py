"""``python -m goodoffices.cli``."""

import sys

from goodoffices.cli import main

if __name__ == "__main__":
    sys.exit(main())
