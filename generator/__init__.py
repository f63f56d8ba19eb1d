"""Generator of a knowledge site: records in, linked and cited pages out."""

__version__ = "0.1.0"
