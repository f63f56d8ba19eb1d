"""Files in, typed records out, with every author error at its place."""
