"""Asks Crossref, PubMed and the addresses themselves what became of the references. The only online part."""
