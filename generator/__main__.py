"""`python -m generator` is the same as `atlas`."""

from generator.cli import main

main(prog_name="atlas")
