"""The built site of this repository's records, read without a browser."""
