"""The engine: dialogs that refuse to be wrong, words that are understood, sessions that survive."""
