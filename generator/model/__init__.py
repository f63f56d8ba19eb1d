"""The record types. Each field is declared once, here, with its description.

The JSON Schema, the editor completion and the field reference are generated from these lines.
"""
