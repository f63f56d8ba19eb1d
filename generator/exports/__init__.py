"""The data interface: the same linked records as the pages, as JSON, CSV and bibliography files."""
