"""The web process: its one application, the HTTP server under it, and the address it listens on."""
