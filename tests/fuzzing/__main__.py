"""The command behind ``make fuzz``."""

import sys

from tests.fuzzing.campaign import main

if __name__ == "__main__":
    sys.exit(main())
