"""The dialogs: conversations as files, walks at random, and what must never be said."""
