"""What the data interface promises: every published file, its shape, and each of its fields with its meaning.

Shapes of records come from the model; what the export adds, leaves out or makes anew is declared here. From
these lines come the JSON Schemas, the table schemas, the data dictionary and the page at `/data/`.
"""
