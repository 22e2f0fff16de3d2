"""`python -m generator` is the command `commentary`."""

import os
import sys

if __name__ == "__main__":
    # `-m` puts the working directory first on the path; a publication that stands there brings words, never code.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]
    from generator.cli import main

    main(prog_name="commentary")
