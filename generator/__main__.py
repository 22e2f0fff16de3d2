"""`python -m generator` is the command `commentary`."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="commentary")
