"""Benchmarks on synthetic records. Run with `make bench`."""
