"""Generator of the Interventional Cancer Pain Atlas: records in, linked and cited pages out."""

__version__ = "0.1.0"
