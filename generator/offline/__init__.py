"""The built site without a connection: a list for the service worker, and a zip that opens from a folder."""
