"""Views: what a template sees. Final strings, links and numbers; no records, no logic left to do."""
